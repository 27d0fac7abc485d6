internal import ArgumentParser
internal import NetworkBuilding
internal import NetworkFormats
internal import Reporting
internal import SignalOptimization
internal import TrafficModel

/// The arguments that name the input of every command.
struct ScenarioInput: ParsableArguments {
  @Argument(
    help: "A network file, or the files of SUMO, GMNS, UTDF (Synchro), CityFlow or MATSim.",
    completion: .file())
  var input: String

  @Option(
    help: ArgumentHelp("Route files of a SUMO network, separated by commas.", valueName: "files"))
  var routes: String?

  @OptionGroup var messages: MessageOptions

  /// Reads the input; its warnings go to standard error.
  func read() throws -> LoadedScenario {
    let loaded = try load()
    loaded.tell(loaded.warnings)
    return loaded
  }

  /// Reads the input of a command that plans signals; its warnings go to standard error.
  ///
  /// - Throws: `Failure.noPlan` where there are none, before any work.
  func readSignalled() throws -> LoadedScenario {
    let loaded = try read()
    guard !loaded.network.controllers.isEmpty else {
      throw Failure.noPlan(["the network has no signals, so there is nothing to plan"])
    }
    return loaded
  }

  /// Reads the input.
  func load() throws -> LoadedScenario {
    // The first thing that any command does with an input.
    Terminal.talk = messages.talk
    return try LoadedScenario(input, routes: routes)
  }

  /// The input as it is named on the command line.
  var commandWords: String { input + (routes.map { " --routes \($0)" } ?? "") }
}

/// A scenario with what commands need to know about where it comes from.
struct LoadedScenario {
  var scenario: Scenario
  /// What it was read by.
  var format: any NetworkFormat
  var warnings: [Diagnostic]
  /// What it was read from.
  var files: [InputFile]
  /// What the format's own writers want to know of that.
  var origin: (any Sendable)?

  var network: Network { scenario.network }

  /// Reads an input.
  ///
  /// - Parameter routes: route files of a SUMO network, separated by commas.
  init(_ input: String, routes: String?) throws {
    let routeFiles = (routes ?? "").split(separator: ",").map { String($0.drop { $0 == " " }) }
    let files = InputFiles(input, routes: routeFiles)
    let format = try FormatRegistry.tool.format(of: files)
    let read = try format.read(files)
    self.format = format
    (scenario, warnings, self.files, origin) = (read.scenario, read.warnings, read.files, read.origin)
  }

  /// What it was read from, for a report to say.
  func sources() throws -> [ReportProvenance.Source] {
    try files.map {
      ReportProvenance.Source(
        name: FileNames.last(of: $0.path), size: try $0.bytes().count, checksum: try $0.checksum())
    }
  }

  /// The period of a name; the first for none.
  func period(named name: String?) throws -> Period {
    guard let name else { return scenario.periods[0] }
    if let period = scenario.periods.first(where: { $0.name == name }) { return period }
    let known = scenario.periods.map(\.name)
    throw Failure.usage("unknown period '\(name)'", hint: hint(for: name, among: known))
  }

  /// The day of a name, the first for none; where the input has no days, its periods together.
  func day(named name: String?) throws -> Period {
    let days = scenario.days
    if let name {
      if let day = days.first(where: { $0.name == name }) { return day }
      throw Failure.usage(
        days.isEmpty ? "the input has no days, and so no '\(name)'" : "unknown day '\(name)'",
        hint: days.isEmpty ? nil : hint(for: name, among: days.map(\.name)))
    }
    if let first = days.first { return first }
    let periods = scenario.periods
    guard periods.allSatisfy({ $0.existingPlan.programs == periods[0].existingPlan.programs }) else {
      throw Failure.usage(
        "the periods run different plans now, so they do not make a day",
        hint: "a network file can describe the day under 'days'")
    }
    guard
      let demand = Demand.joined(periods.map(\.demand), slice: MovementFlows.sliceLength)
    else {
      throw Failure.usage(
        "the periods overlap, so they do not make a day", hint: "a network file can have 'days'")
    }
    guard demand.duration <= DaySchedule.dayLength else {
      throw Failure.usage("the demand lasts longer than a day", hint: nil)
    }
    let plan = TimingPlan(name: "day", programs: periods[0].existingPlan.programs)
    return Period(name: "day", demand: demand, existingPlan: plan)
  }

  /// The controller of a name.
  func controller(named name: String) throws -> ControllerID {
    if let index = network.controllers.firstIndex(where: { $0.name == name }) { return ControllerID(index) }
    let known = network.controllers.map(\.name)
    throw Failure.usage("unknown controller '\(name)'", hint: hint(for: name, among: known))
  }

  /// The controllers of names that commas separate; nil for none.
  func controllers(named names: String?) throws -> [ControllerID]? {
    try names.map { names in
      try names.split(separator: ",").map { try controller(named: String($0.drop(while: \.isWhitespace))) }
    }
  }

  func hint(for name: String, among known: [String]) -> String {
    if let nearest = nearestName(to: name, among: known) { return "did you mean '\(nearest)'?" }
    let shown = known.prefix(12).joined(separator: ", ")
    return "known are \(shown)\(known.count > 12 ? " and \(known.count - 12) more" : "")"
  }

  /// The plan in a file, for the controllers that it tells of.
  func partialPlan(_ path: String, period: Period) throws -> ReadPlan {
    try FormatRegistry.tool.readPlan(InputFiles(path), for: network, at: PlanTime(period), origin: origin)
  }

  /// The plan in a file; controllers that it leaves out keep their existing programme in `period`.
  func plan(_ path: String, period: Period) throws -> TimingPlan {
    let read = try partialPlan(path, period: period)
    tell(read.warnings)
    return read.plan.completed(from: period.existingPlan)
  }

  /// Has all periods and days run the plan in a file, as far as it tells of controllers.
  mutating func run(_ path: String) throws {
    for index in scenario.periods.indices {
      scenario.periods[index].existingPlan = try plan(path, period: scenario.periods[index])
    }
    for index in scenario.days.indices {
      scenario.days[index].existingPlan = try plan(path, period: scenario.days[index])
    }
  }

  /// Shows warnings on standard error, the first of them where there are many.
  func tell(_ warnings: [Diagnostic]) {
    let shown = warnings.prefix(Self.mostWarnings)
    for warning in shown { Terminal.tell(warning.text, .warning) }
    let rest = warnings.count - shown.count
    if rest > 0 { Terminal.tell("and \(rest) more warnings; 'greenwave check' shows all", .warning) }
  }

  private static let mostWarnings = 20

  /// Warns of a plan that is not legal.
  func warnIfUnsafe(_ plan: TimingPlan, label: String) {
    let violations = plan.check(against: network)
    guard let first = violations.first else { return }
    let rest = violations.count > 1 ? ", and \(violations.count - 1) more" : ""
    Terminal.tell("warning: the plan '\(label)' is not legal: \(first.message)\(rest)", .warning)
  }
}
