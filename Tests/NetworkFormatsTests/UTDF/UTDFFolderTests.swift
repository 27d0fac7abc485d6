import Foundation
import NetworkFormats
import Testing
import TrafficModel

@Suite("Older UTDF files")
struct UTDFFolderTests {
  /// The fixture's crossroads in files of the older set.
  private func folder(_ changes: (String) -> String = { $0 }) throws -> String {
    let combined = UTDFFixture.text().split(separator: "\n", omittingEmptySubsequences: false).map(
      String.init)
    func section(_ name: String, but removed: [String]) -> String {
      let begin = (combined.firstIndex(of: "[\(name)]") ?? 0) + 1
      let rows = combined[begin...].prefix { !$0.isEmpty }
      return rows.filter { row in !removed.contains { row.hasPrefix($0) } }.joined(separator: "\n")
    }
    let lanes = section("Lanes", but: ["Volume"])
    let files = [
      "LAYOUT.CSV": """
      Layout Data
      INTID,INTNAME,TYPE,X,Y,NID,SID,EID,WID,NNAME,SNAME,ENAME,WNAME
      10,,0,0,0,20,40,30,50,Side St,Side St,Main St,"Main St, north side"
      20,,1,0,1000,,10,,,,,,
      30,,1,1000,0,,,,10,,,,
      40,,1,0,-1000,10,,,,,,,
      50,,1,-1000,0,,,10,,,,,
      """,
      "Lanes.csv": lanes + "\nDistance,10,,1000,,,1000,,,1000,,,1000,\nSpeed,10,,30,,,30,,,45,,,45,\n",
      "Phasing.csv": section("Phases", but: ["MaxGreen", "Start", "End"]),
      "Timing.csv": """
      Timing Plans
      PLANID,INTID,S1,S2,S3,S4,S5,S6,S7,S8,CL,OFF,LD,REF,CLR
      DEFAULT,10,12,33,12,33,15,30,12,33,90,24,,206,
      """,
      "Volume.csv": """
      15 Minute Counts
      DATE,TIME,INTID,NBL,NBT,NBR,SBL,SBT,SBR,EBL,EBT,EBR,WBL,WBT,WBR
      3/1/2006,700,10,15,35,5,10,37,7,22,300,20,17,225,15
      3/1/2006,715,10,15,35,5,10,38,8,23,300,20,18,225,15
      """,
    ]
    let path = NSTemporaryDirectory() + "utdf-older-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    for (name, text) in files {
      try changes(text).write(toFile: path + "/" + name, atomically: true, encoding: .utf8)
    }
    return path
  }

  @Test("a folder of the older set gives the roads, greens and volumes of the combined file")
  func reads() throws {
    let path = try folder()
    defer { try? FileManager.default.removeItem(atPath: path) }
    let read = try ScenarioReader.read(path, routes: [])
    let known = try UTDFFixture.read(UTDFFixture.text()).scenario
    #expect(read.scenario.network.junctions == known.network.junctions)
    #expect(read.scenario.network.links.map(\.name) == known.network.links.map(\.name))
    for group in known.network.controllers[0].groups.map(\.name) {
      #expect(UTDFFixture.greens(read.scenario, group) == UTDFFixture.greens(known, group), "\(group)")
    }
    func volumes(_ scenario: Scenario) -> [Double] {
      scenario.network.movements.indices.map { index in
        scenario.periods[0].demand.counts.reduce(0) { $0 + ($1.vehicles[index] ?? 0) }.rounded()
      }
    }
    #expect(volumes(read.scenario) == volumes(known))
  }

  @Test("what is wrong is told in the line of its own file")
  func places() throws {
    let path = try folder { $0.replacing("DEFAULT,10,12,33", with: "DEFAULT,10,12,x") }
    defer { try? FileManager.default.removeItem(atPath: path) }
    let failure = #expect(throws: InputFailure.self) { try ScenarioReader.read(path, routes: []) }
    let error = try #require(failure?.diagnostics.first { $0.severity == .error })
    #expect(error.location.file.hasSuffix("Timing.csv"))
    #expect(error.location.line == 3)
    #expect(error.location.column == 15)
  }

  /// What stands in the files, what is put there instead, the file, and what is said of it and where.
  static let numbers: [(old: String, new: String, file: String, message: String, line: Int, column: Int)] = [
    ("DEFAULT,10,12,33", "DEFAULT,10,1e30,33", "Timing.csv", "'S1' must be in 0 … 3600 s, not 1e30", 3, 12),
    (
      "DEFAULT,10,12,33", "DEFAULT,10,3,33", "Timing.csv",
      "the split of phase 1, 3 s, is shorter than its yellow and all-red, 4 s", 3, 12
    ),
    (
      "33,90,24,,206", "33,1e30,24,,206", "Timing.csv", "'Cycle Length' must be in 1 … 1000 s, not 1e30", 3,
      36
    ),
    (
      "33,90,24,,206", "33,90,24,,1e30", "Timing.csv",
      "'Reference Phase' must be a whole number in 0 … 9999, not 1e30", 3, 43
    ),
    ("700,10,15", "700,10,1e30", "Volume.csv", "'NBL' must be in 0 … 100000 vehicles, not 1e30", 3, 17),
    ("715,10,15", "715,10,-1", "Volume.csv", "'NBL' must be in 0 … 100000 vehicles, not -1", 4, 17),
    (
      "15 Minute Counts", "1e-300 Minute Counts", "Volume.csv",
      "'Minute Counts' must be in 1 … 1440 minutes, not 1e-300", 1, 1
    ),
    (
      "15 Minute Counts", "1e30 minutes", "Volume.csv",
      "'Minute Counts' must be in 1 … 1440 minutes, not 1e30", 1, 1
    ),
  ]

  @Test("splits, counts and how long they last have their ranges", arguments: numbers.indices)
  func ranges(index: Int) throws {
    let known = Self.numbers[index]
    let path = try folder { $0.replacing(known.old, with: known.new) }
    defer { try? FileManager.default.removeItem(atPath: path) }
    let failure = #expect(throws: InputFailure.self) { try ScenarioReader.read(path, routes: []) }
    let errors = (failure?.diagnostics ?? []).filter { $0.severity == .error }
    #expect(errors.map(\.message) == [known.message])
    let place = try #require(errors.first?.location)
    #expect(place.file.hasSuffix(known.file))
    #expect(place.line == known.line && place.column == known.column, "\(place)")
  }
}
