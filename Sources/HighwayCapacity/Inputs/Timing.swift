/// How long phases last: mean durations where detectors decide.
public struct Timing: Hashable, Sendable {
  /// Durations of an approach's phases: green, yellow and red clearance, s.
  public struct Durations: Hashable, Sendable {
    /// Of the through phase.
    public var through: Double
    /// Of the arrow; 0 without.
    public var left: Double

    /// These durations, s.
    public init(through: Double, left: Double = 0) {
      self.through = through
      self.left = left
    }
  }

  /// s.
  public var cycle: Double
  /// By approach, in the intersection's order.
  public var durations: [Durations]

  /// This cycle, with these durations by approach.
  public init(cycle: Double, durations: [Durations]) {
    self.cycle = cycle
    self.durations = durations
  }

  /// As phases themselves say.
  init(planned intersection: Intersection, cycle: Double) {
    self.init(
      cycle: cycle,
      durations: intersection.approaches.map {
        Durations(through: $0.phase.duration ?? 0, left: $0.leftTurns.phase?.duration ?? 0)
      })
  }

  /// Goes a share of the way to other durations, 0 to 1.
  mutating func move(to other: Timing, share: Double) {
    for (index, goal) in other.durations.enumerated() {
      durations[index].through += share * (goal.through - durations[index].through)
      durations[index].left += share * (goal.left - durations[index].left)
    }
    cycle += share * (other.cycle - cycle)
  }

  /// Both rings of a barrier group: indices of approaches whose left and whose through phase run one after the other.
  static func rings(_ group: [Int]) -> [(left: Int, through: Int)] {
    group.count == 2
      ? [(group[0], group[1]), (group[1], group[0])] : group.map { ($0, $0) }
  }

  /// The longer ring of each barrier group, together, s.
  func sum(_ intersection: Intersection) -> Double {
    intersection.barrierGroups.reduce(0) { sum, group in
      sum + (Self.rings(group).map { durations[$0.left].left + durations[$0.through].through }.max() ?? 0)
    }
  }
}
