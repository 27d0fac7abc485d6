internal import NetworkBuilding
internal import TrafficModel

/// A place in an input file.
public struct SourceLocation: Hashable, Sendable {
  /// The file as the user named it.
  public var file: String
  /// 1-based line; nil when the problem is the file as a whole.
  public var line: Int?
  /// 1-based column, counted in Unicode scalars; nil when unknown.
  public var column: Int?

  /// A place in `file`.
  public init(file: String, line: Int? = nil, column: Int? = nil) {
    self.file = file
    self.line = line
    self.column = column
  }
}

/// One thing that is wrong, or suspicious, in an input.
public struct Diagnostic: Hashable, Sendable {
  /// Whether reading can go on.
  public enum Severity: String, Hashable, Sendable {
    /// The input cannot be used.
    case error
    /// The input can be used, but somebody should look.
    case warning
  }
  /// Error or warning.
  public var severity: Severity
  /// Where it is.
  public var location: SourceLocation
  /// What is wrong, in one sentence without a full stop; names the offending text.
  public var message: String
  /// The source line, for the caret to point into; nil when there is none.
  public var sourceLine: String?
  /// Hints, e.g. the nearest known name.
  public var notes: [String]

  /// A diagnostic.
  public init(
    _ severity: Severity, at location: SourceLocation, _ message: String, sourceLine: String? = nil,
    notes: [String] = []
  ) {
    self.severity = severity
    self.location = location
    self.message = message
    self.sourceLine = sourceLine
    self.notes = notes
  }

  /// The diagnostic as a person reads it: `file:line:column: error: message`, the source line with a caret,
  /// then the notes.
  public var text: String {
    var place = location.file.showingControlsInOneLine
    if let line = location.line { place += ":\(line)" }
    if let column = location.column { place += ":\(column)" }
    var lines = ["\(place): \(severity.rawValue): \(message.showingControlsInOneLine)"]
    if let sourceLine {
      lines.append("  " + sourceLine.showingControlsInOneLine)
      if let column = location.column {
        // Tabs stay tabs, so that the caret stands under the character whatever a tab's width is.
        let margin = sourceLine.unicodeScalars.prefix(column - 1).map { $0 == "\t" ? "\t" : " " }
        lines.append("  " + margin.joined() + "^")
      }
    }
    lines += notes.map { "  note: \($0.showingControlsInOneLine)" }
    return lines.joined(separator: "\n")
  }
}

/// Why an input cannot be read: every error found, and the warnings met on the way.
public struct InputFailure: Error, Hashable, Sendable {
  /// At least one of them is an error; in order of file, then place.
  public var diagnostics: [Diagnostic]

  /// A failure with these diagnostics.
  public init(_ diagnostics: [Diagnostic]) { self.diagnostics = diagnostics }

  /// A failure with one error.
  public init(_ message: String, at location: SourceLocation, notes: [String] = []) {
    diagnostics = [Diagnostic(.error, at: location, message, notes: notes)]
  }
}
