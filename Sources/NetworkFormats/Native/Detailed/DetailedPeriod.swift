internal import NetworkBuilding
internal import TrafficModel

/// A period, or a day, of a detailed file.
struct DetailedPeriod {
  static let keys = [
    "name", "time", "begin", "end", "plan", "programs", "vehicles", "routes", "flows", "departures", "slices",
    "counts", "pedestrians", "walks",
  ]
  static let programKeys = ["controller", "name", "offset", "intervals"]

  /// The period that the fields describe; nil, with errors in the log, where they do not.
  static func read(
    _ fields: YAMLFields, roads: DetailedNetwork, network: Network?, _ log: inout DiagnosticLog
  ) -> Period? {
    let name = fields.required("name", &log)?.text("name", &log)
    guard let time = time(fields, &log) else { return nil }
    var demand = Demand(begin: time.begin, end: time.end)
    DetailedDemand(fields: fields, roads: roads, network: network).read(into: &demand, &log)
    let programs = programs(fields, roads: roads, &log)
    guard let name, let programs else { return nil }
    let plan = TimingPlan(name: fields["plan"]?.text("plan", &log) ?? name, programs: programs)
    return Period(name: name, demand: demand, existingPlan: plan)
  }

  private static func time(
    _ fields: YAMLFields, _ log: inout DiagnosticLog
  ) -> (begin: Double, end: Double)? {
    if let node = fields["time"] { return PeriodDraft.time(node, &log) }
    guard let begin = fields.number("begin", .absoluteTime, &log),
      let end = fields.number("end", .absoluteTime, &log)
    else { return nil }
    guard begin < end else {
      log.error("the period ends before it begins", at: fields.place(of: "end"))
      return nil
    }
    return (begin, end)
  }

  private static func programs(
    _ fields: YAMLFields, roads: DetailedNetwork, _ log: inout DiagnosticLog
  ) -> [SignalProgram?]? {
    var programs = [SignalProgram?](repeating: nil, count: roads.controllers.count)
    let items = DetailedItems("programs", of: fields, what: "a program", keys: programKeys, &log)
    var isSound = items.fields.count == items.count
    for item in items.fields {
      guard
        let index = roads.controllerNames.index(item.required("controller", &log), "controller", &log),
        programs.indices.contains(index),
        let intervals = intervals(item, of: roads.controllers[index], &log)
      else {
        isSound = false
        continue
      }
      programs[index] = SignalProgram(
        controller: ControllerID(index), name: item["name"]?.text("name", &log) ?? "present",
        offset: item.number("offset", .absoluteTime, or: 0, &log), intervals: intervals)
    }
    guard isSound else { return nil }
    let missing = programs.indices.filter { programs[$0] == nil }
    for index in missing {
      log.error(
        "the period has no program of controller '\(roads.controllers[index].name)'", at: fields.place)
    }
    return missing.isEmpty ? programs : nil
  }

  private static func intervals(
    _ fields: YAMLFields, of controller: SignalController, _ log: inout DiagnosticLog
  ) -> [SignalInterval]? {
    guard let nodes = fields.required("intervals", &log)?.list("intervals", &log) else { return nil }
    let intervals = nodes.compactMap { node -> SignalInterval? in
      guard let row = node.list("intervals", &log) else { return nil }
      guard row.count == 2 else {
        log.error(
          "an interval is [seconds, signals], this has \(counted(row.count, "entry"))", at: node.place)
        return nil
      }
      guard let duration = row[0].number("intervals", .detailedTime, &log),
        let letters = row[1].text("intervals", &log)
      else { return nil }
      let states = letters.compactMap { SignalState(rawValue: String($0)) }
      guard states.count == letters.count else {
        log.error(
          "'\(letters)' has letters that are no signals", at: row[1].place,
          notes: [DetailedControllers.knownStates])
        return nil
      }
      guard states.count == controller.groups.count else {
        log.error(
          "'\(letters)' has \(counted(states.count, "signal")), controller '\(controller.name)' has \(counted(controller.groups.count, "group"))",
          at: row[1].place)
        return nil
      }
      guard duration > 0 else {
        log.error("an interval lasts more than 0 s", at: row[0].place)
        return nil
      }
      return SignalInterval(duration: duration, states: states)
    }
    return intervals.count == nodes.count ? intervals : nil
  }
}
