internal import ArgumentParser
internal import NetworkFormats
internal import Reporting
internal import SignalOptimization
internal import TrafficModel
internal import TrafficSimulation

/// `greenwave benchmark`
struct Benchmark: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Compare plans with the existing one on the same vehicles.",
    discussion: """
      Every plan meets the same vehicles, seed by seed, so that differences are not chance. The existing plan is \
      always the first. With --demand-scale the plans are played as all demand grows: the tables show what they \
      serve, and where each breaks down; with -o, DIR gets throughput.svg, a picture of it.

      EXAMPLES
        greenwave benchmark network.yaml --plan out/plan.csv
        greenwave benchmark city.sumocfg --plan a.csv --plan b.add.xml --seeds 20
        greenwave benchmark network.yaml --day weekday --schedule out/schedule.csv
        greenwave benchmark city.sumocfg --plan out/plan.csv --sumo
        greenwave benchmark network.yaml --plan a.csv --demand-scale 0.6...1.6 -o out
      """)

  @OptionGroup var input: ScenarioInput
  @OptionGroup var options: SimulationOptions

  @Option(
    help: ArgumentHelp(
      "How many seeds to play, from 1 to 1000. (default: until it is certain which plan is better, at most \(PlanComparison.mostSeeds))",
      valueName: "count"))
  var seeds: Int?

  @Option(help: ArgumentHelp("A plan to compare; may be repeated.", valueName: "file"))
  var plan: [String] = []

  @Option(help: ArgumentHelp("A schedule to compare, with its plans; may be repeated.", valueName: "file"))
  var schedule: [String] = []

  @Flag(help: "Play the plans in an installed SUMO, too; for SUMO input only.")
  var sumo = false

  @Option(
    help: ArgumentHelp(
      "Play the plans at this range of multiples of the demand, such as 0.6...1.6.", valueName: "a...b"))
  var demandScale: DemandScale?

  @Option(
    help: ArgumentHelp(
      "With --demand-scale: how many multiples, from 2 to 101. (default: about every tenth)",
      valueName: "count"))
  var demandSteps: Int?

  @Option(
    name: [.customShort("o"), .customLong("output")],
    help: ArgumentHelp("With --demand-scale: the folder for its picture.", valueName: "dir"))
  var output: String?

  func validate() throws {
    if plan.isEmpty, schedule.isEmpty { throw ValidationError("Missing expected argument '--plan <file>'") }
    if sumo, !schedule.isEmpty { throw ValidationError("--sumo plays plans, not schedules.") }
    if demandScale != nil, !schedule.isEmpty {
      throw ValidationError("--demand-scale plays plans, not schedules.")
    }
    try SimulationOptions.validate(seeds: seeds)
    if demandScale == nil, demandSteps != nil || output != nil {
      throw ValidationError("--demand-steps and -o go with --demand-scale.")
    }
    if let demandSteps, !(2...101).contains(demandSteps) {
      throw ValidationError("--demand-steps must be from 2 to 101.")
    }
    if output == "" { throw ValidationError("A folder must have a name; '.' is the present one.") }
    if sumo, demandScale != nil || options.roads.areIncidents {
      throw ValidationError(
        "--sumo plays the scenario as it is, without --demand-scale, --close and --reduce.")
    }
  }

  func run() async throws {
    if let demandScale { return try await showCurve(demandScale.scales(count: demandSteps)) }
    guard sumo else {
      let contest = try PlanContest(
        input.read(), options, plans: plan, schedules: schedule, withExisting: true)
      return try contest.show(await comparison(contest), options)
    }
    let loaded = try input.read()
    guard let files = (loaded.origin as? SUMOOrigin)?.files else {
      throw Failure.usage("--sumo plays SUMO scenarios, and '\(input.input)' is none", hint: nil)
    }
    // Without SUMO there is no need to simulate first.
    let installation = try SUMOInstallation.find()
    let contest = try PlanContest(loaded, options, plans: plan, withExisting: true)
    let comparison = await comparison(contest)
    let demand = contest.period.demand
    let run = SUMORun(installation: installation, files: files, period: demand.begin..<demand.end)
    let texts = try contest.plans.enumerated().map { index, plan in
      // The existing plan is what the scenario's own files say.
      index == 0
        ? nil
        : try loaded.loadable(plan, in: contest.period)?.text
    }
    let judged = try await run.comparison(
      of: Array(zip(contest.plans, texts)).map { (plan: $0, text: $1) }, seeds: comparison.seeds)
    try contest.show(
      comparison, options, sumo: SUMOVerdict(version: installation.version, comparison: judged))
  }

  /// The plans as demand grows.
  private func showCurve(_ scales: [Double]) async throws {
    if let output { try OutputFiles.prepare(folder: output) }
    let contest = try PlanContest(input.read(), options, plans: plan, withExisting: true)
    let (network, demand) = (contest.loaded.network, contest.period.demand)
    let progress = ProgressLine(label: contest.period.name)
    let curve = await ThroughputCurve(
      of: contest.plans, network: network, demand: demand, scales: scales,
      seeds: (1...UInt64(seeds ?? Self.curveSeeds)).map { $0 }
    ) { share in
      progress.update("scaled demands", share, overall: share)
    }
    _ = progress.finish()
    let report = ThroughputReport(
      scenario: contest.loaded.scenario.name, period: contest.period.name, network: network, demand: demand,
      labels: contest.labels, curve: curve,
      reserves: contest.plans.map { ReserveCapacity(of: $0, network: network, demand: demand) },
      disruption: contest.disruption)
    var files: [OutputFile] = []
    if let output { files.append(OutputFile(path: "\(output)/throughput.svg", text: report.picture().svg)) }
    try OutputFiles.write(files)
    try Terminal.show(report.text, json: try report.json(), isJSON: options.json)
    for file in files { Terminal.tell("wrote \(file.path)") }
  }

  /// Seeds of a curve where nobody says how many: its many points make up for few.
  private static let curveSeeds = 5

  private func comparison(_ contest: PlanContest) async -> PlanComparison {
    guard let seeds else { return await PlanComparison(playing: contest.entrants, on: contest.simulator) }
    return await PlanComparison(
      playing: contest.entrants, on: contest.simulator, seeds: (1...UInt64(seeds)).map { $0 })
  }
}
