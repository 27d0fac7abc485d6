public import TrafficModel

/// A crossing of pedestrians over a leg.
public struct CrossingDraft: Hashable, Sendable {
  /// Its name.
  public var name: String
  /// The leg that it crosses.
  public var leg: LegID
  /// Kerb to kerb, m.
  public var length: Double
  /// Walking speed that clearance is reckoned with, m/s.
  public var walkingSpeed: Double
  /// The signal that controls it; nil where none does.
  public var signal: SignalGroupReference?

  /// A crossing.
  public init(
    name: String, leg: LegID, length: Double, walkingSpeed: Double, signal: SignalGroupReference? = nil
  ) {
    self.name = name
    self.leg = leg
    self.length = length
    self.walkingSpeed = walkingSpeed
    self.signal = signal
  }
}

/// The ways from lane to lane through the junctions of a network, who meets whom and who yields, worked out from where the
/// legs lie.
///
/// The one place where this is done for all formats that do not bring it along (Documentation/NetworkBuilding.md).
public struct JunctionPaths: Sendable {
  /// By junction, by turn, from the kerb.
  public private(set) var connections: [LaneConnection] = []
  /// By connection: the ones that it meets.
  public private(set) var conflicts: [[ConnectionConflict]] = []
  /// In order of their drafts.
  public private(set) var crossings: [PedestrianCrossing] = []
  /// By connection: its junction and its turn's position there.
  public private(set) var turnOfConnection: [(junction: Int, turn: Int)] = []

  private let links: [Link]
  private let lanes: [Lane]
  /// By link: its first lane.
  private let firstLane: [Int]

  /// - Parameters:
  ///   - lanes: in order of their links, from the kerb.
  ///   - turns: by junction.
  ///   - rules: by junction.
  public init(
    links: [Link], lanes: [Lane], turns: [[JunctionTurn]], rules: [RightOfWayRule],
    crossings: [CrossingDraft]
  ) {
    self.links = links
    self.lanes = lanes
    firstLane = lanes.firstOfLinks(links.count)
    var ranges: [Range<Int>] = []
    for (junction, turns) in turns.enumerated() {
      let begin = connections.count
      let size = size(turns)
      for (index, turn) in turns.enumerated() {
        connect(turn, size: size)
        turnOfConnection += turn.paths.map { _ in (junction, index) }
      }
      ranges.append(begin..<connections.count)
      conflicts += conflicts(of: turns, rule: rules[junction], first: begin)
    }
    self.crossings = crossings.map { draft in
      let crossed = ranges[draft.leg.junction].filter { index in
        let turn = turns[draft.leg.junction][turnOfConnection[index].turn]
        return turn.from.leg == draft.leg.leg || turn.to == draft.leg.leg
      }
      return PedestrianCrossing(
        name: draft.name, junction: JunctionID(draft.leg.junction), length: draft.length,
        walkingSpeed: draft.walkingSpeed, signal: draft.signal,
        crossedConnections: crossed.map { ConnectionID($0) })
    }
  }

  private mutating func connect(_ turn: JunctionTurn, size: Double) {
    let speed =
      turn.speed ?? turn.equivalent.speed(from: links[turn.fromLink.index], to: links[turn.toLink.index])
    for path in turn.paths {
      let length = path.length ?? PathGeometry.length(turn.equivalent, size: size)
      let waits = turn.equivalent == .left && turn.isPermissive && path.signal != nil
      connections.append(
        LaneConnection(
          from: LaneID(firstLane[turn.fromLink.index] + path.from),
          to: LaneID(firstLane[turn.toLink.index] + path.to), turn: turn.turn, length: length, speed: speed,
          waitingPosition: waits ? PathGeometry.waitingPosition(length: length) : nil, signal: path.signal,
          saturationFlow: path.discharge.saturationFlow,
          isSaturationFlowGiven: path.discharge.isGiven, startUpLostTime: path.discharge.startUpLostTime,
          yellowUsed: path.discharge.yellowUsed))
    }
  }

  /// m, of a junction: all lanes that come in by the widest leg, and all of full length that go out there.
  private func size(_ turns: [JunctionTurn]) -> Double {
    var lanesOfLeg: [Compass: Int] = [:]
    var (seenIn, seenOut) = (Set<LinkID>(), Set<LinkID>())
    for turn in turns {
      if seenIn.insert(turn.fromLink).inserted {
        lanesOfLeg[turn.from.leg, default: 0] += lanes.of(turn.fromLink, first: firstLane).count
      }
      if seenOut.insert(turn.toLink).inserted {
        let length = links[turn.toLink.index].length
        lanesOfLeg[turn.to, default: 0] +=
          lanes.of(turn.toLink, first: firstLane).count { $0.length >= length }
      }
    }
    return PathGeometry.size(lanes: lanesOfLeg.values.max() ?? 0)
  }

  /// By connection of a junction: what it meets there.
  ///
  /// - Parameter first: the junction's first connection.
  private func conflicts(
    of turns: [JunctionTurn], rule: RightOfWayRule, first: Int
  ) -> [[ConnectionConflict]] {
    let ways = turns.map(\.way)
    let rule = turns.first?.side == .left ? rule.mirrored : rule
    // By pair of turns: whether the first yields; nil where their paths do not meet.
    let yields = ways.map { a in
      ways.map { b -> Bool? in
        RightOfWay.meeting(a, b).map {
          RightOfWay.unsignalled(a, b, meeting: $0, rule: rule).first
        }
      }
    }
    let paths = turns.indices.flatMap { turn in turns[turn].paths.map { (turn, $0.from, $0.to) } }
    return paths.enumerated().map { one, path in
      let (turn, from, to) = path
      let way = ways[turn]
      var met: [ConnectionConflict] = []
      for (other, (otherTurn, otherFrom, otherTo)) in paths.enumerated() where other != one {
        let otherWay = ways[otherTurn]
        if way.from == otherWay.from {
          if RightOfWay.crosses(from, way.turn, otherFrom, otherWay.turn) {
            met.append(ConnectionConflict(other: ConnectionID(first + other), yields: false))
          }
          continue
        }
        guard let yields = yields[turn][otherTurn] else { continue }
        if way.to == otherWay.to, to != otherTo {
          // Who turns further right comes in nearer to the kerb, so different lanes do not meet in that order.
          let (kerb, centre) = way.turn.rank > otherWay.turn.rank ? (to, otherTo) : (otherTo, to)
          guard kerb > centre else { continue }
        }
        met.append(ConnectionConflict(other: ConnectionID(first + other), yields: yields))
      }
      return met
    }
  }
}

extension [Lane] {
  /// By link: the position of its first lane.
  public func firstOfLinks(_ count: Int) -> [Int] {
    var first = [Int](repeating: 0, count: count)
    for (index, lane) in enumerated() where lane.position == 0 { first[lane.link.index] = index }
    return first
  }

  /// The lanes of a link, from the kerb.
  ///
  /// - Parameter first: by link, the position of its first lane.
  public func of(_ link: LinkID, first: [Int]) -> ArraySlice<Lane> {
    self[first[link.index]...].prefix { $0.link == link }
  }
}
