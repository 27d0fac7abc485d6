public import TrafficModel

/// What a re-timing may do.
public struct RetimingOptions: Hashable, Sendable {
  /// Largest change of any stage, s; nil for no limit.
  public var maximumChange: Double? = 5
  /// Controllers that keep their programme.
  public var frozen: Set<ControllerID> = []
  /// Controllers that are re-timed though their present control was not understood; the others of that kind are frozen.
  public var acceptedDoubtful: Set<ControllerID> = []
  /// One cycle for all other controllers, s; nil to keep the running ones.
  public var cycle: Double?
  /// What is made small where there are several days of counts.
  public var risk = RiskMeasure.expected

  /// The defaults.
  public init() {}
}
