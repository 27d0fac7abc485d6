internal import Foundation
internal import NetworkBuilding
internal import TrafficModel

/// Reads networks in UTDF, the text format of Synchro: one combined file, or the older set of files in a folder.
/// See Documentation/UTDF.md.
public enum UTDFReader {
  /// The scenario in the file or the folder at `path`.
  ///
  /// - Throws: `InputFailure` with everything that is wrong, in order of place.
  public static func read(_ path: String) throws(InputFailure) -> ReadScenario {
    try read(InputFiles(path))
  }

  /// The scenario in an input whose files may have been read before.
  static func read(_ input: InputFiles) throws(InputFailure) -> ReadScenario {
    try read(UTDFSource(input))
  }

  /// The scenario that the text of a combined file describes.
  ///
  /// - Parameter file: the file's name, for diagnostics.
  /// - Throws: `InputFailure` with everything that is wrong, in order of place.
  public static func read(text: String, file: String) throws(InputFailure) -> ReadScenario {
    try read(UTDFSource(text: text, file: file))
  }

  private static func read(_ source: UTDFSource) throws(InputFailure) -> ReadScenario {
    var log = DiagnosticLog(file: source.path, text: source.text)
    log.append(source.warnings)
    let utdf = source.sections(&log)
    let name = URL(fileURLWithPath: source.path).deletingPathExtension().lastPathComponent
    let scenario = scenario(utdf, name: name, &log)
    let diagnostics = source.located(log.diagnostics)
    guard let scenario, !log.hasErrors else { throw InputFailure(diagnostics) }
    return ReadScenario(
      scenario: scenario, warnings: diagnostics, files: source.files.sorted { $0.path < $1.path },
      origin: UTDFFormat.Origin(source: source))
  }

  /// Goes on as far as it can, so that all errors come at once; nil when there is no network.
  ///
  /// - Parameter isPlan: whether somebody wants the plans alone. Then controllers keep no rings, which have nothing to say,
  ///   and a file that names no neighbours is one of junctions that lie apart.
  static func scenario(
    _ file: UTDFFile, name: String, isPlan: Bool = false, _ log: inout DiagnosticLog
  ) -> Scenario? {
    guard !file[.lanes].rows.isEmpty || !file[.links].rows.isEmpty else {
      log.error(
        "the file has neither links nor lanes", at: TextPlace(line: 1, column: 1),
        notes: ["a network needs [Links] and [Lanes]"])
      return nil
    }
    let settings = UTDFSettings(file, &log)
    let read = UTDFNodes(file, settings: settings, assumesNeighbours: isPlan, &log)
    var roads = UTDFRoads(read, &log)
    if roads.links.isEmpty, !log.hasErrors {
      log.error(
        "no road leads anywhere: neither links nor lanes name the nodes that they come from and go to",
        at: (file[.lanes].rows.first ?? file[.links].rows.first)?.place ?? TextPlace(line: 1, column: 1),
        notes: ["these are the records 'Up ID' in [Links], 'Up Node' and 'Dest Node' in [Lanes]"])
      return nil
    }
    let signals = UTDFSignals(file, settings: settings, nodes: read, roads: &roads, &log)
    let demand = UTDFDemand(file: file, settings: settings, nodes: read.nodes)
    roads.connect(
      signals: signals.groupOfWay, discharges: roads.ways.map { $0.map { demand.discharge(of: $0, &log) } })
    let crossings = signals.crossings
    let crossingsOfNode = Dictionary(grouping: crossings, by: \.leg.junction)
    let built = signals.members.indices.map {
      UTDFController(
        signals: signals, roads: roads, crossings: crossingsOfNode, member: $0, keepsRings: !isPlan
      ).build(&log)
    }
    let right = UTDFRightOfWay(file: file, nodes: read.nodes)
    let paths = JunctionPaths(
      links: roads.links, lanes: roads.lanes, turns: roads.turns,
      rules: read.nodes.indices.map {
        right.rule(of: $0, isSignalled: signals.controllerOfNode[$0] != nil)
      }, crossings: crossings)
    let junctions = read.nodes.enumerated().map { index, node in
      Junction(
        name: node.name, position: node.position,
        control: right.model(of: index, controller: signals.controllerOfNode[index]))
    }
    let network: Network
    do {
      network = try Network(
        junctions: junctions, links: roads.links, lanes: roads.lanes, connections: paths.connections,
        conflicts: paths.conflicts, crossings: paths.crossings, controllers: built.map(\.controller))
    } catch {
      if !log.hasErrors { for problem in error.problems { log.error(problem.message) } }
      return nil
    }
    let plan = TimingPlan(name: periodName, programs: built.map(\.program))
    for violation in plan.check(against: network) {
      log.warning("the plan in force is not safe: \(violation.message)")
    }
    let period = Period(
      name: periodName,
      demand: demand.demand(network: network, roads: roads, crossings: crossings.map(\.leg), &log),
      existingPlan: plan)
    return Scenario(name: name, network: network, periods: [period])
  }

