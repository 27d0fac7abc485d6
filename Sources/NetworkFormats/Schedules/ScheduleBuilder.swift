internal import NetworkBuilding
internal import TrafficModel

/// Makes schedules of rows, whatever kind of file they come from, and notes what is wrong with them.
struct ScheduleBuilder {
  /// One row of a schedule.
  struct Row {
    var day: Located<String>
    var begin: Located<String>
    var plan: Located<String>
  }
  /// Names of the plans there are, in their order.
  let plans: [String]
  private(set) var schedules: [DaySchedule] = []
  /// By schedule: where it began.
  private var places: [TextPlace] = []

  init(plans: [String]) { self.plans = plans }

  /// Adds the rows of one day; the rows of a day follow each other.
  mutating func add(_ rows: [Row], _ log: inout DiagnosticLog) {
    guard let first = rows.first else { return }
    let day = first.day.value
    if day.trimmed.isEmpty { log.error("a day must have a name", at: first.day.place) }
    if let known = schedules.firstIndex(where: { $0.day == day }) {
      log.error(
        "the day '\(day)' has a second schedule, the first is in line \(places[known].line)",
        at: first.day.place)
    }
    var schedule = DaySchedule(day: day, entries: [])
    for row in rows {
      let plan = plans.firstIndex(of: row.plan.value)
      if plan == nil { log.unknown("plan", row.plan, known: plans) }
      guard let begin = ClockText.seconds(row.begin.value.trimmed) else {
        log.error("'begin' must be a time of day like 07:30, not '\(row.begin.value)'", at: row.begin.place)
        continue
      }
      if let last = schedule.entries.last, begin <= last.begin {
        log.error(
          "\(row.begin.value) is not after \(ClockText.text(last.begin)): the rows of a day are in order of time",
          at: row.begin.place)
      }
      schedule.entries.append(ScheduleEntry(begin: begin, plan: plan ?? 0))
    }
    schedules.append(schedule)
    places.append(first.day.place)
  }
}
