public import TrafficModel
public import TrafficSimulation

/// The outcome of an optimization.
public struct OptimizationResult: Sendable {
  /// The plan to use: legal, and complete. The existing one when nothing better was found; where that only stands for
  /// what runs (`PresentControl`), a plan need not be better with certainty.
  public var plan: TimingPlan
  /// Whether simulation shows with certainty that `plan` beats the existing plan.
  public var isImprovement: Bool
  /// Both plans over the judgement seeds.
  public var comparison: PlanPair
  /// What the steps of the work came to, in their order, the existing plan first; over the judgement seeds, without
  /// those that were added for the comparison.
  public var steps: [OptimizationStep]
  /// Whether `plan` is what the options ask for (one cycle for all signals), though it is not better with certainty.
  public var isAsAsked = false
  /// Both plans of the comparison under more and more traffic; nil where that was not played.
  public var loading: ThroughputCurve?
  /// The best plans of the search, the one to take first; those that do no better than the existing plan, or break down
  /// under load, are not among them.
  public var contenders: [TimingPlan] = []
  /// Movements that the compared plan lets wait longer than the rules allow: no other plan gained.
  public var losses: [MovementLoss] = []
  /// What is known about how good the splits are.
  public var certificate: Certificate
}
