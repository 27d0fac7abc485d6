internal import NetworkBuilding
internal import TrafficModel

/// A scenario in the detailed form: one line for each node, link, connection, pair of groups and programme.
struct DetailedText {
  let scenario: Scenario
  var network: Network { scenario.network }

  /// The file.
  var text: String {
    var lines = ["\(DetailedReader.versionKey): 1", "name: \(YAMLWriting.text(scenario.name))"]
    if network.side == .left { lines.append("drive: left") }
    func add(_ key: String, _ entries: [String]) {
      guard !entries.isEmpty else { return }
      lines += ["", "\(key):"] + entries
    }
    add("nodes", network.junctions.map { "  - \(node($0))" })
    add("links", network.links.indices.map { "  - \(link(LinkID($0)))" })
    add("connections", network.connections.indices.map { "  - \(connection(ConnectionID($0)))" })
    add("crossings", network.crossings.map { "  - \(crossing($0))" })
    add("controllers", network.controllers.flatMap(lines(of:)))
    add("periods", scenario.periods.flatMap(lines(of:)))
    add("days", scenario.days.flatMap(lines(of:)))
    return lines.joined(separator: "\n") + "\n"
  }

  private func node(_ junction: Junction) -> String {
    var control: String?
    var controller: String?
    switch junction.control {
    case .signalled(let id):
      control = "signals"
      controller = YAMLWriting.text(network[id].name)
    case .priority: control = "priority"
    case .rightBeforeLeft: control = "right-before-left"
    case .allWayStop: control = "all-way-stop"
    case .uncontrolled: break
    }
    return YAMLWriting.mapping([
      ("name", YAMLWriting.text(junction.name)), ("at", point(junction.position)), ("control", control),
      ("controller", controller),
    ])
  }

  private func point(_ point: Point) -> String {
    YAMLWriting.list([YAMLWriting.number(point.x), YAMLWriting.number(point.y)])
  }

  private func link(_ id: LinkID) -> String {
    let link = network[id]
    return YAMLWriting.mapping([
      ("name", YAMLWriting.text(link.name)),
      ("street", link.street.isEmpty ? nil : YAMLWriting.text(link.street)),
      ("from", YAMLWriting.text(network[link.from].name)), ("to", YAMLWriting.text(network[link.to].name)),
      ("length", YAMLWriting.number(link.length)), ("speed", YAMLWriting.speed(link.speed)),
      ("queue-limit", link.queueLimit.map(YAMLWriting.number)), ("conditions", link.conditions.yaml),
      ("lanes", lanes(of: id)),
      ("shape", link.shape.isEmpty ? nil : YAMLWriting.list(link.shape.map(point))),
    ])
  }

  /// Their number where they are all alike.
  private func lanes(of id: LinkID) -> String {
    let link = network[id]
    let lanes = network.lanes(of: id).map { network[$0] }
    let texts = lanes.map { lane in
      YAMLWriting.mapping([
        ("length", lane.length == link.length ? nil : YAMLWriting.number(lane.length)),
        ("speed", lane.speed == link.speed ? nil : YAMLWriting.speed(lane.speed)),
        ("number", lane.sourceIndex == lane.position ? nil : "\(lane.sourceIndex)"),
      ])
    }
    return texts.allSatisfy { $0 == "{}" } ? "\(texts.count)" : YAMLWriting.list(texts)
  }

  private func signal(_ signal: SignalGroupReference?) -> [(String, String?)] {
    guard let signal else { return [] }
    let controller = network[signal.controller]
    return [
      ("controller", YAMLWriting.text(controller.name)),
      ("group", YAMLWriting.text(controller.groups[signal.group].name)),
    ]
  }

  private func connection(_ id: ConnectionID) -> String {
    let path = network[id]
    let (from, to) = (network[path.from], network[path.to])
    let meetings = network.conflicts[id.index].map(meeting)
    let ends: [(String, String?)] = [
      ("from", YAMLWriting.text(network[from.link].name)), ("lane", "\(from.position + 1)"),
      ("to", YAMLWriting.text(network[to.link].name)), ("into", "\(to.position + 1)"),
      ("turn", String(path.turn.letter)), ("length", YAMLWriting.number(path.length)),
      ("speed", YAMLWriting.speed(path.speed)),
      ("waits-at", path.waitingPosition.map(YAMLWriting.number)),
      ("parts-at", path.partingPosition.map(YAMLWriting.number)),
    ]
    let flows: [(String, String?)] = [
      ("saturation-flow", YAMLWriting.flow(path.saturationFlow)),
      ("flow-given", path.isSaturationFlowGiven ? "yes" : nil),
      ("start-up-lost-time", YAMLWriting.number(path.startUpLostTime)),
      ("yellow-used", YAMLWriting.number(path.yellowUsed)),
      ("meets", meetings.isEmpty ? nil : YAMLWriting.list(meetings)),
    ]
    return YAMLWriting.mapping(ends + signal(path.signal) + flows)
  }

