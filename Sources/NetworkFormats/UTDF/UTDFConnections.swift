internal import TrafficModel

/// Lane-to-lane connections of a file's roads, and their conflicts.
struct UTDFConnections {
  private(set) var connections: [LaneConnection] = []
  private(set) var conflicts: [[ConnectionConflict]] = []
  /// By connection: its node, its way's position there, the lane left and the lane entered, from the kerb.
  private(set) var details: [Detail] = []

  struct Detail {
    var node: Int
    var way: Int
    var from: Int
    var to: Int
  }

  private let nodes: [UTDFNode]
  private let roads: UTDFRoads

  /// - Parameters:
  ///   - signal: the group of a way; nil where it has none.
  ///   - discharge: what the stop line of a way lets through.
  ///   - major: by node without signals: the legs that have the right of way; nil where everybody stops.
  init(
    nodes: [UTDFNode], roads: UTDFRoads, signal: (UTDFWay, Int) -> SignalGroupReference?,
    discharge: (UTDFWay, Int) -> Discharge, control: (Int) -> NativeJunction.Control
  ) {
    self.nodes = nodes
    self.roads = roads
    for node in nodes.indices {
      let begin = connections.count
      for (index, way) in roads.ways[node].enumerated() {
        connect(way, index, signal: signal(way, index), discharge: discharge(way, index))
      }
      findConflicts(of: begin..<connections.count, control: control(node))
    }
  }

  // Right turns enter the lanes at the kerb, left turns the ones at the centre of the road, and straight-on lanes keep
  // their distance from the kerb as far as there are lanes to enter.
  private mutating func connect(
    _ way: UTDFWay, _ index: Int, signal: SignalGroupReference?, discharge: Discharge
  ) {
    let approach = nodes[way.node].approaches[way.approach]
    let fromKerb = approach.lanes.reversed().enumerated()
      .filter { $0.element.movements.contains(way.movement) }.map(\.offset)
    let exits = roads.fullLanes(of: way.way.toLink)
    guard !exits.isEmpty else { return }
    let (length, speed) = path(way)
    let yields = way.way.turn == .left && signal != nil && way.way.settings.leftTurns == .permissive
    let excess = max(0, (fromKerb.last ?? 0) - (exits.count - 1))
    for (order, lane) in fromKerb.enumerated() {
      let exit =
        switch way.way.turn {
        case .right: min(order, exits.count - 1)
        case .through: max(lane - excess, 0)
        case .left, .uTurn: max(exits.count - (fromKerb.count - order), 0)
        }
      details.append(Detail(node: way.node, way: index, from: lane, to: exits[exit]))
      connections.append(
        LaneConnection(
          from: LaneID(roads.firstLane[way.way.fromLink.index] + lane),
          to: LaneID(roads.firstLane[way.way.toLink.index] + exits[exit]), turn: way.way.turn,
          length: length, speed: speed, waitingPosition: yields ? Self.waitingShare * length : nil,
          signal: signal, saturationFlow: discharge.saturationFlow,
          startUpLostTime: discharge.startUpLostTime, yellowUsed: discharge.yellowUsed))
    }
  }

  /// Left turns wait for gaps before the middle of the junction.
  private static let waitingShare = 0.4
  private static let laneWidth = 3.5
  /// Corner radii and refuges, m.
  private static let corners = 10.0
  /// m/s.
  private static let turnSpeeds: [Turn: Double] = [.left: 8, .right: 6.5, .uTurn: 5]

  /// Length and speed of a way, from the size of the node.
  private func path(_ way: UTDFWay) -> (length: Double, speed: Double) {
    let speed = min(
      roads.links[way.way.fromLink.index].speed, roads.links[way.way.toLink.index].speed)
    let node = nodes[way.node]
    guard node.kind != .bend else { return (1, speed) }
    let widest = node.approaches.map { approach -> Int in
      let out = roads.ways[way.node].first { $0.way.to == approach.direction.leg }?.way.toLink
      return approach.lanes.count + (out.map { roads.fullLanes(of: $0).count } ?? 0)
    }.max()
    let size = Self.corners + Self.laneWidth * Double(widest ?? 0)
    let share =
      switch way.way.turn {
      case .through: 1.0
      case .left: 1.1
      case .right: 0.4
      case .uTurn: 0.5
      }
    return (share * size, min(speed, Self.turnSpeeds[way.way.turn] ?? speed))
  }

  private mutating func findConflicts(of range: Range<Int>, control: NativeJunction.Control) {
    for first in range {
      conflicts.append(
        range.compactMap { second in
          guard second != first, let yields = conflict(first, second, control: control) else { return nil }
          return ConnectionConflict(other: ConnectionID(second), yields: yields)
        })
    }
  }

  /// Whether the first connection yields to the second; nil where their paths do not meet.
  private func conflict(_ first: Int, _ second: Int, control: NativeJunction.Control) -> Bool? {
    let (a, b) = (details[first], details[second])
    let (way, other) = (roads.ways[a.node][a.way].way, roads.ways[b.node][b.way].way)
    if way.from == other.from {
      return LanePaths.cross(a.from, way.turn, b.from, other.turn) ? false : nil
    }
    guard let meeting = RightOfWay.meeting(way, other) else { return nil }
    if way.to == other.to {
      // Who turns further right comes in nearer to the kerb, so different lanes do not meet in that order.
      let (kerb, centre) = way.turn.rank > other.turn.rank ? (a, b) : (b, a)
      guard a.to == b.to || kerb.to > centre.to else { return nil }
    }
    return RightOfWay.unsignalled(way, other, meeting: meeting, control: control).first
  }
}
