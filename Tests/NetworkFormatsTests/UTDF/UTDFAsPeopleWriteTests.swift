import Foundation
import NetworkFormats
import Testing
import TrafficModel

@Suite("UTDF files as people write them")
struct UTDFAsPeopleWriteTests {
  @Test("a file that names no neighbours is no network")
  func noNeighbours() {
    let text = UTDFFixture.text().split(separator: "\n", omittingEmptySubsequences: false).map {
      line -> String in
      let fields = line.split(separator: ",", omittingEmptySubsequences: false)
      guard let record = fields.first, ["Up ID", "Up Node", "Dest Node"].contains(record) else {
        return String(line)
      }
      return ([record, fields[1]] + fields.dropFirst(2).map { _ in "" }).joined(separator: ",")
    }.joined(separator: "\n")
    let failure = #expect(throws: InputFailure.self) { _ = try UTDFReader.read(text: text, file: "town.csv") }
    let errors = failure?.diagnostics.filter { $0.severity == .error } ?? []
    #expect(
      errors.map(\.message) == [
        "no road leads anywhere: neither links nor lanes name the nodes that they come from and go to"
      ])
    #expect(errors.allSatisfy { $0.location.line != nil && $0.location.column != nil })
  }

  /// The fixture with other words in some fields: called with the record, the column's position and the field.
  private func changed(_ change: (_ record: String, _ column: Int, _ field: String) -> String) -> String {
    UTDFFixture.text().split(separator: "\n", omittingEmptySubsequences: false).map { line in
      let fields = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      guard let record = fields.first, fields.count > 2 else { return String(line) }
      return fields.enumerated().map { change(record, $0, $1) }.joined(separator: ",")
    }.joined(separator: "\n")
  }

  /// The fixture with names for its nodes.
  private var named: String {
    let names = ["10": "J1", "20": "north", "30": "East 3", "40": "S4", "50": "W-5"]
    return changed { record, column, field in
      let holdsNodes =
        names[record] != nil && column == 0 || column == 1 && record != "RECORDNAME"
        || column > 1 && ["Up ID", "Up Node", "Dest Node", "Node 0"].contains(record)
      return holdsNodes ? names[field] ?? field : field
    }
  }

  @Test("nodes may have names instead of numbers")
  func names() throws {
    let known = try UTDFFixture.read(UTDFFixture.text()).scenario
    let read = try UTDFFixture.read(named)
    let scenario = read.scenario
    #expect(read.warnings == [])
    #expect(scenario.network.junctions.map(\.name) == ["J1", "north", "East 3", "S4", "W-5"])
    #expect(scenario.network.connections == known.network.connections)
    #expect(scenario.periods[0].demand == known.periods[0].demand)
    #expect(scenario.periods[0].existingPlan.programs == known.periods[0].existingPlan.programs)
  }

  @Test("a name that no node has is told, with the nearest one")
  func unknownName() throws {
    let text = named.replacing("Up ID,J1,S4,north", with: "Up ID,J1,S4,norht")
    let failure = #expect(throws: InputFailure.self) { try UTDFFixture.read(text) }
    let errors = failure?.diagnostics.filter { $0.severity == .error } ?? []
    #expect(errors.map(\.message) == ["unknown node 'norht'"])
    #expect(errors.first?.notes == ["did you mean 'north'?"])
  }

  @Test("a plan goes back into a file whose nodes have names")
  func updatesNames() throws {
    let scenario = try UTDFFixture.read(named).scenario
    var plan = scenario.periods[0].existingPlan
    plan.programs[0]?.offset += 7
    let text = try #require(try UTDFWriter.write(plan, updating: named, file: "town.csv").files.first?.text)
    let again = try UTDFFixture.read(text).scenario
    #expect(text.contains("Offset,J1,31"))
    #expect(
      UTDFFixture.greens(again, "EBT")
        == UTDFFixture.greens(scenario, "EBT").map {
          [($0[0] + 7).truncatingRemainder(dividingBy: 90), $0[1]]
        })
  }

  private func isOfNeighbours(_ record: String, _ column: Int, also records: [String]) -> Bool {
    column > 1 && (["Up Node", "Dest Node"] + records).contains(record)
  }

  @Test("where the lanes do not say where movements lead, links and turns do, with a warning")
  func turnsAlone() throws {
    let known = try UTDFFixture.read(UTDFFixture.text()).scenario
    let text = changed { isOfNeighbours($0, $1, also: []) ? "" : $2 }
    let read = try UTDFFixture.read(text)
    #expect(
      read.warnings.map(\.message) == [
        "node 10: no 'Dest Node' says where NBL, NBT, NBR, SBL, SBT, SBR, EBL, EBT, EBR, WBL, WBT, WBR lead, they are taken to lead where they turn"
      ])
    #expect(read.scenario.network.links == known.network.links)
    #expect(read.scenario.network.connections == known.network.connections)
    #expect(read.scenario.network.controllers == known.network.controllers)
    #expect(read.scenario.periods == known.periods)
  }

  @Test("a plan of a file that names no neighbours goes by legs and turns")
  func planWithoutNeighbours() throws {
    let known = try UTDFFixture.read(UTDFFixture.text()).scenario
    let text = changed { isOfNeighbours($0, $1, also: ["Up ID"]) ? "" : $2 }
      .replacing("Cycle Length,10,90.0", with: "Cycle Length,10,100")
      .replacing("MaxGreen,10,8,28,8,28,11,25,8,28", with: "MaxGreen,10,8,38,8,28,11,35,8,28")
      .split(separator: "\n", omittingEmptySubsequences: false)
      .filter { !$0.hasPrefix("Start,") && !$0.hasPrefix("End,") }.joined(separator: "\n")
    let read = try SUMOFixture.withFolder { folder in
      try text.write(toFile: folder + "/plan.csv", atomically: true, encoding: .utf8)
      return try PlanFile.read(
        folder + "/plan.csv", network: known.network, time: PlanTime(known.periods[0]))
    }
    let program = try #require(read.plan.programs[0])
    #expect(program.cycle == 100)
    let planned = Scenario(
      name: "", network: known.network,
      periods: [Period(name: "", demand: known.periods[0].demand, existingPlan: read.plan)])
    // The first of phases 2 and 6 turns green at 24 s, and both end together.
    #expect(UTDFFixture.greens(planned, "EBT") == [[24, 38]])
    #expect(UTDFFixture.greens(planned, "WBT") == [[27, 35]])
  }
}
