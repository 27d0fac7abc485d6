internal import NetworkBuilding

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
}
