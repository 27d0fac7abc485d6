import Foundation
import Testing
import TrafficModel

@testable import NetworkFormats

/// Scenarios have no `==`: networks do not, whose derived parts follow from what is compared here.
func expectEqual(
  _ first: Scenario, _ second: Scenario, sourceLocation: Testing.SourceLocation = #_sourceLocation
) {
  func same<Value: Equatable>(_ values: (Scenario) -> Value, _ what: Comment) {
    #expect(values(first) == values(second), what, sourceLocation: sourceLocation)
  }
  same(\.name, "name")
  same(\.network.junctions, "junctions")
  same(\.network.links, "links")
  same(\.network.lanes, "lanes")
  same(\.network.connections, "connections")
  same(\.network.conflicts, "conflicts")
  same(\.network.crossings, "crossings")
  same(\.network.controllers, "controllers")
  same(\.periods, "periods")
  same(\.days, "days")
}

@Suite("Native files: writing")
struct NativeWriterTests {
  private func expectToReadBack(_ scenario: Scenario) throws {
    let written = NativeWriter.write(scenario)
    #expect(written.losses == [])
    #expect(written.files.map(\.name) == [""])
    let text = try #require(written.files.first?.text)
    let read: ReadScenario
    do {
      read = try NativeReader.read(text: text, file: "written")
    } catch {
      Issue.record("\(error.diagnostics.prefix(5).map(\.text).joined(separator: "\n"))")
      return
    }
    expectEqual(read.scenario, scenario)
    #expect(NativeWriter.write(read.scenario) == written)
  }

  @Test("every shipped network and every valid fixture reads back equal", arguments: try Native.validFiles())
  func files(path: String) throws {
    try expectToReadBack(NativeReader.read(path).scenario)
  }

  @Test("generated grids read back equal", arguments: 1...6)
  func grids(seed: Int) throws {
    let text = GridNetwork.yaml(
      rows: 1 + seed % 3, columns: 1 + seed / 2, seed: UInt64(seed), overload: Double(seed % 2))
    try expectToReadBack(NativeReader.read(text: text, file: "grid").scenario)
  }

  @Test("a network of SUMO reads back equal, with routes, vehicles and signals")
  func sumo() throws {
    try expectToReadBack(SUMOReader.read(configuration: SUMOFixture.path("small/small.sumocfg")).scenario)
    try expectToReadBack(SUMOReader.read(configuration: SUMOFixture.path("small/evening.sumocfg")).scenario)
  }

  @Test(
    "names of any kind come back",
    arguments: [
      "路口", "a: b", "x, y", "[1]", "{", "#1", "true", "null", "12", "1e3", "-1", "say \"hi\"", "back\\slash",
      "tab\there", " leads with a space", "ends with one ", "é è", "->", "🚦 3", "a\u{200B}b", "~", "0x10",
      "'",
      "&a", "*b", "!c", "%d", "@e", "`f", "a #b", "line\nbreak", "\u{85}",
    ])
  func names(name: String) throws {
    var log = DiagnosticLog(file: "text", text: "")
    let root = try #require(YAMLText.root(of: "a: [{b: \(YAMLWriting.text(name))}, x]\n", &log))
    let list = try #require(root.fields("a", keys: ["a"], &log)?["a"]?.list("a", &log))
    #expect(list.count == 2)
    #expect(list[0].fields("b", keys: ["b"], &log)?["b"]?.text("b", &log) == name.showingControls)
    #expect(!log.hasErrors)
  }

  @Test("speeds and flows come back exactly, in km/h and veh/h where those are exact")
  func quantities() throws {
    #expect(YAMLWriting.speed(50 / 3.6) == "50")
    #expect(YAMLWriting.speed(13.89) == "13.89 m/s")
    #expect(YAMLWriting.flow(1650 / 3600.0) == "1650")
    #expect(YAMLWriting.flow(0.4583) == "0.4583 veh/s")
  }
}

@Suite("Detailed native files")
struct DetailedFileTests {
  private func example() throws -> String {
    let guide = try InputFile(Native.documentation + "DetailedFormat.md").text()
    return try #require(
      guide.components(separatedBy: "```yaml\n").dropFirst().first?.components(separatedBy: "```").first)
  }

  @Test("the guide's example is read without warnings, and its plan is legal")
  func guide() throws {
    let read = try NativeReader.read(text: example(), file: "example")
    #expect(read.warnings == [])
    let scenario = read.scenario
    #expect(scenario.network.links.map(\.name) == ["in", "out"])
    #expect(scenario.network.controllers[0].intergreens == [[0, 5], [6, 0]])
    #expect(scenario.periods[0].demand.counts[0].vehicles == [600])
    #expect(scenario.periods[0].existingPlan.check(against: scenario.network) == [])
  }

  @Test("a key that the guide's tables do not name does not exist")
  func keys() throws {
    let guide = try InputFile(Native.documentation + "DetailedFormat.md").text()
    let keys =
      DetailedReader.keys + DetailedNetwork.nodeKeys + DetailedNetwork.linkKeys + DetailedNetwork.laneKeys
      + DetailedNetwork.connectionKeys + DetailedNetwork.meetingKeys + DetailedNetwork.crossingKeys
      + DetailedControllers.keys + DetailedControllers.groupKeys + DetailedControllers.pairKeys
      + DetailedPhases.keys
      + DetailedPeriod.keys + DetailedPeriod.programKeys + DetailedDemand.vehicleKeys
      + DetailedDemand.flowKeys + DetailedDemand.departureKeys + DetailedDemand.countKeys
      + DetailedDemand.pedestrianKeys
    for key in keys { #expect(guide.contains(key), "\(key)") }
  }

  @Test("numbers and names changed at random are read or told about, never a trap")
  func changedFigures() throws {
    let text = try example()
    for word in ["1", "40", "200", "Gate", "in", "Gr", "cars", "27000", "T"] {
      for other in ["0", "-1", "1e9", "99999999999999999999", "nan", "nothing", "[]", "{}", "\"\""] {
        #expect(
          Native.faults(readingDamaged: text.replacing(word, with: other)) == [], "\(other) for \(word)")
      }
    }
  }
}
