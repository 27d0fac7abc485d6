internal import NetworkBuilding

/// One row of a UTDF table: a record of a node, with its fields by column.
struct UTDFRow {
  /// The record's name in small letters without spaces; empty in tables of one row for each node.
  var record: String
  /// INTID; that of the network in its settings.
  var node: UTDFNodeID
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
    var node: UTDFNodeID
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
  func row(_ record: String, _ node: UTDFNodeID) -> UTDFRow? {
    index[Key(record: record, node: node)].map { rows[$0] }
  }

  /// A field; nil where there is none, or nothing in it.
  subscript(record: String, node: UTDFNodeID, column: String) -> Located<String>? {
    row(record, node)?.fields[column]
  }

  /// The nodes that any row is about, in the file's order.
  var nodes: [UTDFNodeID] {
    var seen: Set<UTDFNodeID> = []
    return rows.map(\.node).filter { seen.insert($0).inserted }
  }
}
