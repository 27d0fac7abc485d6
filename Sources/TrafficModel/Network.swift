/// A road network with its signals: immutable, and consistent by construction.
///
/// Entities live in arrays in the input's order and refer to each other by typed identifiers. What follows
/// from them (movements, who leaves which lane) is worked out once, when the network is made.
public struct Network: Sendable {
  /// Junctions, in input order.
  public let junctions: [Junction]
  /// Links, in input order.
  public private(set) var links: [Link]
  /// Lanes, grouped by link in the links' order, from the kerb outwards within a link.
  public let lanes: [Lane]
  /// Lane-to-lane connections.
  public private(set) var connections: [LaneConnection]
  /// By connection: the connections whose paths it meets, in order.
  public let conflicts: [[ConnectionConflict]]
  /// Pedestrian crossings.
  public let crossings: [PedestrianCrossing]
  /// Signal controllers.
  public private(set) var controllers: [SignalController]
  /// The side of the road that traffic keeps to.
  public let side: TrafficSide

  /// Movements, in order of their first connection's link, then of the link entered.
  public let movements: [Movement]
  /// By connection: the movement it belongs to.
  public let movementOfConnection: [MovementID]
  /// By link: its lanes.
  public let lanesOfLink: [Range<Int>]
  /// By lane: the connections that leave it, in order.
  public let connectionsFromLane: [[ConnectionID]]
  /// By link: the movements that leave it, in order.
  public let movementsFromLink: [[MovementID]]
  /// By link: the movements that enter it, in order.
  public let movementsIntoLink: [[MovementID]]
  /// By controller: the connections of each group.
  public let connectionsOfGroup: [[[ConnectionID]]]
  /// By controller: the crossings of each group.
  public let crossingsOfGroup: [[[CrossingID]]]
  /// By controller: the junctions that it controls, in order.
  public let junctionsOfController: [[JunctionID]]

  /// Makes a network, after checking that every reference, length, speed and matrix makes sense.
  ///
  /// - Parameter conflicts: one list for each connection.
  /// - Throws: `InvalidNetwork` with every problem found.
  public init(
    junctions: [Junction], links: [Link], lanes: [Lane], connections: [LaneConnection],
    conflicts: [[ConnectionConflict]], crossings: [PedestrianCrossing] = [],
    controllers: [SignalController], side: TrafficSide = .right
  ) throws(InvalidNetwork) {
    let problems = Self.problems(
      junctions: junctions, links: links, lanes: lanes, connections: connections, conflicts: conflicts,
      crossings: crossings, controllers: controllers)
    guard problems.isEmpty else { throw InvalidNetwork(problems: problems) }
    self.junctions = junctions
    self.links = links
    self.lanes = lanes
    self.connections = connections
    self.conflicts = conflicts
    self.crossings = crossings
    self.controllers = controllers
    self.side = side

    lanesOfLink = Self.laneRanges(links: links, lanes: lanes)
    var fromLane = [[ConnectionID]](repeating: [], count: lanes.count)
    var ofGroup = controllers.map { [[ConnectionID]](repeating: [], count: $0.groups.count) }
    for (index, connection) in connections.enumerated() {
      fromLane[connection.from.index].append(ConnectionID(index))
      if let signal = connection.signal {
        ofGroup[signal.controller.index][signal.group].append(ConnectionID(index))
      }
    }
    connectionsFromLane = fromLane
    connectionsOfGroup = ofGroup
    var crossingsOfGroup = controllers.map { [[CrossingID]](repeating: [], count: $0.groups.count) }
    for (index, crossing) in crossings.enumerated() {
      guard let signal = crossing.signal else { continue }
      crossingsOfGroup[signal.controller.index][signal.group].append(CrossingID(index))
    }
    self.crossingsOfGroup = crossingsOfGroup
    var ofController = [[JunctionID]](repeating: [], count: controllers.count)
    for (index, junction) in junctions.enumerated() {
      if case .signalled(let controller) = junction.control {
        ofController[controller.index].append(JunctionID(index))
      }
    }
    junctionsOfController = ofController

    let grouped = Self.movements(links: links, lanes: lanes, connections: connections)
    movements = grouped.movements
    movementOfConnection = grouped.ofConnection
    var leaving = [[MovementID]](repeating: [], count: links.count)
    var entering = [[MovementID]](repeating: [], count: links.count)
    for (index, movement) in grouped.movements.enumerated() {
      leaving[movement.from.index].append(MovementID(index))
      entering[movement.to.index].append(MovementID(index))
    }
    movementsFromLink = leaving
    movementsIntoLink = entering
  }

