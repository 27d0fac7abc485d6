internal import NetworkBuilding
internal import TrafficModel

/// The roads and signals of a detailed file.
struct DetailedNetwork {
  static let nodeKeys = ["name", "at", "control", "controller"]
  static let linkKeys = [
    "name", "street", "from", "to", "length", "speed", "shape", "queue-limit", "conditions", "lanes",
  ]
  static let laneKeys = ["length", "speed", "number"]
  static let connectionKeys = [
    "from", "lane", "to", "into", "turn", "length", "speed", "waits-at", "parts-at", "controller", "group",
    "saturation-flow", "flow-given", "start-up-lost-time", "yellow-used", "meets",
  ]
  static let meetingKeys = ["other", "yields", "awaited", "at", "over"]
  static let crossingKeys = [
    "name", "node", "length", "walking-speed", "controller", "group", "crosses",
  ]

  private(set) var junctions: [Junction] = []
  private(set) var links: [Link] = []
  private(set) var lanes: [Lane] = []
  private(set) var connections: [LaneConnection] = []
  private(set) var conflicts: [[ConnectionConflict]] = []
  private(set) var crossings: [PedestrianCrossing] = []
  let controllers: [SignalController]
  let controllerNames: DetailedNames
  let linkNames: DetailedNames
  private(set) var crossingCount = 0
  private let side: TrafficSide
  private let groupNames: [DetailedNames]
  private var firstLane: [Int: Int] = [:]
  private var laneCounts: [Int: Int] = [:]
  private var places: [NetworkSubject: TextPlace] = [:]

  init(_ file: YAMLFields, _ log: inout DiagnosticLog) {
    side = file["drive"]?.word("drive", &log) ?? .right
    let signals = DetailedControllers(file, &log)
    (controllers, controllerNames, groupNames) = (signals.controllers, signals.names, signals.groupNames)
    let nodes = DetailedItems("nodes", of: file, what: "a node", keys: Self.nodeKeys, &log)
    let nodeNames = nodes.names("node", &log)
    let roads = DetailedItems("links", of: file, what: "a link", keys: Self.linkKeys, &log)
    linkNames = roads.names("link", &log)
    for node in nodes.fields { add(node: node, &log) }
    for (index, link) in roads.fields.enumerated() { add(link: link, at: index, nodes: nodeNames, &log) }
    let paths = DetailedItems(
      "connections", of: file, what: "a connection", keys: Self.connectionKeys, &log)
    for path in paths.fields { add(connection: path, among: paths.count, &log) }
    let walks = DetailedItems("crossings", of: file, what: "a crossing", keys: Self.crossingKeys, &log)
    crossingCount = walks.count
    for walk in walks.fields { add(crossing: walk, nodes: nodeNames, connections: paths.count, &log) }
    _ = file.required("nodes", &log)
    _ = file.required("links", &log)
  }

  /// The network; nil, with errors in the log, where the parts do not make one.
  func network(_ log: inout DiagnosticLog) -> Network? {
    guard !log.hasErrors else { return nil }
    do {
      return try Network(
        junctions: junctions, links: links, lanes: lanes, connections: connections, conflicts: conflicts,
        crossings: crossings, controllers: controllers, side: side)
    } catch {
      for problem in error.problems {
        if let place = places[problem.subject] {
          log.error(problem.message, at: place)
        } else {
          log.error(problem.message)
        }
      }
      return nil
    }
  }

  private enum Control: String, CaseIterable {
    case signals, priority
    case rightBeforeLeft = "right-before-left"
    case allWayStop = "all-way-stop"
    case none
  }

  private mutating func add(node: YAMLFields, _ log: inout DiagnosticLog) {
    let name = node["name"]?.text("name", &log) ?? ""
    let at = node.required("at", &log).flatMap { Self.point($0, "at", &log) }
    let word: Control = node["control"]?.word("control", &log) ?? .none
    var control = JunctionControl.uncontrolled
    switch word {
    case .signals:
      guard
        let index = controllerNames.index(node.required("controller", &log), "controller", &log)
      else { return }
      control = .signalled(ControllerID(index))
    case .priority: control = .priority
    case .rightBeforeLeft: control = .rightBeforeLeft
    case .allWayStop: control = .allWayStop
    case .none: control = .uncontrolled
    }
    guard let at else { return }
    places[.junction(JunctionID(junctions.count))] = node.place
    junctions.append(Junction(name: name, position: at, control: control))
  }

