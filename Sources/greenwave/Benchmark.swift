internal import ArgumentParser
internal import NetworkFormats
internal import Reporting
internal import TrafficModel
internal import TrafficSimulation

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
        greenwave benchmark network.yaml --day weekday --schedule out/schedule.csv
        greenwave benchmark city.sumocfg --plan out/plan.csv --sumo
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

  func validate() throws {
    if plan.isEmpty, schedule.isEmpty { throw ValidationError("Missing expected argument '--plan <file>'") }
    if sumo, !schedule.isEmpty { throw ValidationError("--sumo plays plans, not schedules.") }
    try SimulationOptions.validate(seeds: seeds)
  }

  func run() async throws {
    guard sumo else {
      let contest = try PlanContest(input, options, plans: plan, schedules: schedule, withExisting: true)
      return try contest.show(await comparison(contest), options)
    }
    guard let files = try input.sumoFiles() else {
      throw Failure.usage("--sumo plays SUMO scenarios, and '\(input.input)' is none", hint: nil)
    }
    // Without SUMO there is no need to simulate first.
    let installation = try SUMOInstallation.find()
    let contest = try PlanContest(input, options, plans: plan, withExisting: true)
    let comparison = await comparison(contest)
    let demand = contest.period.demand
    let run = SUMORun(installation: installation, files: files, period: demand.begin..<demand.end)
    let texts = contest.plans.enumerated().map { index, plan in
      // The existing plan is what the scenario's own files say.
      index == 0
        ? nil
        : SUMOPlan.text(
          of: plan, network: contest.loaded.network, programName: contest.loaded.newProgramName)
    }
    let judged = try await run.comparison(
      of: Array(zip(contest.plans, texts)).map { (plan: $0, text: $1) }, seeds: comparison.seeds)
    try contest.show(
      comparison, options, sumo: SUMOVerdict(version: installation.version, comparison: judged))
  }

  private func comparison(_ contest: PlanContest) async -> PlanComparison {
    guard let seeds else { return await PlanComparison(playing: contest.entrants, on: contest.simulator) }
    return await PlanComparison(
      playing: contest.entrants, on: contest.simulator, seeds: (1...UInt64(seeds)).map { $0 })
  }
}
