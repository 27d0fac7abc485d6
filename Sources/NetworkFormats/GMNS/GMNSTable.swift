/// One table of a GMNS folder: a CSV file with a header, whose fields are found once and read when asked for.
///
/// Works on bytes, because the tables of a city have a million fields. A class, so that whoever reads a field can
/// note what is wrong with it.
final class GMNSTable {
  /// A column's position; nil where the table has no such column.
  typealias Column = Int?

  let name: String
  private(set) var log: DiagnosticLog
  private let bytes: [UInt8]
  /// By field: its first byte and the one after its last; quotes around it excluded.
  private var starts: [Int32] = []
  private var ends: [Int32] = []
  /// By row: its first field, then one more for the end; row 0 of these is the first below the header.
  private var firstField: [Int32] = []
  private var lines: [Int32] = []
  private var columns: [String: Int] = [:]
  private var headers: [String] = []
  private var unknownNames = 0
  private static let mostSearches = 50

  /// Finds the fields of `text`.
  init(name: String, file: String, text: String) {
    self.name = name
    log = DiagnosticLog(file: file, text: text)
    bytes = Array(text.utf8)
    scan()
    takeHeader()
  }

  /// Rows below the header.
  var count: Int { max(0, firstField.count - 1) }
  var rows: Range<Int> { 0..<count }

  /// The column of the first of these names that the table has.
  func column(_ names: String...) -> Column { names.lazy.compactMap { self.columns[$0] }.first }

  /// The column of one of these names; notes an error where there is none.
  func required(_ names: String...) -> Column {
    if let found = names.lazy.compactMap({ self.columns[$0] }).first { return found }
    let nearest = nearestName(to: names[0], among: headers)
    log.error(
      "\(name).csv has no column '\(names[0])'", line: 1,
      notes: nearest.map { ["it has a column '\($0)'"] } ?? [])
    return nil
  }

