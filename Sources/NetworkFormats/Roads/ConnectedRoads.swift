internal import TrafficModel

/// Roads of a format that tells lanes and the ways between them, but not how the ways meet.
///
/// Who crosses whom and who yields follows from where the legs of a junction lie, as in network files.
struct ConnectedRoads {
  /// A way from one lane to one lane.
  struct Connection {
    /// The lanes' links, and their positions from the kerb.
    var from: LinkID
    var fromLane: Int
    var to: LinkID
    var toLane: Int
    var turn: Turn
    /// m; nil to reckon it from the size of the junction.
    var length: Double?
    var signal: SignalGroupReference?
  }

  private(set) var junctions: [Junction]
  let links: [Link]
  private(set) var lanes: [Lane] = []
  let connections: [Connection]
  /// By connection: the position of its way.
  private(set) var wayOfConnection: [Int] = []
  /// From link to link, in order of their first connection.
  private(set) var ways: [Way] = []
  /// By junction: its ways.
  private(set) var waysOfJunction: [[Int]]

  private var firstLane: [Int] = []
  private let lanesOfLink: [[Lane]]
  /// By junction: the connections through it.
  private var connectionsOfJunction: [[Int]]

  /// - Parameters:
  ///   - junctions: those with signals have their controller, all others are worked out.
  ///   - lanes: by link, from the kerb.
  ///   - connections: each between links that meet at a junction.
  init(junctions: [Junction], links: [Link], lanes: [[Lane]], connections: [Connection]) {
    self.junctions = junctions
    self.links = links
    self.connections = connections
    lanesOfLink = lanes
    waysOfJunction = junctions.map { _ in [] }
    connectionsOfJunction = junctions.map { _ in [] }
    for lanes in lanes {
      firstLane.append(self.lanes.count)
      self.lanes += lanes
    }
    findWays()
    for index in junctions.indices { junctions[index].isSignalled ? () : findControl(of: index) }
  }

  private struct Ends: Hashable {
    var from: LinkID
    var to: LinkID
  }

  private mutating func findWays() {
    let legs = JunctionLegs(links: links, junctions: junctions, given: links.map { _ in (nil, nil) })
    var wayOfEnds: [Ends: Int] = [:]
    for (index, connection) in connections.enumerated() {
      let junction = links[connection.from.index].to.index
      let ends = Ends(from: connection.from, to: connection.to)
      if wayOfEnds[ends] == nil {
        wayOfEnds[ends] = ways.count
        waysOfJunction[junction].append(ways.count)
        ways.append(
          Way(
            from: LegID(junction: junction, leg: legs.ofEnd[connection.from.index]),
            to: legs.ofBegin[connection.to.index], turn: connection.turn, fromLink: connection.from,
            toLink: connection.to, settings: NativeSettings()))
        ways[ways.count - 1].settings.leftTurns = .permissive
      }
      wayOfConnection.append(wayOfEnds[ends] ?? 0)
      connectionsOfJunction[junction].append(index)
    }
  }

  // MARK: Right of way

  /// Says that a left turn never waits for gaps while others are green.
  mutating func protect(way: Int) { ways[way].settings.leftTurns = .protected }

  /// How two connections of a junction meet; nil where they do not.
  func meeting(_ first: Int, _ second: Int) -> PathMeeting? {
    let (one, other) = (wayOfConnection[first], wayOfConnection[second])
    guard one != other else { return nil }
    guard ways[one].from == ways[other].from else { return RightOfWay.meeting(ways[one], ways[other]) }
    let (a, b) = (connections[first], connections[second])
    return a.from == b.from && LanePaths.cross(a.fromLane, ways[one].turn, b.fromLane, ways[other].turn)
      ? .never : nil
  }

  private mutating func findControl(of junction: Int) {
    let legs = Set(waysOfJunction[junction].map { ways[$0].from.leg })
    junctions[junction].control = legs.count < 2 ? .uncontrolled : .priority
  }

  /// The legs that have priority at a junction without signals: the widest and fastest.
  private func major(_ junction: Int) -> [Compass] {
    let legs = Set(waysOfJunction[junction].map { ways[$0].from.leg })
    func rank(_ leg: Compass) -> Double {
      waysOfJunction[junction].filter { ways[$0].from.leg == leg }.map { way in
        let link = ways[way].fromLink.index
        return Double(lanesOfLink[link].count) * links[link].speed
      }.max() ?? 0
    }
    let highest = legs.map(rank).max() ?? 0
    return legs.filter { rank($0) >= highest - 1e-9 }.sorted()
  }

