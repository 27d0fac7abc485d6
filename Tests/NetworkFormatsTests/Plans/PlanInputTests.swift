import Foundation
import TestSupport
import Testing
import TrafficModel

@testable import NetworkFormats

@Suite("Plans of other tools as input")
struct PlanInputTests {
  private func withFile<Result>(
    _ name: String, _ text: String, _ body: (String) throws -> Result
  ) throws -> Result {
    try SUMOFixture.withFolder { folder in
      let path = "\(folder)/\(name)"
      try Data(text.utf8).write(to: URL(fileURLWithPath: path))
      return try body(path)
    }
  }

  private func messages(_ error: (any Error)?) -> [String] {
    guard let failure = error as? InputFailure else { return ["\(String(describing: error))"] }
    return failure.diagnostics.map { diagnostic in
      let place = [diagnostic.location.line, diagnostic.location.column].compactMap { $0 }.map(String.init)
      let file = diagnostic.location.file.split(separator: "/").last ?? ""
      return (["\(file):\(place.joined(separator: ":")): \(diagnostic.message)"] + diagnostic.notes)
        .joined(separator: "; ")
    }
  }

  // MARK: UTDF

  /// Phases and timing alone, as controllers' programs export them.
  private static let timing = """
    [Timeplans]
    Timing Plan Settings
    RECORDNAME,INTID,DATA
    Cycle Length,10,100
    Referenced To,10,1
    Reference Phase,10,206
    Offset,10,77

    [Phases]
    Phasing Data
    RECORDNAME,INTID,D1,D2,D3,D4,D5,D6,D7,D8
    BRP,10,111,112,211,212,121,122,221,222
    MaxGreen,10,8,38,8,28,11,35,8,28
    Yellow,10,3,4,3,4,3,4,3,4
    AllRed,10,1,1,1,1,1,1,1,1

    """

  @Test("UTDF without lanes is read on top of the network's own file, by the offset's own reference")
  func timingAlone() throws {
    try withFile("town.csv", UTDFFixture.text(offset: 24)) { town in
      let input = try ScenarioReader.read(town)
      let scenario = input.scenario
      try withFile("plan.csv", Self.timing) { path in
        let read = try PlanFile.read(
          path, network: scenario.network, time: PlanTime(scenario.periods[0]), origin: input.origin)
        #expect(read.warnings == [])
        let planned = Scenario(
          name: "", network: scenario.network,
          periods: [
            Period(name: "", demand: scenario.periods[0].demand, existingPlan: read.plan)
          ])
        // The first of phases 2 and 6 ends its green at 77 s: phase 2 after 12 + 38, phase 6 after 15 + 35 s.
        #expect(UTDFFixture.greens(planned, "EBT") == [[39, 38]])
        #expect(UTDFFixture.greens(planned, "WBT") == [[42, 35]])
        #expect(read.plan.programs[0]?.cycle == 100)
      }
    }
  }

  @Test("an older Timing.csv alone is read with the phases of the network's own file")
  func olderTimingAlone() throws {
    try withFile("town.csv", UTDFFixture.text(offset: 24)) { town in
      let input = try ScenarioReader.read(town)
      let scenario = input.scenario
      let timing =
        "Timing Plans\nPLANID,INTID,S1,S2,S3,S4,S5,S6,S7,S8,CL,OFF,REF\nA,10,12,33,12,33,15,30,12,33,90,34,206\n"
      try withFile("Timing.csv", timing) { path in
        let folder = String(path.dropLast("/Timing.csv".count))
        let read = try PlanFile.read(
          folder, network: scenario.network, time: PlanTime(scenario.periods[0]), origin: input.origin)
        let planned = Scenario(
          name: "", network: scenario.network,
          periods: [Period(name: "", demand: scenario.periods[0].demand, existingPlan: read.plan)])
        // A split of 33 s with 4 s of yellow and 1 s of all-red, as the phases of the network's file have them.
        #expect(UTDFFixture.greens(planned, "EBT") == [[34, 28]])
      }
    }
  }

