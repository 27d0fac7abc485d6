public import TrafficModel

/// A turn of an approach: the ways of all its lanes from one link to another.
public struct JunctionTurn: Hashable, Sendable {
  /// The way of one of its lanes.
  public struct LanePath: Hashable, Sendable {
    /// The lane left, by its position from the kerb.
    public var from: Int
    /// The lane entered, by its position from the kerb.
    public var to: Int
    /// m; nil where it follows from the size of the junction.
    public var length: Double?
    /// The signal that controls it; nil where none does.
    public var signal: SignalGroupReference?
    /// What its stop line lets through.
    public var discharge: Discharge

    /// The way of a lane.
    public init(
      from: Int, to: Int, length: Double? = nil, signal: SignalGroupReference? = nil, discharge: Discharge
    ) {
      self.from = from
      self.to = to
      self.length = length
      self.signal = signal
      self.discharge = discharge
    }
  }
  /// The leg it comes in by.
  public var from: LegID
  /// The leg it goes out by.
  public var to: Compass
  /// Which way it turns.
  public var turn: Turn
  /// The link that comes in.
  public var fromLink: LinkID
  /// The link that goes out.
  public var toLink: LinkID
  /// Whether, turning across opposing traffic, it may be green with it and wait for gaps in it.
  public var isPermissive: Bool
  /// The side of the road that traffic keeps to.
  public var side: TrafficSide
  /// m/s; nil where it follows from the turn and the links.
  public var speed: Double?
  /// From the kerb.
  public var paths: [LanePath]

  /// A turn of an approach.
  public init(
    from: LegID, to: Compass, turn: Turn, fromLink: LinkID, toLink: LinkID, isPermissive: Bool,
    side: TrafficSide = .right, speed: Double? = nil, paths: [LanePath] = []
  ) {
    self.from = from
    self.to = to
    self.turn = turn
    self.fromLink = fromLink
    self.toLink = toLink
    self.isPermissive = isPermissive
    self.side = side
    self.speed = speed
    self.paths = paths
  }

  /// The turn that it is where traffic keeps to the right.
  public var equivalent: Turn { side.equivalent(of: turn) }

  /// Where it comes in and goes out; where traffic keeps to the left, in the mirror.
  public var way: Way {
    Way(from: seen(from.leg), to: seen(to), turn: equivalent, isPermissive: isPermissive)
  }

  private func seen(_ leg: Compass) -> Compass { side == .left ? leg.mirrored : leg }

  /// How it meets a crossing over a leg; nil where it does not.
  public func meeting(crossingOver leg: Compass) -> PathMeeting? {
    RightOfWay.meeting(way, crossingOver: seen(leg))
  }

  /// Which lane each of the lanes that it leaves enters.
  ///
  /// Right turns enter the lanes at the kerb, left turns the ones at the centre of the road; straight-on lanes keep their
  /// distance from the kerb as far as there are lanes to enter.
  ///
  /// - Parameters:
  ///   - leaving: positions from the kerb, ascending.
  ///   - entering: positions of the lanes that it may enter, from the kerb, ascending.
  /// - Returns: none where there is no lane to enter.
  public static func lanes(
    of turn: Turn, leaving: [Int], entering: [Int], side: TrafficSide = .right
  ) -> [(from: Int, to: Int)] {
    guard !entering.isEmpty else { return [] }
    let last = entering.count - 1
    // How far the lanes move towards the kerb, and how many have to share one.
    let shift = max(0, (leaving.last ?? 0) - entering[last])
    let surplus = max(0, leaving.count - entering.count)
    return leaving.enumerated().map { order, lane in
      let entered =
        switch side.equivalent(of: turn) {
        case .right: order
        case .through: max(entering.firstIndex { $0 >= lane - shift } ?? last, order - surplus)
        case .left, .uTurn: max(entering.count - (leaving.count - order), 0)
        }
      return (lane, entering[min(entered, last)])
    }
  }
}

extension RightOfWay {
  /// The meeting of two turns of a junction; nil where no paths of theirs meet.
  public static func meeting(_ first: JunctionTurn, _ second: JunctionTurn) -> PathMeeting? {
    guard first.from == second.from else { return meeting(first.way, second.way) }
    let isCrossed = first.paths.contains { one in
      second.paths.contains { crosses(one.from, first.equivalent, $0.from, second.equivalent) }
    }
    return isCrossed ? .never : nil
  }

  /// Whether paths from two lanes of an approach, counted from the kerb, cross because the lane further left turns further
  /// right.
  static func crosses(_ first: Int, _ turn: Turn, _ second: Int, _ otherTurn: Turn) -> Bool {
    first > second ? turn.rank > otherTurn.rank : first < second && turn.rank < otherTurn.rank
  }
}

extension RightOfWayRule {
  /// The same rule, of the junction's mirror image.
  var mirrored: RightOfWayRule {
    if case .priority(let major) = self { .priority(major.map(\.mirrored)) } else { self }
  }

  /// Priority for the widest and fastest legs, where nobody says which are major.
  ///
  /// - Parameters:
  ///   - turns: all of a junction.
  ///   - lanes: how many lanes a link has.
  public static func widestFirst(
    _ turns: [JunctionTurn], links: [Link], lanes: (LinkID) -> Int
  ) -> RightOfWayRule {
    let ranks = turns.reduce(into: [Compass: Double]()) { ranks, turn in
      let rank = Double(lanes(turn.fromLink)) * links[turn.fromLink.index].speed
      ranks[turn.from.leg] = max(ranks[turn.from.leg] ?? 0, rank)
    }
    let highest = ranks.values.max() ?? 0
    return .priority(ranks.filter { $0.value >= highest - 1e-9 }.map(\.key).sorted())
  }
}
