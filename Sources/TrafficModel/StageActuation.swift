/// How a controller responds to traffic stage by stage: each green lasts at least its minimum, goes on while vehicles follow
/// each other closely over its detectors, and ends at its maximum at the latest.
///
/// It is the logic of SUMO's `actuated` programmes, and its parameters mean what they mean there
/// (Documentation/Responding.md).
public struct StageActuation: Hashable, Sendable {
  /// What is shown, in the input's order; the first begins the cycle.
  public var intervals: [ActuatedInterval]
  /// All loops; intervals refer to them by position.
  public var detectors: [LoopDetector]
  /// How long a vehicle takes from its detector to the stop line, s: a green goes on for so long after it.
  public var passageTime: Double
  /// Where an interval has several successors: a detector with a call that has had no green for longer goes first, s.
  public var starvation: Double
  /// Absolute s: with every interval as long as it usually lasts, the first one would begin then. What a controller begins
  /// with follows from it, and where the cycle stands, if it runs by the clock.
  public var offset: Double
  /// What `earliestEnd` and `latestEnd` count in, s.
  public var cycle: Double
  /// Whether the cycle runs by the clock, from the offset on; else it begins with the first interval.
  public var isCoordinated: Bool

  /// - Parameter intervals: at least one; successors and detectors that they name exist.
  public init(
    intervals: [ActuatedInterval], detectors: [LoopDetector], passageTime: Double = 2,
    starvation: Double = 180,
    offset: Double = 0, cycle: Double? = nil, isCoordinated: Bool = false
  ) {
    precondition(!intervals.isEmpty, "a controller shows something")
    precondition(
      intervals.allSatisfy { interval in
        !interval.successors.isEmpty && interval.successors.allSatisfy(intervals.indices.contains)
          && interval.detectors.allSatisfy(detectors.indices.contains)
      }, "successors and detectors exist")
    self.intervals = intervals
    self.detectors = detectors
    self.passageTime = passageTime
    self.starvation = starvation
    self.offset = offset
    self.cycle = cycle ?? intervals.reduce(0) { $0 + $1.usual }
    self.isCoordinated = isCoordinated
  }

  /// Whether some interval may be followed by one of several.
  public var choosesStages: Bool { intervals.contains { $0.successors.count > 1 } }
}

/// What every group shows, between a least and a greatest number of seconds.
public struct ActuatedInterval: Hashable, Sendable {
  /// One state for each group of the controller, in the groups' order.
  public var states: [SignalState]
  /// Least duration, s; above 0.
  public var minimum: Double
  /// Greatest duration, s, at which a green ends whatever traffic asks; no less than the minimum.
  public var maximum: Double
  /// As long as it usually lasts, s: which interval a controller begins with depends on it.
  public var usual: Double
  /// Positions of what may follow, the first where nothing asks for another.
  public var successors: [Int]
  /// Positions of the detectors that prolong it.
  public var detectors: [Int]
  /// s of the cycle before which it does not end; nil for any.
  public var earliestEnd: Double?
  /// s of the cycle after which nothing prolongs it; nil for any. Below `earliestEnd`, it is that of the next cycle.
  public var latestEnd: Double?

  /// An interval.
  public init(
    states: [SignalState], minimum: Double, maximum: Double, usual: Double? = nil, successors: [Int],
    detectors: [Int] = [], earliestEnd: Double? = nil, latestEnd: Double? = nil
  ) {
    self.states = states
    self.minimum = minimum
    self.maximum = maximum
    self.usual = usual ?? maximum
    self.successors = successors
    self.detectors = detectors
    self.earliestEnd = earliestEnd
    self.latestEnd = latestEnd
  }

  /// Whether it is one that traffic may prolong: some group has a green, and none shows yellow.
  public var isStage: Bool { states.contains(where: \.isGreen) && !states.contains(.yellow) }
  /// Whether traffic decides how long it lasts.
  public var isActuated: Bool { minimum != maximum }
}
