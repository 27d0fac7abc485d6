internal import NetworkBuilding
internal import TrafficModel

/// The roads of a net file as the model has them: lanes open to cars, and the ways between them.
struct SUMORoads {
  private let net: NetFile
  private let signals: SUMOSignals
  private let carFollowing: CarFollowing

  private(set) var junctions: [Junction] = []
  private(set) var links: [Link] = []
  private(set) var lanes: [Lane] = []
  private(set) var connections: [LaneConnection] = []
  private(set) var conflicts: [[ConnectionConflict]] = []
  private(set) var crossings: [PedestrianCrossing] = []
  /// By edge name: its link; edges without a lane for cars have none.
  private(set) var linkOfEdge: [String: LinkID] = [:]

  /// By connection of the net file: its place in a request matrix.
  private let places: [JunctionLink?]
  private var junctionIDs: [String: JunctionID] = [:]
  /// By edge and lane number: the edges that the lane leads to.
  private var waysFrom: [String: [Int: Set<String>]] = [:]
  /// By edge and the next one: the lanes of that on which one comes.
  private var entered: [String: [String: Set<Int>]] = [:]
  /// By link: its first lane in `lanes`.
  private var firstLane: [Int] = []
  /// By model connection and by crossing: the connection of the net file.
  private var sourceOfConnection: [Int] = []
  private var sourceOfCrossing: [Int] = []
  /// By link: the edge of the net file.
  private var sourceOfLink: [Int] = []

  /// - Parameters:
  ///   - neededEdges: edges whose lanes are kept though no car may use them, because a route does.
  ///   - carFollowing: how the demand's vehicles follow each other.
  init(
    net: NetFile, signals: SUMOSignals, neededEdges: Set<String>, carFollowing: CarFollowing,
    log: inout DiagnosticLog
  ) {
    self.net = net
    self.signals = signals
    self.carFollowing = carFollowing
    places = net.places
    addJunctions(&log)
    addLinks(needed: neededEdges, &log)
    addConnections(&log)
    let paths = sourceOfConnection.map { path(net.connections[$0]) }
    addPartings(paths)
    addConflicts(paths)
  }

  /// The network; nil, with errors in the log, when the parts do not fit.
  func network(_ log: inout DiagnosticLog) -> Network? {
    do {
      return try Network(
        junctions: junctions, links: links, lanes: lanes, connections: connections, conflicts: conflicts,
        crossings: crossings, controllers: signals.controllers, side: net.side)
    } catch {
      for problem in error.problems { report(problem, &log) }
      return nil
    }
  }

  private func report(_ problem: NetworkProblem, _ log: inout DiagnosticLog) {
    let (what, place): (String, TextPlace) =
      switch problem.subject {
      case .junction(let id): ("junction '\(junctions[id.index].name)'", net.junctions[id.index].place)
      case .link(let id): ("edge '\(links[id.index].name)'", net.edges[sourceOfLink[id.index]].place)
      case .lane(let id):
        (
          "a lane of edge '\(links[lanes[id.index].link.index].name)'",
          net.edges[sourceOfLink[lanes[id.index].link.index]].place
        )
      case .connection(let id): ("connection", net.connections[sourceOfConnection[id.index]].place)
      case .crossing(let id):
        ("crossing '\(crossings[id.index].name)'", net.connections[sourceOfCrossing[id.index]].place)
      case .controller(let id):
        ("signal '\(signals.controllers[id.index].name)'", signals.places[id.index])
      }
    log.error("\(what): \(problem.message)", at: place)
  }

  // MARK: Nodes and links

  private mutating func addJunctions(_ log: inout DiagnosticLog) {
    let ends = Dictionary(net.edges.map { ($0.id, $0.to) }, uniquingKeysWith: { first, _ in first })
    var signalOf: [String: ControllerID] = [:]
    for connection in net.connections {
      guard let signal = connection.signal, let end = ends[connection.from], signalOf[end] == nil else {
        continue
      }
      signalOf[end] = signals.ids[signal.id]
    }
    for junction in net.junctions {
      junctionIDs[junction.id] = JunctionID(junctions.count)
      junctions.append(
        Junction(
          name: junction.id, position: junction.position,
          control: signalOf[junction.id].map(JunctionControl.signalled) ?? Self.control(junction, &log)))
    }
  }

