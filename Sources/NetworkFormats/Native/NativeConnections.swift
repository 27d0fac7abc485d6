internal import TrafficModel

/// Lane-to-lane connections of a layout, their conflicts, and what pedestrians cross.
struct NativeConnections {
  private(set) var connections: [LaneConnection] = []
  private(set) var conflicts: [[ConnectionConflict]] = []
  private(set) var crossings: [PedestrianCrossing] = []
  /// The crossing over a leg.
  private(set) var crossingOfLeg: [LegID: CrossingID] = [:]

  private let file: NativeFile
  private let layout: NativeLayout
  /// By connection: its way's place in the junction's ways, the lane left and the lane entered, from the kerb.
  private var details: [(way: Int, from: Int, to: Int)] = []
  private let firstLane: [Int]

  /// - Parameter groups: the signal groups of ways and crossings.
  init(_ file: NativeFile, layout: NativeLayout, groups: NativeGroups) {
    self.file = file
    self.layout = layout
    var first = [Int](repeating: 0, count: layout.links.count)
    for (index, lane) in layout.lanes.enumerated() where lane.position == 0 { first[lane.link.index] = index }
    firstLane = first
    for junction in file.junctions.indices {
      let begin = connections.count
      for way in layout.ways[junction].indices { connect(way, at: junction, groups: groups) }
      findConflicts(of: begin..<connections.count, at: junction)
      addCrossings(at: junction, connections: begin..<connections.count, groups: groups)
    }
  }

  private func fullLanes(of link: LinkID) -> [Int] {
    let lanes = layout.lanes[firstLane[link.index]...].prefix { $0.link == link }
    return lanes.filter { $0.length >= layout.links[link.index].length }.map(\.position)
  }

  // Right turns enter the lanes at the kerb, left turns the ones at the centre of the road; straight-on lanes keep
  // their distance from the kerb as far as there are lanes to enter.
  private mutating func connect(_ index: Int, at junction: Int, groups: NativeGroups) {
    let way = layout.ways[junction][index]
    guard let approach = file.junctions[junction].approach(way.from.leg) else { return }
    let fromKerb = approach.lanes.reversed().enumerated().filter { $0.element.turns.contains(way.turn) }
      .map(\.offset)
    let exits = fullLanes(of: way.toLink)
    guard !exits.isEmpty else { return }
    let (length, speed) = path(way, at: junction)
    let yields = way.turn == .left && way.isSignalled && way.settings.leftTurns == .permissive
    let excess = max(0, (fromKerb.last ?? 0) - (exits.count - 1))
    for (order, lane) in fromKerb.enumerated() {
      let exit =
        switch way.turn {
        case .right: min(order, exits.count - 1)
        case .through: max(lane - excess, 0)
        case .left, .uTurn: max(exits.count - (fromKerb.count - order), 0)
        }
      details.append((index, lane, exits[exit]))
      connections.append(
        LaneConnection(
          from: LaneID(firstLane[way.fromLink.index] + lane),
          to: LaneID(firstLane[way.toLink.index] + exits[exit]), turn: way.turn, length: length, speed: speed,
          waitingPosition: yields ? Self.waitingShare * length : nil, signal: groups.signal(of: way),
          saturationFlow: way.settings.saturationFlow[way.turn] ?? Self.plainSaturationFlow,
          startUpLostTime: way.settings.startUpLostTime, yellowUsed: way.settings.yellowUsed))
    }
  }

  /// veh/s; every turn has its own, so this is never used but for a turn added later.
  private static let plainSaturationFlow = 0.45
  /// Left turns wait for gaps before the middle of the junction.
  private static let waitingShare = 0.4
  private static let laneWidth = 3.5
  /// Corner radii and refuges, m.
  private static let corners = 10.0
  /// Speeds of turning cars, m/s.
  private static let turnSpeeds: [Turn: Double] = [.left: 8, .right: 6.5, .uTurn: 5]

  /// Length and speed of a way, from the size of the junction.
  private func path(_ way: Way, at junction: Int) -> (length: Double, speed: Double) {
    let widest = file.junctions[junction].approaches.map { approach -> Int in
      let leg = LegID(junction: junction, leg: approach.leg)
      return approach.lanes.count + (layout.outbound[leg].map { fullLanes(of: $0).count } ?? 0)
    }.max()
    let size = Self.corners + Self.laneWidth * Double(widest ?? 0)
    let share =
      switch way.turn {
      case .through: 1.0
      case .left: 1.1
      case .right: 0.4
      case .uTurn: 0.5
      }
    let speed = min(layout.links[way.fromLink.index].speed, layout.links[way.toLink.index].speed)
    return (share * size, min(speed, Self.turnSpeeds[way.turn] ?? speed))
  }

  private mutating func findConflicts(of range: Range<Int>, at junction: Int) {
    for first in range {
      var list: [ConnectionConflict] = []
      for second in range where second != first {
        if let yields = conflict(first, second, at: junction) {
          list.append(ConnectionConflict(other: ConnectionID(second), yields: yields))
        }
      }
      conflicts.append(list)
    }
  }

  /// Whether the first connection yields to the second; nil where their paths do not meet.
  private func conflict(_ first: Int, _ second: Int, at junction: Int) -> Bool? {
    let (a, b) = (details[first], details[second])
    let (way, other) = (layout.ways[junction][a.way], layout.ways[junction][b.way])
    if way.from == other.from {
      return LanePaths.cross(a.from, way.turn, b.from, other.turn) ? false : nil
    }
    guard let meeting = RightOfWay.meeting(way, other) else { return nil }
    if way.to == other.to {
      // Who turns further right comes in nearer to the kerb, so different lanes do not meet in that order.
      let (kerb, centre) = way.turn.rank > other.turn.rank ? (a, b) : (b, a)
      guard a.to == b.to || kerb.to > centre.to else { return nil }
    }
    return RightOfWay.unsignalled(
      way, other, meeting: meeting, control: file.junctions[junction].control
    ).first
  }

  private mutating func addCrossings(at junction: Int, connections range: Range<Int>, groups: NativeGroups) {
    for approach in file.junctions[junction].approaches {
      guard let length = approach.crossing else { continue }
      let crossed = range.filter { index in
        let way = layout.ways[junction][details[index].way]
        return way.from.leg == approach.leg || way.to == approach.leg
      }
      let leg = LegID(junction: junction, leg: approach.leg)
      crossingOfLeg[leg] = CrossingID(crossings.count)
      crossings.append(
        PedestrianCrossing(
          name: "\(file.junctions[junction].name.value).\(approach.leg.name).P",
          junction: JunctionID(junction), length: length, walkingSpeed: approach.settings.walkingSpeed,
          signal: groups.signal(ofCrossing: leg), crossedConnections: crossed.map { ConnectionID($0) }))
    }
  }
}

/// Paths of lanes of one approach.
enum LanePaths {
  /// Whether paths from two lanes, counted from the kerb, cross because the lane further left turns further right.
  static func cross(_ first: Int, _ turn: Turn, _ second: Int, _ otherTurn: Turn) -> Bool {
    first > second ? turn.rank > otherTurn.rank : first < second && turn.rank < otherTurn.rank
  }
}
