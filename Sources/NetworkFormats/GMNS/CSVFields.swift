/// Where the fields of a CSV file stand, row by row, its header the first.
///
/// Works on bytes, because the tables of a city have a million fields.
struct CSVFields {
  let bytes: [UInt8]
  /// Lines in which a quoted field begins that never ends.
  private(set) var unclosedQuotes: [Int] = []
  /// By field: its first byte and the one after its last; quotes around it excluded.
  private var starts: [Int32] = []
  private var ends: [Int32] = []
  /// By row: its first field, then one more for the end.
  private var firstField: [Int32] = []
  /// By row: the line that it begins in, from 1.
  private var lines: [Int32] = []

  private static let quote: UInt8 = 34
  private static let lineFeed: UInt8 = 10
  private static let carriageReturn: UInt8 = 13

  /// Finds the fields of `text`; rows without any text are left out.
  init(_ text: String) {
    bytes = Array(text.utf8)
    scan()
  }

  var rowCount: Int { lines.count }

  /// Fields of a row.
  func width(_ row: Int) -> Int { Int(firstField[row + 1] - firstField[row]) }

  /// The bytes of a field without spaces around it; nil where it is empty, or the row has no such field.
  func range(_ row: Int, _ column: Int) -> Range<Int>? {
    let field = Int(firstField[row]) + column
    guard field < Int(firstField[row + 1]) else { return nil }
    var (start, end) = (Int(starts[field]), Int(ends[field]))
    while start < end, bytes[start] <= 0x20 { start += 1 }
    while start < end, bytes[end - 1] <= 0x20 { end -= 1 }
    return start < end ? start..<end : nil
  }

  /// The text of a field's bytes.
  func text(_ range: Range<Int>) -> String {
    let text = String(decoding: bytes[range], as: UTF8.self)
    guard range.lowerBound > 0, bytes[range.lowerBound - 1] == Self.quote, text.utf8.contains(Self.quote)
    else { return text }
    return text.split(separator: "\"\"", omittingEmptySubsequences: false).joined(separator: "\"")
  }

  /// Line and column of a field, both from 1; of its row where it has no such field.
  func place(_ row: Int, _ column: Int) -> (line: Int, column: Int) {
    let field = Int(firstField[row]) + column
    let start = field < Int(firstField[row + 1]) ? Int(starts[field]) : Int(starts[Int(firstField[row])])
    var lineStart = start
    while lineStart > 0, bytes[lineStart - 1] != Self.lineFeed { lineStart -= 1 }
    // Bytes that continue a scalar do not count.
    let place = bytes[lineStart..<start].reduce(1) { $1 & 0xc0 == 0x80 ? $0 : $0 + 1 }
    return (Int(lines[row]), place)
  }

  // MARK: Scanning

  private mutating func scan() {
    let header = bytes.prefix { $0 != Self.lineFeed }
    let separator = [UInt8(44), 59, 9].first { header.contains($0) } ?? 44
    var (position, line) = (0, Int32(1))
    while position < bytes.count {
      let (first, begin) = (starts.count, line)
      var hasText = false
      while true {
        let (start, end) = scanField(&position, &line, separator)
        hasText = hasText || end > start
        starts.append(Int32(start))
        ends.append(Int32(end))
        guard position < bytes.count, bytes[position] == separator else { break }
        position += 1
      }
      if position < bytes.count { position += 1 }
      if hasText {
        firstField.append(Int32(first))
        lines.append(begin)
      } else {
        starts.removeLast(starts.count - first)
        ends.removeLast(ends.count - first)
      }
      line += 1
    }
    firstField.append(Int32(starts.count))
  }

  /// Goes on to the separator or the line's end after a field.
  private mutating func scanField(
    _ position: inout Int, _ line: inout Int32, _ separator: UInt8
  ) -> (start: Int, end: Int) {
    let count = bytes.count
    guard position < count, bytes[position] == Self.quote else {
      let start = position
      while position < count, bytes[position] != separator, bytes[position] != Self.lineFeed { position += 1 }
      let isLast = position > start && bytes[position - 1] == Self.carriageReturn
      return (start, isLast ? position - 1 : position)
    }
    let begin = line
    position += 1
    let start = position
    var isClosed = false
    while position < count, !isClosed {
      if bytes[position] == Self.lineFeed { line += 1 }
      if bytes[position] != Self.quote {
        position += 1
      } else if position + 1 < count, bytes[position + 1] == Self.quote {
        position += 2
      } else {
        isClosed = true
      }
    }
    if !isClosed { unclosedQuotes.append(Int(begin)) }
    let end = position
    while position < count, bytes[position] != separator, bytes[position] != Self.lineFeed { position += 1 }
    return (start, end)
  }
}
