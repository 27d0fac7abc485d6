internal import NetworkBuilding
internal import TrafficModel

extension RingsDraft {
  static let keys = ["phases", "order", "actuated"]

  /// Rings and barriers of phases 1 to 8 where nobody says others (NEMA TS 2).
  private static let usual = [[[1, 2], [3, 4]], [[5, 6], [7, 8]]]

  init?(_ node: YAMLNode, _ log: inout DiagnosticLog) {
    guard let fields = node.fields("'rings'", keys: Self.keys, &log) else { return nil }
    let entries = fields.required("phases", &log)?.entries("phases", &log) ?? []
    var read: [Phase] = []
    for entry in entries {
      guard let number = Self.number(entry.key, &log),
        let items = entry.value.list("phase \(number)", &log)
      else { continue }
      read.append(
        Phase(
          number: number,
          items: StageDraft(
            items.compactMap { $0.located("phase \(number)", &log) }, place: entry.value.place)))
    }
    if let node = fields["actuated"] { PhaseActuation.read(node, into: &read, &log) }
    self.init(phases: read, order: [], place: node.place)
    if let node = fields["order"] {
      order = Self.order(node, &log) ?? []
      if order.isEmpty { return nil }
    } else if phases.allSatisfy({ $0.number <= 8 }) {
      let numbers = Set(phases.map(\.number))
      order = Self.usual.compactMap { ring in
        let segments = ring.map { $0.filter(numbers.contains) }
        guard segments.contains(where: { !$0.isEmpty }) else { return nil }
        let text = RingOrderText.text(segments.map { $0.map { RingOrderText.Phase(number: $0) } })
        return Located(value: text, place: place)
      }
    } else {
      log.error(
        "'rings' has phases beyond 8, so it needs 'order'", at: place,
        notes: ["one text for each ring, the barrier between: order: [1 2 | 3 4, 5 6 | 7 8]"])
      return nil
    }
    if read.isEmpty || read.count < entries.count { return nil }
  }

  /// A list of texts, one for each ring.
  static func order(_ node: YAMLNode, _ log: inout DiagnosticLog) -> [Located<String>]? {
    guard let nodes = node.list("order", &log) else { return nil }
    let texts = nodes.compactMap { node -> Located<String>? in
      guard let text = node.located("order", &log) else { return nil }
      guard RingOrderText(text.value) != nil else {
        log.error(
          "'\(text.value)' is no order of a ring's phases", at: text.place,
          notes: [
            "numbers with the barrier between, e.g. 1 2 | 3 4; 1 > 2 keeps its order, (1) may be left out"
          ])
        return nil
      }
      return text
    }
    return texts.count == nodes.count ? texts : nil
  }

  /// Splits by number of the phase, s.
  static func splits(
    _ node: YAMLNode, _ log: inout DiagnosticLog
  ) -> [(number: Located<Int>, seconds: Double)]? {
    guard let entries = node.entries("split", &log) else { return nil }
    let rule = NumberRule(range: 1...600, unit: "s")
    let splits = entries.compactMap { entry -> (number: Located<Int>, seconds: Double)? in
      guard let number = number(entry.key, &log),
        let seconds = entry.value.number("split", rule, &log)
      else { return nil }
      return (Located(value: number, place: entry.key.place), seconds)
    }
    return splits.count == entries.count ? splits : nil
  }

  static func number(_ key: Located<String>, _ log: inout DiagnosticLog) -> Int? {
    if let number = Int(key.value), (1...RingOrderText.largest).contains(number) { return number }
    log.error("a phase's number is 1 … \(RingOrderText.largest), not '\(key.value)'", at: key.place)
    return nil
  }
}
