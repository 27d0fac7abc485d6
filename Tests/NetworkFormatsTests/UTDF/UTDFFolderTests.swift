import Foundation
import NetworkFormats
import Testing
import TrafficModel

@Suite("Older UTDF files")
struct UTDFFolderTests {
  /// A folder of the fixture's files.
  private func folder(_ changes: (String) -> String = { $0 }) throws -> String {
    let path = NSTemporaryDirectory() + "utdf-older-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    for (name, text) in UTDFFixture.olderFiles {
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

  @Test(
    "the period begins with the first count, whose time is of four digits or three, or with a colon",
    arguments: [("700", 25200), ("0700", 25200), ("7:00 AM", 25200), ("1800", 64800), ("0000", 0)])
  func time(told: String, begin: Double) throws {
    let path = try folder {
      $0.replacing("3/1/2006,700,", with: "3/1/2006,\(told),").replacing(",715,", with: ",2345,")
    }
    defer { try? FileManager.default.removeItem(atPath: path) }
    let demand = try ScenarioReader.read(path, routes: []).scenario.periods[0].demand
    #expect(demand.begin == begin && demand.end == begin + 3600)
  }

  @Test("a time that is none is told, and the period begins at 0:00")
  func noTime() throws {
    let path = try folder { $0.replacing(",700,", with: ",noon,").replacing(",715,", with: ",noon,") }
    defer { try? FileManager.default.removeItem(atPath: path) }
    let read = try ScenarioReader.read(path, routes: [])
    #expect(read.scenario.periods[0].demand.begin == 0)
    let told = read.warnings.filter { $0.message == "the time 'noon' is not understood" }
    #expect(told.map(\.location.line) == [3, 4])
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
