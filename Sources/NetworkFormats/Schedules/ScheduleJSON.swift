internal import NetworkBuilding
public import TrafficModel

/// Plan sets as JSON, the plans and their schedules in one document. Documentation/Schedules.md has the keys.
public enum ScheduleJSON {
  /// The set as text; keys are sorted, so that the same set gives the same bytes.
  ///
  /// - Parameter set: its plans have an entry for each controller of `network`; all times are finite.
  public static func text(of set: PlanSet, network: Network) throws -> String {
    try PlanJSON.text(
      of: Document(
        plans: set.plans.map { PlanDocument($0, network: network) },
        schedules: set.schedules.map { schedule in
          Document.Schedule(
            day: schedule.day,
            entries: schedule.entries.map {
              Document.Entry(begin: ClockText.text($0.begin), plan: set.plans[$0.plan].name)
            })
        }))
  }

  private struct Document: Encodable {
    struct Schedule: Encodable {
      var day: String
      var entries: [Entry]
    }
    struct Entry: Encodable {
      var begin: String
      var plan: String
    }
    var plans: [PlanDocument]
    var schedules: [Schedule]
  }
}

extension PlanJSONReader {
  /// Reads a document of plans and schedules.
  mutating func readSet() throws(InputFailure) -> PlanSet {
    var plans: [TimingPlan] = []
    var builder = ScheduleBuilder(plans: [])
    if let root = JSONText.read(text, log: &log),
      let members = log.object(root, ["plans", "schedules"], "the plan set")
    {
      let list = log.required("plans", in: members, at: root.place).flatMap { log.array($0, "'plans'") }
      for node in list ?? [] {
        let (plan, name) = readPlan(node)
        if plans.contains(where: { $0.name == plan.name }) {
          log.error("a second plan has the name '\(plan.name)'", at: name.place)
        }
        plans.append(plan)
      }
      builder = ScheduleBuilder(plans: plans.map(\.name))
      let schedules = log.required("schedules", in: members, at: root.place)
      for node in schedules.flatMap({ log.array($0, "'schedules'") }) ?? [] {
        readSchedule(node, into: &builder)
      }
    }
    guard !log.hasErrors else { throw InputFailure(log.diagnostics.inOrderOfPlace) }
    do {
      return try PlanSet(plans: plans, schedules: builder.schedules)
    } catch {
      for problem in error.problems { log.error(problem) }
      throw InputFailure(log.diagnostics)
    }
  }

  private mutating func readSchedule(_ node: JSONNode, into builder: inout ScheduleBuilder) {
    guard let members = log.object(node, ["day", "entries"], "a schedule") else { return }
    let day = log.required("day", in: members, at: node.place).flatMap { log.string($0, "'day'") }
    let entries = log.required("entries", in: members, at: node.place).flatMap { log.array($0, "'entries'") }
    if let entries, entries.isEmpty { log.error("'entries' is an empty list", at: node.place) }
    var rows: [ScheduleBuilder.Row] = []
    for entry in entries ?? [] {
      guard let values = log.object(entry, ["begin", "plan"], "an entry") else { continue }
      let begin = log.required("begin", in: values, at: entry.place).flatMap { log.string($0, "'begin'") }
      let plan = log.required("plan", in: values, at: entry.place).flatMap { log.string($0, "'plan'") }
      guard let day, let begin, let plan else { continue }
      rows.append(ScheduleBuilder.Row(day: day, begin: begin, plan: plan))
    }
    builder.add(rows, &log)
  }
}
