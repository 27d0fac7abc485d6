internal import ArgumentParser
internal import Reporting
internal import TrafficSimulation

/// `greenwave simulate`
struct Simulate: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Play one plan and measure it.",
    discussion: """
      EXAMPLES
        greenwave simulate network.yaml
        greenwave simulate network.yaml --plan out/plan.csv --seeds 10
        greenwave simulate network.yaml --day weekday --schedule out/schedule.csv
        greenwave simulate city.sumocfg --json
      """)

  @OptionGroup var input: ScenarioInput
  @OptionGroup var options: SimulationOptions

  @Option(help: ArgumentHelp("How many seeds to play, from 1 to 1000.", valueName: "count"))
  var seeds = 5

  @Option(help: ArgumentHelp("The plan to play. (default: the existing one)", valueName: "file"))
  var plan: String?

  @Option(help: ArgumentHelp("A schedule to play instead, with its plans.", valueName: "file"))
  var schedule: String?

  func validate() throws {
    if plan != nil, schedule != nil { throw ValidationError("--plan and --schedule exclude each other.") }
    try SimulationOptions.validate(seeds: seeds)
  }

  func run() async throws {
    let contest = try PlanContest(
      input.read(), options, plans: plan.map { [$0] } ?? [], schedules: schedule.map { [$0] } ?? [],
      withExisting: plan == nil && schedule == nil)
    let comparison = await PlanComparison(
      playing: contest.entrants, on: contest.simulator, seeds: (1...UInt64(seeds)).map { $0 })
    try contest.show(comparison, options)
  }
}
