/// A phase of the work, for progress displays.
public enum OptimizationPhase: String, Hashable, Sendable, CaseIterable {
  case flows, splits, search, offsets, refinement, confirmation, judgement, days
}

/// How far an optimization is, for those who wait.
public struct OptimizationProgress: Hashable, Sendable {
  /// What is being done.
  public var phase: OptimizationPhase
  /// How much of the phase is done, 0 … 1.
  public var share: Double
  /// Total delay of the best plan so far, veh·s, over the seeds that it has played; nil where none was played yet.
  ///
  /// An estimate for displays: other phases play other seeds.
  public var bestDelay: Double?

  /// A phase of which `share` is done.
  public init(_ phase: OptimizationPhase, _ share: Double, bestDelay: Double? = nil) {
    self.phase = phase
    self.share = share
    self.bestDelay = bestDelay
  }
}