  private func meeting(_ conflict: ConnectionConflict) -> String {
    let other = "\(conflict.other.index + 1)"
    if !conflict.yields, conflict.meeting == nil, conflict.extent == nil { return other }
    return YAMLWriting.mapping([
      ("other", other), ("yields", conflict.yields ? "yes" : nil),
      ("awaited", conflict.yields && !conflict.isAwaited ? "no" : nil),
      ("at", conflict.meeting.map(YAMLWriting.number)), ("over", conflict.extent.map(YAMLWriting.number)),
    ])
  }

  private func crossing(_ crossing: PedestrianCrossing) -> String {
    let crossed = crossing.crossedConnections.map { "\($0.index + 1)" }
    return YAMLWriting.mapping(
      [
        ("name", YAMLWriting.text(crossing.name)),
        ("node", YAMLWriting.text(network[crossing.junction].name)),
        ("length", YAMLWriting.number(crossing.length)),
        ("walking-speed", YAMLWriting.number(crossing.walkingSpeed)),
      ] + signal(crossing.signal) + [("crosses", crossed.isEmpty ? nil : YAMLWriting.list(crossed))])
  }

  private func lines(of controller: SignalController) -> [String] {
    let bounds = controller.cycleBounds
    var lines = [
      "  - name: \(YAMLWriting.text(controller.name))",
      "    cycle-range: [\(YAMLWriting.number(bounds.lowerBound)), \(YAMLWriting.number(bounds.upperBound))]",
    ]
    switch controller.presentControl {
    case .fixedTime: break
    case .responding(let kind), .actuated(let kind): lines.append("    responds: \(YAMLWriting.text(kind))")
    case .doubtful(let reason): lines.append("    not-understood: \(YAMLWriting.text(reason))")
    }
    if !controller.groups.isEmpty { lines.append("    groups:") }
    lines += controller.groups.map { "      - \(group($0))" }
    let pairs = controller.groups.indices.flatMap { a in
      (a + 1..<max(a + 1, controller.groups.count)).compactMap { pair(a, $0, of: controller) }
    }
    let phases = controller.rings?.phases.map { phase($0, of: controller) } ?? []
    return lines + (pairs.isEmpty ? [] : ["    pairs:"] + pairs.map { "      - \($0)" })
      + (phases.isEmpty ? [] : ["    phases:"] + phases.map { "      - \($0)" })
  }

  private func phase(_ phase: RingPhase, of controller: SignalController) -> String {
    func names(_ groups: [Int]) -> String? {
      groups.isEmpty ? nil : YAMLWriting.list(groups.map { YAMLWriting.text(controller.groups[$0].name) })
    }
    func time(_ value: Double) -> String? { value == 0 ? nil : YAMLWriting.number(value) }
    let places: [(String, String?)] = [
      ("number", "\(phase.number)"), ("ring", "\(phase.ring)"), ("barrier", "\(phase.barrier)"),
      ("position", "\(phase.position)"), ("groups", names(phase.groups)),
      ("permitted", names(phase.permitted)),
    ]
    let times: [(String, String?)] = [
      ("minimum-green", time(phase.minimumGreen)), ("yellow", time(phase.yellow)),
      ("all-red", time(phase.allRed)), ("walk", time(phase.walk)),
      ("flashing-dont-walk", time(phase.flashingDontWalk)),
      ("keeps-place", phase.keepsPlace ? "yes" : nil), ("optional", phase.isOptional ? "yes" : nil),
    ]
    return YAMLWriting.mapping(places + times + (phase.actuation?.yaml ?? []))
  }

  private func group(_ group: SignalGroup) -> String {
    let others = SignalState.allCases.filter(group.otherStates.contains).map(\.rawValue).joined()
    return YAMLWriting.mapping([
      ("name", YAMLWriting.text(group.name)), ("kind", group.kind == .pedestrian ? "pedestrians" : nil),
      ("minimum-green", YAMLWriting.number(group.minimumGreen)),
      (
        "minimum-protected",
        group.minimumProtectedGreen > 0 ? YAMLWriting.number(group.minimumProtectedGreen) : nil
      ),
      ("yellow", YAMLWriting.number(group.yellow)), ("optional", group.mustBeServed ? nil : "yes"),
      ("may-show", others.isEmpty ? nil : others),
    ])
  }

  private func pair(_ a: Int, _ b: Int, of controller: SignalController) -> String? {
    let together = Together(controller.conflicts[a][b])
    let clear = [controller.intergreens[a][b], controller.intergreens[b][a]]
    let starts = [controller.startsDuringYellow[a][b], controller.startsDuringYellow[b][a]]
    guard together != .free || clear != [0, 0] || starts.contains(true) else { return nil }
    return YAMLWriting.mapping([
      ("groups", YAMLWriting.list([a, b].map { YAMLWriting.text(controller.groups[$0].name) })),
      ("together", together == .never ? nil : together.rawValue),
      ("clear", clear == [0, 0] ? nil : YAMLWriting.list(clear.map(YAMLWriting.number))),
      ("start-in-yellow", starts.contains(true) ? YAMLWriting.list(starts.map { $0 ? "yes" : "no" }) : nil),
    ])
  }
}
