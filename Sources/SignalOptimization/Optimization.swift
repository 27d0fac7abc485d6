public import TrafficModel
public import TrafficSimulation

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
  /// Any stages that are legal, in any order.
  case free
  /// The existing stages in their order; those that nobody needs may go.
  case keepOrder = "keep-order"
  /// The existing stages in their order.
  case keep
}

/// What an optimization may do.
public struct OptimizationOptions: Hashable, Sendable {
  /// The objective of the split programs.
  public var objective = Objective.delay
  /// How cycles are chosen.
  public var cycle = CycleChoice.best
  /// What may become of the stages.
  public var stages = StageFreedom.free
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
  /// The pedestrians of the demand at hand; none without weight.
  var weightedPedestrians: [WeightedPedestrians] = []
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

/// The outcome of an optimization.
public struct OptimizationResult: Sendable {
  /// The plan to use: legal, and complete. The existing one when nothing better was found; where that only stands for
  /// what runs (`PresentControl`), a plan need not be better with certainty.
  public var plan: TimingPlan
  /// Whether simulation shows with certainty that `plan` beats the existing plan.
  public var isImprovement: Bool
  /// Existing plan (first) and proposed plan over the judgement seeds.
  public var comparison: PlanComparison
  /// What the steps of the work came to, in their order, the existing plan first; over the judgement seeds, without
  /// those that were added for the comparison.
  public var steps: [OptimizationStep]
  /// What is known about how good the splits are.
  public var certificate: Certificate
}

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

/// The proof that comes with a plan: how good its splits are, and what limits them.
public struct Certificate: Hashable, Sendable {
  /// The objective of the split programs.
  public var objective: Objective
  /// One for each controller that was optimized, in controller order.
  public var splits: [SplitCertificate]
  /// One for each controller, in controller order.
  public var reserves: [ControllerReserve]
  /// The groups of signals that run together, and those that stand alone; empty for a single signal.
  public var coordination: [CoordinationCertificate]
  /// Movements without demand, and why.
  public var movementsWithoutDemand: [IdleMovement]
}

extension Certificate {
  /// Smallest reserve capacity of any controller under the existing plan; infinite where nothing limits it.
  public var existingReserveCapacity: Double { reserves.map(\.existing).min() ?? .infinity }
  /// Smallest reserve capacity of any controller under the proposed plan.
  public var proposedReserveCapacity: Double { reserves.map(\.proposed).min() ?? .infinity }
}

/// Largest factors by which all demand can grow before some lane of a controller is oversaturated.
public struct ControllerReserve: Hashable, Sendable {
  /// The controller.
  public var controller: ControllerID
  /// Under the existing plan; infinite without demand.
  public var existing: Double
  /// Under the proposed plan.
  public var proposed: Double
}

/// How good one controller's splits are at its cycle, and what binds them.
public struct SplitCertificate: Hashable, Sendable {
  /// The controller.
  public var controller: ControllerID
  /// The cycle, s.
  public var cycle: Double
  /// Value of the objective for the greens chosen: delay in veh·s per second, throughput in veh/s, or the factor μ.
  public var value: Double
  /// Proven bound on the value at this cycle and these stages, whatever the greens.
  public var bound: Double
  /// Largest factor by which all demand can grow before some movement is oversaturated.
  public var reserveCapacity: Double
  /// What holds the objective back, dearest first.
  public var binding: [BindingConstraint]

  /// |value − bound| / max(|value|, tiny): 0 is a proof of optimality.
  public var gap: Double { abs(value - bound) / max(abs(value), 1e-9) }
}

/// A constraint that holds an objective back, and its price.
public struct BindingConstraint: Hashable, Sendable {
  /// What a constraint is about, and so which second its price is of.
  public enum Kind: String, Hashable, Sendable {
    /// A lane: one more second of its green.
    case lane
    /// A minimum green, walk or intergreen: one second less of it.
    case minimum
    /// The cycle: one more second of it, all of it green.
    case cycle
  }
  /// What the constraint is about.
  public var kind: Kind
  /// What binds, in words of traffic: the lane, minimum green or cycle.
  public var what: String
  /// Degree of saturation of the lane; nil for other constraints.
  public var degreeOfSaturation: Double?
  /// What that second would change of the objective.
  public var pricePerSecond: Double
  /// The lane; nil for other constraints.
  public var lane: LaneID?
  /// What needs the minimum; nil for other constraints.
  public var cause: IntervalMinimum.Cause?
}

/// A movement that nobody wants to make.
public struct IdleMovement: Hashable, Sendable {
  /// The movement.
  public var movement: MovementID
  /// Why, in words.
  public var reason: String
}
