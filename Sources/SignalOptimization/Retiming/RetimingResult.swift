public import TrafficModel

/// The outcome of a re-timing.
public struct RetimingResult: Sendable {
  /// The adjusted plan: complete.
  public var plan: TimingPlan
  /// By controller.
  public var junctions: [JunctionRetiming]
  /// Groups of signals that run together, in order of their first controllers.
  public var groups: [GroupRetiming]
  /// Movements without demand on all days, and why.
  public var movementsWithoutDemand: [IdleMovement]

  /// Delay at all signals under the running plan, veh·s per second: a mean queue in vehicles.
  public var delayNow: Double { junctions.reduce(0) { $0 + $1.now.delay } }
  /// The same under the adjusted plan.
  public var delayAfter: Double { junctions.reduce(0) { $0 + $1.after.delay } }

  /// Positions of the junctions, those first that gain most from the adjusted plan.
  public var byGain: [Int] {
    junctions.indices.sorted { (-junctions[$0].gain, $0) < (-junctions[$1].gain, $1) }
  }
}

/// What fresh counts mean for one junction.
public struct JunctionRetiming: Hashable, Sendable {
  /// Greens and what they come to under the fresh counts.
  public struct Timing: Hashable, Sendable {
    /// Durations of the stages, s.
    public var stages: [Double]
    /// s.
    public var cycle: Double
    /// s.
    public var offset: Double
    /// Delay by the split program, veh·s per second; with several days, their measure.
    public var delay: Double
    /// Largest degree of saturation of any lane, on any day; 0 without demand.
    public var saturation: Double
  }
  /// What became of its greens.
  public enum Outcome: String, Hashable, Sendable {
    /// They change.
    case adjusted
    /// They are as good as the counts ask for.
    case kept
    /// It was to be left alone.
    case frozen
    /// Nobody was counted, or it has no stage.
    case idle
  }
  /// Whether the running greens suit the fresh counts.
  public enum Age: String, Hashable, Sendable, CaseIterable {
    /// They do.
    case upToDate = "up to date"
    /// The best greens at this cycle have noticeably less delay.
    case ageing
    /// The best greens at this cycle have much less delay, or take an overload away.
    case outOfDate = "out of date"
  }
  /// The controller.
  public var controller: ControllerID
  /// Traffic that its signals serve, veh/s: the mean of the days.
  public var flow: Double
  /// Under the running programme.
  public var now: Timing
  /// Under the adjusted one.
  public var after: Timing
  /// With the best greens at the adjusted programme's cycle, however much they change.
  public var best: Timing
  /// What became of it.
  public var outcome: Outcome
  /// The lane with the largest degree of saturation under the running programme; nil without demand.
  public var worstLane: LaneID?

  /// Delay that the adjusted programme saves, veh·s per second.
  public var gain: Double { now.delay - after.delay }

  /// Delay that the best greens would save, as a share of the present delay.
  public var possibleGain: Double { now.delay > 0 ? max(0, 1 - best.delay / now.delay) : 0 }

  /// Largest change of a stage, s; infinite where the number of stages differs.
  public var largestChange: Double {
    zip(now.stages, after.stages).reduce(0) { max($0, abs($1.0 - $1.1)) }
  }

  /// Whether the limit on changes keeps it from its best greens.
  public var isHeldBack: Bool { outcome == .adjusted && after.stages != best.stages }

  /// Savings below this share are within what counts differ from day to day: the Signal Timing Manual (2nd edition)
  /// has volumes vary by some per cent between weekdays.
  static let noticeable = 0.05
  /// Savings above this share are worth a visit to the controller.
  static let large = 0.15
  /// Less delay than this, veh·s per second, is not worth anybody's time: a fifth of a vehicle that waits all day.
  static let least = 0.2

  /// How well the running greens suit the counts.
  public var age: Age {
    let saved = now.delay - best.delay
    guard saved >= Self.least else { return .upToDate }
    if now.saturation > 1, best.saturation <= 1 || possibleGain >= Self.noticeable { return .outOfDate }
    return possibleGain >= Self.large ? .outOfDate : possibleGain >= Self.noticeable ? .ageing : .upToDate
  }
}

/// What new offsets do for signals that run together.
public struct GroupRetiming: Hashable, Sendable {
  /// The signals.
  public var controllers: [ControllerID]
  /// s.
  public var cycle: Double
  /// Cost of all their lanes by the platoon model, delay and stops, veh·s per second: with the adjusted greens and the
  /// running offsets.
  public var costBefore: Double
  /// With the adjusted greens and offsets.
  public var costAfter: Double
}
