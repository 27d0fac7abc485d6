internal import NetworkBuilding

/// Reading of values; what is wrong goes to the log and nil comes back.
extension YAMLNode {
  /// A number that keeps to a rule.
  func number(_ what: String, _ rule: NumberRule, _ log: inout DiagnosticLog) -> Double? {
    guard case .scalar(let text, isPlain: true) = content, let number = Self.decimal(text) else {
      log.error("'\(what)' must be a number, \(rule.bounds), not \(kind)", at: place)
      return nil
    }
    if let problem = rule.problem(with: number, of: "'\(what)'", text: text) {
      log.error(problem, at: place)
      return nil
    }
    return number
  }

  /// A whole number that keeps to a rule.
  func wholeNumber(_ what: String, _ rule: NumberRule, _ log: inout DiagnosticLog) -> Int? {
    guard let number = number(what, rule, &log) else { return nil }
    guard let whole = Int(whole: number, in: Int.min...Int.max) else {
      log.error("'\(what)' must be a whole number, not \(plainNumber(number))", at: place)
      return nil
    }
    return whole
  }

  /// A text that is not empty.
  func text(_ what: String, _ log: inout DiagnosticLog) -> String? {
    guard case .scalar(let text, _) = content, !text.isEmpty else {
      log.error("'\(what)' must be a text, not \(kind)", at: place)
      return nil
    }
    return text
  }

  /// A text with its place.
  func located(_ what: String, _ log: inout DiagnosticLog) -> Located<String>? {
    text(what, &log).map { Located(value: $0, place: place) }
  }

  /// One of a few words.
  func word<Word: RawRepresentable & CaseIterable>(
    _ what: String, _ log: inout DiagnosticLog
  ) -> Word? where Word.RawValue == String {
    guard let text = text(what, &log) else { return nil }
    if let word = Word(rawValue: text) { return word }
    log.unknown(
      "value of '\(what)':", Located(value: text, place: place), known: Word.allCases.map(\.rawValue))
    return nil
  }

  /// A list that is not empty.
  func list(_ what: String, _ log: inout DiagnosticLog) -> [YAMLNode]? {
    guard case .sequence(let nodes) = content else {
      log.error("'\(what)' must be a list, not \(kind)", at: place)
      return nil
    }
    guard !nodes.isEmpty else {
      log.error("'\(what)' is an empty list", at: place)
      return nil
    }
    return nodes
  }

  /// A mapping from names that the user chooses; not empty.
  func entries(_ what: String, _ log: inout DiagnosticLog) -> [Entry]? {
    guard case .mapping(let entries) = content else {
      log.error("'\(what)' must be a mapping, not \(kind)", at: place)
      return nil
    }
    guard !entries.isEmpty else {
      log.error("'\(what)' is an empty mapping", at: place)
      return nil
    }
    return entries
  }

  /// A mapping with keys that the format knows; others are errors.
  func fields(_ what: String, keys: [String], _ log: inout DiagnosticLog) -> YAMLFields? {
    guard case .mapping(let entries) = content else {
      log.error("\(what) must be a mapping, not \(kind)", at: place)
      return nil
    }
    for entry in entries where !keys.contains(entry.key.value) {
      log.unknown("key", entry.key, known: keys)
    }
    return YAMLFields(what: what, place: place, entries: entries)
  }

  /// The number of a decimal text; nil for anything else that `Double` would take, such as hexadecimals or `nan`.
  private static func decimal(_ text: String) -> Double? {
    guard text.utf8.allSatisfy({ "+-.eE0123456789".utf8.contains($0) }), let number = Double(text),
      number.isFinite
    else { return nil }
    return number
  }
}

/// The entries of a mapping whose keys the format knows.
struct YAMLFields: Sendable {
  let what: String
  let place: TextPlace
  let entries: [YAMLNode.Entry]

  /// The value of a key; nil when it is absent.
  subscript(key: String) -> YAMLNode? { entries.first { $0.key.value == key }?.value }

  /// The place of a key.
  func place(of key: String) -> TextPlace { entries.first { $0.key.value == key }?.key.place ?? place }

  /// The value of a key that must be there.
  func required(_ key: String, _ log: inout DiagnosticLog) -> YAMLNode? {
    if let node = self[key] { return node }
    log.error("\(what) has no '\(key)'", at: place)
    return nil
  }
}
