import CapacityWorksheets
import Foundation
import HighwayCapacity
import NetworkBuilding
import NetworkFormats
import TestSupport
import Testing
import TrafficModel

@testable import Reporting

#if canImport(FoundationXML)
  import FoundationXML
#endif

@Suite("Junction sheets")
struct JunctionSheetTests {
  private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("../../..").standardizedFileURL
  private static let inputs = [
    "networks/eight-signal-arterial/network.yaml", "networks/four-stage-junction/network.yaml",
    "networks/lijiang-old-town/network.yaml", "networks/dual-ring-junction/network.yaml",
    "Tests/NetworkFormatsTests/Fixtures/sumo/small/small.sumocfg",
    "Tests/NetworkFormatsTests/Fixtures/sumo/mill/mill.net.xml mill.rou.xml",
    "Tests/NetworkFormatsTests/Fixtures/sumo/lefthand/left.net.xml traffic.rou.xml",
  ]

  private func scenario(_ input: String) throws -> Scenario {
    let parts = input.split(separator: " ").map(String.init)
    let file = Self.root.appendingPathComponent(parts[0])
    let routes = parts.dropFirst().map { file.deletingLastPathComponent().appendingPathComponent($0).path }
    return try ScenarioReader.read(file.path, routes: Array(routes)).scenario
  }

  private func sheets(
    _ scenario: Scenario, _ plans: [TimingPlan]? = nil, language: ReportLanguage = .english
  ) -> [JunctionSheet] {
    let period = scenario.periods[0]
    return JunctionSheet.sheets(
      of: scenario.network.controllers.indices.map { ControllerID($0) },
      JunctionSheet.Source(
        scenario: scenario.name, period: period, network: scenario.network,
        plans: plans ?? [period.existingPlan]), language: language)
  }

  // MARK: What is keyed in

  /// Where the reading and the plan differ, sampled so often and a little off whole seconds, where signals change.
  private func differences(_ sheet: JunctionSheet, _ program: SignalProgram, _ network: Network) throws
    -> [String]
  {
    let names = SheetNames(program.controller, network, PageWords.english.sheet)
    let keyed = try #require(try KeyedIn(SheetPage([sheet]).html, names))
    #expect(abs(keyed.cycle - program.cycle) < 0.051)
    var found: [String] = []
    for step in 0..<Int(program.cycle * 2) {
      let time = Double(step) / 2 + 0.27
      let states = program.states(at: keyed.offset + time)
      for (group, state) in states.enumerated() where keyed.state(ofGroup: group, at: time) != state {
        found.append("\(group) at \(time): \(keyed.state(ofGroup: group, at: time)), not \(state)")
      }
    }
    return found
  }

  @Test("Who keys in a sheet has the plan that runs, to the second", arguments: inputs)
  func existing(input: String) throws {
    let scenario = try scenario(input)
    let plan = scenario.periods[0].existingPlan
    let sheets = sheets(scenario)
    #expect(sheets.count == scenario.network.controllers.count)
    for (sheet, program) in zip(sheets, plan.programs.compactMap { $0 }) {
      #expect(try differences(sheet, program, scenario.network).prefix(3) == [], "\(sheet.title)")
    }
  }

  @Test("of two plans on a sheet the new one is keyed in")
  func proposed() throws {
    let scenario = try scenario("networks/lijiang-old-town/network.yaml")
    let file = Self.root.appendingPathComponent("networks/lijiang-old-town/weekday/plan-weekday-1715.csv")
    let plan = try PlanCSV.read(
      String(contentsOf: file, encoding: .utf8), file: file.path, network: scenario.network)
    for (sheet, program) in zip(
      sheets(scenario, [scenario.periods[0].existingPlan, plan]), plan.programs.compactMap { $0 })
    {
      #expect(try differences(sheet, program, scenario.network).prefix(3) == [], "\(sheet.title)")
    }
  }

