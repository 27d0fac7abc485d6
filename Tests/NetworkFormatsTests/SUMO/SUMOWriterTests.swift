import Foundation
import NetworkBuilding
import NetworkFormats
import TestSupport
import Testing
import TrafficModel

@Suite("SUMO writer")
struct SUMOWriterTests {
  /// netconvert writes lengths and speeds with two decimals.
  static let decimals = 0.006

  /// Where SUMO's netconvert is; nil where it is not installed.
  static var netconvert: String? {
    let environment = ProcessInfo.processInfo.environment
    let folders =
      (environment["SUMO_HOME"].map { ["\($0)/bin"] } ?? [])
      + (environment["PATH"] ?? "").split(separator: ":").map(String.init)
    return folders.map { "\($0)/netconvert" }.first { FileManager.default.isExecutableFile(atPath: $0) }
  }

  private func run(_ program: String, _ arguments: [String], in folder: String) throws -> (Int32, String) {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = arguments
    process.currentDirectoryURL = URL(fileURLWithPath: folder)
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = pipe
    try process.run()
    let data = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: data, as: UTF8.self))
  }

  private func expectSame(_ scenario: Scenario) throws {
    guard let netconvert = Self.netconvert else { return }
    let written = SUMOWriter.write(scenario)
    try GMNSFixture.withFolder(written.files.map { ($0.name, Data($0.text.utf8)) }) { folder in
      let (code, messages) = try run(netconvert, ["-c", "network.netccfg"], in: folder)
      #expect(code == 0 && !messages.contains("Error"), "\(messages)")
      let read = try ScenarioReader.read("\(folder)/network.sumocfg", routes: [])
      let trip = WrittenRoundTrip(before: scenario, after: read.scenario)
      let (old, new) = (scenario.network, read.scenario.network)
      #expect(old.side == new.side)
      #expect(trip.connections(old).keys.sorted() == trip.connections(new).keys.sorted())
      #expect(new.links.count == old.links.count)
      for link in old.links {
        let other = try #require(new.links.first { $0.name == WrittenRoundTrip.plain(link.name) })
        #expect(abs(link.length - other.length) < Self.decimals, "\(link.name)")
        #expect(abs(link.speed - other.speed) < Self.decimals, "\(link.name)")
      }
      try trip.expectSameGreens()
      #expect(read.scenario.periods[0].demand.departures.count > 0)
    }
  }

  @Test(
    "netconvert builds the network of a shipped one, with the same ways, lengths and greens",
    arguments: WrittenRoundTrip.shipped)
  func shipped(name: String) throws { try expectSame(WrittenRoundTrip.scenario(shipped: name)) }

  @Test(
    "netconvert builds the network of a grid, with the same ways, lengths and greens",
    arguments: [(1, 1, 1), (2, 3, 3)])
  func grids(rows: Int, columns: Int, seed: Int) throws {
    try expectSame(WrittenRoundTrip.grid(rows: rows, columns: columns, seed: seed))
  }

  @Test(
    "netconvert builds left-hand networks with the same ways, lengths and greens", arguments: [0, 1, 2, 6])
  func leftHand(seed: Int) throws {
    try expectSame(RandomDrafts.draft(seed).mirrored.scenario())
  }

  @Test("The files are the ones that the configurations name, and what they leave out is told")
  func files() throws {
    let written = SUMOWriter.write(try WrittenRoundTrip.scenario(shipped: "eight-signal-arterial"))
    let names = ["nod.xml", "edg.xml", "con.xml", "tll.xml", "rou.xml", "netccfg", "sumocfg"].map {
      "network." + $0
    }
    #expect(written.files.map(\.name) == names)
    for name in names.prefix(4) { #expect(written.files[5].text.contains("\"\(name)\"")) }
    #expect(written.losses.contains { $0.hasPrefix("16 turn pockets") })
    #expect(written.losses.contains { $0.hasPrefix("turning counts") })
  }
}