  /// By connection: the ones that it meets.
  func conflicts() -> [[ConnectionConflict]] {
    var conflicts = connections.map { _ in [ConnectionConflict]() }
    for junction in junctions.indices {
      let control =
        junctions[junction].isSignalled ? NativeJunction.Control.signals : .priority(major(junction))
      for first in connectionsOfJunction[junction] {
        for second in connectionsOfJunction[junction] where first != second {
          guard let yields = yields(first, second, control) else { continue }
          conflicts[first].append(ConnectionConflict(other: ConnectionID(second), yields: yields))
        }
      }
    }
    return conflicts
  }

  /// Whether the first connection yields to the second; nil where their paths do not meet.
  private func yields(_ first: Int, _ second: Int, _ control: NativeJunction.Control) -> Bool? {
    guard let meeting = meeting(first, second) else { return nil }
    let (way, other) = (ways[wayOfConnection[first]], ways[wayOfConnection[second]])
    if way.from == other.from { return false }
    if way.to == other.to {
      // Who turns further right comes in nearer to the kerb, so different lanes do not meet in that order.
      let (a, b) = (connections[first].toLane, connections[second].toLane)
      let (kerb, centre) = way.turn.rank > other.turn.rank ? (a, b) : (b, a)
      guard a == b || kerb > centre else { return nil }
    }
    return RightOfWay.unsignalled(way, other, meeting: meeting, control: control).first
  }

  // MARK: Ways through junctions

  /// Left turns wait for gaps before the middle of the junction.
  private static let waitingShare = 0.4
  private static let laneWidth = 3.5
  /// Corner radii and refuges, m.
  private static let corners = 10.0
  /// Speeds of turning cars, m/s.
  private static let turnSpeeds: [Turn: Double] = [.left: 8, .right: 6.5, .uTurn: 5]

  /// The model's connections.
  ///
  /// - Parameter discharge: what the stop line of a connection lets through, driven at a speed.
  func laneConnections(
    discharge: (_ connection: Connection, _ speed: Double) -> Discharge
  ) -> [LaneConnection] {
    let sizes = junctions.indices.map { size(of: $0) }
    return connections.enumerated().map { index, connection in
      let way = ways[wayOfConnection[index]]
      let share =
        switch connection.turn {
        case .through: 1.0
        case .left: 1.1
        case .right: 0.4
        case .uTurn: 0.5
        }
      let length = connection.length ?? share * sizes[way.from.junction]
      let fastest = min(links[way.fromLink.index].speed, links[way.toLink.index].speed)
      let speed = min(fastest, Self.turnSpeeds[connection.turn] ?? fastest)
      let waits =
        connection.turn == .left && connection.signal != nil && way.settings.leftTurns == .permissive
      let discharge = discharge(connection, speed)
      return LaneConnection(
        from: LaneID(firstLane[connection.from.index] + connection.fromLane),
        to: LaneID(firstLane[connection.to.index] + connection.toLane), turn: connection.turn,
        length: length, speed: speed, waitingPosition: waits ? Self.waitingShare * length : nil,
        signal: connection.signal, saturationFlow: discharge.saturationFlow,
        startUpLostTime: discharge.startUpLostTime, yellowUsed: discharge.yellowUsed)
    }
  }

  private func size(of junction: Int) -> Double {
    var lanesOfLeg = [Int](repeating: 0, count: 8)
    var seen: Set<Ends> = []
    for way in waysOfJunction[junction].map({ ways[$0] }) {
      // A link that comes in and one that goes out have different ends beside them.
      if seen.insert(Ends(from: way.fromLink, to: way.fromLink)).inserted {
        lanesOfLeg[way.from.leg.rawValue] += lanesOfLink[way.fromLink.index].count
      }
      if seen.insert(Ends(from: way.toLink, to: way.toLink)).inserted {
        lanesOfLeg[way.to.rawValue] += lanesOfLink[way.toLink.index].count
      }
    }
    return Self.corners + Self.laneWidth * Double(lanesOfLeg.max() ?? 0)
  }
}

extension Junction {
  /// Whether signals control it.
  var isSignalled: Bool { if case .signalled = control { true } else { false } }
}
