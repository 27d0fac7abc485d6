import Foundation
import Testing
import TrafficModel

@testable import NetworkFormats

/// Ways in which people and programs save a table.
enum SavedText {
  struct Way: Sendable, CustomTestStringConvertible {
    var name: String
    /// Whether its encoding has to be guessed, with a warning.
    var isGuessed = false
    var encode: @Sendable (String) -> Data
    var testDescription: String { name }
  }

  static let ways = [
    Way(name: "UTF-8") { Data($0.utf8) },
    Way(name: "UTF-8 with a mark") { Data([0xef, 0xbb, 0xbf]) + Data($0.utf8) },
    Way(name: "UTF-16, little endian, with a mark") { Data([0xff, 0xfe]) + data($0, .utf16LittleEndian) },
    Way(name: "UTF-16, big endian, with a mark") { Data([0xfe, 0xff]) + data($0, .utf16BigEndian) },
    Way(name: "UTF-16, little endian", isGuessed: true) { data($0, .utf16LittleEndian) },
    Way(name: "UTF-16, big endian", isGuessed: true) { data($0, .utf16BigEndian) },
    Way(name: "GBK", isGuessed: true) { data($0, .init(rawValue: 0x8000_0632)) },
    Way(name: "CRLF") { Data($0.replacingOccurrences(of: "\n", with: "\r\n").utf8) },
    Way(name: "empty rows") { Data($0.replacingOccurrences(of: "\n", with: "\n\n,,,\n").utf8) },
  ]

  private static func data(_ text: String, _ encoding: String.Encoding) -> Data {
    text.data(using: encoding) ?? Data()
  }
}

@Suite("Tables as people and programs save them")
struct SavedTextTests {
  private func withFile<Result>(_ data: Data, _ body: (String) throws -> Result) throws -> Result {
    try SUMOFixture.withFolder { folder in
      let path = "\(folder)/table.csv"
      try data.write(to: URL(fileURLWithPath: path))
      return try body(path)
    }
  }

  @Test("counts", arguments: SavedText.ways)
  func counts(way: SavedText.Way) throws {
    let network = try CountsFileTests.network()
    let text =
      "junction,approach,turn,begin,end,vehicles\n路口,S,L,7:00,8:00,\"1,050\"\n\"Hill, lower\",N,T,7:00,8:00,20\n"
    let read = try withFile(way.encode(text)) { try CountsFile.read($0, network: network) }
    #expect(read.counts.entries.map(\.vehicles).sorted() == [20, 1050])
    #expect(read.warnings.count == (way.isGuessed ? 1 : 0), "\(read.warnings.map(\.message))")
  }

  @Test("plan tables", arguments: SavedText.ways)
  func plans(way: SavedText.Way) throws {
    let network = try PlanFixtures.network()
    let text = PlanCSV.text(of: PlanFixtures.plan(), network: network).replacing("\u{feff}", with: "")
    let read = try withFile(way.encode(text)) {
      try PlanFile.read($0, network: network, time: PlanTime(period: "", time: 0..<3600))
    }
    #expect(read.plan == PlanFixtures.plan())
    #expect(read.warnings.count == (way.isGuessed ? 1 : 0), "\(read.warnings.map(\.message))")
  }

  @Test("UTDF", arguments: SavedText.ways)
  func utdf(way: SavedText.Way) throws {
    let text = UTDFFixture.text(offset: 24).replacing("Side St,Side St", with: "长征路,长征路")
    let known = try UTDFFixture.read(text).scenario
    let read = try withFile(way.encode(text)) { try ScenarioReader.read($0, routes: []) }
    #expect(read.scenario.network.links == known.network.links)
    #expect(read.scenario.periods == known.periods)
    #expect(read.scenario.network.links.first { $0.name == "10.S" }?.street == "长征路")
    #expect(read.warnings.count == (way.isGuessed ? 1 : 0), "\(read.warnings.map(\.message))")
  }

  @Test("GMNS", arguments: SavedText.ways)
  func gmns(way: SavedText.Way) throws {
    var tables = GMNSFixture.crossing
    tables["link"] = tables["link"]?.replacingOccurrences(of: "South Street", with: "南大街路口")
    let known = try GMNSFixture.read(tables).scenario
    let link = tables["link"] ?? ""
    tables["link"] = nil
    let files =
      tables.sorted { $0.key < $1.key }.map { ("\($0.key).csv", Data($0.value.utf8)) }
      + [("link.csv", way.encode(link))]
    let read = try GMNSFixture.withFolder(files) { try GMNSReader.read($0) }
    #expect(read.scenario.network.links == known.network.links)
    #expect(read.scenario.periods == known.periods)
    #expect(read.warnings.count == (way.isGuessed ? 1 : 0), "\(read.warnings.map(\.message))")
  }
}
