import Testing
import TrafficModel
import TrafficSimulation

@testable import Reporting

@Suite("Layout of reports")
struct ReportLayoutTests {
  private static func plain(_ text: String) -> String {
    text.replacing(/\u{1B}\[[0-9]+m/, with: "")
  }

  @Test("Colour changes nothing but colour, and only where it is asked for")
  func colour() async throws {
    let fixtures = try ReportFixtures()
    let report = OptimizationReport(
      scenario: "s", period: "p", network: fixtures.network, demand: fixtures.demand,
      result: fixtures.result(await fixtures.better(), isImprovement: true))
    let text = report.text
    let coloured = ReportLayout.$current.withValue(ReportLayout(isColoured: true)) { report.text }
    #expect(!text.contains("\u{1B}"))
    #expect(Self.plain(coloured) == text)
    // Less delay is better, and said in the tone of that.
    let delay = try #require(coloured.split(separator: "\n").first { $0.contains("total delay, veh·h  ") })
    #expect(delay.contains("\u{1B}[32m-"))
  }

  @Test(
    "Without a terminal no line is wider than 80 columns; on a wide one sentences stay narrow enough to read")
  func width() async throws {
    let fixtures = try ReportFixtures()
    let report = OptimizationReport(
      scenario: "s", period: "p", network: fixtures.network, demand: fixtures.demand,
      result: fixtures.result(await fixtures.better(), isImprovement: true), isStopped: true)
    func widths(_ text: String) -> [Int] { text.split(separator: "\n").map { String($0).displayWidth } }
    let usual = widths(report.text)
    #expect(usual.allSatisfy { $0 <= 80 })
    let wide = widths(ReportLayout.$current.withValue(ReportLayout(width: 200)) { report.text })
    #expect(wide.count < usual.count && wide.allSatisfy { $0 <= 100 })
    #expect(report.text.contains("The search was stopped"))
  }

  @Test("Escape sequences take no columns")
  func escapes() {
    #expect(ReportLayout.Tone.better.painted("路口 -5 %").displayWidth == "路口 -5 %".displayWidth)
  }
}
