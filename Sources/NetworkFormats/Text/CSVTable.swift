/// Tables that spreadsheets open: commas between fields, and what a spreadsheet would run made plain.
public enum CSVTable {
  /// The text of a table.
  ///
  /// - Parameter rows: the first has the names of the columns.
  public static func text(_ rows: [[String]]) -> String { marked(rows.map(CSVText.line).joined()) }

  /// A text that begins with a byte order mark when it holds more than ASCII: spreadsheets need it to show names in other
  /// scripts, and tools that read plain ASCII stumble over it.
  static func marked(_ text: String) -> String {
    (text.utf8.allSatisfy { $0 < 0x80 } ? "" : byteOrderMark) + text
  }

  /// U+FEFF.
  static let byteOrderMark = "\u{FEFF}"
}
