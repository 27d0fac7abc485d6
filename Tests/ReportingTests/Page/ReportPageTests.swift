import Foundation
import TestSupport
import Testing
import TrafficModel

@testable import Reporting
@testable import SignalOptimization
@testable import TrafficSimulation

#if canImport(FoundationXML)
  import FoundationXML
#endif

@Suite("The page of a report")
struct ReportPageTests {
  private static let name = "路口 <script>alert(\"&\")</script>"
  private static let checksum = String(repeating: "ab", count: 32)

  private func html(_ language: ReportLanguage, isImprovement: Bool = true) async throws -> String {
    let fixtures = try ReportFixtures()
    let result = fixtures.result(await fixtures.better(), isImprovement: isImprovement)
    let report = OptimizationReport(
      scenario: Self.name, period: "am", network: fixtures.network, demand: fixtures.demand, result: result)
    let provenance = ReportProvenance(
      version: "1.2.3", sources: [.init(name: "路口.yaml", size: 12_345, checksum: Self.checksum)])
    return ReportPage(
      report, figures: await ReportPage.figures(of: report),
      throughput: await ReportPage.throughput(of: report),
      provenance: provenance, language: language
    ).html
  }

  @Test("It is well-formed, has every section, and fetches nothing", arguments: ReportLanguage.allCases)
  func sections(language: ReportLanguage) async throws {
    let document = try XMLDocument(data: Data(try await html(language).utf8))
    func nodes(_ path: String) throws -> [XMLNode] { try document.nodes(forXPath: path) }
    let ids = try nodes("//section/@id").compactMap(\.stringValue)
    #expect(ids == ["summary", "map", "queues", "throughput", "junctions", "certificate", "provenance"])
    #expect(try nodes("//nav/a/@href").compactMap(\.stringValue) == ids.map { "#\($0)" })
    #expect(try nodes("//svg").count == 5)
    #expect(try nodes("//html/@lang").first?.stringValue == language.tag)
    for attribute in try nodes("//@href | //@src") {
      let address = attribute.stringValue ?? ""
      #expect(address.hasPrefix("#") || address == "data:,", "\(address)")
    }
    // What is referred to is there, and no name is used twice.
    let names = try nodes("//@id").compactMap(\.stringValue)
    #expect(Set(names).count == names.count)
    for address in try nodes("//@href").compactMap(\.stringValue) where address.hasPrefix("#") {
      #expect(names.contains(String(address.dropFirst())), "\(address)")
    }
    let text = try #require(document.rootElement()?.stringValue)
    for wanted in [Self.name, Self.checksum, "12,345", "1.2.3", "approach 0", "1.250"] {
      #expect(text.contains(wanted), "\(wanted)")
    }
  }

  @Test("No address of another place stands in it, not even in its style and its script")
  func outside() async throws {
    let page = try await html(.english)
    for part in ["http:", "https:", "//cdn", "@import", "url(http"] {
      #expect(!page.contains(part), "\(part)")
    }
  }

  @Test("Names are text, whatever they hold")
  func names() async throws {
    let page = try await html(.english)
    #expect(!page.contains("<script>alert"))
    #expect(page.contains("路口 &lt;script&gt;alert(&quot;&amp;&quot;)&lt;/script&gt;"))
  }

  @Test("The figures are those of the report: before, after, change, interval")
  func figures() async throws {
    let document = try XMLDocument(data: Data(try await html(.english).utf8))
    let cells = try document.nodes(forXPath: "//section[@id='summary']//tr[th='total delay, veh·h']/td")
      .compactMap(\.stringValue)
    // 40 and 42, 10 and 11: −30.5 of 41 on average; the halves of the intervals by Student's t for one degree of freedom.
    #expect(cells == ["41.0 ± 12.7", "10.5 ± 6.4", "-74.4 % ± 15.5"])
  }

  @Test("Where no plan is better, the page says to keep the existing one")
  func keep() async throws {
    #expect(try await html(.english, isImprovement: false).contains("Keep your plan"))
    #expect(try await html(.chinese, isImprovement: false).contains("保留现状方案"))
    #expect(try await html(.chinese).contains("建议方案优于现状方案"))
  }

  @Test("In Chinese, measures stand under the goals of GA/T 527.2; in English they are one list")
  func groups() async throws {
    let document = try XMLDocument(data: Data(try await html(.chinese).utf8))
    let groups = try document.nodes(forXPath: "//section[@id='summary']//tr[@class='group']").compactMap(
      \.stringValue)
    #expect(groups == ["安全保障", "效率提升", "均衡调控"])
    #expect(!(try await html(.english)).contains("class=\"group\""))
  }

  @Test("The same result gives the same bytes")
  func determinism() async throws {
    let pages = [try await html(.chinese), try await html(.chinese)]
    #expect(pages[0] == pages[1])
  }

  @Test("What stands alone is well-formed XML without variables, light and dark")
  func alone() async throws {
    let network = try ReportFixtures().network
    let plan = try ReportFixtures().star.plan(greens: [30, 30])
    let program = try #require(plan[ControllerID(0)])
    let svg = StageDiagram(
      title: Self.name, controller: network[ControllerID(0)], program: program, span: 100, words: .chinese
    ).picture.svg
    let document = try XMLDocument(data: Data(svg.utf8))
    #expect(document.rootElement()?.name == "svg")
    #expect(!svg.contains("var(--"))
    #expect(svg.contains("prefers-color-scheme: dark"))
    let tips = try document.nodes(forXPath: "//@data-tip").compactMap(\.stringValue)
    #expect(tips == ["group 0: 绿灯 0–30 s, 黄灯 30–33 s", "group 1: 绿灯 33–63 s, 黄灯 63–66 s"])
  }
}
