/// A table drawn: for pictures that are a page of their own.
struct TablePicture {
  private let table: Table
  /// By column, px.
  private let widths: [Double]

  // px.
  private static let row = 11.0
  private static let letter = 5.1
  private static let boldLetter = 5.5
  private static let wideLetter = 9.3
  private static let gap = 6.5

  /// - Parameter width: px that the table fills; more where it needs more.
  init(_ table: Table, width: Double) {
    self.table = table
    var widths = table.columns.indices.map { column in
      let cells = table.sections.flatMap(\.rows).map { row in
        Self.width(row[column].page ?? row[column].text, Self.letter)
      }
      let titles = Self.pieces(table.columns[column].title.page).map { Self.width($0, Self.boldLetter) }
      let indent = column > 0 && table.columns[column].isText ? Self.gap / 2 : 0
      return max(cells.max() ?? 0, titles.max() ?? 0) + Self.gap + indent
    }
    let spare = width - widths.reduce(0, +)
    if spare > 0 { widths = widths.map { $0 + spare / Double(widths.count) } }
    self.widths = widths
  }

  /// About what a text takes, px.
  private static func width(_ text: String, _ letter: Double) -> Double {
    text.reduce(0) { $0 + ($1.displayWidth == 2 ? wideLetter : Double($1.displayWidth) * letter) }
  }

  /// px.
  var width: Double { widths.reduce(0, +) }

  /// A title of several words stands in two lines.
  private static func pieces(_ title: String) -> [String] {
    let words = title.split(separator: " ").map(String.init)
    guard words.count > 1 else { return [title] }
    // Where both lines are about as long.
    let cut = (1..<words.count).min { a, b in
      func longest(_ cut: Int) -> Int {
        max(
          words[..<cut].joined(separator: " ").displayWidth, words[cut...].joined(separator: " ").displayWidth
        )
      }
      return longest(a) < longest(b)
    }
    return [words[..<(cut ?? 1)].joined(separator: " "), words[(cut ?? 1)...].joined(separator: " ")]
  }

  private var hasHeadings: Bool { table.headings.contains { !$0.title.page.isEmpty } }
  private var titleLines: Int {
    table.columns.map { Self.pieces($0.title.page).count }.max() ?? 1
  }
  private var top: Double {
    (table.caption.isEmpty ? 0 : 14) + (hasHeadings ? Self.row : 0) + Double(titleLines) * 10 + 3
  }

  /// px.
  var height: Double { top + Double(table.sections.reduce(0) { $0 + $1.rows.count }) * Self.row + 2 }

  private func isText(_ column: Int) -> Bool { column == 0 || table.columns[column].isText }

  private func x(_ column: Int) -> Double {
    let begin = widths[..<column].reduce(0, +)
    return isText(column) ? begin + (column > 0 ? Self.gap / 2 : 0) : begin + widths[column] - Self.gap / 2
  }

  /// From the origin to the right and down.
  var elements: [String] {
    var elements: [String] = []
    if !table.caption.isEmpty { elements.append(SVG.text(table.caption, x: 0, y: 10, style: "name")) }
    if hasHeadings {
      var (column, begin) = (0, 0.0)
      for heading in table.headings {
        let end = begin + widths[column..<column + heading.columns].reduce(0, +)
        if !heading.title.page.isEmpty {
          elements.append(
            SVG.text(heading.title.page, x: (begin + end) / 2, y: 14 + 8, style: "cell head middle"))
          elements.append(SVG.line(begin + Self.gap / 2, 25, end - 2, 25, "axis"))
        }
        (column, begin) = (column + heading.columns, end)
      }
    }
    for column in table.columns.indices {
      let pieces = Self.pieces(table.columns[column].title.page)
      for (line, piece) in pieces.enumerated() {
        let y = top - 5 - Double(pieces.count - 1 - line) * 10
        elements.append(
          SVG.text(piece, x: x(column), y: y, style: "cell head" + (isText(column) ? "" : " end")))
      }
    }
    elements.append(SVG.line(0, top - 1, width, top - 1, "axis"))
    for (number, row) in table.sections.flatMap(\.rows).enumerated() {
      let y = top + Double(number) * Self.row
      for (column, cell) in row.enumerated() where !cell.text.isEmpty {
        let style = "cell" + (cell.style == .strong ? " strong" : "") + (isText(column) ? "" : " end")
        elements.append(SVG.text(cell.page ?? cell.text, x: x(column), y: y + 8.3, style: style))
      }
      elements.append(SVG.line(0, y + Self.row - 0.5, width, y + Self.row - 0.5, "rule"))
    }
    return elements
  }
}
