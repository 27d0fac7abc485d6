/// From when a plan runs.
public struct ScheduleEntry: Hashable, Sendable {
  /// s from midnight, from 0 and less than a day.
  public var begin: Double
  /// Position in the set's plans.
  public var plan: Int

  /// Plan number `plan` from `begin` on.
  public init(begin: Double, plan: Int) {
    self.begin = begin
    self.plan = plan
  }
}

/// Which plans run on a type of day.
public struct DaySchedule: Hashable, Sendable {
  /// The type of day: `weekday`, `weekend`, `holiday`, or any other name.
  public var day: String
  /// In order of time; the last one's plan also runs from midnight to the first one's begin.
  public var entries: [ScheduleEntry]

  /// A schedule.
  public init(day: String, entries: [ScheduleEntry]) {
    self.day = day
    self.entries = entries
  }

  /// s from one midnight to the next.
  public static let dayLength = 86_400.0

  /// The plan that is to run at absolute time `time`, s: its position in the set's plans.
  public func plan(at time: Double) -> Int {
    let clock = Self.clock(time)
    return (entries.last { $0.begin <= clock } ?? entries[entries.count - 1]).plan
  }

  /// The changes after `period` has begun and before it ends: absolute times, s, in order, each with the plan that
  /// then begins.
  public func changes(in period: Range<Double>) -> [ScheduleEntry] {
    var found: [ScheduleEntry] = []
    var midnight = (period.lowerBound / Self.dayLength).rounded(.down) * Self.dayLength
    while midnight < period.upperBound {
      for entry in entries where midnight + entry.begin > period.lowerBound {
        guard midnight + entry.begin < period.upperBound else { break }
        found.append(ScheduleEntry(begin: midnight + entry.begin, plan: entry.plan))
      }
      midnight += Self.dayLength
    }
    return found
  }

  /// s from midnight of an absolute time.
  public static func clock(_ time: Double) -> Double {
    let rest = time.truncatingRemainder(dividingBy: dayLength)
    return rest < 0 ? rest + dayLength : rest
  }
}

/// Every reason why plans and schedules do not make a set; never empty.
public struct InvalidPlanSet: Error, Hashable, Sendable {
  /// What is wrong, each in one sentence without a full stop.
  public var problems: [String]
}

/// The plans of a network's signals, and when each runs.
public struct PlanSet: Hashable, Sendable {
  /// At least one; each has a name of its own and as many entries as the others.
  public let plans: [TimingPlan]
  /// At least one, each for another type of day.
  public let schedules: [DaySchedule]

  /// A set of plans.
  ///
  /// - Throws: `InvalidPlanSet` with everything that is wrong.
  public init(plans: [TimingPlan], schedules: [DaySchedule]) throws(InvalidPlanSet) {
    var problems: [String] = []
    if plans.isEmpty { problems.append("the set has no plan") }
    if schedules.isEmpty { problems.append("the set has no schedule") }
    for (index, plan) in plans.enumerated() {
      if plans[..<index].contains(where: { $0.name == plan.name }) {
        problems.append("two plans have the name '\(plan.name)'")
      }
      if plan.programs.count != plans[0].programs.count {
        problems.append("the plans '\(plans[0].name)' and '\(plan.name)' are of different networks")
      }
    }
    for (index, schedule) in schedules.enumerated() {
      if schedules[..<index].contains(where: { $0.day == schedule.day }) {
        problems.append("the day '\(schedule.day)' has two schedules")
      }
      problems += Self.problems(of: schedule, planCount: plans.count)
    }
    guard problems.isEmpty else { throw InvalidPlanSet(problems: problems) }
    self.plans = plans
    self.schedules = schedules
  }

  private static func problems(of schedule: DaySchedule, planCount: Int) -> [String] {
    var problems: [String] = []
    let day = "the schedule of '\(schedule.day)'"
    if schedule.entries.isEmpty { problems.append("\(day) has no entry") }
    for (index, entry) in schedule.entries.enumerated() {
      if !(0..<DaySchedule.dayLength).contains(entry.begin) {
        problems.append("\(day) has the time \(entry.begin) s, which is not of one day")
      }
      if !(0..<planCount).contains(entry.plan) {
        problems.append("\(day) names plan number \(entry.plan + 1) of \(planCount)")
      }
      if index > 0, entry.begin <= schedule.entries[index - 1].begin {
        problems.append("\(day) is not in order of time at \(entry.begin) s")
      }
    }
    return problems
  }

  /// The schedule of a type of day; nil where the set has none.
  public func schedule(of day: String) -> DaySchedule? { schedules.first { $0.day == day } }
}
