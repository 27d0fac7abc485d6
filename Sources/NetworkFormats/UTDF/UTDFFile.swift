internal import NetworkBuilding

/// A UTDF file of the combined kind: sections `[Name]` of comma-separated records.
///
/// The rows are kept as they stand, so that what nobody here understands can be written back.
struct UTDFFile {
  /// The sections that are read.
  enum Kind: String, CaseIterable {
    case network, nodes, links, lanes, timeplans, phases

    var title: String {
      switch self {
      case .network: "Network Settings"
      case .nodes: "Node Data"
      case .links: "Link Data"
      case .lanes: "Lane Group Data"
      case .timeplans: "Timing Plan Settings"
      case .phases: "Phasing Data"
      }
    }
    /// As it stands in brackets.
    var heading: String { rawValue.prefix(1).uppercased() + rawValue.dropFirst() }
  }
  /// A section as it stands in the file.
  struct Section {
    /// In small letters.
    var name = ""
    /// Nil for a section that is not read.
    var kind: Kind?
    var rows: [CSVText.Row]
    /// The position of the row with the columns' names; nil where there is none.
    var header: Int?
  }
  var file: String
  var sections: [Section] = []
  var tables: [Kind: UTDFTable] = [:]

  subscript(kind: Kind) -> UTDFTable { tables[kind] ?? UTDFTable() }

  /// Whether a file looks like one of this kind.
  ///
  /// - Throws: `InputFailure` when it cannot be read.
  static func isLike(_ file: InputFile) throws(InputFailure) -> Bool {
    // XML says its encoding itself, and need not be read to its end.
    guard try file.firstMarks().first == "[" else { return false }
    return isLike(try file.guessedText().text)
  }

  /// Whether a text looks like a file of this kind: its first content is one of the sections.
  static func isLike(_ text: String) -> Bool {
    for line in text.unicodeScalars.split(whereSeparator: { $0 == "\n" || $0 == "\r" }).prefix(50) {
      let words = String(line).filter { !$0.isWhitespace && !",;\"\t".contains($0) }
      if words.isEmpty { continue }
      return name(words.lowercased()).map { Kind(rawValue: $0) != nil } ?? false
    }
    return false
  }

  private static func name(_ field: String) -> String? {
    let word = field.trimmed
    guard word.hasPrefix("["), word.hasSuffix("]"), word.count > 2 else { return nil }
    return String(word.dropFirst().dropLast()).trimmed.lowercased()
  }

  /// Reads the sections; what is wrong goes to the log.
  ///
  /// - Parameter firstLine: the number of the first line in the log's text.
  init(text: String, file: String, firstLine: Int = 1, _ log: inout DiagnosticLog) {
    self.file = file
    // The first line, [Network], has no separator in it; some line near it has.
    let beginning = text.utf8.prefix(2000)
    let counts = CSVFields.separators.map { mark in beginning.count { $0 == mark } }
    let separator = zip(CSVFields.separators, counts).first { $1 == counts.max() }?.0
    for row in CSVText.rows(of: text, separator: separator, firstLine: firstLine, log: &log) {
      if let name = row.fields.first.flatMap({ Self.name($0.value) }) {
        let kind = Kind(rawValue: name)
        if kind == nil, !Self.olderNames.contains(name) {
          log.warning(
            "the section '\(name)' is not read", at: row.place,
            notes: nearestName(to: name, among: Kind.allCases.map(\.rawValue)).map {
              ["did you mean [\($0)]?"]
            }
              ?? [])
        }
        sections.append(Section(name: name, kind: kind, rows: [row], header: nil))
      } else if sections.isEmpty {
        log.warning("what stands before the first section is not read", at: row.place)
        sections.append(Section(kind: nil, rows: [row], header: nil))
      } else {
        sections[sections.count - 1].rows.append(row)
      }
    }
    for index in sections.indices {
      guard let kind = sections[index].kind else { continue }
      read(index, kind, &log)
    }
  }

  private mutating func read(_ index: Int, _ kind: Kind, _ log: inout DiagnosticLog) {
    let section = sections[index]
    sections[index].header = section.rows.firstIndex { row in
      let first = row.fields.first?.value.trimmed.uppercased()
      return first == "RECORDNAME" || first == "INTID"
    }
    guard let header = sections[index].header else {
      log.error(
        "section [\(kind.heading)] has no line with the columns' names", at: section.rows[0].place,
        notes: ["it begins with \(kind == .nodes ? "INTID" : "RECORDNAME")"])
      return
    }
    var table = self[kind]
    Self.read(section.rows[(header + 1)...], header: section.rows[header], kind, into: &table, &log)
    tables[kind] = table
  }

  /// Reads the rows below a header.
  static func read(
    _ rows: ArraySlice<CSVText.Row>, header: CSVText.Row, _ kind: Kind, into table: inout UTDFTable,
    _ log: inout DiagnosticLog
  ) {
    let names = header.fields.map { $0.value.trimmed.uppercased() }
    let record = names.firstIndex(of: "RECORDNAME")
    let node = names.firstIndex(of: "INTID")
    table.add(
      columns: names.indices.filter { $0 != record && $0 != node }.map { names[$0] }.filter { !$0.isEmpty })
    if kind != .network, node == nil {
      log.error("section [\(kind.heading)] has no column INTID", at: header.place)
      return
    }
    for row in rows {
      func field(_ index: Int?) -> Located<String>? {
        guard let index, row.fields.indices.contains(index), !row.fields[index].value.trimmed.isEmpty else {
          return nil
        }
        return Located(value: row.fields[index].value.trimmed, place: row.fields[index].place)
      }
      var name = ""
      if record != nil {
        guard let text = field(record) else {
          log.warning("the line has no record name, it is not read", at: row.place)
          continue
        }
        name = text.value.lowercased().filter { !$0.isWhitespace && $0 != "_" }
      }
      var id = UTDFNodeID.network
      if kind != .network {
        guard let text = field(node) else {
          log.warning("the line has no INTID, it is not read", at: row.place)
          continue
        }
        guard let given = UTDFNodeID.read(text, "INTID", &log) else { continue }
        id = given
      }
      var fields: [String: Located<String>] = [:]
      for index in names.indices where index != record && index != node {
        if let value = field(index), fields[names[index]] == nil { fields[names[index]] = value }
      }
      let extra = row.fields.dropFirst(names.count).first { !$0.value.trimmed.isEmpty }
      if let extra {
        log.warning(
          "'\(extra.value)' stands beyond the last column, it is not read", at: row.place,
          quote: extra.value)
      }
      table.add(UTDFRow(record: name, node: id, place: row.place, fields: fields))
    }
  }

  /// The whole file as it is written: the rows as they stand, an empty line between sections.
  var text: String {
    sections.map { section in
      section.rows.map { CSVText.line($0.fields.map(\.value)) }.joined()
    }.joined(separator: "\n")
  }
}
