internal import NetworkBuilding

/// Collects what is wrong with one file while its reading goes on.
struct DiagnosticLog {
  /// A diagnostic whose line is still to be quoted.
  private struct Entry {
    var diagnostic: Diagnostic
    /// The offending text, which the column is found by.
    var quote: String?
    var isQuoted: Bool
  }
  let file: String
  private let source: SourceText
  private var entries: [Entry] = []

  /// A log for the file of a name, which holds `text`.
  init(file: String, text: String) {
    self.file = file
    source = .text(text)
  }

  /// A log for an XML file, whose text is nowhere in memory.
  init(_ file: InputFile) {
    self.file = file.path
    source = .file(file)
  }

  /// A log for the same file, with nothing in it.
  var emptied: DiagnosticLog {
    var log = self
    log.entries = []
    return log
  }

  /// How many there are.
  var count: Int { entries.count }

  /// Whether anything keeps the file from being used.
  var hasErrors: Bool { entries.contains { $0.diagnostic.severity == .error } }

  /// Notes an error about something that begins at a place; `quote` is the offending text in it, which the column is found by.
  mutating func error(_ message: String, at place: TextPlace, quote: String?, notes: [String] = []) {
    add(.error, message, at: place, quote: quote, notes: notes)
  }

  /// Notes a warning about something that begins at a place.
  mutating func warning(_ message: String, at place: TextPlace, quote: String?, notes: [String] = []) {
    add(.warning, message, at: place, quote: quote, notes: notes)
  }

  /// Notes something at a known column, counted in Unicode scalars from 1.
  mutating func note(
    _ severity: Diagnostic.Severity, _ message: String, line: Int, column: Int, notes: [String] = []
  ) {
    add(severity, message, at: TextPlace(line: line, column: column), quote: nil, notes: notes)
  }

  /// Notes a warning about the file as a whole.
  mutating func warning(_ message: String, notes: [String] = []) {
    append([Diagnostic(.warning, at: SourceLocation(file: file), message, notes: notes)])
  }

  /// Notes an error about the file as a whole.
  mutating func error(_ message: String, notes: [String] = []) {
    append([Diagnostic(.error, at: SourceLocation(file: file), message, notes: notes)])
  }

  /// Takes in what another reading of the same file found.
  mutating func append(_ others: [Diagnostic]) {
    entries += others.map { Entry(diagnostic: $0, quote: nil, isQuoted: true) }
  }

  /// Takes in what other tasks found, each of them in a log of its own.
  mutating func append(_ other: DiagnosticLog) {
    for var entry in other.entries {
      entry.isQuoted = entry.isQuoted || entries.count >= Self.mostQuoted
      entries.append(entry)
    }
  }

  private mutating func add(
    _ severity: Diagnostic.Severity, _ message: String, at place: TextPlace, quote: String?, notes: [String]
  ) {
    let place = SourceLocation(file: file, line: place.line, column: place.column)
    entries.append(
      Entry(
        diagnostic: Diagnostic(severity, at: place, message, notes: notes), quote: quote,
        isQuoted: entries.count >= Self.mostQuoted))
  }

  /// Further lines are not quoted: nobody reads on.
  private static let mostQuoted = 200
}

// MARK: - Quoting

extension DiagnosticLog {
  /// All that was noted, in order, with the lines that it is about.
  ///
  /// Each call walks through the source once.
  var diagnostics: [Diagnostic] {
    var wanted: Set<Int> = []
    for entry in entries where !entry.isQuoted {
      if let line = entry.diagnostic.location.line { wanted.formUnion(lines(of: entry, from: line)) }
    }
    let found = source.lines(wanted)
    return entries.map { entry in
      entry.isQuoted ? entry.diagnostic : quoted(entry, found)
    }
  }

  /// The lines that a diagnostic may be about: an XML tag may go on over some more.
  private func lines(of entry: Entry, from line: Int) -> ClosedRange<Int> {
    if case .file = source, entry.quote != nil { return line...(line + Self.longestTag - 1) }
    return line...line
  }

  /// In an XML tag that is no longer than this, lines, the offending attribute is looked for.
  private static let longestTag = 12

  private func quoted(_ entry: Entry, _ found: [Int: String]) -> Diagnostic {
    var diagnostic = entry.diagnostic
    guard let first = diagnostic.location.line else { return diagnostic }
    diagnostic.sourceLine = found[first]
    guard let quote = entry.quote else { return diagnostic }
    for line in lines(of: entry, from: first) {
      guard let text = found[line] else { break }
      let begin = line == first ? (diagnostic.location.column ?? 1) - 1 : 0
      if let column = Self.column(of: quote, in: text, from: begin) {
        (diagnostic.location.line, diagnostic.location.column) = (line, column)
        diagnostic.sourceLine = text
        break
      }
      if text.unicodeScalars.dropFirst(begin).contains(">") { break }
    }
    return diagnostic
  }

  /// The 1-based column of a text in a line, in Unicode scalars: of a whole quoted value rather than of the same
  /// letters inside some other word.
  ///
  /// - Parameter begin: scalars before the place where what is told of begins.
  private static func column(of quote: String, in line: String, from begin: Int) -> Int? {
    let rest = line.unicodeScalars.dropFirst(begin)
    guard !quote.isEmpty, !rest.isEmpty else { return nil }
    for mark in ["\"", "'", ""] {
      guard let range = rest.firstRange(of: (mark + quote + mark).unicodeScalars) else { continue }
      return begin + rest.distance(from: rest.startIndex, to: range.lowerBound) + 1 + mark.count
    }
    return nil
  }

  /// Notes that a name is unknown, with the nearest known one.
  mutating func unknown(_ what: String, _ name: String, at place: TextPlace, known: some Sequence<String>) {
    let notes = nearestName(to: name, among: known).map { ["did you mean '\($0)'?"] } ?? []
    error("unknown \(what) '\(name)'", at: place, quote: name, notes: notes)
  }
}
