import NetworkFormats
import Testing

/// Whatever happens to a file on its way, the reader answers with a scenario or with diagnostics.
@Suite("Native files: damaged ones")
struct NativeDamageTests {
  /// So many cuts and deletions per file are tried, evenly spread: all of a short file's, a sample of a long one's.
  private static let tries = 200

  @Test("a file cut off anywhere is read or told about", arguments: try Native.validFiles())
  func truncation(path: String) throws {
    let text = try TextFile.read(path)
    for length in stride(from: 0, to: text.count, by: max(1, text.count / Self.tries)) {
      #expect(Native.faults(readingDamaged: text.prefix(length)) == [], "the first \(length) characters")
    }
  }

  @Test("a file that lacks one character is read or told about", arguments: try Native.validFiles())
  func deletion(path: String) throws {
    let text = try TextFile.read(path)
    for position in stride(from: 0, to: text.count, by: max(1, text.count / Self.tries)) {
      var damaged = text
      damaged.remove(at: damaged.index(damaged.startIndex, offsetBy: position))
      #expect(Native.faults(readingDamaged: damaged) == [], "without character \(position)")
    }
  }

  @Test(
    "a file with one character too many is read or told about",
    arguments: Array("\t\"'{}[]:,#&*|>%@`-?!\0\u{FEFF}🚦"))
  func insertion(character: Character) throws {
    let text = try TextFile.read(Native.fixtures + "valid/everything.yaml")
    for position in stride(from: 0, to: text.count, by: max(1, text.count / 25)) {
      var damaged = text
      damaged.insert(character, at: damaged.index(damaged.startIndex, offsetBy: position))
      #expect(Native.faults(readingDamaged: damaged) == [], "with \(character) at \(position)")
    }
  }
}
