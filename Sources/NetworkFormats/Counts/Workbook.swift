internal import NetworkBuilding

/// The sheets of a workbook (Office Open XML, ISO/IEC 29500): cells as text, a row to a line.
struct Workbook {
  /// A sheet as tab-separated text: row n is line n, so that places in the text are places in the sheet.
  struct Sheet {
    var name: String
    var text: String
  }
  /// In the workbook's order.
  let sheets: [Sheet]

  /// More cells in one sheet are not read.
  private static let mostCells = 1_000_000
  /// Where a sheet's last row and column may lie, as in the programs that write them.
  private static let (lastRow, lastColumn) = (1_048_576, 16_384)

  /// - Parameter path: the workbook's, for diagnostics.
  /// - Throws: `InputFailure` when the archive or a part of it is damaged.
  init(_ bytes: [UInt8], path: String) throws(InputFailure) {
    let archive: ZipFile
    do { archive = try ZipFile(bytes) } catch {
      throw InputFailure(error.message, at: SourceLocation(file: path))
    }
    let parts = Parts(archive: archive, path: path)
    guard let list = try parts.children("xl/workbook.xml", root: "workbook") else {
      throw InputFailure(
        "this is an archive, but no workbook: it has no 'xl/workbook.xml'", at: SourceLocation(file: path),
        notes: ["read are .xlsx and .xlsm; save other kinds as one of them, or as CSV"])
    }
    let targets = Dictionary(
      (try parts.children("xl/_rels/workbook.xml.rels", root: "Relationships") ?? []).map {
        ($0["Id"] ?? "", $0["Target"] ?? "")
      }
    ) { first, _ in first }
    let strings = (try parts.children("xl/sharedStrings.xml", root: "sst", texts: ["t"]) ?? []).map(Self.text)
    let dates = DateStyles(
      try parts.children("xl/styles.xml", root: "styleSheet") ?? [],
      countsFrom1904: list.contains { $0.name == "workbookPr" && ["1", "true"].contains($0["date1904"]) })
    var sheets: [Sheet] = []
    for sheet in list.flatMap({ $0.name == "sheets" ? $0.children : [] }) {
      guard
        let target = sheet.attributes.first(where: { $0.name.hasSuffix(":id") }).flatMap({ targets[$0.value] }
        )
      else { continue }
      let part = target.hasPrefix("/") ? String(target.dropFirst()) : "xl/" + target
      // Sheets of charts have no cells.
      guard part.contains("worksheets/"),
        let data = try parts.children(part, root: "worksheet", texts: ["v", "t"])
      else { continue }
      let name = sheet["name"] ?? ""
      let rows = data.first { $0.name == "sheetData" }?.children ?? []
      let text = try Self.text(of: rows, strings: strings, dates: dates) { message throws(InputFailure) in
        throw InputFailure("sheet '\(name)': \(message)", at: SourceLocation(file: path))
      }
      sheets.append(Sheet(name: name, text: text))
    }
    self.sheets = sheets
  }

  /// The files in the archive, each an XML document.
  private struct Parts {
    let archive: ZipFile
    let path: String

    /// What the root of a part holds; nil when there is no such part.
    func children(
      _ name: String, root: String, texts: Set<String> = []
    ) throws(InputFailure) -> [XMLNode]? {
      let bytes: [UInt8]?
      do { bytes = try archive.file(name) } catch {
        throw InputFailure(error.message, at: SourceLocation(file: path))
      }
      guard let bytes else { return nil }
      var nodes: [XMLNode] = []
      let file = InputFile("\(path)/\(name)", bytes: bytes)
      try XMLFile.read(file, roots: [root], texts: texts) { nodes.append($0) }
      return nodes
    }
  }

  // MARK: Cells

  /// The text of a shared or inline string, whose runs may be formatted apart; what is only spoken is left out.
  private static func text(_ node: XMLNode) -> String {
    node.text + node.children.filter { $0.name == "t" || $0.name == "r" }.map(text).joined()
  }

  private static func text(
    of rows: [XMLNode], strings: [String], dates: DateStyles, refuse: (String) throws(InputFailure) -> Void
  ) throws(InputFailure) -> String {
    var text = ""
    var (line, cells) = (1, 0)
    for row in rows {
      let number = row["r"].flatMap { Int($0, radix: 10) } ?? line
      guard (line...lastRow).contains(number) else {
        try refuse("row '\(row["r"] ?? "")' does not follow the one before")
        return ""
      }
      text += String(repeating: "\n", count: number - line)
      var column = 0
      for cell in row.children {
        let place = cell["r"].flatMap(CellName.column) ?? column
        guard (column..<lastColumn).contains(place) else {
          try refuse("cell '\(cell["r"] ?? "")' does not follow the one before")
          return ""
        }
        cells += place - column + 1
        guard cells <= mostCells else {
          try refuse("there are over \(mostCells) cells, more are not read")
          return ""
        }
        text += String(repeating: "\t", count: place - column)
        text += plain(value(of: cell, strings: strings, dates: dates)) + "\t"
        column = place + 1
      }
      text += "\n"
      line = number + 1
    }
    return text
  }

  /// A cell's text; of a number that is shown as a date, the ISO date-time.
  private static func value(of cell: XMLNode, strings: [String], dates: DateStyles) -> String {
    let value = cell.children.first { $0.name == "v" }?.text ?? ""
    switch cell["t"] ?? "n" {
    case "s":
      return Int(value, radix: 10).flatMap { strings.indices.contains($0) ? strings[$0] : nil } ?? "#REF!"
    case "inlineStr": return cell.children.filter { $0.name == "is" }.map(text).joined()
    case "n":
      if let number = Double(plain: value) {
        if dates.contains(cell["s"]), let text = dates.text(number) { return text }
        // 0.1 + 0.2 is written 0.30000000000000004; 12.0 and 1.2E1 are 12.
        if let whole = Int(exactly: number) { return String(whole) }
      }
      return value
    default: return value
    }
  }

  /// A text that takes one field: no tabs, no line breaks and no quotes.
  private static func plain(_ text: String) -> String {
    String(text.map { $0 == "\t" || $0.isNewline ? " " : $0 == "\"" ? "'" : $0 })
  }
}

/// Names of cells: C7 is in the third column of the seventh row.
enum CellName {
  /// The column of a cell's name, from 0; nil for what is none.
  static func column(_ name: String) -> Int? {
    let letters = name.utf8.prefix { (65...90).contains($0) }
    guard (1...3).contains(letters.count), letters.count < name.utf8.count else { return nil }
    return letters.reduce(0) { $0 * 26 + Int(clamping: $1) - 64 } - 1
  }

  /// The name of the cell in a column, from 0, and a row, from 1.
  static func name(column: Int, row: Int) -> String {
    var (letters, rest) = ("", column + 1)
    while rest > 0 {
      letters = String(UnicodeScalar(UInt8(65 + (rest - 1) % 26))) + letters
      rest = (rest - 1) / 26
    }
    return letters + String(row)
  }
}
