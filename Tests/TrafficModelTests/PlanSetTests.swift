import Testing
import TrafficModel

@Suite("Plan sets and schedules")
struct PlanSetTests {
  private let plans = ["night", "day"].map { TimingPlan(name: $0, programs: [nil]) }

  private func schedule(_ begins: [Double], day: String = "weekday") -> DaySchedule {
    DaySchedule(
      day: day, entries: begins.enumerated().map { ScheduleEntry(begin: $1, plan: $0 % 2) })
  }

  @Test(
    "The last plan of a day runs past midnight to the first begin",
    arguments: [(0.0, 0), (3599, 0), (3600, 0), (7200, 1), (80_000, 0), (93_600, 1), (-1, 0)]
      as [(Double, Int)])
  func planAt(time: Double, plan: Int) {
    #expect(schedule([3600, 7200, 72_000]).plan(at: time) == plan)
  }

  @Test("Changes are told within a period, over midnight, too")
  func changes() {
    let schedule = schedule([3600, 7200, 72_000])
    #expect(schedule.changes(in: 3600..<7200) == [])
    #expect(schedule.changes(in: 3000..<7201).map(\.begin) == [3600, 7200])
    let night = schedule.changes(in: 70_000..<86_400 + 3601)
    #expect(night.map(\.begin) == [72_000, 86_400 + 3600])
    #expect(night.map(\.plan) == [0, 0])
  }

  @Test("Everything that keeps plans and schedules from making a set is told")
  func invalid() {
    #expect(throws: Never.self) { try PlanSet(plans: plans, schedules: [schedule([0, 3600])]) }
    let error = #expect(throws: InvalidPlanSet.self) {
      try PlanSet(
        plans: [plans[0], plans[0], TimingPlan(name: "x", programs: [])],
        schedules: [
          schedule([3600, 3600]), schedule([]),
          DaySchedule(
            day: "fair", entries: [ScheduleEntry(begin: 86_400, plan: 3)]),
        ])
    }
    #expect(
      error?.problems == [
        "two plans have the name 'night'", "the plans 'night' and 'x' are of different networks",
        "the schedule of 'weekday' is not in order of time at 3600.0 s",
        "the day 'weekday' has two schedules", "the schedule of 'weekday' has no entry",
        "the schedule of 'fair' has the time 86400.0 s, which is not of one day",
        "the schedule of 'fair' names plan number 4 of 3",
      ])
    #expect(
      #expect(throws: InvalidPlanSet.self) { try PlanSet(plans: [], schedules: []) }?.problems
        == ["the set has no plan", "the set has no schedule"])
  }
}
