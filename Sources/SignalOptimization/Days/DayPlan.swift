public import TrafficModel
public import TrafficSimulation

/// How a day may be cut into the periods of its plans.
public struct DayOptions: Hashable, Sendable {
  /// The most periods, and so plans; at least 1.
  public var mostPlans = 6
  /// Delay, veh·s, that each change of plan counts as when the day is cut; nil for `changeSeconds` of the day's mean.
  public var changeCost: Double?
  /// The shortest period, s: controllers and coordination need some cycles to settle after each change.
  public var shortestPeriod = 1800.0

  /// Seconds of the day's mean delay that a change of plan counts as where nobody says otherwise: signals are out of
  /// step for about a minute, and do about a quarter worse while they are.
  public static let changeSeconds = 15.0

  /// The defaults.
  public init() {}
}

/// The outcome for one period of a day.
public struct DayPeriod: Sendable {
  /// Absolute s.
  public var begin: Double
  /// Absolute s.
  public var end: Double
  /// The plan that runs in it: its position in the plans of the day.
  public var plan: Int
  /// Existing plan and the period's plan, both played on the whole period alone, over the judgement seeds.
  public var comparison: PlanPair
  /// Whether the period's plan is better than the existing one with certainty; it is the existing one otherwise.
  public var isImprovement: Bool
}

/// What a day costs by the split programs' delay functions, cut into at most so many periods.
public struct PartitionPoint: Hashable, Sendable {
  /// The most periods.
  public var periods: Int
  /// Delay, veh·s.
  public var delay: Double
}

/// The plans of a day, and how good they are.
public struct DayPlan: Sendable {
  /// Plans and schedule, played on the whole day with the same seeds.
  public struct Comparison: Sendable {
    /// The seeds.
    public var seeds: [UInt64]
    /// The existing plan, all day.
    public var existing: PlanComparison.Entry
    /// The best single plan, all day.
    public var bestSingle: PlanComparison.Entry
    /// The schedule; the plan that it begins with stands for it.
    public var schedule: PlanComparison.Entry
  }
  /// The day's type.
  public var day: String
  /// The plans with the schedule of the day.
  public var planSet: PlanSet
  /// In order of time; together the whole day.
  public var periods: [DayPeriod]
  /// Over the judgement seeds; over further ones, too, where these leave open whether the schedule is better than the
  /// single plan.
  public var comparison: Comparison
  /// The name of the best single plan.
  public var bestSinglePlan: String
  /// By the delay functions: the least delay with one plan, two plans, …
  public var partitions: [PartitionPoint]
  /// By the delay functions: the delay with a plan for each slice, veh·s.
  public var leastDelay: Double
  /// How many slices the day was cut into to begin with.
  public var sliceCount: Int
  /// What each change of plan counted as, veh·s.
  public var changeCost: Double
  /// What signals do at every time of the day.
  public var timetable: SignalTimetable

  /// The schedule of the day.
  public var schedule: DaySchedule { planSet.schedules[0] }
}

/// Why a day has no plan set.
public enum NoDayPlan: Error, Hashable, Sendable {
  /// Some period has no plan as asked for.
  case noPlan(NoPlan)
  /// Some controller cannot change from one plan to the next.
  case impossible(ImpossibleChange)
}