  /// The junction with an identifier.
  public subscript(id: JunctionID) -> Junction { junctions[id.index] }
  /// The link with an identifier.
  public subscript(id: LinkID) -> Link { links[id.index] }
  /// The lane with an identifier.
  public subscript(id: LaneID) -> Lane { lanes[id.index] }
  /// The connection with an identifier.
  public subscript(id: ConnectionID) -> LaneConnection { connections[id.index] }
  /// The movement with an identifier.
  public subscript(id: MovementID) -> Movement { movements[id.index] }
  /// The crossing with an identifier.
  public subscript(id: CrossingID) -> PedestrianCrossing { crossings[id.index] }
  /// The controller with an identifier.
  public subscript(id: ControllerID) -> SignalController { controllers[id.index] }

  /// The lanes of a link, from the kerb outwards.
  public func lanes(of link: LinkID) -> [LaneID] { lanesOfLink[link.index].map { LaneID($0) } }

  /// The movement from one link to another; nil when no connection joins them.
  public func movement(from: LinkID, to: LinkID) -> MovementID? {
    movementsFromLink[from.index].first { self[$0].to == to }
  }

  /// Whether traffic can only come from outside: no movement enters the link.
  public func isEntry(_ link: LinkID) -> Bool { movementsIntoLink[link.index].isEmpty }

  /// Whether traffic can only leave the network at its end: no movement leaves the link.
  public func isExit(_ link: LinkID) -> Bool { movementsFromLink[link.index].isEmpty }

  /// A name for a movement that an engineer recognises: `link → link`.
  public func name(of movement: MovementID) -> String {
    "\(self[self[movement].from].name) → \(self[self[movement].to].name)"
  }

  /// The same network with limits for the queues of some links; other links keep theirs.
  ///
  /// - Parameter limits: veh, 0 or more.
  public func limitingQueues(_ limits: [(link: LinkID, vehicles: Double)]) -> Network {
    var network = self
    for (link, vehicles) in limits {
      precondition(vehicles >= 0 && vehicles.isFinite, "a queue limit is 0 veh or more")
      network.links[link.index].queueLimit = vehicles
    }
    return network
  }

  /// The same network with other rules for its controllers, whose names and groups stay.
  ///
  /// - Parameter controllers: as many as there are, each with as many groups as before.
  public func replacingControllers(_ controllers: [SignalController]) -> Network {
    precondition(
      self.controllers.map(\.groups.count) == controllers.map(\.groups.count), "controllers keep their groups"
    )
    var network = self
    network.controllers = controllers
    return network
  }

  /// The same network with other shares of yellow used like green.
  ///
  /// - Parameter seconds: by connection, s, 0 or more.
  public func usingYellow(_ seconds: [Double]) -> Network {
    precondition(seconds.count == connections.count, "one value for each connection")
    precondition(seconds.allSatisfy { $0 >= 0 && $0.isFinite }, "0 s or more of yellow are used")
    var network = self
    for (index, used) in seconds.enumerated() { network.connections[index].yellowUsed = used }
    return network
  }

  private static func laneRanges(links: [Link], lanes: [Lane]) -> [Range<Int>] {
    var ranges: [Range<Int>] = []
    var next = 0
    for index in links.indices {
      let first = next
      while next < lanes.count, lanes[next].link.index == index { next += 1 }
      ranges.append(first..<next)
    }
    return ranges
  }

  private static func movements(
    links: [Link], lanes: [Lane], connections: [LaneConnection]
  ) -> (movements: [Movement], ofConnection: [MovementID]) {
    let ordered = connections.indices.map { index in
      let (from, to) = (connections[index].from, connections[index].to)
      return (
        from: lanes[from.index].link, to: lanes[to.index].link, lane: from, id: ConnectionID(index)
      )
    }.sorted { ($0.from, $0.to, $0.lane, $0.id) < ($1.from, $1.to, $1.lane, $1.id) }
    var ofConnection = [MovementID](repeating: MovementID(0), count: connections.count)
    var movements: [Movement] = []
    for connection in ordered {
      if movements.last.map({ $0.from != connection.from || $0.to != connection.to }) ?? true {
        movements.append(
          Movement(
            junction: links[connection.from.index].to, from: connection.from, to: connection.to,
            turn: connections[connection.id.index].turn, connections: []))
      }
      movements[movements.count - 1].connections.append(connection.id)
      ofConnection[connection.id.index] = MovementID(movements.count - 1)
    }
    return (movements, ofConnection)
  }
}
