/// A table of text for a terminal, its columns as wide as they need to be.
struct TextTable {
  /// A column: how its cells stand, and how far it is from the column before.
  struct Column {
    var isRightAligned: Bool
    var gap: Int

    static func left(gap: Int = 2) -> Column { Column(isRightAligned: false, gap: gap) }
    static func right(gap: Int = 2) -> Column { Column(isRightAligned: true, gap: gap) }
  }
  /// A heading above several columns.
  struct Heading {
    var title: String
    /// How many columns it stands above.
    var columns: Int
  }

  let columns: [Column]
  /// Together above all columns, or none.
  var headings: [Heading] = []
  /// Each with a cell for each column.
  var rows: [[String]]

  /// The lines, without spaces at their ends.
  var lines: [String] {
    let widths = widths
    var lines: [String] = []
    if !headings.isEmpty { lines.append(headingLine(widths)) }
    for row in rows {
      let cells = columns.indices.map { index in
        let cell = row[index]
        let text =
          columns[index].isRightAligned
          ? cell.rightAligned(to: widths[index]) : cell.padded(to: widths[index])
        return gap(index) + text
      }
      lines.append(Self.withoutTrailingSpaces(cells.joined()))
    }
    return lines
  }

  private func gap(_ column: Int) -> String {
    String(repeating: " ", count: column == 0 ? 0 : columns[column].gap)
  }

  private var widths: [Int] {
    var widths = columns.indices.map { column in rows.map { $0[column].displayWidth }.max() ?? 0 }
    var first = 0
    for heading in headings {
      let range = first..<(first + heading.columns)
      let available = width(of: range, widths)
      // A heading wider than its columns widens the first of them, so that numbers stay under its end.
      widths[first] += max(0, heading.title.displayWidth - available)
      first = range.upperBound
    }
    return widths
  }

  private func width(of range: Range<Int>, _ widths: [Int]) -> Int {
    range.reduce(0) { $0 + widths[$1] + ($1 == range.lowerBound ? 0 : columns[$1].gap) }
  }

  private func headingLine(_ widths: [Int]) -> String {
    var line = ""
    var first = 0
    for heading in headings {
      let range = first..<(first + heading.columns)
      let width = width(of: range, widths)
      let isRight = columns[first].isRightAligned
      line +=
        gap(first)
        + (isRight ? heading.title.rightAligned(to: width) : heading.title.padded(to: width))
      first = range.upperBound
    }
    return Self.withoutTrailingSpaces(line)
  }

  private static func withoutTrailingSpaces(_ line: String) -> String {
    var line = line
    while line.last == " " { line.removeLast() }
    return line
  }
}
