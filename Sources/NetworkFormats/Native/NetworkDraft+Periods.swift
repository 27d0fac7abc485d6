internal import NetworkBuilding
internal import TrafficModel

extension PeriodDraft {
  static let keys = ["time", "slice", "counts", "routes", "plans"]

  init(_ entry: YAMLNode.Entry, _ log: inout DiagnosticLog) {
    self.init(entry.key)
    checkName(name, what: "period", &log)
    guard let fields = entry.value.fields("period '\(name.value)'", keys: Self.keys, &log) else { return }
    if let time = fields.required("time", &log), let range = Self.time(time, &log) { (begin, end) = range }
    read(fields, of: "period", &log)
    if fields["counts"] == nil, fields["routes"] == nil {
      log.error("period '\(name.value)' has neither 'counts' nor 'routes'", at: name.place)
    }
  }

  /// What periods and days have in common.
  mutating func read(_ fields: YAMLFields, of what: String, _ log: inout DiagnosticLog) {
    if let node = fields["slice"], let minutes = node.number("slice", .minutes, &log) {
      slice = minutes * 60
      let slices = (end - begin) / slice
      if slices != slices.rounded() {
        log.error(
          "the \(what)'s \(plainNumber((end - begin) / 60)) minutes are not a whole number of slices",
          at: node.place)
      }
    }
    for junction in fields["counts"]?.entries("counts", &log) ?? [] { readCounts(of: junction, &log) }
    for route in fields["routes"]?.list("routes", &log) ?? [] {
      if let route = RouteDraft(route, &log) { routes.append(route) }
    }
    for plan in fields["plans"]?.entries("plans", &log) ?? [] {
      if let read = PlanDraft(plan.value, &log) { plans.append((plan.key, read)) }
    }
  }

  private mutating func readCounts(of junction: YAMLNode.Entry, _ log: inout DiagnosticLog) {
    for leg in junction.value.entries(junction.key.value, &log) ?? [] {
      for turn in leg.value.entries(leg.key.value, &log) ?? [] {
        let rule = turn.key.value == "P" ? NumberRule.pedestrians : .flow
        guard let flow = FlowDraft(turn.value, what: turn.key.value, rule: rule, &log) else { continue }
        counts.append(CountDraft(junction: junction.key, leg: leg.key, turn: turn.key, flow: flow))
      }
    }
  }

  /// `07:30-08:30`; an end before the begin is on the next day.
  static func time(_ node: YAMLNode, _ log: inout DiagnosticLog) -> (Double, Double)? {
    guard let text = node.text("time", &log) else { return nil }
    let ends = text.split(separator: "-", omittingEmptySubsequences: false).map { clock($0) }
    guard ends.count == 2, let begin = ends[0], let end = ends[1], begin != end, begin < 86_400 else {
      log.error("'time' must be like 07:30-08:30, not '\(text)'", at: node.place)
      return nil
    }
    return (begin, end > begin ? end : end + 86_400)
  }

  /// Seconds from midnight of `h:mm`, up to 24:00.
  private static func clock(_ text: Substring) -> Double? {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2, (1...2).contains(parts[0].count), parts[1].count == 2,
      parts.allSatisfy({ $0.utf8.allSatisfy { (48...57).contains($0) } }),
      let hours = Int(parts[0]), let minutes = Int(parts[1]), minutes < 60, hours * 60 + minutes <= 1440
    else { return nil }
    return Double(hours * 3600 + minutes * 60)
  }
}

extension FlowDraft {
  init?(_ node: YAMLNode, what: String, rule: NumberRule, _ log: inout DiagnosticLog) {
    guard case .sequence = node.content else {
      guard let flow = node.number(what, rule, &log) else { return nil }
      self = .rate(Quantities.perSecond(vehiclesPerHour: flow))
      return
    }
    guard let nodes = node.list(what, &log) else { return nil }
    let counts = nodes.compactMap { $0.number(what, .count, &log) }
    guard counts.count == nodes.count else { return nil }
    self = .perSlice(counts, node.place)
  }
}

extension RouteDraft {
  static let keys = ["from", "via", "to", "flow"]

  init?(_ node: YAMLNode, _ log: inout DiagnosticLog) {
    guard let fields = node.fields("a route", keys: Self.keys, &log) else { return nil }
    let from = fields.required("from", &log)?.located("from", &log)
    let via = fields["via"]?.list("via", &log)?.map { $0.located("via", &log) } ?? []
    let to = fields.required("to", &log)?.located("to", &log)
    let stops = ([from] + via + [to]).compactMap { $0 }
    guard
      let flow = fields.required("flow", &log).flatMap({ FlowDraft($0, what: "flow", rule: .flow, &log) }),
      stops.count == via.count + 2
    else { return nil }
    self.init(stops: stops, flow: flow, place: node.place)
  }
}
