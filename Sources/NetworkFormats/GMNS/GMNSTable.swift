internal import NetworkBuilding
internal import Synchronization

/// One table of a GMNS folder: a CSV file with a header, whose fields are found once and read when asked for.
///
/// A class, so that whoever reads a field can note what is wrong with it. Of tasks that run at the same time each has a
/// `part`, and their notes are put together in order: what is told does not depend on who was first.
final class GMNSTable: Sendable {
  /// A column's position; nil where the table has no such column.
  typealias Column = Int?

  let name: String
  private let fields: CSVFields
  private let headers: [String]
  private let columns: [String: Int]
  private struct Notes {
    var log: DiagnosticLog
    var unknownNames = 0
  }
  private let notes: Mutex<Notes>
  private static let mostSearches = 50

  /// Finds the fields of `text`.
  init(name: String, file: String, text: String) {
    self.name = name
    let fields = CSVFields(text)
    self.fields = fields
    let width = fields.rowCount > 0 ? fields.width(0) : 0
    headers = (0..<width).map { column in
      fields.text(0, column)?.lowercased() ?? ""
    }
    columns = Dictionary(
      headers.enumerated().filter { !$0.element.isEmpty }.map { ($0.element, $0.offset) }
    ) { $1 }
    notes = Mutex(Notes(log: DiagnosticLog(file: file, text: text)))
    noteShape()
  }

  private init(partOf table: GMNSTable) {
    (name, fields, headers, columns) = (table.name, table.fields, table.headers, table.columns)
    notes = Mutex(table.notes.withLock { Notes(log: $0.log.emptied) })
  }

  /// The same fields with nothing noted, for one of several tasks.
  var part: GMNSTable { GMNSTable(partOf: self) }

  /// Takes in what a task noted.
  func take(_ part: GMNSTable) {
    let log = part.notes.withLock { $0.log }
    notes.withLock { $0.log.append(log) }
  }

  /// Everything noted so far, in order of place; equal places by their words.
  var diagnostics: [Diagnostic] {
    notes.withLock { $0.log.diagnostics.sorted { $0.message < $1.message }.inOrderOfPlace }
  }

  /// Notes what is wrong with the table whatever it tells.
  private func noteShape() {
    for flaw in fields.flaws {
      notes.withLock {
        $0.log.note(
          .error, flaw.message, line: flaw.place.line, column: flaw.place.column, notes: flaw.notes)
      }
    }
    if headers.isEmpty {
      notes.withLock {
        $0.log.error("\(name).csv is empty", notes: ["a table begins with its column names"])
      }
    }
    for (column, header) in headers.enumerated() where !header.isEmpty {
      // The header is the row before the first.
      if headers[..<column].contains(header) { error("the column '\(header)' is there twice", -1, column) }
    }
    for row in rows {
      let width = fields.width(row + 1)
      let beyond = (headers.count..<max(headers.count, width)).first { text(row, $0) != nil }
      if let beyond { error("'\(text(row, beyond) ?? "")' stands beyond the last column", row, beyond) }
    }
  }

  /// Rows below the header.
  var count: Int { max(0, fields.rowCount - 1) }
  var rows: Range<Int> { 0..<count }

  /// The column of the first of these names that the table has.
  func column(_ names: String...) -> Column { names.lazy.compactMap { self.columns[$0] }.first }

  /// The column of one of these names; notes an error where there is none.
  func required(_ names: String...) -> Column {
    if let found = names.lazy.compactMap({ self.columns[$0] }).first { return found }
    let nearest = nearestName(to: names[0], among: headers)
    notes.withLock {
      $0.log.error(
        "\(name).csv has no column '\(names[0])'", at: TextPlace(line: 1, column: 1),
        notes: nearest.map { ["it has a column '\($0)'"] } ?? [])
    }
    return nil
  }

  /// Warns of columns that look like misspelt ones; others are the user's own.
  func warnOfMisspelt(known: [String]) {
    for header in headers where !known.contains(header) && !header.hasPrefix("opt_") {
      guard header.count > 3, let nearest = nearestName(to: header, among: known), columns[nearest] == nil,
        nearest.count > 3, Self.isLikely(header, for: nearest)
      else { continue }
      notes.withLock {
        $0.log.warning(
          "the column '\(header)' is not known and not read", at: TextPlace(line: 1, column: 1),
          quote: header,
          notes: ["did you mean '\(nearest)'?"])
      }
    }
  }

