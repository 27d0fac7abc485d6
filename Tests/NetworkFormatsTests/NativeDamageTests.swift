import NetworkFormats
import Testing

/// Whatever happens to a file on its way, the reader answers with a scenario or with diagnostics.
@Suite("Native files: damaged ones")
struct NativeDamageTests {
  @Test(
    "a file with one character too many is read or told about",
    arguments: Array("\t\"'{}[]:,#&*|>%@`-?!\0\u{FEFF}🚦"))
  func insertion(character: Character) throws {
    let text = try InputFile(Native.fixtures + "valid/everything.yaml").text()
    for position in stride(from: 0, to: text.count, by: max(1, text.count / 25)) {
      var damaged = text
      damaged.insert(character, at: damaged.index(damaged.startIndex, offsetBy: position))
      #expect(Native.faults(readingDamaged: damaged) == [], "with \(character) at \(position)")
    }
  }
}