  /// Warns of columns that look like misspelt ones; others are the user's own.
  func warnOfMisspelt(known: [String]) {
    for header in headers where !known.contains(header) && !header.hasPrefix("opt_") {
      guard header.count > 3, let nearest = nearestName(to: header, among: known), columns[nearest] == nil,
        nearest.count > 3, Self.isLikely(header, for: nearest)
      else { continue }
      log.warning(
        "the column '\(header)' is not known and not read", line: 1, quote: header,
        notes: ["did you mean '\(nearest)'?"])
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
    guard let range = range(row, column) else { return nil }
    var text = String(decoding: bytes[range], as: UTF8.self)
    if range.lowerBound > 0, bytes[range.lowerBound - 1] == Self.quote, text.utf8.contains(Self.quote) {
      text = text.split(separator: "\"\"", omittingEmptySubsequences: false).joined(separator: "\"")
    }
    return text
  }

  /// A number; nil where there is none, with an error where something else stands there.
  func number(_ row: Int, _ column: Column) -> Double? {
    guard let range = range(row, column) else { return nil }
    if let number = Self.decimal(bytes[range]) { return number }
    let text = String(decoding: bytes[range], as: UTF8.self)
    if let number = Double(text), number.isFinite { return number }
    if let number = Self.withThousandsSeparators(text) { return number }
    let commas = text.contains(",") ? ["decimals are written with a point"] : []
    error("\(header(column)) must be a number, not '\(text)'", row, column, notes: commas)
    return nil
  }

  /// A number that is at least `least`.
  func number(_ row: Int, _ column: Column, atLeast least: Double) -> Double? {
    guard let number = number(row, column) else { return nil }
    guard number >= least else {
      error(
        "\(header(column)) must be \(plainNumber(least)) or more, not \(plainNumber(number))", row, column)
      return nil
    }
    return number
  }

  /// A whole number.
  func integer(_ row: Int, _ column: Column) -> Int? {
    guard let number = number(row, column) else { return nil }
    guard number == number.rounded(), abs(number) < 1e9 else {
      error("\(header(column)) must be a whole number, not \(plainNumber(number))", row, column)
      return nil
    }
    return Int(number)
  }

  private func header(_ column: Column) -> String { column.map { "'\(headers[$0])'" } ?? "the field" }

  private func range(_ row: Int, _ column: Column) -> Range<Int>? {
    guard let column else { return nil }
    let field = Int(firstField[row]) + column
    guard field < Int(firstField[row + 1]) else { return nil }
    var (start, end) = (Int(starts[field]), Int(ends[field]))
    while start < end, bytes[start] <= 0x20 { start += 1 }
    while start < end, bytes[end - 1] <= 0x20 { end -= 1 }
    guard start < end else { return nil }
    let length = end - start
    if length == 3 || length == 4 {
      let word = bytes[start..<end].map { $0 | 0x20 }
      if word.elementsEqual("nan".utf8) || word.elementsEqual("null".utf8) || word.elementsEqual("none".utf8)
      {
        return nil
      }
    }
    return start..<end
  }

  /// The value of a plain decimal number: as long as its digits fit a double, the nearest one.
  private static func decimal(_ text: ArraySlice<UInt8>) -> Double? {
    var (mantissa, digits, decimals, isDecimal) = (0, 0, 0, false)
    var position = text.startIndex
    let isNegative = text.first == 45
    if isNegative || text.first == 43 { position += 1 }
    while position < text.endIndex {
      let byte = text[position]
      position += 1
      if byte == 46, !isDecimal {
        isDecimal = true
        continue
      }
      guard (48...57).contains(byte), digits < 15 else { return nil }
      mantissa = mantissa * 10 + Int(byte - 48)
      digits += 1
      if isDecimal { decimals += 1 }
    }
    guard digits > 0 else { return nil }
    let value = Double(mantissa) / powersOfTen[decimals]
    return isNegative ? -value : value
  }

  private static let powersOfTen: [Double] = (0..<16).map { exponent in
    (0..<exponent).reduce(1) { power, _ in power * 10 }
  }

  private static func withThousandsSeparators(_ text: String) -> Double? {
    let whole = text.prefix { $0 != "." }
    let groups = whole.split(separator: ",", omittingEmptySubsequences: false)
    guard groups.count > 1, (1...3).contains(groups[0].count),
      groups.dropFirst().allSatisfy({ $0.count == 3 })
    else { return nil }
    return Double(text.filter { $0 != "," })
  }

  // MARK: Diagnostics

  func error(_ message: String, _ row: Int, _ column: Column = nil, notes: [String] = []) {
    note(.error, message, row, column, notes)
  }

  func warning(_ message: String, _ row: Int, _ column: Column = nil, notes: [String] = []) {
    note(.warning, message, row, column, notes)
  }

  func warning(_ message: String, notes: [String] = []) { log.warning(message, notes: notes) }

  /// Notes that a field names something that does not exist.
  func unknown(_ what: String, _ row: Int, _ column: Column, known: @autoclosure () -> [String]) {
    let name = text(row, column) ?? ""
    // A table of another network has thousands of unknown names, and each search goes through all known ones.
    unknownNames += 1
    let nearest = unknownNames <= Self.mostSearches ? nearestName(to: name, among: known()) : nil
    error("unknown \(what) '\(name)'", row, column, notes: nearest.map { ["did you mean '\($0)'?"] } ?? [])
  }

  private func note(
    _ severity: Diagnostic.Severity, _ message: String, _ row: Int, _ column: Column, _ notes: [String]
  ) {
    let field = Int(firstField[row]) + (column ?? 0)
    let start = field < Int(firstField[row + 1]) ? Int(starts[field]) : Int(starts[Int(firstField[row])])
    var lineStart = start
    while lineStart > 0, bytes[lineStart - 1] != Self.lineFeed { lineStart -= 1 }
    // Bytes that continue a scalar do not count.
    let place = bytes[lineStart..<start].reduce(1) { $1 & 0xc0 == 0x80 ? $0 : $0 + 1 }
    log.note(severity, message, line: Int(lines[row]), column: place, notes: notes)
  }

  // MARK: Scanning

  private static let quote: UInt8 = 34
  private static let lineFeed: UInt8 = 10
  private static let carriageReturn: UInt8 = 13

  private func scan() {
    let header = bytes.prefix { $0 != Self.lineFeed }
    let separator = [UInt8(44), 59, 9].first { header.contains($0) } ?? 44
    var (position, line) = (0, Int32(1))
    let count = bytes.count
    while position < count {
      let first = Int32(starts.count)
      let begin = line
      var hasText = false
      while true {
        var (start, end) = (position, position)
        if position < count, bytes[position] == Self.quote {
          start = position + 1
          position += 1
          var isClosed = false
          while position < count {
            if bytes[position] == Self.lineFeed { line += 1 }
            if bytes[position] == Self.quote {
              if position + 1 < count, bytes[position + 1] == Self.quote {
                position += 2
                continue
              }
              isClosed = true
              break
            }
            position += 1
          }
          end = position
          if !isClosed {
            log.error(
              "the quoted field never ends", line: Int(begin),
              notes: ["a quote inside a field is written \"\""])
          }
          while position < count, bytes[position] != separator, bytes[position] != Self.lineFeed {
            position += 1
          }
        } else {
          while position < count, bytes[position] != separator, bytes[position] != Self.lineFeed {
            position += 1
          }
          end = position
          if end > start, bytes[end - 1] == Self.carriageReturn { end -= 1 }
        }
        hasText = hasText || end > start
        starts.append(Int32(start))
        ends.append(Int32(end))
        guard position < count, bytes[position] == separator else { break }
        position += 1
      }
      if position < count { position += 1 }
      if hasText {
        firstField.append(first)
        lines.append(begin)
      } else {
        starts.removeLast(starts.count - Int(first))
        ends.removeLast(ends.count - Int(first))
      }
      line += 1
    }
    firstField.append(Int32(starts.count))
  }

  private func takeHeader() {
    guard firstField.count > 1 else {
      log.error("\(name).csv is empty", notes: ["a table begins with its column names"])
      return
    }
    for column in 0..<Int(firstField[1] - firstField[0]) {
      let header = (text(0, column) ?? "").lowercased()
      headers.append(header)
      guard !header.isEmpty else { continue }
      if columns[header] != nil { error("the column '\(header)' is there twice", 0, column) }
      columns[header] = column
    }
    let width = Int32(headers.count)
    firstField.removeFirst()
    lines.removeFirst()
    for row in rows where firstField[row + 1] - firstField[row] > width {
      for column in Int(width)..<Int(firstField[row + 1] - firstField[row]) where text(row, column) != nil {
        error("'\(text(row, column) ?? "")' stands beyond the last column", row, column)
        break
      }
    }
  }
}
