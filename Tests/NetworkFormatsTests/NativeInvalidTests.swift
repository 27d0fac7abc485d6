import Foundation
import NetworkFormats
import Testing

@Suite("Native files: what is wrong")
struct NativeInvalidTests {
  @Test("every mistake is told with place, line and hint", arguments: try Native.invalidFiles())
  func diagnostics(path: String) throws {
    let name = URL(fileURLWithPath: path).lastPathComponent
    let text = try InputFile(path).text()
    let failure = #expect(throws: InputFailure.self) { try NativeReader.read(text: text, file: name) }
    let found = (failure?.diagnostics.map(\.text).joined(separator: "\n") ?? "") + "\n"
    let expected = path.replacingOccurrences(of: ".yaml", with: ".expected")
    if ProcessInfo.processInfo.environment["RECORD_SNAPSHOTS"] == "1" {
      try found.write(toFile: expected, atomically: true, encoding: .utf8)
      Issue.record("recorded \(expected): look at it, then run again without RECORD_SNAPSHOTS")
    } else {
      #expect(try found == String(contentsOfFile: expected, encoding: .utf8))
    }
  }

  @Test("a missing file, a folder and a file that is no text are told apart")
  func unreadable() throws {
    func message(_ path: String) -> String? {
      #expect(throws: InputFailure.self) { try NativeReader.read(path) }?.diagnostics.first?.message
    }
    #expect(message(Native.fixtures + "valid/nowhere.yaml") == "there is no such file")
    #expect(message(Native.fixtures + "valid") == "this is a folder, not a file")
    let binary = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).yaml")
    try Data([0x6e, 0x61, 0xff, 0xfe]).write(to: binary)
    defer { try? FileManager.default.removeItem(at: binary) }
    #expect(message(binary.path) == "the file is not UTF-8 text")
  }

  @Test("aliases that would unfold without end are refused in no time")
  func aliasBomb() throws {
    var text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
    for level in 1...40 {
      text +=
        "a\(level): &a\(level) [" + repeatElement("*a\(level - 1)", count: 10).joined(separator: ", ") + "]\n"
    }
    let failure = #expect(throws: InputFailure.self) { try NativeReader.read(text: text, file: "bomb") }
    #expect(failure?.diagnostics.map(\.location) == [SourceLocation(file: "bomb", line: 1, column: 5)])
  }

  @Test("nesting without end is refused")
  func deepNesting() throws {
    let text = "junctions: " + String(repeating: "[", count: 100_000)
    let failure = #expect(throws: InputFailure.self) { try NativeReader.read(text: text, file: "deep") }
    #expect(failure?.diagnostics.count == 1)
  }
}
