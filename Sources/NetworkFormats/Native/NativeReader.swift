internal import TrafficModel

/// Reads networks in Greenwave's own format, YAML that people write: Documentation/NetworkFormat.md.
public enum NativeReader {
  /// The scenario in the file at `path`.
  ///
  /// - Throws: `InputFailure` with everything that is wrong, in order of place.
  public static func read(_ path: String) throws(InputFailure) -> ReadScenario {
    try read(InputFiles(path))
  }

  /// The scenario in an input of one file.
  static func read(_ input: InputFiles) throws(InputFailure) -> ReadScenario {
    var read = try read(text: input.file.text(), file: input.path)
    read.files = [input.file]
    return read
  }

  /// The scenario that `text` describes.
  ///
  /// - Parameter file: the file's name, for diagnostics.
  /// - Throws: `InputFailure` with everything that is wrong, in order of place.
  public static func read(text: String, file: String) throws(InputFailure) -> ReadScenario {
    var log = DiagnosticLog(file: file, text: text)
    var scenario: Scenario?
    if let root = YAMLText.root(of: text, &log) {
      scenario =
        DetailedReader.reads(root)
        ? DetailedReader.scenario(root, &log) : self.scenario(NativeFile(root, &log), &log)
    }
    let diagnostics = ordered(log.diagnostics)
    guard let scenario, !log.hasErrors else { throw InputFailure(diagnostics) }
    return ReadScenario(scenario: scenario, warnings: diagnostics)
  }

  /// Goes on as far as it can, so that all errors come at once; nil when there is no network.
  private static func scenario(_ file: NativeFile, _ log: inout DiagnosticLog) -> Scenario? {
    let references = LegReferences(file.junctions)
    var layout = NativeLayout(file, references: references, &log)
    let groups = NativeGroups(file, layout: layout, &log)
    for (index, controller) in groups.controllers(ofJunctions: file.junctions.count).enumerated() {
      layout.setControl(file.junctions[index].control.model(controller), at: index)
    }
    let phases = RingPhases(file: file, layout: layout, groups: groups, references: references)
    let controllers = phases.controllers(
      groups.members.map { groups.controller($0, file: file, layout: layout) }, &log)
    let plans = NativePlans(
      file: file, layout: layout, groups: groups, references: references, controllers: controllers)
    plans.checkStages(&log)
    let times = file.periods + file.days
    let existing = times.map { plans.plan(for: $0, &log) }
    let paths = NativeConnections(file, layout: layout, groups: groups)
    let network: Network
    do {
      network = try Network(
        junctions: layout.junctions, links: layout.links, lanes: layout.lanes, connections: paths.connections,
        conflicts: paths.conflicts, crossings: paths.crossings, controllers: controllers)
    } catch {
      // Names that come out alike are all that earlier checks leave; other problems have their errors already.
      if !log.hasErrors { for problem in error.problems { log.error(problem.message) } }
      return nil
    }
    for case (let period, let plan?) in zip(times, existing) {
      plans.check(plan, of: period, on: network, &log)
    }
    let demand = NativeDemand(
      file: file, layout: layout, references: references, crossingOfLeg: paths.crossingOfLeg,
      network: network)
    let periods = zip(file.periods, existing).map { period, plan -> Period? in
      let demand = demand.demand(of: period, &log)
      return plan.map { Period(name: period.name.value, demand: demand, existingPlan: $0) }
    }
    let complete = periods.compactMap { $0 }
    let days = zip(file.days, existing.dropFirst(file.periods.count)).map { day, plan -> Period? in
      let demand = demand.demand(ofDay: day, periods: complete, &log)
      return plan.map { Period(name: day.name.value, demand: demand, existingPlan: $0) }
    }.compactMap { $0 }
    guard complete.count == file.periods.count, days.count == file.days.count, !complete.isEmpty else {
      return nil
    }
    return Scenario(name: file.name, network: network, periods: complete, days: days)
  }

  private static func ordered(_ diagnostics: [Diagnostic]) -> [Diagnostic] {
    var seen: Set<Diagnostic> = []
    // A junction's plan holds in every period, and its errors would be told for each.
    let unique = diagnostics.filter { seen.insert($0).inserted }
    return unique.enumerated().sorted { first, second in
      let (a, b) = (first.element.location, second.element.location)
      return (a.line ?? 0, a.column ?? 0, first.offset) < (b.line ?? 0, b.column ?? 0, second.offset)
    }.map(\.element)
  }
}

extension NativeJunction.Control {
  fileprivate func model(_ controller: ControllerID?) -> JunctionControl {
    switch self {
    case .signals: controller.map { .signalled($0) } ?? .uncontrolled
    case .priority: .priority
    case .rightBeforeLeft: .rightBeforeLeft
    case .allWayStop: .allWayStop
    }
  }
}
