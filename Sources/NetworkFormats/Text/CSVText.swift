internal import NetworkBuilding
internal import TrafficModel

/// Comma-separated values (RFC 4180) with the place of every field.
enum CSVText {
  /// One line of a table; a quoted field may carry it over several lines of the file.
  struct Row {
    var fields: [Located<String>]
    /// Where the row begins.
    var place: TextPlace
  }

  /// The rows of `text` that hold something.
  ///
  /// - Parameters:
  ///   - separator: what parts the fields; nil where the first line tells.
  ///   - firstLine: the number of the text's first line, where something stands before it in the log's text.
  static func rows(
    of text: String, separator: UInt8? = nil, firstLine: Int = 1, log: inout DiagnosticLog
  ) -> [Row] {
    let fields = CSVFields(text, separator: separator)
    func moved(_ place: TextPlace) -> TextPlace {
      TextPlace(line: place.line + firstLine - 1, column: place.column)
    }
    for flaw in fields.flaws { log.error(flaw.message, at: moved(flaw.place), notes: flaw.notes) }
    return (0..<fields.rowCount).map { row in
      Row(
        fields: (0..<fields.width(row)).map { column in
          Located(value: fields.value(row, column), place: moved(fields.place(row, column)))
        }, place: moved(fields.place(row, 0)))
    }
  }

  /// A line of a table, which spreadsheets may open: a name that they would run has an apostrophe in front.
  static func line(_ fields: [String]) -> String {
    fields.map(quotedIfNeeded).joined(separator: ",") + "\n"
  }

  private static func quotedIfNeeded(_ text: String) -> String {
    let field = (isFormula(text) ? "'" : "") + text.showingControls
    let isPlain = !field.unicodeScalars.contains { ",;\t\"\r\n".unicodeScalars.contains($0) }
    if isPlain, field.first != " ", field.last != " " { return field }
    return "\"" + field.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"")
      + "\""
  }

  // MARK: Formulas

  /// A field without the apostrophe that `line` puts in front of what spreadsheets would run.
  static func withoutApostrophe(_ field: String) -> String {
    field.utf8.first == UInt8(ascii: "'") && isFormula(String(field.dropFirst()))
      ? String(field.dropFirst()) : field
  }

  /// Whether spreadsheets run a field instead of showing it, or would without apostrophes in front.
  ///
  /// Names with a sign in front are only names, as of SUMO's edges, unless they also call or refer to something.
  private static func isFormula(_ field: String) -> Bool {
    let text = field.utf8.drop { $0 == UInt8(ascii: "'") || $0 <= 0x20 }
    switch text.first {
    case UInt8(ascii: "="), UInt8(ascii: "@"): return true
    case UInt8(ascii: "+"), UInt8(ascii: "-"): return text.contains { "(|!".utf8.contains($0) }
    default: return false
    }
  }
}
