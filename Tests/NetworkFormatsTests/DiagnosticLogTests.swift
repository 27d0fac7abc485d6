import Foundation
import NetworkBuilding
import Testing

@testable import NetworkFormats

@Suite("Diagnostics")
struct DiagnosticLogTests {
  @Test("an attribute is quoted from the line of its tag that it stands in")
  func tagsOfSeveralLines() throws {
    let text =
      "<net>\n  <lane id=\"a\"\n    speed=\"fast\"\n    length=\"5\"/>\n  <lane speed=\"fast\"/>\n</net>"
    try SUMOFixture.withFile(text, name: "a.xml") { path in
      var log = DiagnosticLog(InputFile(path))
      log.error("no speed", at: TextPlace(line: 2, column: 1), quote: "fast")
      log.error("no width", at: TextPlace(line: 2, column: 1), quote: "narrow")
      log.error("beyond the end", at: TextPlace(line: 9, column: 1), quote: "fast")
      let found = log.diagnostics
      #expect(found.map(\.location.line) == [3, 2, 9])
      #expect(found.map(\.location.column) == [12, 1, 1])
      #expect(found.map(\.sourceLine) == ["    speed=\"fast\"", "  <lane id=\"a\"", nil])
    }
  }

  @Test("lines of a file are the lines of its text, whatever its encoding, marks and line ends")
  func lines() throws {
    let text = "one\r\n路口\n\nlast"
    let expected = [1: "one", 2: "路口", 3: "", 4: "last"]
    #expect(SourceText.text(text).lines([1, 2, 3, 4, 5]) == expected)
    try SUMOFixture.withFile("\u{feff}" + text, name: "a.xml") { path in
      #expect(SourceText.file(InputFile(path)).lines([1, 2, 3, 4, 5]) == expected)
    }
    #expect(SourceText.text(String(repeating: "x", count: 301) + "\nshort").lines([1, 2]) == [2: "short"])
    #expect(SourceText.file(InputFile("/nowhere/at/all")).lines([1]).isEmpty)
  }
}
