import Foundation
import NetworkFormats
import Testing
import TrafficModel

@Suite("MATSim files as people write them")
struct MATSimAsPeopleWriteTests {
  private func name(of root: String) throws -> String {
    try #require(MATSimFixture.files.first { $0.value.contains("<\(root)") }?.key)
  }

  @Test("times may have no seconds")
  func times() throws {
    var files = MATSimFixture.files
    let plans = try name(of: "population")
    let text = try #require(files[plans])
    files[plans] = text.replacing("end_time=\"07:10:00\"", with: "end_time=\"07:10\"")
    #expect(files[plans] != text)
    #expect(
      try MATSimFixture.read(files).scenario.periods.map(\.demand)
        == MATSimFixture.read().scenario.periods.map(\.demand))
  }

  @Test("a signal system without a plan, as adaptive ones are, has one that stands for what runs")
  func adaptive() throws {
    var files = MATSimFixture.files
    let control = try name(of: "signalControl")
    let text = try #require(files[control])
    let plans = try #require(text.firstRange(of: /<signalPlan (?s:.)*<\/signalPlan>/))
    files[control] = text.replacingCharacters(in: plans, with: "")
    let read = try MATSimFixture.read(files)
    let network = read.scenario.network
    #expect(read.warnings.contains { $0.message.contains("has no plan") && $0.location.column != nil })
    #expect(network.controllersNotPlayed == [ControllerID(0)])
    let plan = read.scenario.periods[0].existingPlan
    #expect(plan.check(against: network) == [])
  }

  @Test(
    "what is there twice is an error, whatever names it",
    arguments: [
      ("network", "node"), ("network", "link"), ("signalSystems", "signalSystem"),
      ("signalGroups", "signalGroup"),
    ])
  func twice(root: String, element: String) throws {
    var files = MATSimFixture.files
    let file = try name(of: root)
    let text = try #require(files[file])
    let pattern = try Regex("<\(element) [^>]*(?:/>|>(?s:.)*?</\(element)>)")
    let ranges = text.ranges(of: pattern)
    let first = try #require(ranges.first)
    files[file] = text.replacingCharacters(in: first, with: text[first] + "\n" + text[first])
    #expect(try MATSimFixture.failure(files).contains { $0.contains("is there twice") })
  }

  @Test("what is wrong with a folder's configuration is told of it, not of the folder")
  func damagedConfiguration() throws {
    var files = MATSimFixture.files
    files["config.xml"] = "<config>\n  <module name=\"network\">\n"
    let told = try MATSimFixture.failure(files)
    #expect(told.count == 1 && told[0].contains("ends too soon"), "\(told)")
  }
}
