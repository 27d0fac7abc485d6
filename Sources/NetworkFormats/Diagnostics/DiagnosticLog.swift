/// Collects what is wrong with one file while its reading goes on.
struct DiagnosticLog {
  let file: String
  private let source: SourceText
  private(set) var diagnostics: [Diagnostic] = []

  /// A log for the file of a name, which holds `text`.
  init(file: String, text: String) {
    self.file = file
    source = SourceText(text: text)
  }

  /// Whether anything keeps the file from being used.
  var hasErrors: Bool { diagnostics.contains { $0.severity == .error } }

  /// Notes an error in a line; `quote` is the offending text, which the column is found by.
  mutating func error(_ message: String, line: Int, quote: String? = nil, notes: [String] = []) {
    add(.error, message, line: line, quote: quote, notes: notes)
  }

  /// Notes a warning in a line.
  mutating func warning(_ message: String, line: Int, quote: String? = nil, notes: [String] = []) {
    add(.warning, message, line: line, quote: quote, notes: notes)
  }

  /// Notes something at a known column, counted in Unicode scalars from 1.
  mutating func note(
    _ severity: Diagnostic.Severity, _ message: String, line: Int, column: Int, notes: [String] = []
  ) {
    add(severity, message, line: line, quote: nil, notes: notes)
    diagnostics[diagnostics.count - 1].location.column = column
  }

  /// Notes a warning about the file as a whole.
  mutating func warning(_ message: String, notes: [String] = []) {
    diagnostics.append(Diagnostic(.warning, at: SourceLocation(file: file), message, notes: notes))
  }

  /// Notes an error about the file as a whole.
  mutating func error(_ message: String, notes: [String] = []) {
    diagnostics.append(Diagnostic(.error, at: SourceLocation(file: file), message, notes: notes))
  }

  /// Takes in what another reading of the same file found.
  mutating func append(_ others: [Diagnostic]) { diagnostics += others }

  private mutating func add(
    _ severity: Diagnostic.Severity, _ message: String, line: Int, quote: String?, notes: [String]
  ) {
    // Quoting costs a walk through the text; a file with thousands of errors is not read line by line.
    let sourceLine = diagnostics.count < 200 ? source.line(line) : nil
    var column: Int?
    if let sourceLine, let quote { column = Self.column(of: quote, in: sourceLine) }
    diagnostics.append(
      Diagnostic(
        severity, at: SourceLocation(file: file, line: line, column: column), message,
        sourceLine: sourceLine, notes: notes))
  }
}

extension DiagnosticLog {
  /// The 1-based column of a text in a line, in Unicode scalars: of a whole quoted value rather than of the same
  /// letters inside some other word.
  private static func column(of quote: String, in line: String) -> Int? {
    guard !quote.isEmpty else { return nil }
    for mark in ["\"", "'", ""] {
      guard let range = line.firstRange(of: mark + quote + mark) else { continue }
      return line.unicodeScalars.distance(from: line.startIndex, to: range.lowerBound) + 1 + mark.count
    }
    return nil
  }

  /// Notes that a name is unknown, with the nearest known one.
  mutating func unknown(_ what: String, _ name: String, line: Int, known: some Sequence<String>) {
    let notes = nearestName(to: name, among: known).map { ["did you mean '\($0)'?"] } ?? []
    error("unknown \(what) '\(name)'", line: line, quote: name, notes: notes)
  }
}
