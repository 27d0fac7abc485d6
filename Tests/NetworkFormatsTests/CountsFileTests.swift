import Foundation
import NetworkBuilding
import NetworkFormats
import Testing
import TrafficModel

@Suite("Counts files")
struct CountsFileTests {
  private static let fixtures = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("Fixtures/counts").path

  static func network() throws -> Network {
    try NativeReader.read(fixtures + "/network.yaml").scenario.network
  }

  private static func invalidFiles() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: fixtures + "/invalid").filter { $0.hasSuffix(".csv") }
      .sorted()
  }

  /// What was counted, as `link → link h:mm-h:mm vehicles`.
  private func read(_ text: String) throws -> (lines: [String], warnings: [Diagnostic]) {
    let network = try Self.network()
    let read = try CountsFile.read(text: text, file: "counts.csv", network: network)
    let lines = read.counts.entries.map { entry in
      "\(network.name(of: entry.movement)) \(Int(entry.begin / 60))-\(Int(entry.end / 60)) \(entry.vehicles)"
    }
    return (lines, read.warnings)
  }

  @Test("every mistake is told with place, line and hint", arguments: try invalidFiles())
  func diagnostics(name: String) throws {
    let path = Self.fixtures + "/invalid/" + name
    let network = try Self.network()
    let text = try InputFile(path).text()
    let failure = #expect(throws: InputFailure.self) {
      try CountsFile.read(text: text, file: name, network: network)
    }
    let found = (failure?.diagnostics.map(\.text).joined(separator: "\n") ?? "") + "\n"
    let expected = path + ".expected"
    if ProcessInfo.processInfo.environment["RECORD_SNAPSHOTS"] == "1" {
      try found.write(toFile: expected, atomically: true, encoding: .utf8)
      Issue.record("recorded \(expected): look at it, then run again without RECORD_SNAPSHOTS")
    } else {
      #expect(try found == String(contentsOfFile: expected, encoding: .utf8))
    }
  }

  private static let expected = [
    "Hill, lower.N → Hill, lower.S out 420-435 1234.0", "路口.E → Hill, lower.E 420-435 12.5",
  ]

  @Test(
    "the same counts in every layout are the same",
    arguments: [
      // Links by name; a quoted comma, a thousands separator.
      """
      junction,from,to,begin,end,vehicles
      "Hill, lower","Hill, lower.N","Hill, lower.S out",7:00,7:15,"1,234"
      路口,路口.E,"Hill, lower.E",7:00,7:15,12.5

      """,
      // Letters; semicolons, CRLF, padding rows, spaces between thousands, columns in another order.
      "turn;approach;vehicles;junction;begin;end\r\nT;N;1 234;Hill, lower;7:00 AM;7:15 AM\r\n;;;;;\r\nt;e;12.5;路口;07:00:00;26100\r\n",
      // One row for each interval; nobody can turn left from the north at 路口, and nobody did.
      "INTID,Time,SBL,SBT,WBT\n\"Hill, lower\",7:00-7:15,,1'234,\n路口,7:00~7:15,0,0,12.5\n",
      // Ends from the next begin.
      """
      intersection,start,sb_t,WB-T
      "Hill, lower",7:00,1234,
      路口,7:00,,12.5
      路口,7:15,,
      "Hill, lower",7:15,,

      """,
    ])
  func layouts(text: String) throws {
    let read = try read(text)
    #expect(read.lines == Self.expected)
    #expect(read.warnings.isEmpty)
  }

  @Test("a byte order mark is passed over")
  func byteOrderMark() throws {
    let file = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID().uuidString).csv")
    defer { try? FileManager.default.removeItem(at: file) }
    try Data("\u{feff}junction,approach,turn,begin,end,vehicles\r\n路口,S,L,7:00,8:00,50\r\n".utf8).write(
      to: file)
    let read = try CountsFile.read(file.path, network: Self.network())
    #expect(read.counts.entries.map(\.vehicles) == [50])
    #expect(read.counts.name == file.deletingPathExtension().lastPathComponent)
  }

  @Test("columns that nobody knows are told and passed over")
  func unknownColumns() throws {
    let read = try read("junction,begin,end,NBL,weather,ebtt\n路口,7:00,8:00,50,rain,3\n")
    #expect(read.lines == ["路口.S → Hill, lower.E 420-480 50.0"])
    #expect(
      read.warnings.map(\.message) == [
        "the column 'weather' is not known and not read", "the column 'ebtt' is not known and not read",
      ])
    #expect(read.warnings.map(\.location.column) == [24, 32])
    #expect(read.warnings[1].notes == ["did you mean 'EBT'?"])
  }

  @Test("an interval past midnight ends on the next day")
  func midnight() throws {
    let read = try read(
      """
      junction,approach,turn,begin,end,vehicles
      路口,S,L,11:30 PM,11:45 pm,4
      路口,S,L,23:45,0:00,5

      """)
    let movement = "路口.S → Hill, lower.E"
    #expect(read.lines == ["\(movement) 1410-1425 4.0", "\(movement) 1425-1440 5.0"])
  }

  @Test("every prefix of a table is read or refused")
  func prefixes() throws {
    let network = try Self.network()
    let text = "junction,time,NBL,NBR,WBT\n\"Hill, lower\",7:00,1,2,3\n路口,7:00-7:15,\"1,000\",2,3\n"
    for end in text.indices {
      do {
        let read = try CountsFile.read(text: String(text[..<end]), file: "a.csv", network: network)
        #expect(!read.counts.entries.isEmpty || read.warnings.isEmpty)
      } catch { #expect(!error.diagnostics.isEmpty) }
    }
  }
}
