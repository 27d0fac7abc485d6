internal import ArgumentParser
internal import Reporting
internal import TrafficModel
internal import TrafficSimulation

/// What simulating commands have in common.
struct SimulationOptions: ParsableArguments {
  @Option(help: "The period to play. (default: the first)")
  var period: String?

  @Option(help: "The day to play, instead of a period.")
  var day: String?

  @OptionGroup var roads: RoadConditions

  @Flag(help: "Print the measures as JSON instead of tables.")
  var json = false

  /// - Throws: what is wrong with a number of seeds.
  static func validate(seeds: Int?) throws {
    guard (1...1000).contains(seeds ?? 1) else { throw ValidationError("--seeds must be from 1 to 1000.") }
  }
}

/// Plans and schedules that are to be played on the same period or day.
struct PlanContest {
  let loaded: LoadedScenario
  let period: Period
  /// A schedule is stood for by the plan that it begins with.
  let entrants: [(plan: TimingPlan, timetable: SignalTimetable)]
  let labels: [String]
  let disruption: DisruptionReport?

  var plans: [TimingPlan] { entrants.map(\.plan) }

  /// Reads the plans for an input; warns of plans that are not legal.
  ///
  /// - Parameters:
  ///   - paths: files of plans.
  ///   - schedules: files of schedules.
  ///   - withExisting: whether the existing plan comes before them.
  init(
    _ input: LoadedScenario, _ options: SimulationOptions, plans paths: [String], schedules: [String] = [],
    withExisting: Bool
  ) throws {
    let read = try options.roads.limited(input)
    let disrupted = try options.roads.disrupted(
      read, in: try read.period(options, hasSchedules: !schedules.isEmpty))
    loaded = disrupted.loaded
    disruption = disrupted.report
    let period = disrupted.period
    var entrants = withExisting ? [(period.existingPlan, SignalTimetable(period.existingPlan))] : []
    var labels = withExisting ? ["existing"] : []
    for path in paths {
      let plan = try loaded.plan(path, period: period)
      entrants.append((plan, SignalTimetable(plan)))
      labels.append(Self.label(path, among: paths + schedules))
    }
    for (label, entrant) in zip(labels, entrants) { loaded.warnIfUnsafe(entrant.0, label: label) }
    for path in schedules {
      let label = Self.label(path, among: paths + schedules)
      entrants.append(try loaded.schedule(path, period: period, label: label))
      labels.append(label)
    }
    (self.period, self.entrants, self.labels) = (period, entrants, labels)
  }

  /// The simulator of the period.
  var simulator: Simulator { Simulator(network: loaded.network, demand: period.demand) }

  /// Prints what was measured.
  func show(_ comparison: PlanComparison, _ options: SimulationOptions, sumo: SUMOVerdict? = nil) throws {
    let report = ComparisonReport(
      scenario: loaded.scenario.name, period: period.name, network: loaded.network, demand: period.demand,
      labels: labels, comparison: comparison, sumo: sumo, disruption: disruption)
    try Terminal.show(report.text, json: try report.json(), isJSON: options.json)
  }

  /// A plan's file name; its whole path where another file has the same name.
  private static func label(_ path: String, among paths: [String]) -> String {
    func name(_ path: String) -> String { path.split(separator: "/").last.map(String.init) ?? path }
    return paths.count { name($0) == name(path) } == 1 ? name(path) : path
  }
}
