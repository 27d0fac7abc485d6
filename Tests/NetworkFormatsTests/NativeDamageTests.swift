import NetworkFormats
import Testing

/// Whatever happens to a file on its way, the reader answers with a scenario or with diagnostics.
@Suite("Native files: damaged ones")
struct NativeDamageTests {
  private func survive(_ text: some StringProtocol, _ what: String) {
    do throws(InputFailure) {
      _ = try NativeReader.read(text: String(text), file: "damaged")
    } catch {
      #expect(error.diagnostics.contains { $0.severity == .error }, "\(what)")
      // The caret of each must be inside its line, or just behind it.
      for diagnostic in error.diagnostics {
        guard let line = diagnostic.sourceLine, let column = diagnostic.location.column else { continue }
        #expect(column >= 1 && column <= line.unicodeScalars.count + 1, "\(what): \(diagnostic.text)")
      }
    }
  }

  /// So many cuts and deletions per file are tried, evenly spread: all of a short file's, a sample of a long one's.
  private static let tries = 200

  @Test("a file cut off anywhere is read or told about", arguments: try Native.validFiles())
  func truncation(path: String) throws {
    let text = try TextFile.read(path)
    for length in stride(from: 0, to: text.count, by: max(1, text.count / Self.tries)) {
      survive(text.prefix(length), "the first \(length) characters")
    }
  }

  @Test("a file that lacks one character is read or told about", arguments: try Native.validFiles())
  func deletion(path: String) throws {
    let text = try TextFile.read(path)
    for position in stride(from: 0, to: text.count, by: max(1, text.count / Self.tries)) {
      var damaged = text
      damaged.remove(at: damaged.index(damaged.startIndex, offsetBy: position))
      survive(damaged, "without character \(position)")
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
      survive(damaged, "with \(character) at \(position)")
    }
  }
}
