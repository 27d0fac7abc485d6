public import TrafficSimulation

/// What the best plan after one step of the work does.
public struct OptimizationStep: Hashable, Sendable {
  /// The step, in words.
  public var name: String
  /// How many seeds it was played with: those that every step is.
  public var seeds: Int
  /// Total delay, veh·s.
  public var totalDelay: Estimate
  /// Its difference to the existing plan's, seed by seed.
  public var difference: Estimate
}