  @Test("UTDF without lanes says nothing to a network of another kind")
  func timingForOtherNetworks() throws {
    let scenario = try PlanSamples.network("four-stage-junction")
    try withFile("plan.csv", Self.timing) { path in
      let error = #expect(throws: (any Error).self) {
        try PlanFile.read(path, network: scenario.network, time: PlanTime(scenario.periods[0]))
      }
      #expect(
        messages(error) == [
          "plan.csv:1:1: the file has no [Lanes], and so does not say which movements its phases serve; export the lanes, too, or name the network's own UTDF file as the input"
        ])
    }
  }

  @Test(
    "nodes, junctions and movements that the network does not have are told with their lines, all at once")
  func unknownNames() throws {
    try withFile("town.csv", UTDFFixture.text(offset: 24)) { town in
      let input = try ScenarioReader.read(town)
      let network = input.scenario.network
      let time = PlanTime(period: "", time: 0..<3600)
      let wrong = Self.timing + "\n[Timeplans]\n\nRECORDNAME,INTID,DATA\nCycle Length,11,90\n"
      try withFile("plan.csv", wrong) { path in
        let error = #expect(throws: (any Error).self) {
          try PlanFile.read(path, network: network, time: time, origin: input.origin)
        }
        #expect(
          messages(error).contains(
            "plan.csv:20:1: node 11 is not in the network; did you mean 10?")
        )
      }
      // Another network has that junction under another name, and no way from west to north.
      let other = UTDFFixture.text(offset: 24).replacing("10,0,0,0,0,", with: "10,0,0,0,0,Market")
      let named = UTDFFixture.text(offset: 24).replacing("10,0,0,0,0,", with: "10,0,0,0,0,Makret")
      try withFile("market.csv", other) { market in
        let network = try ScenarioReader.read(market).scenario.network
        try withFile("plan.csv", named) { path in
          let error = #expect(throws: (any Error).self) {
            try PlanFile.read(path, network: network, time: time)
          }
          #expect(
            messages(error).contains {
              $0.hasSuffix("junction 'Makret' is not in the network; did you mean 'Market'?")
                && $0.hasPrefix("plan.csv:")
            })
        }
      }
    }
  }

  @Test("a plan is put into a template that has junctions of the same names, whose unknown fields stay")
  func template() throws {
    let scenario = try PlanSamples.network("eight-signal-arterial")
    let exchange = PlanExchange(scenario: scenario)
    let present = UTDFWriter.write(scenario).files[0].text
      .replacing("\n[Phases]", with: "\n[Detectors]\nVendor's own\nA,B\n1,\"x, y\"\n\n[Phases]")
      .replacing("Referenced To,", with: "Colour,1,blue\nReferenced To,")
    // Phases keep their flashing don't walks, so the plan keeps its clearances.
    let plan = PlanSamples.changed(scenario, seed: 9, keepingClearances: true)
    try withFile("template.csv", present) { template in
      let written = try UTDFFormat().write(
        plan, of: scenario, in: exchange.period, origin: UTDFWriter.origin(template: template))
      #expect(written.losses.filter { !$0.contains("length") } == [])
      let text = written.files[0].text
      #expect(text.contains("[Detectors]\nVendor's own\nA,B\n1,\"x, y\"\n"))
      #expect(text.contains("Colour,1,blue\n"))
      try withFile("written.csv", text) { path in
        let read = try PlanFile.read(path, network: scenario.network, time: PlanTime(exchange.period))
        exchange.expectSameGreens(read.plan, plan)
      }
      // With the plan that it has, it stays as it is.
      let same = try UTDFFormat().write(
        exchange.period.existingPlan, of: scenario, in: exchange.period,
        origin: UTDFWriter.origin(template: template))
      #expect(same.files[0].text == present)
    }
  }

  // MARK: GMNS

  @Test("signal tables alone name movements of the network's own folder, and come back with the same greens")
  func signalTables() throws {
    let tables = GMNSFixture.crossing.sorted { $0.key < $1.key }.map {
      ("\($0.key).csv", Data($0.value.utf8))
    }
    try GMNSFixture.withFolder(tables) { folder in
      let input = try GMNSReader.read(folder)
      let scenario = input.scenario
      let exchange = PlanExchange(scenario: scenario)
      let plan = PlanSamples.changed(scenario, seed: 3)
      let written = try GMNSFormat().write(plan, of: scenario, in: exchange.period, origin: input.origin)
      #expect(written.files.allSatisfy { $0.name.hasPrefix("signal_") })
      try GMNSFixture.withFolder(written.files.map { ($0.name, Data($0.text.utf8)) }) { plans in
        let read = try PlanFile.read(
          plans, network: scenario.network, time: PlanTime(exchange.period), origin: input.origin)
        #expect(read.warnings == [])
        exchange.expectSameGreens(read.plan, plan)
        let error = #expect(throws: (any Error).self) {
          try PlanFile.read(plans, network: scenario.network, time: PlanTime(exchange.period))
        }
        #expect(messages(error).count == 1)
      }
    }
  }

  @Test("of plans for several times the one of the period is taken, by name or by time, or they are told")
  func times() throws {
    let scenario = try PlanSamples.network("lijiang-old-town")
    #expect(scenario.periods.count > 1)
    let written = GMNSWriter.write(scenario)
    try GMNSFixture.withFolder(written.files.map { ($0.name, Data($0.text.utf8)) }) { folder in
      for period in scenario.periods {
        var exchange = PlanExchange(scenario: scenario)
        for name in [period.name, ""] {
          let time = PlanTime(period: name, time: period.demand.begin..<period.demand.end)
          let read = try PlanFile.read(folder, network: scenario.network, time: time)
          exchange = PlanExchange(scenario: scenario)
          exchange.expectSameGreens(read.plan, period.existingPlan, period.name)
        }
      }
      let night = PlanTime(period: "night", time: 3600..<7200)
      let error = #expect(throws: (any Error).self) {
        try PlanFile.read(folder, network: scenario.network, time: night)
      }
      let names = scenario.periods.map { "'\($0.name)'" }.joined(separator: ", ")
      #expect(messages(error).first?.hasSuffix("; it has plans for \(names)") == true)
    }
  }

  // MARK: SUMO

  private static func waut(_ body: String) -> String {
    """
    <additional>
      <tlLogic id="路口" type="static" programID="am" offset="5">
        <phase duration="30" state="Gr"/><phase duration="30" state="rG"/>
      </tlLogic>
      <tlLogic id="路口" type="static" programID="noon" offset="0">
        <phase duration="20" state="Gr"/><phase duration="20" state="rG"/>
      </tlLogic>
      \(body)
      <wautJunction wautID="w" junctionID="路口"/>
    </additional>
    """
  }

  private func readWAUT(_ body: String, _ time: Range<Double>) throws -> ReadPlan {
    let network = try SUMOReader.read(configuration: SUMOFixture.path("small/small.sumocfg")).scenario.network
    return try withFile("plan.add.xml", Self.waut(body)) {
      try PlanFile.read($0, network: network, time: PlanTime(period: "", time: time))
    }
  }

  private static let switching = """
    <WAUT id="w" refTime="25200" startProg="noon"><wautSwitch time="0" to="am"/>
      <wautSwitch time="7200" to="noon"/></WAUT>
    """

  @Test(
    "a WAUT tells which programme runs in the period",
    arguments: [
      (0.0..<3600, "noon", 0), (25_200..<28_800, "am", 0), (26_000..<33_000, "am", 1),
      (40_000..<43_600, "noon", 0),
    ])
  func waut(time: Range<Double>, name: String, warnings: Int) throws {
    let read = try readWAUT(Self.switching, time)
    #expect(read.plan.programs[0]?.name == name)
    #expect(read.warnings.count == warnings)
  }

  @Test("a WAUT that comes again is followed into later days")
  func wautPeriod() throws {
    let daily = Self.switching.replacing("refTime", with: "period=\"86400\" refTime")
    for day in [0.0, 1, 5] {
      let morning = day * 86_400 + 25_200
      #expect(try readWAUT(daily, morning..<morning + 3600).plan.programs[0]?.name == "am")
      #expect(try readWAUT(daily, morning + 7200..<morning + 9000).plan.programs[0]?.name == "noon")
    }
    // Without it, the last switch counts for ever.
    #expect(try readWAUT(Self.switching, 111_600..<115_200).plan.programs[0]?.name == "noon")
  }

  @Test("programmes and WAUTs that the file does not have are told, with those that it has")
  func wautErrors() throws {
    do {
      _ = try readWAUT(Self.switching.replacing("to=\"am\"", with: "to=\"an\""), 0..<3600)
      Issue.record("it was read")
    } catch {
      #expect(
        messages(error) == [
          "plan.add.xml:8:74: there is no programme 'an' for signal '路口'; did you mean 'am'?; it has 'am', 'noon'"
        ])
    }
    do {
      _ = try readWAUT(Self.switching.replacing("id=\"w\"", with: "id=\"week\""), 0..<3600)
      Issue.record("it was read")
    } catch { #expect(messages(error) == ["plan.add.xml:10:25: unknown WAUT 'w'"]) }
  }
}
