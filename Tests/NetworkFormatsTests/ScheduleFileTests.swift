import Foundation
import TestSupport
import Testing
import TrafficModel

@testable import NetworkFormats

@Suite("Schedule files")
struct ScheduleFileTests {
  private let network: Network
  private let set: PlanSet
  private let folder: URL

  init() throws {
    let text = try InputFile(Native.documentation + "NetworkFormat.md").text()
    let example = try #require(
      text.components(separatedBy: "```yaml\n").dropFirst().first?.components(separatedBy: "```").first)
    let scenario = try NativeReader.read(text: example, file: "example").scenario
    network = scenario.network
    var (day, night) = (scenario.periods[0].existingPlan, scenario.periods[0].existingPlan)
    (day.name, night.name) = ("day", "夜间, \"late\"")
    night.programs[0]?.offset = 12.5
    set = try PlanSet(
      plans: [day, night],
      schedules: [
        DaySchedule(
          day: "weekday",
          entries: [
            ScheduleEntry(begin: 0, plan: 0), ScheduleEntry(begin: 6 * 3600 + 45 * 60, plan: 1),
            ScheduleEntry(begin: 22 * 3600 + 30.5, plan: 0),
          ]), DaySchedule(day: "节日", entries: [ScheduleEntry(begin: 9 * 3600, plan: 1)]),
      ])
    folder = FileManager.default.temporaryDirectory.appendingPathComponent("greenwave-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  private func write(_ name: String, _ text: String) throws -> String {
    let file = folder.appendingPathComponent(name)
    try Data(text.utf8).write(to: file)
    return file.path
  }

  private func read(_ name: String, _ text: String) throws -> PlanSet {
    try ScheduleFile.read(write(name, text), network: network, begin: 0, formats: .shipped).set
  }

  @Test("A table with its plan files reads back as the set that was written")
  func table() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    for (name, plan) in zip(["a.csv", "b.csv"], set.plans) {
      _ = try write(name, PlanCSV.text(of: plan, network: network))
    }
    let text = ScheduleCSV.text(of: set, files: ["a.csv", "b.csv"])
    #expect(text.contains("weekday,00:00,day,a.csv\n"))
    #expect(text.contains("weekday,22:00:30.5,day,a.csv\n"))
    #expect(try read("schedule.csv", text) == set)
  }

  @Test("JSON reads back as the set that was written, and is the same bytes each time")
  func json() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let text = try ScheduleJSON.text(of: set, network: network)
    #expect(try ScheduleJSON.text(of: set, network: network) == text)
    #expect(try read("schedule.json", text) == set)
  }

  @Test("Everything wrong with a table is told at once, with its place")
  func wrongTable() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    _ = try write("a.csv", PlanCSV.text(of: set.plans[0], network: network))
    let error = try #require(throws: InputFailure.self) {
      try read(
        "schedule.csv",
        """
        day,begin,plan,file
        weekday,7:00,day,a.csv
        weekday,25:00,day,a.csv
        weekday,06:00,night,b.csv
        holiday,08:00,day,c.csv
        weekday,09:00,day,a.csv
        """)
    }
    let found = error.diagnostics.map { "\($0.location.line ?? 0):\($0.location.column ?? 0): \($0.message)" }
    #expect(
      found.prefix(5) == [
        "3:9: 'begin' must be a time of day like 07:30, not '25:00'",
        "4:9: 06:00 is not after 07:00: the rows of a day are in order of time",
        "4:21: the plan 'night' cannot be read",
        "5:19: the plan 'day' is in 'c.csv' here and in 'a.csv' in line 2",
        "6:1: the day 'weekday' has a second schedule, the first is in line 2",
      ])
    #expect(error.diagnostics.last?.location.file.hasSuffix("b.csv") == true)
  }

  @Test(
    "Columns are checked",
    arguments: [
      ("day,begin,plan\n", ["the column 'file' is missing"]),
      ("day,begin,plan,file,fil\n", ["unknown column 'fil'"]), ("", ["the file is empty"]),
      ("day,begin,plan,file\n", ["the schedule has no row"]),
    ])
  func columns(text: String, expected: [String]) throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let error = try #require(throws: InputFailure.self) { try read("schedule.csv", text) }
    #expect(error.diagnostics.map(\.message) == expected)
  }

  @Test(
    "Mistakes in JSON are told",
    arguments: [
      (#""day": "weekday""#, #""dya": "weekday""#, "unknown key 'dya'"),
      (#""06:45","#, #""06:45", "x": 1,"#, "unknown key 'x'"),
      (#""06:45""#, #""6.45""#, "'begin' must be a time of day like 07:30, not '6.45'"),
      (#""06:45""#, "6.75", "'begin' must be a text in quotes"),
      (#""schedules""#, #""schedule""#, "unknown key 'schedule'"),
    ])
  func wrongJSON(written: String, instead: String, message: String) throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let text = try ScheduleJSON.text(of: set, network: network)
      .replacingOccurrences(of: written.replacingOccurrences(of: "\": ", with: "\" : "), with: instead)
    let error = try #require(throws: InputFailure.self) { try read("schedule.json", text) }
    #expect(error.diagnostics.contains { $0.message == message && $0.location.line != nil })
  }

  @Test(
    "Every prefix of a file ends in diagnostics or in a set, never in a trap", arguments: ["csv", "json"])
  func prefixes(kind: String) throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    _ = try write("a.csv", PlanCSV.text(of: set.plans[0], network: network))
    let text =
      kind == "csv"
      ? ScheduleCSV.text(of: set, files: ["a.csv", "a.csv"])
      : try ScheduleJSON.text(of: set, network: network)
    var read = 0
    for length in stride(from: 0, to: text.unicodeScalars.count, by: 37) {
      let prefix = String(String.UnicodeScalarView(text.unicodeScalars.prefix(length)))
      if (try? self.read("schedule.\(kind)", prefix)) != nil { read += 1 }
    }
    #expect(kind == "csv" || read == 0)
  }

  @Test(
    "Times of day are read and written",
    arguments: [("07:30", 27_000.0), ("7:30", 27_000), ("23:59:59.5", 86_399.5), ("00:00", 0)])
  func times(text: String, seconds: Double) {
    #expect(ClockText.seconds(text) == seconds)
    #expect(ClockText.seconds(ClockText.text(seconds)) == seconds)
  }

  @Test(
    "Other texts are no times of day",
    arguments: ["", "7", "7:3", "24:00", "12:60", "-1:00", "1:00:60", "a:bc"])
  func noTimes(text: String) { #expect(ClockText.seconds(text) == nil) }
}
