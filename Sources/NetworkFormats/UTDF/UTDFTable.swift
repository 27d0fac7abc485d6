/// One row of a UTDF table: a record of a node, with its fields by column.
struct UTDFRow {
  /// The record's name in small letters without spaces; empty in tables of one row for each node.
  var record: String
  /// INTID; 0 in the network's settings.
  var node: Int
  var place: TextPlace
  /// By column name, in capitals; fields with nothing in them are left out.
  var fields: [String: Located<String>]
}

/// One section of a UTDF file, or one file of the older set, by record and node.
struct UTDFTable {
  /// Columns of values in the file's order, in capitals, each once.
  private(set) var columns: [String] = []
  private(set) var rows: [UTDFRow] = []
  private var index: [Key: Int] = [:]

  private struct Key: Hashable {
    var record: String
    var node: Int
  }

  /// Adds a row; of two rows for the same record and node the later one counts, as it does on import.
  mutating func add(_ row: UTDFRow) {
    index[Key(record: row.record, node: row.node)] = rows.count
    rows.append(row)
  }

  mutating func add(columns new: [String]) {
    for column in new where !columns.contains(column) { columns.append(column) }
  }

  /// The row of a record and a node.
  func row(_ record: String, _ node: Int) -> UTDFRow? {
    index[Key(record: record, node: node)].map { rows[$0] }
  }

  /// A field; nil where there is none, or nothing in it.
  subscript(record: String, node: Int, column: String) -> Located<String>? {
    row(record, node)?.fields[column]
  }

  /// The nodes that any row is about, in the file's order.
  var nodes: [Int] {
    var seen: Set<Int> = []
    return rows.map(\.node).filter { seen.insert($0).inserted }
  }
}

/// Numbers as the tables have them.
enum UTDFNumber {
  /// The number in a field: a star (a value that somebody overrode) and separators of thousands are passed over, a
  /// comma is a decimal point where it cannot part thousands.
  ///
  /// - Returns: nil, and an error in the log, where it is none.
  static func value(_ field: Located<String>?, _ what: String, _ log: inout DiagnosticLog) -> Double? {
    guard let field else { return nil }
    if let number = value(field.value) { return number }
    log.error("'\(what)' must be a number, not '\(field.value)'", at: field.place)
    return nil
  }

  static func value(_ text: String) -> Double? {
    var digits = text.filter { !$0.isWhitespace && $0 != "*" && $0 != "'" }
    let groups = digits.split(separator: ",", omittingEmptySubsequences: false)
    if groups.count > 1 {
      let whole = groups.dropFirst().enumerated().allSatisfy { index, group in
        let length = index == groups.count - 2 ? group.prefix { $0 != "." }.count : group.count
        return length == 3
      }
      if whole, (1...3).contains(groups[0].filter(\.isNumber).count) {
        digits.removeAll { $0 == "," }
      } else if groups.count == 2, !digits.contains(".") {
        digits = groups.joined(separator: ".")
      }
    }
    guard !digits.isEmpty, digits.utf8.allSatisfy({ "+-.0123456789eE".utf8.contains($0) }),
      let number = Double(digits), number.isFinite
    else { return nil }
    return number
  }

  /// A whole number, such as a node or a phase.
  static func whole(_ field: Located<String>?, _ what: String, _ log: inout DiagnosticLog) -> Int? {
    guard let field, let number = value(field, what, &log) else { return nil }
    guard number == number.rounded(), abs(number) < 1e9 else {
      log.error("'\(what)' must be a whole number, not '\(field.value)'", at: field.place)
      return nil
    }
    return Int(number)
  }
}
