extension Table {
  /// The table for a terminal in the present `ReportLayout`; no lines without rows.
  var lines: [String] {
    guard !isEmpty else { return [] }
    var rows = [columns.map { Cell($0.title.terminal) }] + sections.flatMap(\.rows)
    guard case .rest = columns[0].room else { return lines(rows) }
    // Names take what the numbers leave.
    let widest = lines(rows.map { [""] + $0.dropFirst() }).map(\.displayWidth).max() ?? 0
    let room = max(Self.shortestName, ReportLayout.current.width - widest)
    for row in rows.indices { rows[row][0].text = rows[row][0].text.truncated(to: room) }
    return lines(rows)
  }

  private static let shortestName = 10

  private func lines(_ rows: [[Cell]]) -> [String] {
    TextTable(
      columns: columns.flatMap { column -> [TextTable.Column] in
        let own = TextTable.Column(isRightAligned: !column.isText, gap: column.isClose ? 1 : 2)
        return column.hasSmall ? [own, .left(gap: 1)] : [own]
      }, headings: textHeadings, rows: rows.map { zip(columns, $0).flatMap(texts) }
    ).lines
  }

  /// A cell, cut to the room of its column, and what is small beside it.
  private func texts(_ column: Column, _ cell: Cell) -> [String] {
    var text = cell.text
    if case .atMost(let room) = column.room { text = text.truncated(to: room) }
    text = ReportLayout.current.painted(text, cell.tone)
    return column.hasSmall ? [text, cell.small] : [text]
  }

  private var textHeadings: [TextTable.Heading] {
    guard headings.contains(where: { !$0.title.terminal.isEmpty }) else { return [] }
    var left = columns[...]
    return headings.map { heading in
      let own = left.prefix(heading.columns)
      left = left.dropFirst(heading.columns)
      return TextTable.Heading(
        title: heading.title.terminal, columns: own.reduce(0) { $0 + ($1.hasSmall ? 2 : 1) })
    }
  }
}
