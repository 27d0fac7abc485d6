import Foundation
import NetworkFormats
import Testing
import TrafficModel

@Suite("GMNS tables as people and programs save them")
struct GMNSTextTests {
  private static let gbk = String.Encoding(rawValue: 0x8000_0632)
  static let encodings: [(name: String, encode: @Sendable (String) -> Data)] = [
    ("UTF-8", { Data($0.utf8) }),
    ("UTF-8 with a mark", { Data([0xef, 0xbb, 0xbf]) + Data($0.utf8) }),
    ("UTF-16", { Data([0xff, 0xfe]) + ($0.data(using: .utf16LittleEndian) ?? Data()) }),
    ("GBK", { $0.data(using: gbk) ?? Data() }),
    ("CRLF", { Data($0.replacingOccurrences(of: "\n", with: "\r\n").utf8) }),
    ("blank lines", { Data($0.replacingOccurrences(of: "\n", with: "\n\n,,,\n").utf8) }),
    (
      "capitals",
      { text in
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        return Data((lines[0].uppercased() + "\n" + lines.dropFirst().joined(separator: "\n")).utf8)
      }
    ),
  ]

  @Test("the same tables say the same however they are saved", arguments: encodings.indices)
  func saved(index: Int) throws {
    let encoding = Self.encodings[index]
    var tables = GMNSFixture.crossing
    tables["link"] = tables["link"]?.replacingOccurrences(of: "South Street", with: "南大街路口")
    let plain = try GMNSFixture.read(tables).scenario
    let files = tables.sorted { $0.key < $1.key }.map { ("\($0.key).csv", encoding.encode($0.value)) }
    let read = try GMNSFixture.withFolder(files) { try GMNSReader.read($0) }
    #expect(read.scenario.network.links == plain.network.links, "\(encoding.name)")
    #expect(read.scenario.network.connections == plain.network.connections, "\(encoding.name)")
    #expect(read.scenario.periods == plain.periods, "\(encoding.name)")
    #expect(read.warnings.count == (encoding.name == "GBK" ? 1 : 0), "\(read.warnings.map(\.text))")
  }

  @Test("a column that looks misspelt is pointed at, the user's own are passed over")
  func unknownColumns() throws {
    var tables = GMNSFixture.crossing
    tables["node"] = tables["node"]?.replacingOccurrences(of: "ctrl_type", with: "ctr_type")
    tables["link"] = tables["link"]?.replacingOccurrences(of: "capacity", with: "opt_paint")
    let warnings = try GMNSFixture.read(tables).warnings
    #expect(warnings.count == 1)
    #expect(warnings.first?.notes == ["did you mean 'ctrl_type'?"])
  }

  @Test("a table cut off inside quotes or with too many fields is an error in its place")
  func broken() throws {
    var tables = GMNSFixture.crossing
    tables["node"] = (tables["node"] ?? "") + "X,\"12"
    #expect(
      try GMNSFixture.failure(tables).first
        == "node.csv:7:3: the quoted field never ends; a quote inside a field is written \"\"")
    tables["node"] = (GMNSFixture.crossing["node"] ?? "") + "\"X\"y,12,15,\n"
    #expect(
      try GMNSFixture.failure(tables) == [
        "node.csv:7:4: 'y' follows a quoted field without a separator; a quote inside a field is written \"\""
      ])
    tables["node"] = GMNSFixture.crossing["node"]?.replacingOccurrences(
      of: "1000,1300,", with: "1000,1300,,5")
    #expect(try GMNSFixture.failure(tables) == ["node.csv:3:14: '5' stands beyond the last column"])
  }

  @Test("a column that is there twice is an error in the header")
  func twice() throws {
    var tables = GMNSFixture.crossing
    tables["node"] = tables["node"]?.replacingOccurrences(of: "ctrl_type", with: "node_id")
    let failure = try GMNSFixture.failure(tables)
    let column =
      (GMNSFixture.crossing["node"] ?? "").prefix { $0 != "\n" }
      .components(separatedBy: "ctrl_type")[0].count + 1
    #expect(failure.contains("node.csv:1:\(column): the column 'node_id' is there twice"))
  }

  @Test("metric and mixed units give the same network")
  func mixedUnits() throws {
    var tables = GMNSFixture.crossing
    tables["config"] = "dataset_name,short_length,long_length,speed,crs\nCrossing,meter,mile,km/h,32650\n"
    tables["link"] = tables["link"]?.replacingOccurrences(of: "0.25,30", with: "0.25,48.28032")
    tables["segment"] = tables["segment"]?.replacingOccurrences(of: "1120,1320", with: "341.376,402.336")
    let (before, after) = (
      try GMNSFixture.read(GMNSFixture.crossing).scenario.network,
      try GMNSFixture.read(tables).scenario.network
    )
    for (a, b) in zip(before.lanes, after.lanes) {
      #expect(abs(a.length - b.length) < GMNSReaderTests.rounding)
      #expect(abs(a.speed - b.speed) < GMNSReaderTests.rounding)
    }
  }

  /// The crossing with lengths as if `factor` of their units were a mile, and words for the unit of the configuration.
  private func crossing(lengthsIn metres: Double, toldAs unit: String) throws -> ReadScenario {
    var tables = GMNSFixture.crossing
    tables["config"] = "dataset_name,short_length,long_length,speed,crs\nCrossing,foot,\(unit),mph,32650\n"
    tables["link"] = tables["link"]?.replacingOccurrences(
      of: "0.25,30", with: "\(0.25 * 1609.344 / metres),30")
    return try GMNSFixture.read(tables)
  }

  @Test(
    "lengths that the places of the nodes contradict are read in the unit that fits them, which is told",
    arguments: [
      (1609.344, "meter", "miles"), (1, "mile", "metres"), (1000, "meter", "kilometres"),
      (0.3048, "mile", "feet"),
    ])
  func wrongUnit(metres: Double, told: String, found: String) throws {
    let known = try GMNSFixture.read(GMNSFixture.crossing).scenario.network
    let read = try crossing(lengthsIn: metres, toldAs: told)
    for (a, b) in zip(known.links, read.scenario.network.links) {
      #expect(abs(a.length - b.length) < 0.01, "\(b.name)")
    }
    let warnings = read.warnings.filter { $0.message.contains("long_length") }
    #expect(warnings.count == 1)
    #expect(
      warnings.allSatisfy {
        $0.message.contains("'\(told)'")
          && $0.message.hasSuffix("that unit is wrong, the lengths are read as in \(found)")
      })
  }

  @Test("feet beside metres may be those of the coordinates: lengths are kept, with a warning")
  func feet() throws {
    // 402 m of road over 300 m as the crow flies: a factor of 1.34 on top.
    let read = try crossing(lengthsIn: 0.3048 * 1.34, toldAs: "meter")
    #expect(read.warnings.count { $0.message.hasSuffix("the lengths are kept") } == 1)
  }
}
