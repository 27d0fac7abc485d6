internal import TrafficModel

/// What SUMO itself, and who writes for it, want to know of a scenario that was read from its files.
public struct SUMOOrigin: Sendable {
  /// The files of the scenario.
  public let files: SUMOConfiguration
  /// Names of all signal programmes in the input, sorted: SUMO refuses two programmes of one name.
  public let programNames: [String]
  /// By signal: the names of its programmes.
  public let programsOfSignal: [String: [String]]
}

/// Files of the SUMO simulator: a configuration, or a network whose demand is in route files. Documentation/SUMO.md.
struct SUMOFormat: NetworkFormat, NetworkWriter, PlanReader, PlanWriter, ScheduleWriter {
  let name = "sumo"
  let endings = [".sumocfg", ".net.xml", ".net.xml.gz"]
  let outputEndings: [String] = []
  let kindsOfFiles = ["SUMO configurations (.sumocfg)", "SUMO networks (.net.xml, .net.xml.gz)"]
  let planEnding: String? = ".add.xml"
  let scheduleEnding = ".add.xml"

  func recognizes(_ input: InputFiles) throws(InputFailure) -> Bool {
    guard !input.isFolder, let root = try input.file.xmlRoot() else { return false }
    return root == "net" || SUMOConfiguration.roots.contains(root)
  }

  func read(_ input: InputFiles) throws(InputFailure) -> ReadScenario {
    try SUMOReader.read(input)
  }

  func write(_ scenario: Scenario, origin: (any Sendable)?) -> WrittenScenario {
    SUMOWriter.write(scenario)
  }

  // MARK: Plans

  func recognizesPlan(_ input: InputFiles) throws(InputFailure) -> Bool {
    guard !input.isFolder else { return false }
    return try input.file.firstMarks().first == "<"
  }

  let namesControllers = true

  func controllers(in input: InputFiles) throws(InputFailure) -> [PlannedController] {
    try SUMOPlan.controllers(in: input.file)
  }

  func readPlan(
    _ input: InputFiles, for network: Network, at time: PlanTime, origin: (any Sendable)?
  ) throws(InputFailure) -> ReadPlan {
    try SUMOPlan.read(
      input.file, network: network, time: time, known: (origin as? SUMOOrigin)?.programsOfSignal ?? [:])
  }

  func write(
    _ plan: TimingPlan, of scenario: Scenario, in period: Period, origin: (any Sendable)?
  ) -> WrittenScenario {
    let names = programNames(of: scenario, origin)
    return WrittenScenario(
      text: SUMOPlan.text(
        of: plan, network: scenario.network,
        programName: SUMOPlan.freeProgramName(for: "greenwave", known: names)))
  }

  func text(
    of timetable: SignalTimetable, scenario: Scenario, untouched: Set<ControllerID>,
    origin: (any Sendable)?
  ) -> String {
    SUMOSchedule.text(
      of: timetable, network: scenario.network, known: programNames(of: scenario, origin),
      untouched: untouched)
  }

  /// Those of the input; of an input of another kind, the ones that its network would have in SUMO.
  private func programNames(of scenario: Scenario, _ origin: (any Sendable)?) -> [String] {
    (origin as? SUMOOrigin)?.programNames
      ?? scenario.periods.flatMap { $0.existingPlan.programs.compactMap { $0?.name } }
  }
}