  private static func point(_ node: YAMLNode, _ what: String, _ log: inout DiagnosticLog) -> Point? {
    guard let nodes = node.list(what, &log) else { return nil }
    guard nodes.count == 2 else {
      log.error(
        "'\(what)' must be [metres east, metres north], it has \(nodes.count) entries", at: node.place)
      return nil
    }
    guard let x = nodes[0].number(what, .coordinate, &log), let y = nodes[1].number(what, .coordinate, &log)
    else { return nil }
    return Point(x: x, y: y)
  }

  private mutating func add(
    link: YAMLFields, at index: Int, nodes: DetailedNames, _ log: inout DiagnosticLog
  ) {
    let name = link["name"]?.text("name", &log) ?? ""
    let from = nodes.index(link.required("from", &log), "from", &log)
    let to = nodes.index(link.required("to", &log), "to", &log)
    let length = link.number("length", .detailedLength, &log)
    let speed = link.required("speed", &log)?.detailedSpeed("speed", &log)
    let shape = link["shape"]?.list("shape", &log)?.compactMap { Self.point($0, "shape", &log) } ?? []
    let limit = link["queue-limit"].flatMap { $0.number("queue-limit", .queueLimit, &log) }
    guard let length, let speed else { return }
    firstLane[index] = lanes.count
    add(lanes: link.required("lanes", &log), of: index, length: length, speed: speed, &log)
    laneCounts[index] = lanes.count - (firstLane[index] ?? 0)
    guard let from, let to else { return }
    places[.link(LinkID(links.count))] = link.place
    links.append(
      Link(
        name: name, street: link["street"]?.text("street", &log) ?? "", from: JunctionID(from),
        to: JunctionID(to), length: length, speed: speed, shape: shape, queueLimit: limit,
        conditions: CapacityConditions(detailed: link, &log)))
  }

  private mutating func add(
    lanes node: YAMLNode?, of link: Int, length: Double, speed: Double, _ log: inout DiagnosticLog
  ) {
    guard let node else { return }
    guard case .sequence = node.content else {
      let number = node.wholeNumber("lanes", NumberRule(range: 1...32, unit: "lanes"), &log) ?? 0
      for position in 0..<number {
        places[.lane(LaneID(lanes.count))] = node.place
        lanes.append(
          Lane(link: LinkID(link), position: position, sourceIndex: position, length: length, speed: speed))
      }
      return
    }
    for (position, lane) in (node.list("lanes", &log) ?? []).enumerated() {
      guard let fields = lane.fields("a lane", keys: Self.laneKeys, &log) else { continue }
      let own = fields["speed"].flatMap { $0.detailedSpeed("speed", &log) }
      let number = fields["number"].flatMap {
        $0.wholeNumber("number", NumberRule(range: 0...100, unit: "lanes"), &log)
      }
      places[.lane(LaneID(lanes.count))] = lane.place
      lanes.append(
        Lane(
          link: LinkID(link), position: position, sourceIndex: number ?? position,
          length: fields.number("length", .detailedLength, or: length, &log), speed: own ?? speed))
    }
  }

  private func signal(of fields: YAMLFields, _ log: inout DiagnosticLog) -> SignalGroupReference? {
    guard let named = fields["controller"] else {
      if let group = fields["group"] { log.error("a 'group' needs its 'controller'", at: group.place) }
      return nil
    }
    guard let controller = controllerNames.index(named, "controller", &log),
      groupNames.indices.contains(controller),
      let group = groupNames[controller].index(fields.required("group", &log), "group", &log)
    else { return nil }
    return SignalGroupReference(controller: ControllerID(controller), group: group)
  }

