/// Comma-separated values (RFC 4180) with the place of every field.
enum CSVText {
  /// One line of a table; a quoted field may carry it over several lines of the file.
  struct Row {
    var fields: [Located<String>]
    /// Where the row begins.
    var place: TextPlace
  }

  /// The separator that the first line of `text` uses: spreadsheets of some countries write semicolons.
  static func separator(of text: String) -> Unicode.Scalar {
    let header = text.unicodeScalars.prefix { $0 != "\n" }
    return [",", ";", "\t"].first { header.contains($0) } ?? ","
  }

  /// The rows of `text`; lines without any content are left out, as are the ones that a spreadsheet has padded
  /// with separators.
  ///
  /// - Parameters:
  ///   - separator: what parts the fields; nil where the first line tells.
  ///   - firstLine: the number of the text's first line, where something stands before it in the log's text.
  static func rows(
    of text: String, separator: Unicode.Scalar? = nil, firstLine: Int = 1, log: inout DiagnosticLog
  ) -> [Row] {
    var scanner = Scanner(text: text, separator: separator ?? self.separator(of: text), firstLine: firstLine)
    var rows: [Row] = []
    while let row = scanner.nextRow(&log) {
      if row.fields.contains(where: { !$0.value.isEmpty }) { rows.append(row) }
    }
    return rows
  }

  /// A line of a table.
  static func line(_ fields: [String]) -> String {
    fields.map(quotedIfNeeded).joined(separator: ",") + "\n"
  }

  private static func quotedIfNeeded(_ field: String) -> String {
    let isPlain = !field.unicodeScalars.contains { ",;\t\"\r\n".unicodeScalars.contains($0) }
    if isPlain, field.first != " ", field.last != " " { return field }
    return "\"" + field.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"")
      + "\""
  }

  private struct Scanner {
    private let scalars: [Unicode.Scalar]
    private let separator: Unicode.Scalar
    private var position = 0
    /// Whether a quoted field reached the end of the text: its row is then of no use.
    private var isCutOff = false
    private var place: TextPlace

    init(text: String, separator: Unicode.Scalar, firstLine: Int) {
      scalars = Array(text.unicodeScalars)
      self.separator = separator
      place = TextPlace(line: firstLine, column: 1)
    }

    private var current: Unicode.Scalar? { position < scalars.count ? scalars[position] : nil }

    private var isAtLineEnd: Bool {
      guard let current else { return true }
      if current == "\n" { return true }
      return current == "\r" && (position + 1 == scalars.count || scalars[position + 1] == "\n")
    }

    private mutating func advance() {
      if current == "\n" {
        place = TextPlace(line: place.line + 1, column: 1)
      } else {
        place.column += 1
      }
      position += 1
    }

    mutating func nextRow(_ log: inout DiagnosticLog) -> Row? {
      guard current != nil else { return nil }
      var row = Row(fields: [], place: place)
      while true {
        row.fields.append(current == "\"" ? quotedField(&log) : plainField())
        if isCutOff { return nil }
        if current == separator {
          advance()
        } else {
          while current != nil, current != "\n" { advance() }
          if current != nil { advance() }
          return row
        }
      }
    }

    private mutating func plainField() -> Located<String> {
      let start = place
      var text = String.UnicodeScalarView()
      while let scalar = current, scalar != separator, !isAtLineEnd {
        text.append(scalar)
        advance()
      }
      return Located(value: String(text), place: start)
    }

    private mutating func quotedField(_ log: inout DiagnosticLog) -> Located<String> {
      let start = place
      var text = String.UnicodeScalarView()
      advance()
      while let scalar = current {
        advance()
        if scalar == "\"" {
          guard current == "\"" else {
            refuseRest(&log)
            return Located(value: String(text), place: start)
          }
          advance()
        }
        text.append(scalar)
      }
      log.error("the quoted field never ends", at: start, notes: ["a quote inside a field is written \"\""])
      isCutOff = true
      return Located(value: String(text), place: start)
    }

    /// Passes over what stands between a closing quote and the next separator: nothing, in a well-formed file.
    private mutating func refuseRest(_ log: inout DiagnosticLog) {
      let found = plainField()
      guard !found.value.isEmpty else { return }
      log.error(
        "'\(found.value)' follows a quoted field without a separator", at: found.place,
        notes: ["a quote inside a field is written \"\""])
    }
  }
}
