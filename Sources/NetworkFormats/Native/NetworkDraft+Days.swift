internal import NetworkBuilding
internal import TrafficModel

extension PeriodDraft {
  static let dayKeys = ["time", "slice", "profile", "counts", "routes", "plans"]

  /// A type of day: a period that is all day long where nothing else is said, and whose demand may be given as
  /// multiples of periods' flows.
  init(day entry: YAMLNode.Entry, _ log: inout DiagnosticLog) {
    self.init(entry.key, end: DaySchedule.dayLength)
    checkName(name, what: "day", &log)
    guard let fields = entry.value.fields("day '\(name.value)'", keys: Self.dayKeys, &log) else { return }
    if let time = fields["time"], let range = Self.time(time, &log) { (begin, end) = range }
    read(fields, of: "day", &log)
    for factors in fields["profile"]?.entries("profile", &log) ?? [] {
      if let read = FactorsDraft(factors, &log) { profile.append((factors.key, read)) }
    }
    switch (fields["profile"] != nil, fields["counts"] != nil || fields["routes"] != nil) {
    case (false, false):
      log.error("day '\(name.value)' has none of 'profile', 'counts' and 'routes'", at: name.place)
    case (true, true):
      log.error(
        "day '\(name.value)' has a 'profile', and so no 'counts' or 'routes' of its own",
        at: fields.place(of: "profile"))
    default: break
    }
  }
}

extension FactorsDraft {
  init?(_ entry: YAMLNode.Entry, _ log: inout DiagnosticLog) {
    let place = entry.value.place
    guard case .sequence = entry.value.content else {
      guard let factor = entry.value.number(entry.key.value, .factor, &log) else { return nil }
      self.init(values: [factor], isPerSlice: false, place: place)
      return
    }
    guard let nodes = entry.value.list(entry.key.value, &log) else { return nil }
    let values = nodes.compactMap { $0.number(entry.key.value, .factor, &log) }
    guard values.count == nodes.count else { return nil }
    self.init(values: values, isPerSlice: true, place: place)
  }
}