  private func lane(
    _ linkKey: String, _ laneKey: String, of fields: YAMLFields, _ log: inout DiagnosticLog
  ) -> LaneID? {
    guard let link = linkNames.index(fields.required(linkKey, &log), linkKey, &log),
      let count = laneCounts[link], let first = firstLane[link]
    else { return nil }
    let lane = fields[laneKey] == nil ? 0 : fields.position(laneKey, among: count, &log)
    return lane.map { LaneID(first + $0) }
  }

  private mutating func add(
    connection fields: YAMLFields, among count: Int, _ log: inout DiagnosticLog
  ) {
    let from = lane("from", "lane", of: fields, &log)
    let to = lane("to", "into", of: fields, &log)
    let turn = fields.required("turn", &log).flatMap { Self.turn($0, &log) }
    let length = fields.number("length", .detailedLength, &log)
    let speed = fields.required("speed", &log)?.detailedSpeed("speed", &log)
    let flow = fields.required("saturation-flow", &log)?.detailedFlow("saturation-flow", &log)
    let signal = signal(of: fields, &log)
    let waiting = fields["waits-at"].flatMap { $0.number("waits-at", .detailedLength, &log) }
    let parting = fields["parts-at"].flatMap { $0.number("parts-at", .detailedLength, &log) }
    let lost = fields.number("start-up-lost-time", .lostTime, or: 2, &log)
    let used = fields.number("yellow-used", .lostTime, or: 2, &log)
    let meetings = (fields["meets"]?.list("meets", &log) ?? []).compactMap {
      Self.meeting($0, among: count, &log)
    }
    guard let from, let to, let turn, let length, let speed, let flow else { return }
    places[.connection(ConnectionID(connections.count))] = fields.place
    connections.append(
      LaneConnection(
        from: from, to: to, turn: turn, length: length, speed: speed, waitingPosition: waiting,
        partingPosition: parting, signal: signal, saturationFlow: flow,
        isSaturationFlowGiven: fields["flow-given"]?.flag("flow-given", &log) ?? false,
        startUpLostTime: lost, yellowUsed: used))
    conflicts.append(meetings)
  }

  private static func turn(_ node: YAMLNode, _ log: inout DiagnosticLog) -> Turn? {
    guard let letter = node.located("turn", &log) else { return nil }
    if letter.value.count == 1, let turn = letter.value.first.flatMap({ Turn(letter: $0) }) { return turn }
    log.unknown("turn", letter, known: Turn.fromLeft.map { String($0.letter) })
    return nil
  }

  /// `5` is the fifth connection, which neither yields to the other; a mapping says more.
  private static func meeting(
    _ node: YAMLNode, among count: Int, _ log: inout DiagnosticLog
  ) -> ConnectionConflict? {
    guard case .mapping = node.content else {
      return node.position("meets", among: count, &log).map {
        ConnectionConflict(other: ConnectionID($0), yields: false)
      }
    }
    guard let fields = node.fields("'meets'", keys: meetingKeys, &log),
      let other = fields.position("other", among: count, &log)
    else { return nil }
    return ConnectionConflict(
      other: ConnectionID(other), yields: fields["yields"]?.flag("yields", &log) ?? false,
      isAwaited: fields["awaited"]?.flag("awaited", &log),
      meeting: fields["at"].flatMap { $0.number("at", .detailedLength, &log) },
      extent: fields["over"].flatMap { $0.number("over", .detailedLength, &log) })
  }

  private mutating func add(
    crossing fields: YAMLFields, nodes: DetailedNames, connections count: Int, _ log: inout DiagnosticLog
  ) {
    let name = fields.required("name", &log)?.text("name", &log)
    let node = nodes.index(fields.required("node", &log), "node", &log)
    let length = fields.number("length", .detailedLength, &log)
    let speed = fields.number("walking-speed", .walkingSpeed, or: 1.2, &log)
    let signal = signal(of: fields, &log)
    let crossed = (fields["crosses"]?.list("crosses", &log) ?? []).compactMap {
      $0.position("crosses", among: count, &log)
    }
    guard let name, let node, let length else { return }
    places[.crossing(CrossingID(crossings.count))] = fields.place
    crossings.append(
      PedestrianCrossing(
        name: name, junction: JunctionID(node), length: length, walkingSpeed: speed, signal: signal,
        crossedConnections: crossed.map { ConnectionID($0) }))
  }
}
