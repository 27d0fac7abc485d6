/// A text that diagnostics quote lines of.
struct SourceText {
  let text: String

  /// Longer lines are not quoted: machines write files with all on one line.
  private static let longestQuote = 300

  /// The line with a 1-based number, without its end; nil when there is none, or it is too long to quote.
  func line(_ number: Int) -> String? {
    // By scalars: as characters, "\r\n" would be one and no line end.
    let lines = text.unicodeScalars.split(
      separator: "\n", maxSplits: number, omittingEmptySubsequences: false)
    guard number >= 1, number <= lines.count else { return nil }
    let line = String(lines[number - 1])
    guard line.utf8.count <= Self.longestQuote else { return nil }
    return line.hasSuffix("\r") ? String(line.dropLast()) : line
  }
}
