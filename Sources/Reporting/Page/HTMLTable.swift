/// A table of a page: the first column has the rows' names, the others numbers.
struct HTMLTable {
  /// A heading over some columns.
  struct Heading {
    var title: String
    var columns = 1
  }
  var caption: String
  /// The upper row of headings; empty where one row is enough.
  var groups: [Heading] = []
  /// The titles of the columns.
  var columns: [String]
  /// Columns whose cells are text, which begins at the left; the first one always does.
  var texts: Set<Int> = []
  private(set) var rows: [String] = []

  init(caption: String, groups: [Heading] = [], columns: [String], texts: Set<Int> = []) {
    (self.caption, self.groups, self.columns, self.texts) = (caption, groups, columns, texts)
  }

  /// Adds a row.
  ///
  /// - Parameters:
  ///   - name: of the row, as HTML.
  ///   - cells: as HTML, one fewer than the columns.
  mutating func add(_ name: String, _ cells: [String], style: String = "") {
    let data = cells.enumerated().map { index, cell in
      texts.contains(index + 1) ? "<td class=\"t\">\(cell)</td>" : "<td>\(cell)</td>"
    }.joined()
    rows.append("<tr\(style.isEmpty ? "" : " class=\"\(style)\"")><th scope=\"row\">\(name)</th>\(data)</tr>")
  }

  /// Adds a line over the rows that follow.
  mutating func addGroup(_ title: String) {
    rows.append(
      "<tr class=\"group\"><th colspan=\"\(columns.count)\" scope=\"rowgroup\">\(escaped(title))</th></tr>")
  }

  /// The table, in a frame that scrolls where it is too wide.
  var html: [String] {
    var lines = [
      "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"\(escaped(caption))\"><table>",
      "<caption>\(escaped(caption))</caption><thead>",
    ]
    if !groups.isEmpty {
      let cells = groups.map { group in
        group.title.isEmpty
          ? "<td colspan=\"\(group.columns)\"></td>"
          : "<th colspan=\"\(group.columns)\" scope=\"colgroup\">\(escaped(group.title))</th>"
      }
      lines.append("<tr>\(cells.joined())</tr>")
    }
    let titles = columns.enumerated().map { index, title in
      "<th scope=\"col\"\(index == 0 || texts.contains(index) ? " class=\"t\"" : "")>\(escaped(title))</th>"
    }
    lines += ["<tr>\(titles.joined())</tr></thead><tbody>"] + rows + ["</tbody></table></div>"]
    return lines
  }
}
