public import TrafficModel
public import TrafficSimulation

/// The outcome of an optimization for several days.
public struct RobustResult: Sendable {
  /// The plan for all of the days: legal, and complete. The existing one where none is better.
  public var plan: TimingPlan
  /// Whether the measure of the days' delays is less under `plan` than under the existing one, with 95 % confidence.
  public var isImprovement: Bool
  /// The plans, day by day.
  public var comparison: DayComparison
}

/// Plans played on several days with the same seeds.
public struct DayComparison: Sendable {
  /// The plans compared, in order.
  public enum Plan: Int, Hashable, Sendable, CaseIterable {
    /// The one that runs.
    case existing
    /// The best found for the base day.
    case baseDay
    /// The one for all days.
    case robust
  }
  /// Names of the days, the base day first; all are equally likely.
  public var days: [String]
  /// What the robust plan was to make small.
  public var risk: RiskMeasure
  /// Seeds.
  public var seeds: [UInt64]
  /// Total delay, veh·s: plans × days × seeds.
  public var delays: [[[Double]]]

  /// Probabilities of the days.
  private var weights: [Double] { days.map { _ in 1 / Double(days.count) } }

  /// Total delay of a plan on a day, veh·s.
  public func delay(_ plan: Plan, day: Int) -> Estimate { Estimate(of: delays[plan.rawValue][day]) }

  /// Its difference to another plan's, seed by seed.
  public func difference(_ plan: Plan, to other: Plan, day: Int) -> Estimate {
    Estimate(of: zip(delays[plan.rawValue][day], delays[other.rawValue][day]).map { $0 - $1 })
  }

  /// A measure of the days' total delays, veh·s, worked out seed by seed.
  public func measure(_ plan: Plan, _ risk: RiskMeasure) -> Estimate { Estimate(of: measures(plan, risk)) }

  /// Its difference to another plan's, seed by seed.
  public func difference(_ plan: Plan, to other: Plan, _ risk: RiskMeasure) -> Estimate {
    Estimate(of: zip(measures(plan, risk), measures(other, risk)).map { $0 - $1 })
  }

  /// The day with the most delay under the plan for the base day.
  public var worstDay: Int {
    days.indices.max { delay(.baseDay, day: $0).mean < delay(.baseDay, day: $1).mean } ?? 0
  }

  private func measures(_ plan: Plan, _ risk: RiskMeasure) -> [Double] {
    seeds.indices.map { seed in
      risk.value(of: delays[plan.rawValue].map { $0[seed] }, weights: weights)
    }
  }
}