  /// A file has one period, without a name.
  static let periodName = "peak"

  static func ordered(_ diagnostics: [Diagnostic]) -> [Diagnostic] {
    var seen: Set<Diagnostic> = []
    let unique = diagnostics.filter { seen.insert($0).inserted }
    return unique.enumerated().sorted { first, second in
      let (a, b) = (first.element.location, second.element.location)
      return (a.file, a.line ?? 0, a.column ?? 0, first.offset) < (
        b.file, b.line ?? 0, b.column ?? 0, second.offset
      )
    }.map(\.element)
  }
}

/// Who has the right of way at the nodes of a file that have no signals.
struct UTDFRightOfWay {
  let file: UTDFFile
  let nodes: [UTDFNode]

  /// How right of way at a node is worked out.
  func rule(of index: Int, isSignalled: Bool) -> RightOfWayRule {
    if isSignalled { return .signals }
    if nodes[index].kind == .roundabout { return .rightBeforeLeft }
    let major = majorLegs(of: index)
    return major.isEmpty ? .allWayStop : .priority(major)
  }

  /// The control of a node in the model.
  func model(of index: Int, controller: ControllerID?) -> JunctionControl {
    if let controller { return .signalled(controller) }
    switch nodes[index].kind {
    case .external, .bend: return .uncontrolled
    case .signalled, .unsignalled, .roundabout: break
    }
    return switch rule(of: index, isSignalled: false) {
    case .signals, .priority: .priority
    case .rightBeforeLeft: .rightBeforeLeft
    case .allWayStop: .allWayStop
    }
  }

  /// The approaches of the busier sign; without signs, the busiest pair of opposite legs, or the busiest leg; none
  /// where all approaches have the same sign, which then is a stop for all.
  private func majorLegs(of index: Int) -> [Compass] {
    let node = nodes[index]
    let lanes = file[.lanes]
    func signs(_ approach: UTDFApproach) -> [String] {
      approach.movements.compactMap { lanes["signcontrol", node.id, $0.column]?.value }
    }
    let all = Set(node.approaches.flatMap(signs))
    let controlled = node.approaches.filter { !signs($0).isEmpty }
    if all.count == 1, controlled.count > 2, controlled.count == node.approaches.count { return [] }
    func volume(_ approach: UTDFApproach) -> Double {
      approach.movements.reduce(0) {
        $0 + (lanes["volume", node.id, $1.column].flatMap { UTDFNumber.value($0.value) } ?? 0)
      }
    }
    // Which number means stop is not agreed on, but stops are for the approaches with less traffic.
    if all.count > 1 {
      let bySign = all.sorted().map { sign in
        controlled.filter { approach in signs(approach).allSatisfy { $0 == sign } }
      }
      let busiest = bySign.max { $0.reduce(0) { $0 + volume($1) } < $1.reduce(0) { $0 + volume($1) } }
      return (busiest ?? []).map(\.direction.leg).sorted()
    }
    let legs = node.approaches.map(\.direction.leg).sorted()
    let best = legs.map { leg -> (legs: [Compass], volume: Double) in
      let pair = legs.contains(leg.opposite) ? [leg, leg.opposite] : [leg]
      let sum = node.approaches.filter { pair.contains($0.direction.leg) }.reduce(0) { $0 + volume($1) }
      // A through street goes before a street that ends.
      return (pair.sorted(), sum + (pair.count == 2 ? 1 : 0))
    }
    return best.max { $0.volume < $1.volume }?.legs ?? []
  }
}

extension UTDFSignals {
  /// The pedestrian crossings that groups are for.
  var crossings: [CrossingDraft] {
    members.enumerated().flatMap { member, controller in
      controller.groups.enumerated().compactMap { number, group -> CrossingDraft? in
        guard case .crossing(let node, let leg) = group.subject else { return nil }
        // The flashing don't walk is as long as the slowest need.
        let clearance = group.phases.compactMap(controller.timing.phase).map(\.dontWalk).max() ?? 0
        return CrossingDraft(
          name: "\(nodes[node].name).\(leg.name).P", leg: LegID(junction: node, leg: leg),
          length: max(clearance, 1) * settings.walkingSpeed, walkingSpeed: settings.walkingSpeed,
          signal: SignalGroupReference(controller: ControllerID(member), group: number))
      }
    }
  }
}