  @Test("phases of any splits and orders are keyed in, left turns that also wait for gaps among them")
  func rings() throws {
    var random = LinearCongruential(seed: 11)
    let rings = try RingNetwork(permissive: true, cycleBounds: 20...400)
    for _ in 0..<20 {
      let program = RandomRings.program(rings, &random, doMeet: true)
      let sheet = try #require(
        JunctionSheet.sheets(
          of: [ControllerID(0)],
          JunctionSheet.Source(
            scenario: "rings",
            period: Period(
              name: "peak", demand: rings.demand(rings.network.movements.map { _ in 0.1 }),
              existingPlan: rings.plan(program)),
            network: rings.network, plans: [rings.plan(rings.program), rings.plan(program)]),
          language: .english
        ).first)
      #expect(try differences(sheet, program, rings.network).prefix(3) == [])
      #expect(sheet.svg.contains("barrier"))
    }
  }

  // MARK: Measures

  @Test("Measures are those of the Highway Capacity Manual's worksheets, in metres against the pocket")
  func measures() throws {
    let scenario = try scenario("networks/dual-ring-junction/network.yaml")
    let (network, period) = (scenario.network, scenario.periods[0])
    let study = CapacityStudy(
      network: network, plan: period.existingPlan, demand: period.demand, detectorsDecide: true)
    let sheet = try #require(sheets(scenario).first)
    let document = try XMLDocument(data: Data(SheetPage([sheet]).html.utf8))
    let table = try #require(try ReadTable(document, caption: "Lane groups"))
    let names = SheetNames(ControllerID(0), network, PageWords.english.sheet)
    let groups = study.worksheets[0].laneGroups
    #expect(table.rows.count == groups.count)
    for group in groups {
      let row = try #require(table.rows.first { $0[0] == names.laneGroup(group.lanes).name })
      let service = try #require(group.service)
      // As many decimals as the sheet has.
      #expect(abs(try #require(table.number("v/c", row)) - service.saturation) < 0.0051)
      #expect(abs(try #require(table.number("delay, s", row)) - service.delay) < 0.051)
      #expect(table.cell("LOS", row) == service.levelOfService.rawValue)
      #expect(abs(try #require(table.number("Q95, m", row)) - (try #require(group.queue95Length))) < 0.51)
      #expect(
        (table.number("pocket, m", row) != nil) == group.lanes.contains { network.laneBegins[$0.index] > 0 })
    }
    // Legs clockwise from north; left turns first.
    #expect(table.rows.map { $0[0] }.first == "N.L" && table.rows.map { $0[0] }.last == "W.TR")
  }

  // MARK: The page

  @Test("Sheets of both languages are well-formed, one for each controller", arguments: inputs)
  func pages(input: String) throws {
    let scenario = try scenario(input)
    for language in ReportLanguage.allCases {
      let sheets = sheets(scenario, language: language)
      let document = try XMLDocument(data: Data(SheetPage(sheets).html.utf8))
      #expect(try document.nodes(forXPath: "//article").count == scenario.network.controllers.count)
      #expect(try document.nodes(forXPath: "//script").isEmpty)
      for sheet in sheets {
        #expect(try XMLDocument(data: Data(sheet.svg.utf8)).rootElement()?.name == "svg")
        // Six points is the least that people read without a glass; cells have 7.
        #expect(SheetDrawing(sheet: sheet).scale() >= 0.75, "\(sheet.title)")
      }
    }
  }

  @Test("Names in any script, and those that look like markup, are text")
  func names() throws {
    let name = "路口 <b>&\"'"
    let legs: [Compass] = [.n, .e, .s, .w]
    let lanes = [LaneDraft([.left], pocket: 60), LaneDraft([.through, .right])]
    let junction = JunctionDraft(
      Located(name), approaches: legs.map { ApproachDraft($0, lanes: lanes, crossing: 14) },
      signals: SignalsDraft(
        stages: [["EW.TR", "NS.P"], ["EW.L"], ["NS.TR", "EW.P"], ["NS.L"]],
        plan: PlanDraft(greens: [26, 10, 24, 10])))
    let scenario = try NetworkDraft(
      "<i>城</i>", junctions: [junction], periods: [PeriodDraft("早高峰 & peak", begin: 0, end: 3600)]
    ).scenario()
    let sheet = sheets(scenario)[0]
    let document = try XMLDocument(data: Data(SheetPage([sheet]).html.utf8))
    #expect(try document.nodes(forXPath: "//h2").first?.stringValue?.hasPrefix(name) == true)
    #expect(try document.nodes(forXPath: "//b | //i").isEmpty)
    #expect(try XMLDocument(data: Data(sheet.svg.utf8)).rootElement() != nil)
  }
}
