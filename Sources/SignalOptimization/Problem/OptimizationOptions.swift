public import TrafficModel

/// What the split programs make as good as they can.
public enum Objective: String, Hashable, Sendable, CaseIterable {
  /// Least total delay.
  case delay
  /// Most vehicles served, when demand exceeds capacity.
  case throughput
  /// Largest factor by which all demand can grow.
  case reserve
}

/// How cycles are chosen.
public enum CycleChoice: Hashable, Sendable {
  /// The better of `perJunction` and `common`, by simulation.
  case best
  /// Each controller its own best cycle.
  case perJunction
  /// One best cycle for all controllers.
  case common
  /// This cycle for all, s.
  case fixed(Double)
  /// The existing plan's cycles.
  case existing
}

/// What may become of the stages.
public enum StageFreedom: String, Hashable, Sendable, CaseIterable {
  /// Vehicles' stages may be joined, dropped and put into another order. What protects somebody stays: who never goes
  /// at the same time does not do so later, and stages and leads of people on foot are kept.
  case safe
  /// The existing stages in their order.
  case existing
  /// Any stages that are legal, in any order.
  case free
}

/// What an optimization may do.
public struct OptimizationOptions: Hashable, Sendable {
  /// The objective of the split programs.
  public var objective = Objective.delay
  /// How cycles are chosen.
  public var cycle = CycleChoice.best
  /// What may become of the stages.
  public var stages = StageFreedom.safe
  /// What else a proposed plan keeps to.
  public var rules = ProposalRules()
  /// Controllers that keep their existing programme.
  public var frozen: Set<ControllerID> = []
  /// Controllers that are planned though their present control was not understood; the others of that kind are frozen.
  public var acceptedDoubtful: Set<ControllerID> = []
  /// Largest change of any stage against the existing programme, s; nil for no limit.
  public var maximumChange: Double?
  /// Vehicle-seconds that refinement may simulate; nil for an amount that grows with the number of signals.
  public var refinementWork: Double?
  /// Weight of a pedestrian's second of delay against a vehicle's; only with the objective `delay`.
  public var pedestrianWeight = 0.0
  /// Standard deviation of a day's demand in the search, as a share of its mean.
  public var daySpread = 0.08
  /// Seeds of the simulations that choose between candidate plans.
  public var searchSeeds: [UInt64] = Array(101...108)
  /// Seeds of the simulations that find out which of the last few plans is steady.
  public var confirmationSeeds: [UInt64] = Array(201...224)
  /// Seeds of the simulations that judge the chosen plan; never used to choose.
  public var judgementSeeds: [UInt64] = Array(1...5)
  /// Seeds that are added, some at a time, as long as those leave it open whether a plan that did better is better.
  public var furtherJudgementSeeds: [UInt64] = Array(6...30)

  /// The defaults.
  public init() {}
}
