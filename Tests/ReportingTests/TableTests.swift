import Foundation
import Testing
import TrafficSimulation

@testable import Reporting

#if canImport(FoundationXML)
  import FoundationXML
#endif

@Suite("A table, described once")
struct TableTests {
  private struct Row {
    var name: String
    var delay: Sides<Double>
    var served: Estimate
    var isFull = false
  }

  private let table = Table(
    "Delay",
    [
      TableGroup(.text(Title("junction", "路口"), room: .rest) { Cell($0.name, address: "#there") }),
      .pair(Title("delay, s", "延误"), .init(language: .chinese), of: \Row.delay) { .number($0, decimals: 1) },
      TableGroup(
        Title("served", ""),
        [
          .estimate(Title("veh/h", "通过量")) { .estimate($0.served, decimals: 0) },
          TableColumn(title: "", isText: true, isClose: true, isOnPages: false) { $0.isFull ? "*" : "" },
        ]),
    ],
    rows: [
      Row(name: "A & B", delay: Sides(12.34, 5), served: Estimate(of: [990, 1010]), isFull: true),
      Row(name: "C", delay: Sides(1, .infinity), served: Estimate(of: [8])),
    ])

  @Test("On a terminal intervals and marks have columns of their own, and what is not finite is a dash")
  func lines() {
    // Two values that are 20 apart: t(1) · 10 = 127.06.
    #expect(
      table.lines == [
        "          delay, s         served",
        "junction   now new  veh/h",
        "A & B     12.3 5.0  1,000 ± 127 *",
        "C          1.0   –      8",
      ])
  }

  @Test("On a page intervals stand beside their means, headings span columns, and names are text")
  func page() throws {
    let document = try XMLDocument(data: Data(table.html.joined().utf8))
    func texts(_ path: String) throws -> [String] {
      try document.nodes(forXPath: path).compactMap(\.stringValue)
    }
    #expect(try texts("//thead/tr[1]/*/@colspan") == ["1", "2", "1"])
    #expect(try texts("//thead/tr[2]/th") == ["路口", "现状", "方案", "通过量"])
    #expect(try texts("//tbody/tr[1]/*") == ["A & B", "12.3", "5.0", "1,000 ± 127"])
    #expect(try texts("//tbody/tr[1]//small") == ["± 127"])
    #expect(try texts("//tbody//a/@href") == ["#there", "#there"])
  }

  @Test("A table without rows has no lines")
  func empty() {
    #expect(Table(columns: [.text("name") { (row: String) in Cell(row) }], rows: []).lines.isEmpty)
  }

  @Test("A summary has no keys for what is absent, infinite or not a number, and sorts the others")
  func summary() throws {
    let absent: Double? = nil
    let object: JSONObject = [
      "b": 1.5, "a": [1, 2], "c": absent, "d": Double.infinity, "e": Double.nan as Double?,
      "f": ["x": "y"] as JSONObject, "g": nil,
    ]
    let text = try JSONText.text(object).filter { !$0.isWhitespace }
    #expect(text == #"{"a":[1,2],"b":1.5,"f":{"x":"y"}}"#)
  }
}