  private static func isLikely(_ header: String, for nearest: String) -> Bool {
    let stripped = { (word: String) in word.filter { $0 != "_" && $0 != " " } }
    if stripped(header) == stripped(nearest) { return true }
    return nearestName(to: header, among: [nearest]) != nil && abs(header.count - nearest.count) <= 1
      && header.first == nearest.first
  }

  // MARK: Fields

  /// The text of a field without spaces around it; nil where it is empty, or says that there is no value.
  func text(_ row: Int, _ column: Column) -> String? {
    guard let column, range(row, column) != nil else { return nil }
    return fields.text(row + 1, column)
  }

  /// A number that keeps to a rule; nil where there is none, with an error where something else stands there.
  func number(_ row: Int, _ column: Column, _ rule: NumberRule) -> Double? {
    guard let number = number(row, column) else { return nil }
    if let problem = rule.problem(with: number, of: header(column), text: text(row, column) ?? "") {
      error(problem, row, column)
      return nil
    }
    return number
  }

  /// A whole number within a range; nil where there is none, with an error where something else stands there.
  func integer(_ row: Int, _ column: Column, _ range: ClosedRange<Int>) -> Int? {
    guard let number = number(row, column) else { return nil }
    guard let whole = Int(whole: number, in: range) else {
      error(
        "\(header(column)) must be a whole number in \(range.lowerBound) … \(range.upperBound), not \(text(row, column) ?? "")",
        row, column)
      return nil
    }
    return whole
  }

  /// Whether a flag is 1; an error where it is neither 0 nor 1 nor empty.
  func flag(_ row: Int, _ column: Column) -> Bool? { integer(row, column, 0...1).map { $0 == 1 } }

  private func number(_ row: Int, _ column: Column) -> Double? {
    guard let range = range(row, column) else { return nil }
    if let number = PlainDecimal.value(fields.bytes[range]) { return number }
    let text = String(decoding: fields.bytes[range], as: UTF8.self)
    if let number = Double(plain: text) { return number }
    if let number = Self.withThousandsSeparators(text) { return number }
    let commas = text.contains(",") ? ["decimals are written with a point"] : []
    error("\(header(column)) must be a number, not '\(text)'", row, column, notes: commas)
    return nil
  }

  private func header(_ column: Column) -> String { column.map { "'\(headers[$0])'" } ?? "the field" }

  private func range(_ row: Int, _ column: Column) -> Range<Int>? {
    guard let column, let range = fields.range(row + 1, column) else { return nil }
    guard range.count == 3 || range.count == 4 else { return range }
    let saysNothing = Self.wordsForNothing.contains { word in
      word.count == range.count && zip(word, fields.bytes[range]).allSatisfy { $0 == $1 | 0x20 }
    }
    return saysNothing ? nil : range
  }

  private static let wordsForNothing = ["nan", "null", "none"].map { Array($0.utf8) }

  private static func withThousandsSeparators(_ text: String) -> Double? {
    let whole = text.prefix { $0 != "." }
    let groups = whole.split(separator: ",", omittingEmptySubsequences: false)
    guard groups.count > 1, (1...3).contains(groups[0].count),
      groups.dropFirst().allSatisfy({ $0.count == 3 })
    else { return nil }
    return Double(plain: text.filter { $0 != "," })
  }

  // MARK: Diagnostics

  func error(_ message: String, _ row: Int, _ column: Column = nil, notes: [String] = []) {
    note(.error, message, row, column, notes)
  }

  func warning(_ message: String, _ row: Int, _ column: Column = nil, notes: [String] = []) {
    note(.warning, message, row, column, notes)
  }

  func warning(_ message: String, notes: [String] = []) {
    self.notes.withLock { $0.log.warning(message, notes: notes) }
  }

  /// Notes that a field names something that does not exist.
  func unknown(_ what: String, _ row: Int, _ column: Column, known: @autoclosure () -> [String]) {
    let name = text(row, column) ?? ""
    // A table of another network has thousands of unknown names, and each search goes through all known ones.
    let searches = notes.withLock { notes in
      notes.unknownNames += 1
      return notes.unknownNames
    }
    let nearest = searches <= Self.mostSearches ? nearestName(to: name, among: known()) : nil
    error("unknown \(what) '\(name)'", row, column, notes: nearest.map { ["did you mean '\($0)'?"] } ?? [])
  }

  private func note(
    _ severity: Diagnostic.Severity, _ message: String, _ row: Int, _ column: Column, _ notes: [String]
  ) {
    let place = fields.place(row + 1, column ?? 0)
    self.notes.withLock {
      $0.log.note(severity, message, line: place.line, column: place.column, notes: notes)
    }
  }
}
