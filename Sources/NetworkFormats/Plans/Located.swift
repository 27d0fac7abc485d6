/// A place in a text.
struct Place: Hashable {
  /// 1-based.
  var line: Int
  /// 1-based, in Unicode scalars.
  var column: Int
}

/// A value read from a text, with the place where it begins.
struct Located<Value> {
  var value: Value
  var place: Place

  init(_ value: Value, at place: Place) {
    self.value = value
    self.place = place
  }
}

extension DiagnosticLog {
  /// Notes an error at a place.
  mutating func error(_ message: String, at place: Place, notes: [String] = []) {
    note(.error, message, line: place.line, column: place.column, notes: notes)
  }

  /// Notes that a name is unknown, with the nearest known one.
  mutating func unknown(_ what: String, _ name: Located<String>, known: some Sequence<String>) {
    let notes = nearestName(to: name.value, among: known).map { ["did you mean '\($0)'?"] } ?? []
    error("unknown \(what) '\(name.value)'", at: name.place, notes: notes)
  }
}
