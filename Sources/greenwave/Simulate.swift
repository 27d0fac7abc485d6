internal import ArgumentParser
internal import Reporting
internal import TrafficModel
internal import TrafficSimulation

/// `greenwave simulate`
struct Simulate: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Play one plan and measure it.",
    discussion: """
      EXAMPLES
        greenwave simulate network.yaml
        greenwave simulate network.yaml --plan out/plan.csv --seeds 10
        greenwave simulate city.sumocfg --json
      """)

  @OptionGroup var input: ScenarioInput
  @OptionGroup var runs: SimulationOptions

  @Option(help: ArgumentHelp("The plan to play. (default: the existing one)", valueName: "file"))
  var plan: String?

  func run() async throws {
    try await runs.show(input: input, plans: plan.map { [$0] } ?? [], withExisting: plan == nil)
  }
}

/// `greenwave benchmark`
struct Benchmark: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Compare plans with the existing one on the same vehicles.",
    discussion: """
      Every plan meets the same vehicles, seed by seed, so that differences are not chance. The existing plan is \
      always the first.

      EXAMPLES
        greenwave benchmark network.yaml --plan out/plan.csv
        greenwave benchmark city.sumocfg --plan a.csv --plan b.add.xml --seeds 20
      """)

  @OptionGroup var input: ScenarioInput
  @OptionGroup var runs: SimulationOptions

  @Option(help: ArgumentHelp("A plan to compare; may be repeated.", valueName: "file"))
  var plan: [String]

  func run() async throws {
    try await runs.show(input: input, plans: plan, withExisting: true)
  }
}

/// What simulating commands have in common.
struct SimulationOptions: ParsableArguments {
  @Option(help: "The period to play. (default: the first)")
  var period: String?

  @Option(help: ArgumentHelp("How many seeds to play, from 1 to 1000.", valueName: "count"))
  var seeds = 5

  @Flag(help: "Print the measures as JSON instead of tables.")
  var json = false

  func validate() throws {
    guard (1...1000).contains(seeds) else { throw ValidationError("--seeds must be from 1 to 1000.") }
  }

  /// A plan's file name; its whole path where another file has the same name.
  private static func label(_ path: String, among paths: [String]) -> String {
    func name(_ path: String) -> String { path.split(separator: "/").last.map(String.init) ?? path }
    return paths.count { name($0) == name(path) } == 1 ? name(path) : path
  }

  /// Plays plans and prints what was measured.
  func show(input: ScenarioInput, plans paths: [String], withExisting: Bool) async throws {
    let loaded = try input.read()
    let period = try loaded.period(named: period)
    var plans: [TimingPlan] = []
    var labels: [String] = []
    if withExisting {
      plans.append(period.existingPlan)
      labels.append("existing")
    }
    for path in paths {
      plans.append(try loaded.plan(path, period: period))
      labels.append(Self.label(path, among: paths))
    }
    for (label, plan) in zip(labels, plans) { loaded.warnIfUnsafe(plan, label: label) }
    let comparison = await PlanComparison(
      of: plans, on: Simulator(network: loaded.network, demand: period.demand),
      seeds: (1...UInt64(seeds)).map { $0 })
    let report = ComparisonReport(
      scenario: loaded.scenario.name, period: period.name, network: loaded.network, demand: period.demand,
      labels: labels, comparison: comparison)
    try Terminal.show(json ? try report.json() : report.text)
  }
}
