internal import TrafficModel

/// A text that diagnostics quote lines of: at hand, or in a file that is looked into when there is something to quote.
enum SourceText {
  case text(String)
  /// A file that says its encoding itself.
  case file(InputFile)

  /// Longer lines are not quoted: machines write files with all on one line.
  private static let longestQuote = 300

  /// The lines with 1-based numbers, without their ends; those that do not exist or are too long to quote are missing.
  ///
  /// One walk through the text, whatever the number of lines.
  func lines(_ numbers: Set<Int>) -> [Int: String] {
    guard let last = numbers.max() else { return [:] }
    var reader = LineReader(numbers: numbers, longest: Self.longestQuote)
    switch self {
    case .text(let text):
      var text = text
      text.withUTF8 { reader.read($0) }
    case .file(let file):
      guard (try? file.piece(from: 0)) != nil else { return [:] }
      let stream = TextStream(file)
      // A file that cannot be read to its end has the lines before that.
      while reader.line <= last, let piece = try? stream.next() {
        piece.withUnsafeBufferPointer { reader.read($0) }
      }
    }
    reader.finish()
    return reader.found
  }
}

/// Collects some of the lines of a text that comes in pieces.
private struct LineReader {
  let numbers: Set<Int>
  let longest: Int
  /// The line that is being read, from 1.
  private(set) var line = 1
  private(set) var found: [Int: String] = [:]
  private var current: [UInt8] = []

  init(numbers: Set<Int>, longest: Int) {
    self.numbers = numbers
    self.longest = longest
  }

  mutating func read(_ piece: UnsafeBufferPointer<UInt8>) {
    var start = 0
    while start < piece.count {
      let end = piece[start...].firstIndex(of: UInt8(ascii: "\n"))
      if numbers.contains(line), current.count <= longest {
        current += piece[start..<min(end ?? piece.count, start + longest + 2)]
      }
      guard let end else { return }
      finish()
      line += 1
      start = end + 1
    }
  }

  mutating func finish() {
    guard numbers.contains(line) else { return }
    if current.last == UInt8(ascii: "\r") { current.removeLast() }
    if current.count <= longest {
      if line == 1, current.starts(with: [0xef, 0xbb, 0xbf]) { current.removeFirst(3) }
      found[line] = String(decoding: current, as: UTF8.self).showingControls
    }
    current = []
  }
}
