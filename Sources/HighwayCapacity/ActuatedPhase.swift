/// What the actuated procedure says of a phase; times in s.
public struct ActuatedPhase: Hashable, Sendable {
  /// Number that engineers call it by.
  public let number: Int
  /// Mean duration: green, yellow and red clearance.
  public let duration: Double
  /// g_s, from the effective start of green until its queue is gone.
  public let queueService: Double
  /// g_e.
  public let extensionTime: Double
  /// MAH*.
  public let allowableHeadway: Double
  /// p_c, that it is called at all.
  public let callProbability: Double
  /// p_x, that it ends at its maximum.
  public let maximumProbability: Double
  /// Mean duration before rings are balanced, D_up.
  public let unbalancedDuration: Double
}
