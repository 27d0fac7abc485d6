public import TrafficSimulation

/// What the best plan after one step of the work does.
public struct OptimizationStep: Hashable, Sendable {
  /// What the work has got to.
  public enum Kind: Hashable, Sendable, CaseIterable {
    /// The plan that it began with.
    case existing
    /// The best cycles and splits of the existing stages.
    case cyclesAndSplits
    /// The best of all stages, with their cycles and splits.
    case stages
    /// The same, by the linear programs alone.
    case stagesCyclesAndSplits
    /// Greens that keep full links from blocking others.
    case fullLinkGreens
    /// The best groups of signals, and offsets in them.
    case groupsAndOffsets
    /// The best that the search on the simulator found.
    case refinement
    /// The greens of green waves: the best splits at one cycle.
    case splitsAtOneCycle
    /// The offsets of green waves.
    case greenWaves
  }
  /// What the work had got to.
  public var kind: Kind
  /// How many seeds it was played with: those that every step is.
  public var seeds: Int
  /// Total delay, veh·s.
  public var totalDelay: Estimate
  /// Its difference to the existing plan's, seed by seed.
  public var difference: Estimate
}
