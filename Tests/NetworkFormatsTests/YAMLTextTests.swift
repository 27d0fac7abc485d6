import NetworkBuilding
import Testing

@testable import NetworkFormats

@Suite("YAML text with places")
struct YAMLTextTests {
  @Test(
    "anchors and aliases are found where values begin",
    arguments: [
      ("a: &x 1", 4), ("a: [b, *x]", 8), ("- &x b", 3), ("a: {b: *x}", 8), ("&x a: 1", 1), ("? *x", 3),
      ("a: 'it''s'\nb: *x", 4), ("a: \"q\\\"\" \nb: &x 1", 4), ("# no\n&x a: 1", 1),
    ])
  func anchors(text: String, column: Int) {
    #expect(YAMLAnchors.first(in: text)?.column == column)
  }

  @Test(
    "ampersands and stars elsewhere are text",
    arguments: [
      "a: Rock & Roll", "a: R&D", "a: 'x, &y'", "a: \"*x\"", "a: 'it''s, &y'", "a: \"\\\", *x\"", "# a: *x",
      "a: 2 * 3", "a: x # *y", "A & B: 1", "a: it's, b: &", "a: \"\\\\\" # *x",
    ])
  func noAnchors(text: String) {
    #expect(YAMLAnchors.first(in: text) == nil)
  }

  @Test("keys given twice are all found, at any depth, and the later value counts")
  func duplicates() throws {
    let text = "a: 1\nb: {c: 1, c: 2, 'c': 3}\na: 2\n路: [{x: 1, x: 2}]\n"
    var log = DiagnosticLog(file: "f", text: text)
    let root = try #require(YAMLText.root(of: text, &log))
    let fields = try #require(root.fields("the text", keys: ["a", "b", "路"], &log))
    #expect(fields["a"]?.number("a", .length, &log) == 2)
    #expect(
      log.diagnostics.map { "\($0.location.line ?? 0):\($0.location.column ?? 0) \($0.message)" }.sorted()
        == [
          "2:17 'c' is given twice", "2:17 'c' is given twice", "3:1 'a' is given twice",
          "4:12 'x' is given twice",
        ])
  }

  @Test(
    "columns count Unicode scalars", arguments: [("路口: x", 5), ("é: x", 4), ("e\u{301}: x", 5), ("🚦: x", 4)])
  func columns(text: String, column: Int) throws {
    var log = DiagnosticLog(file: "f", text: text)
    let root = try #require(YAMLText.root(of: text, &log))
    guard case .mapping(let entries) = root.content else {
      Issue.record("not a mapping")
      return
    }
    #expect(entries.first?.value.place.column == column)
  }

  @Test(
    "numbers are decimal and finite, nothing else",
    arguments: ["nan", ".inf", "inf", "0x10", "1_000", "1,5", "", "--1", "1e999", "٣", "12 m"])
  func numbers(text: String) {
    var log = DiagnosticLog(file: "f", text: text)
    let node = YAMLNode(content: .scalar(text, isPlain: true), place: TextPlace(line: 1, column: 1))
    #expect(node.number("x", NumberRule(range: -1e9...1e9, unit: "m"), &log) == nil)
    #expect(log.hasErrors)
  }
}
