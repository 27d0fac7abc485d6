import Foundation
import NetworkBuilding
import Testing
import TrafficModel

@testable import NetworkFormats

@Suite("Control characters and formulas in names")
struct ControlCharacterTests {
  /// Escape, bell, the one-byte form of escape and `[`, and a mark that turns the direction of writing.
  private static let orders = ["\u{1b}", "\u{7}", "\u{9b}", "\u{202e}"]

  /// Whether a text has one that neither a table nor a line of text has.
  private func hasOrders(_ text: String) -> Bool {
    text.unicodeScalars.contains { scalar in
      scalar.value < 0x20 && scalar != "\n" && scalar != "\t" || (0x7f...0x9f).contains(scalar.value)
        || (0x202a...0x202e).contains(scalar.value)
    }
  }

  @Test(
    "in the midst of words, they reach neither a scenario nor a diagnostic", arguments: try FormatSample.all()
  )
  func inputs(sample: FormatSample) throws {
    try FormatSample.withFolder { folder in
      for (file, (name, text)) in sample.files.enumerated() {
        let scalars = Array(text.unicodeScalars)
        for (number, place) in stride(from: 0, to: scalars.count, by: max(1, scalars.count / 12)).enumerated()
        {
          var damaged = String.UnicodeScalarView()
          damaged.append(contentsOf: scalars[..<place])
          damaged.append(contentsOf: Self.orders[number % Self.orders.count].unicodeScalars)
          damaged.append(contentsOf: scalars[place...])
          switch try sample.changing(file, to: String(damaged)).read(in: folder) {
          case .success(let read):
            #expect(
              !hasOrders(
                "\(read.scenario.network.junctions) \(read.scenario.network.controllers.map(\.name))"))
            #expect(!read.warnings.contains { hasOrders($0.text) }, "\(name), \(place)")
          case .failure(let failure):
            #expect(!failure.diagnostics.contains { hasOrders($0.text) }, "\(name), \(place)")
          }
        }
      }
      _ = try sample.read(in: folder)
    }
  }

  @Test("a caret stands where it would without them")
  func caret() throws {
    var log = DiagnosticLog(file: "a\u{1b}b", text: "one\nx\u{1b}[2Jy = wrong\n")
    log.error("not '\u{8}wrong'", at: TextPlace(line: 2, column: 1), quote: "wrong")
    #expect(
      log.diagnostics.map(\.text) == [
        """
        a\u{241b}b:2:10: error: not '\u{2408}wrong'
          x\u{241b}[2Jy = wrong
                   ^
        """
      ])
  }

  @Test("XML holds none of them, and keeps what combines with a sign, line feeds and tabs")
  func xml() {
    #expect(XMLText.escaped("a\u{1b}\u{7f}\u{fffe}b") == "a\u{241b}\u{2421}\u{fffd}b")
    #expect(XMLText.escaped("<\u{338}&\u{301}\"\u{301}") == "&lt;\u{338}&amp;\u{301}&quot;\u{301}")
    #expect(XMLText.escaped("a\nb\tc") == "a&#10;b&#9;c")
  }

  @Test(
    "a spreadsheet shows a name that it would run, and the name is read back as it was",
    arguments: [
      "=1+1", "@SUM(A1)", "+cmd|' /C calc'!A0", "-2+3+cmd|'x'!A0", " =1", "'=1", "''@x", "-gneE5", "-12.5",
      "+3", "'quoted'",
      "plain", "a=b",
    ])
  func formulas(name: String) {
    let line = CSVText.line(["x", name])
    let isRun = "=@".contains(name.drop { $0 == " " }.first ?? " ") || name.contains("|")
    let isQuoted = name.hasPrefix("'=") || name.hasPrefix("''@")
    #expect(line == (isRun || isQuoted ? "x,'\(name)\n" : "x,\(name)\n"))
    var log = DiagnosticLog(file: "x.csv", text: line)
    #expect(CSVText.rows(of: line, log: &log).map { $0.fields.map(\.value) } == [["x", name]])
    #expect(CSVFields(line).value(0, 1) == name)
  }
}
