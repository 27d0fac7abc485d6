extension Table {
  /// The table for a page, in a frame that scrolls where it is too wide: the first column has the rows' names.
  var html: [String] {
    var lines = [
      "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"\(escaped(caption))\"><table>",
      "<caption>\(escaped(caption))</caption><thead>",
    ]
    if headings.contains(where: { !$0.title.page.isEmpty }) {
      lines.append("<tr>\(pageHeadings.joined())</tr>")
    }
    let titles = shown.map { index in
      "<th scope=\"col\"\(isText(index) ? " class=\"t\"" : "")>\(escaped(columns[index].title.page))</th>"
    }
    lines.append("<tr>\(titles.joined())</tr></thead><tbody>")
    for section in sections where !section.rows.isEmpty {
      if let title = section.title {
        lines.append(
          "<tr class=\"group\"><th colspan=\"\(shown.count)\" scope=\"rowgroup\">\(escaped(title))</th></tr>")
      }
      lines += section.rows.map(row)
    }
    return lines + ["</tbody></table></div>"]
  }

  /// The columns of pages, by position.
  private var shown: [Int] { columns.indices.filter { columns[$0].isOnPages } }

  private func isText(_ column: Int) -> Bool { column == 0 || columns[column].isText }

  private func row(_ cells: [Cell]) -> String {
    let data = shown.dropFirst().map { index in
      "<td\(isText(index) ? " class=\"t\"" : "")>\(cells[index].html)</td>"
    }
    return "<tr><th scope=\"row\">\(cells[0].html)</th>\(data.joined())</tr>"
  }

  /// One cell for each heading, and one for neighbours without any.
  private var pageHeadings: [String] {
    var merged: [(title: String, columns: Int)] = []
    var left = columns[...]
    for (title, count) in headings {
      let columns = left.prefix(count).count(where: \.isOnPages)
      left = left.dropFirst(count)
      if title.page.isEmpty, let last = merged.last, last.title.isEmpty {
        merged[merged.count - 1].columns += columns
      } else {
        merged.append((title.page, columns))
      }
    }
    return merged.map { title, columns in
      title.isEmpty
        ? "<td colspan=\"\(columns)\"></td>"
        : "<th colspan=\"\(columns)\" scope=\"colgroup\">\(escaped(title))</th>"
    }
  }
}

extension Cell {
  /// The cell for a page; lines of its text under each other.
  var html: String {
    var html = (page ?? text).split(separator: "\n").map { escaped(String($0)) }.joined(separator: "<br/>")
    switch style {
    case .plain: break
    case .strong: html = "<strong>\(html)</strong>"
    case .code: html = "<code>\(html)</code>"
    }
    if let address { html = "<a href=\"\(address)\">\(html)</a>" }
    return small.isEmpty ? html : "\(html) <small>\(escaped(small))</small>"
  }
}