  /// The right of way of a junction that no signal controls.
  private static func control(_ junction: NetFile.Junction, _ log: inout DiagnosticLog) -> JunctionControl {
    switch junction.type {
    case "right_before_left", "left_before_right": return .rightBeforeLeft
    case "allway_stop": return .allWayStop
    case "dead_end", "unregulated", "district", "rail_signal", "rail_crossing": return .uncontrolled
    case "priority", "priority_stop", "zipper", "traffic_light", "traffic_light_right_on_red",
      "traffic_light_unregulated":
      return .priority
    default:
      log.warning(
        "junction '\(junction.id)': the type '\(junction.type)' is unknown and taken as priority",
        at: junction.place, quote: junction.type)
      return .priority
    }
  }

  private mutating func addLinks(needed: Set<String>, _ log: inout DiagnosticLog) {
    for (index, edge) in net.edges.enumerated() {
      var open = edge.lanes.filter(\.isOpenToCars)
      if open.isEmpty, needed.contains(edge.id) { open = edge.lanes.filter(\.isOpenToMotorTraffic) }
      guard !open.isEmpty, let from = junction(edge.from, of: edge, &log),
        let to = junction(edge.to, of: edge, &log)
      else { continue }
      if edge.lanes.enumerated().contains(where: { $0 != $1.index }) {
        log.error(
          "edge '\(edge.id)': its lanes must be numbered 0, 1, 2 … in order", at: edge.place, quote: edge.id)
        continue
      }
      let link = LinkID(links.count)
      linkOfEdge[edge.id] = link
      firstLane.append(lanes.count)
      sourceOfLink.append(index)
      let shape = open[open.count / 2].shape
      links.append(
        Link(
          name: edge.id, street: edge.name, from: from, to: to, length: open.map(\.length).max() ?? 0,
          speed: open.map(\.speed).max() ?? 0, shape: shape.count > 1 ? shape : []))
      for (position, lane) in open.enumerated() {
        lanes.append(
          Lane(
            link: link, position: position, sourceIndex: lane.index, length: lane.length, speed: lane.speed))
      }
    }
    firstLane.append(lanes.count)
  }

  private func junction(_ id: String, of edge: NetFile.Edge, _ log: inout DiagnosticLog) -> JunctionID? {
    if let known = junctionIDs[id] { return known }
    log.unknown("junction", id, at: edge.place, known: net.junctions.map(\.id))
    return nil
  }

  /// The lane of an edge with SUMO's number; nil where it is not kept.
  func lane(_ sourceIndex: Int, of link: LinkID) -> LaneID? {
    lanes[firstLane[link.index]..<firstLane[link.index + 1]].firstIndex { $0.sourceIndex == sourceIndex }
      .map { LaneID($0) }
  }

  // MARK: Ways through junctions

