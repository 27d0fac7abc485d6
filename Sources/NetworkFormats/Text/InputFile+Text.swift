internal import Foundation
internal import NetworkBuilding

extension InputFile {
  /// The text of a file, and what had to be guessed of it.
  struct GuessedText: Sendable {
    var text: String
    /// Nil where the file itself tells it.
    var encoding: String?
  }

  /// The text of a file in UTF-8; gzip is recognised by its content, whatever the file is called.
  ///
  /// - Throws: `InputFailure` when the file is missing, a folder, unreadable, too large, cut off, or not UTF-8.
  public func text() throws(InputFailure) -> String {
    let content = Self.withoutMark(try ByteStream(self).rest())
    if let text = String(validating: content, as: UTF8.self) { return text }
    let place = Self.placeOfDamage(content)
    throw InputFailure(
      "the file is not UTF-8 text", at: SourceLocation(file: path, line: place.line, column: place.column))
  }

  /// Where bytes stop being UTF-8.
  private static func placeOfDamage(_ content: ArraySlice<UInt8>) -> TextPlace {
    var place = TextPlace(line: 1, column: 1)
    var parser = Unicode.UTF8.ForwardParser()
    var rest = content.makeIterator()
    while case .valid(let scalar) = parser.parseScalar(from: &rest) {
      if Unicode.UTF8.decode(scalar) == "\n" {
        place = TextPlace(line: place.line + 1, column: 1)
      } else {
        place.column += 1
      }
    }
    return place
  }

  /// What the file begins with, in whatever encoding it declares; for telling files apart.
  ///
  /// - Throws: `InputFailure` when the file is missing, a folder, unreadable or damaged at its beginning.
  public func beginning() throws(InputFailure) -> String {
    String(decoding: Self.withoutMark(try TextStream(self).next() ?? []), as: UTF8.self)
  }

  /// The first two characters of the text that are no white space, and no separators or quotes of a table; fewer where there
  /// are none.
  ///
  /// - Throws: `InputFailure` when the file cannot be read, or is in no encoding.
  func firstMarks() throws(InputFailure) -> String {
    func marks(_ text: String) -> String {
      String(text.lazy.filter { !$0.isWhitespace && !",;\"".contains($0) }.prefix(2))
    }
    // XML says its encoding itself, and need not be read to its end.
    let first = marks(try beginning())
    return first.first == "<" ? first : marks(try guessedText().text)
  }

  private static func withoutMark(_ bytes: [UInt8]) -> ArraySlice<UInt8> {
    bytes.starts(with: [0xef, 0xbb, 0xbf]) ? bytes.dropFirst(3) : bytes[...]
  }

  /// The text of a file whose encoding nobody says: UTF-8 or UTF-16 with or without a mark, or else GBK or
  /// Windows-1252, as tables exported by older programs are.
  ///
  /// - Throws: `InputFailure` when the file is missing, a folder, unreadable or in no such encoding.
  func guessedText() throws(InputFailure) -> GuessedText {
    do {
      return GuessedText(text: try text())
    } catch {
      let stored = try bytes()
      guard !Gunzip.isCompressed(stored), let decoded = Self.decode(stored) else { throw error }
      return decoded
    }
  }

  /// The text of such a file, with what to tell the user of it.
  func tableText() throws(InputFailure) -> (text: String, warnings: [Diagnostic]) {
    let guessed = try guessedText()
    let warnings = guessed.encoding.map {
      [
        Diagnostic(
          .warning, at: SourceLocation(file: path), "the file is not UTF-8 text, it is read as \($0)")
      ]
    }
    return (guessed.text, warnings ?? [])
  }

  /// Decodes what is not UTF-8.
  private static func decode(_ bytes: [UInt8]) -> GuessedText? {
    if bytes.starts(with: [0xff, 0xfe]) || bytes.starts(with: [0xfe, 0xff]) {
      guard let text = utf16(bytes.dropFirst(2), isBigEndian: bytes[0] == 0xfe) else { return nil }
      return GuessedText(text: text)
    }
    // Without a mark, every other byte of plain text is 0.
    let beginning = bytes.prefix(200)
    if beginning.count > 3, beginning.contains(0) {
      let zeros = beginning.indices.filter { beginning[$0] == 0 }
      let isBigEndian = zeros.count { $0 % 2 == 0 } > zeros.count { $0 % 2 == 1 }
      guard let text = utf16(bytes[...], isBigEndian: isBigEndian) else { return nil }
      return GuessedText(text: text, encoding: "UTF-16")
    }
    if hasPairs(bytes), let text = String(bytes: bytes, encoding: gb18030) {
      return GuessedText(text: text, encoding: "GBK")
    }
    return String(bytes: bytes, encoding: .windowsCP1252).map {
      GuessedText(text: $0, encoding: "Windows-1252")
    }
  }

  private static let gb18030 = String.Encoding(rawValue: 0x8000_0632)

  /// Whether bytes above ASCII come in pairs, as the two of a Chinese character do.
  private static func hasPairs(_ bytes: [UInt8]) -> Bool {
    var run = 0
    for byte in bytes + [0] {
      if byte >= 0x80 {
        run += 1
      } else {
        if run % 2 == 1 { return false }
        run = 0
      }
    }
    return true
  }

  private static func utf16(_ bytes: ArraySlice<UInt8>, isBigEndian: Bool) -> String? {
    guard bytes.count % 2 == 0 else { return nil }
    var units: [UInt16] = []
    units.reserveCapacity(bytes.count / 2)
    for index in stride(from: bytes.startIndex, to: bytes.endIndex, by: 2) {
      let (first, second) = (UInt16(bytes[index]), UInt16(bytes[index + 1]))
      units.append(isBigEndian ? first << 8 | second : second << 8 | first)
    }
    return String(validating: units, as: UTF16.self)
  }
}
