internal import NetworkBuilding

/// A YAML value with its place.
struct YAMLNode: Sendable {
  /// A key of a mapping with its value.
  struct Entry: Sendable {
    var key: Located<String>
    var value: YAMLNode
  }
  enum Content: Sendable {
    /// `isPlain` is false for quoted texts, which are never numbers.
    case scalar(String, isPlain: Bool)
    case sequence([YAMLNode])
    case mapping([Entry])
  }
  var content: Content
  var place: TextPlace

  /// What it is, for messages.
  var kind: String {
    switch content {
    case .scalar("", true): "nothing"
    case .scalar(let text, true): "'\(text)'"
    case .scalar(let text, false): "the text '\(text)'"
    case .sequence: "a list"
    case .mapping: "a mapping"
    }
  }
}

extension DiagnosticLog: ProblemLog {
  /// Notes an error at a place.
  mutating func error(_ message: String, at place: TextPlace, notes: [String]) {
    note(.error, message, line: place.line, column: place.column, notes: notes)
  }

  /// Notes a warning at a place.
  mutating func warning(_ message: String, at place: TextPlace, notes: [String]) {
    note(.warning, message, line: place.line, column: place.column, notes: notes)
  }
}
