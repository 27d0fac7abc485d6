internal import NetworkBuilding
internal import TrafficModel

/// Where the fields of comma-separated values (RFC 4180) stand, row by row.
///
/// Works on bytes, because the tables of a city have a million fields; a field becomes text when somebody asks for it.
struct CSVFields {
  /// What is wrong with the text, whatever it tells.
  struct Flaw {
    var place: TextPlace
    var message: String
    var notes: [String] { ["a quote inside a field is written \"\""] }
  }

  let bytes: [UInt8]
  private(set) var flaws: [Flaw] = []
  /// By field: its first byte and the one after its last; quotes around it excluded.
  private var starts: [Int32] = []
  private var ends: [Int32] = []
  /// By row: its first field, then one more for the end.
  private var firstField: [Int32] = []
  /// By row: the line that it begins in, from 1.
  private var lines: [Int32] = []

  /// What may part fields: spreadsheets of some countries write semicolons.
  static let separators = [",", ";", "\t"].map { UInt8(ascii: $0) }
  private static let quote = UInt8(ascii: "\"")
  private static let lineFeed = UInt8(ascii: "\n")
  private static let carriageReturn = UInt8(ascii: "\r")

  /// Finds the fields of `text`; lines without any content are left out, as are the ones that a spreadsheet has padded
  /// with separators.
  ///
  /// - Parameter separator: what parts the fields; nil where the first line tells.
  init(_ text: String, separator: UInt8? = nil) {
    bytes = Array(text.utf8)
    scan(separator ?? Self.separator(of: text))
  }

  /// What parts the fields of the first line: the first of `separators` that stands in it, a comma where none does.
  static func separator(of text: String) -> UInt8 {
    let header = text.utf8.prefix { $0 != Self.lineFeed }
    return separators.first(where: header.contains) ?? separators[0]
  }

  var rowCount: Int { lines.count }

  /// Fields of a row.
  func width(_ row: Int) -> Int { Int(firstField[row + 1] - firstField[row]) }

  /// The whole text of a field.
  func value(_ row: Int, _ column: Int) -> String {
    guard let field = field(row, column) else { return "" }
    return text(of: field, in: Int(starts[field])..<Int(ends[field]))
  }

  /// The text of a field without spaces around it; nil where it is empty, or the row has no such field.
  func text(_ row: Int, _ column: Int) -> String? {
    guard let field = field(row, column), let range = trimmed(field) else { return nil }
    return text(of: field, in: range)
  }

  /// The bytes of a field without spaces around it; nil where it is empty, or the row has no such field.
  func range(_ row: Int, _ column: Int) -> Range<Int>? { field(row, column).flatMap(trimmed) }

  /// Where a field begins, with its quote, columns counted in scalars; where the row does if it has no such field.
  func place(_ row: Int, _ column: Int) -> TextPlace {
    let field = field(row, column) ?? Int(firstField[row])
    let start = isQuoted(field) ? Int(starts[field]) - 1 : Int(starts[field])
    // Only quoted fields carry a row over several lines.
    let fields = Int(firstField[row])..<field
    let breaks = fields.reduce(0) { sum, other in
      sum + bytes[Int(starts[other])..<Int(ends[other])].count { $0 == Self.lineFeed }
    }
    return TextPlace(line: Int(lines[row]) + breaks, column: self.column(of: start))
  }

  private func field(_ row: Int, _ column: Int) -> Int? {
    let field = Int(firstField[row]) + column
    return field < Int(firstField[row + 1]) ? field : nil
  }

  private func trimmed(_ field: Int) -> Range<Int>? {
    var (start, end) = (Int(starts[field]), Int(ends[field]))
    while start < end, bytes[start] <= 0x20 { start += 1 }
    while start < end, bytes[end - 1] <= 0x20 { end -= 1 }
    return start < end ? start..<end : nil
  }

  private func isQuoted(_ field: Int) -> Bool {
    starts[field] > 0 && bytes[Int(starts[field]) - 1] == Self.quote
  }

  private func text(of field: Int, in range: Range<Int>) -> String {
    let text = CSVText.withoutApostrophe(String(decoding: bytes[range], as: UTF8.self).showingControls)
    guard isQuoted(field), text.utf8.contains(Self.quote) else { return text }
    return text.split(separator: "\"\"", omittingEmptySubsequences: false).joined(separator: "\"")
  }

  private func column(of position: Int) -> Int {
    var lineStart = position
    while lineStart > 0, bytes[lineStart - 1] != Self.lineFeed { lineStart -= 1 }
    // Bytes that continue a scalar do not count.
    return bytes[lineStart..<position].reduce(1) { $1 & 0xc0 == 0x80 ? $0 : $0 + 1 }
  }

  // MARK: Scanning

  private mutating func scan(_ separator: UInt8) {
    var (position, line) = (0, Int32(1))
    while position < bytes.count {
      let (first, begin) = (starts.count, line)
      var (hasText, isWhole) = (false, true)
      while true {
        let isQuoted = position < bytes.count && bytes[position] == Self.quote
        let range =
          isQuoted
          ? quotedField(&position, &line, separator, &isWhole) : plainField(&position, separator)
        hasText = hasText || !range.isEmpty
        starts.append(Int32(range.lowerBound))
        ends.append(Int32(range.upperBound))
        guard position < bytes.count, bytes[position] == separator else { break }
        position += 1
      }
      // Past the line's end.
      position += 1
      line += 1
      if hasText, isWhole {
        firstField.append(Int32(first))
        lines.append(begin)
      } else {
        starts.removeLast(starts.count - first)
        ends.removeLast(ends.count - first)
      }
    }
    firstField.append(Int32(starts.count))
  }

  /// Goes on to the separator or the line's end.
  private func plainField(_ position: inout Int, _ separator: UInt8) -> Range<Int> {
    let start = position
    while position < bytes.count, bytes[position] != separator, bytes[position] != Self.lineFeed {
      position += 1
    }
    let isLast = position == bytes.count || bytes[position] == Self.lineFeed
    let hasReturn = isLast && position > start && bytes[position - 1] == Self.carriageReturn
    return start..<(hasReturn ? position - 1 : position)
  }

  private mutating func quotedField(
    _ position: inout Int, _ line: inout Int32, _ separator: UInt8, _ isWhole: inout Bool
  ) -> Range<Int> {
    let begin = TextPlace(line: Int(line), column: column(of: position))
    let start = position + 1
    position = start
    while position < bytes.count {
      if bytes[position] == Self.lineFeed { line += 1 }
      guard bytes[position] == Self.quote else {
        position += 1
        continue
      }
      guard position + 1 < bytes.count, bytes[position + 1] == Self.quote else { break }
      position += 2
    }
    let end = position
    guard position < bytes.count else {
      isWhole = false
      flaws.append(Flaw(place: begin, message: "the quoted field never ends"))
      return start..<end
    }
    position += 1
    let rest = plainField(&position, separator)
    if !rest.isEmpty {
      let text = String(decoding: bytes[rest], as: UTF8.self)
      flaws.append(
        Flaw(
          place: TextPlace(line: Int(line), column: column(of: rest.lowerBound)),
          message: "'\(text)' follows a quoted field without a separator"))
    }
    return start..<end
  }
}
