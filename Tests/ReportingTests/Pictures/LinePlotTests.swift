import Foundation
import Testing

@testable import Reporting

#if canImport(FoundationXML)
  import FoundationXML
#endif

@Suite("Charts")
struct LinePlotTests {
  @Test(
    "Ticks are round, cover the range, and are not too many",
    arguments: [
      (2062.0...5500, [2000.0, 2500, 3000, 3500, 4000, 4500, 5000, 5500], 0),
      (0...1, [0, 0.2, 0.4, 0.6, 0.8, 1], 1), (0.61...0.72, [0.6, 0.62, 0.64, 0.66, 0.68, 0.7, 0.72], 2),
      (0...7, [0, 1, 2, 3, 4, 5, 6, 7], 0), (95...105, [94, 96, 98, 100, 102, 104, 106], 0),
    ] as [(ClosedRange<Double>, [Double], Int)])
  func ticks(range: ClosedRange<Double>, values: [Double], decimals: Int) {
    let ticks = RoundTicks(covering: range, most: 7)
    #expect(ticks.values.count == values.count)
    // Multiples of a decimal step are rounded.
    #expect(zip(ticks.values, values).allSatisfy { abs($0 - $1) < 1e-9 * max(1, abs($1)) })
    #expect(ticks.decimals == decimals)
  }

  @Test("A range of one value has ticks around it")
  func point() {
    let values = RoundTicks(covering: 3...3, most: 7).values
    #expect(values.count >= 2 && values[0] <= 3 && values[values.count - 1] >= 3)
  }

  private func plot(_ names: [String]) -> LinePlot {
    LinePlot(
      title: "Tom & Jerry <1>", xLabel: "demand", yLabel: "served",
      series: names.enumerated().map { index, name in
        LinePlot.Series(
          name: name, points: [.init(x: 0, y: 0), .init(x: 100, y: 90 - 10 * Double(index))],
          mark: .init(x: 50, y: 45), upright: (80, "μ"))
      }, diagonal: "all served", note: "a note")
  }

  @Test("The picture is well-formed XML with names in any script, and the same every time")
  func wellFormed() throws {
    let svg = plot(["现状", "a < b & c"]).svg
    let document = try XMLDocument(data: Data(svg.utf8))
    #expect(document.rootElement()?.name == "svg")
    let texts = try document.nodes(forXPath: "//*[local-name()='text']").compactMap { $0.stringValue }
    for wanted in ["Tom & Jerry <1>", "现状", "a < b & c", "all served", "a note", "demand", "served"] {
      #expect(texts.contains(wanted), "\(wanted)")
    }
    #expect(svg == plot(["现状", "a < b & c"]).svg)
  }

  @Test("Lines differ in colour or dashes, however many there are")
  func looks() {
    let svg = plot((0..<12).map { "plan \($0)" }).svg
    let lines = svg.split(separator: "\n").filter { $0.hasPrefix("<polyline") }
    let looks = Set(lines.map { $0.components(separatedBy: " points")[0] })
    #expect(lines.count == 12)
    #expect(looks.count == 12)
  }

  @Test("Points stand where their values are: the diagonal's ends lie on the frame")
  func places() {
    let svg = plot(["one"]).svg
    // 0 ... 100 by 0 ... 90, which ticks widen to 0 ... 100: from the lower left corner to the upper right one.
    #expect(svg.contains("<line class=\"diagonal\" x1=\"76\" y1=\"428\" x2=\"736\" y2=\"48\"/>"))
    #expect(svg.contains("points=\"76,428 736,86\""))
  }
}