  private mutating func addConnections(_ log: inout DiagnosticLog) {
    let edges = Dictionary(net.edges.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    for connection in net.connections where connection.isRoadToRoad {
      guard let from = linkOfEdge[connection.from], linkOfEdge[connection.to] != nil,
        lane(connection.fromLane, of: from) != nil
      else { continue }
      waysFrom[connection.from, default: [:]][connection.fromLane, default: []].insert(connection.to)
      entered[connection.from, default: [:]][connection.to, default: []].insert(connection.toLane)
    }
    for (index, connection) in net.connections.enumerated() {
      if net.crossings[connection.to] != nil, connection.signal != nil {
        addCrossing(connection, index)
        continue
      }
      guard connection.isRoadToRoad else { continue }
      var isKnown = true
      for (name, lane) in [(connection.from, connection.fromLane), (connection.to, connection.toLane)] {
        guard let edge = edges[name] else {
          log.unknown("edge", name, at: connection.place, known: net.edges.map(\.id))
          isKnown = false
          continue
        }
        if lane >= edge.lanes.count {
          log.error(
            "edge '\(name)' has \(edge.lanes.count) lanes, the connection wants number \(lane)",
            at: connection.place, quote: name)
          isKnown = false
        }
      }
      guard isKnown, let fromLink = linkOfEdge[connection.from], let toLink = linkOfEdge[connection.to],
        let from = lane(connection.fromLane, of: fromLink), let to = lane(connection.toLane, of: toLink)
      else { continue }
      sourceOfConnection.append(index)
      connections.append(way(connection, from: from, to: to))
      for beside in lanesBeside(connection, edges[connection.to], toLink) {
        sourceOfConnection.append(index)
        connections.append(way(connection, from: from, to: beside))
      }
    }
  }

  /// The other lanes of a road too short to change lanes on that lead to roads which nobody from the connection's own road could
  /// come to else: SUMO's vehicles change lanes there all the same.
  private func lanesBeside(
    _ connection: NetFile.Connection, _ edge: NetFile.Edge?, _ link: LinkID
  ) -> [LaneID] {
    guard let edge, let ways = waysFrom[edge.id], let length = edge.lanes.first?.length,
      length < Self.shortestForChanging
    else { return [] }
    let reached = (entered[connection.from]?[edge.id] ?? []).reduce(into: Set<String>()) {
      $0.formUnion(ways[$1] ?? [])
    }
    return ways.keys.sorted().filter { lane in
      lane != connection.toLane && !(ways[lane] ?? []).isSubset(of: reached)
    }.compactMap { lane($0, of: link) }
  }

  /// m; a vehicle is longer.
  private static let shortestForChanging = 3.0

  private func way(_ connection: NetFile.Connection, from: LaneID, to: LaneID) -> LaneConnection {
    let turn = Self.turn(connection.direction)
    let laneSpeed = lanes[from.index].speed
    let inside = inside(connection)
    let speed = inside.speed ?? min(laneSpeed, lanes[to.index].speed)
    return LaneConnection(
      from: from, to: to, turn: turn, length: inside.length, speed: speed,
      waitingPosition: inside.waitingPosition, signal: reference(connection.signal),
      saturationFlow: carFollowing.saturationFlow(
        speed: speed, laneSpeed: laneSpeed, isTurn: turn != .through),
      startUpLostTime: carFollowing.startUpLostTime(speed: speed, isTurn: turn != .through),
      yellowUsed: 0)
  }

  private func reference(_ signal: NetFile.Signal?) -> SignalGroupReference? {
    guard let signal, let controller = signals.ids[signal.id],
      signal.link < signals.controllers[controller.index].groups.count
    else { return nil }
    return SignalGroupReference(controller: controller, group: signal.link)
  }

  private static func turn(_ direction: String) -> Turn {
    switch direction {
    case "l", "L": .left
    case "r", "R": .right
    case "t", "T": .uTurn
    default: .through
    }
  }

  /// The internal lanes of a connection, one after another. A network without internal lanes has no way
  /// between stop line and exit either: SUMO's vehicles jump, and ours need no time.
  func inside(
    _ connection: NetFile.Connection
  ) -> (length: Double, speed: Double?, waitingPosition: Double?) {
    var (length, time, waitingPosition): (Double, Double, Double?) = (0, 0, nil)
    var next = connection.via
    // A turn has two or three internal lanes; more would be a ring.
    for _ in 0..<8 {
      guard let id = next, let lane = net.internalLanes[id] else { break }
      next = net.internalContinuations[id]
      length += lane.length
      time += lane.length / lane.speed
      if waitingPosition == nil, next != nil { waitingPosition = length }
    }
    return (length, time > 0 ? length / time : nil, waitingPosition)
  }

  private mutating func addCrossing(_ connection: NetFile.Connection, _ index: Int) {
    guard let id = places[index].flatMap({ junctionIDs[$0.junction] }),
      let length = net.crossings[connection.to], length > 0,
      // Nobody has the right of way where there are no rules, or rails.
      connection.signal != nil || junctions[id.index].control != .uncontrolled
    else { return }
    sourceOfCrossing.append(index)
    crossings.append(
      PedestrianCrossing(
        name: String(connection.to.dropFirst()), junction: id, length: length,
        walkingSpeed: SignalTable.walkingSpeed, signal: reference(connection.signal), crossedConnections: []))
  }

  // MARK: Conflicts

  /// The line along which a connection is driven.
  private func path(_ connection: NetFile.Connection) -> [Point] {
    var points: [Point] = []
    var next = connection.via
    for _ in 0..<8 {
      guard let id = next, let lane = net.internalLanes[id] else { break }
      points += lane.shape
      next = net.internalContinuations[id]
    }
    return points
  }

  /// Whether who waits inside a junction lets others come first; so it is where the file does not say for whom he waits.
  private func isAwaited(_ other: Int, by index: Int) -> Bool {
    guard let via = net.connections[index].via, let awaited = net.awaited[via] else { return true }
    let connection = net.connections[other]
    return awaited.lanes.contains("\(connection.from)_\(connection.fromLane)")
      && awaited.ways.contains(connection.via ?? "")
  }

  /// That connection `index` and another conflict, with the place where their lines cross.
  private func conflict(of index: Int, with other: Int, yields: Bool, _ paths: [[Point]])
    -> ConnectionConflict
  {
    let isAwaited = yields && isAwaited(sourceOfConnection[other], by: sourceOfConnection[index])
    var conflict = ConnectionConflict(other: ConnectionID(other), yields: yields, isAwaited: isAwaited)
    let drawn = CrossingPoint.length(of: paths[index])
    guard drawn > 0, !paths[other].isEmpty else { return conflict }
    let length = connections[index].length
    if connections[index].to == connections[other].to {
      // Seen from their common end, the ways part.
      let shared = PartingPoint.distance(along: paths[index].reversed(), from: paths[other].reversed())
      let extent = min(1, shared / drawn) * length
      conflict.meeting = length - extent / 2
      conflict.extent = extent
    } else if let place = CrossingPoint.place(along: paths[index], to: paths[other]) {
      // Lanes may be longer or shorter than they are drawn.
      conflict.meeting = min(1, place.distance / drawn) * length
      conflict.extent = min(place.extent, length)
    } else {
      conflict.extent = 0
    }
    return conflict
  }

  /// Notes where ways from the same lane part: for each, the last place where some other leaves it.
  private mutating func addPartings(_ paths: [[Point]]) {
    var fromLane = [[Int]](repeating: [], count: lanes.count)
    for (index, connection) in connections.enumerated() { fromLane[connection.from.index].append(index) }
    for siblings in fromLane where siblings.count > 1 {
      for index in siblings {
        let drawn = CrossingPoint.length(of: paths[index])
        guard drawn > 0 else { continue }
        connections[index].partingPosition = siblings.filter { $0 != index && !paths[$0].isEmpty }.map {
          PartingPoint.distance(along: paths[index], from: paths[$0]) / drawn * connections[index].length
        }
        .max()
      }
    }
  }

  private mutating func addConflicts(_ paths: [[Point]]) {
    var atJunction: [String: [(link: Int, connection: Int)]] = [:]
    for (index, source) in sourceOfConnection.enumerated() {
      if let place = places[source] { atJunction[place.junction, default: []].append((place.index, index)) }
    }
    let requests = Dictionary(
      net.junctions.map { ($0.id, $0.requests) }, uniquingKeysWith: { first, _ in first })
    conflicts = sourceOfConnection.indices.map { index in
      guard let place = places[sourceOfConnection[index]], let matrix = requests[place.junction],
        let request = matrix[place.index]
      else { return [] }
      return (atJunction[place.junction] ?? []).compactMap { other in
        // Either row may be the one that knows of the conflict.
        let meets = request.meets(other.link) || matrix[other.link]?.meets(place.index) ?? false
        guard other.connection != index, meets else { return nil }
        return conflict(of: index, with: other.connection, yields: request.yields(to: other.link), paths)
      }
    }
    for (index, source) in sourceOfCrossing.enumerated() {
      guard let place = places[source], let request = requests[place.junction]?[place.index] else { continue }
      crossings[index].crossedConnections = (atJunction[place.junction] ?? []).compactMap {
        request.meets($0.link) ? ConnectionID($0.connection) : nil
      }
    }
  }
}
