import Foundation
import Testing

@testable import greenwave

#if canImport(FoundationXML)
  import FoundationXML
#endif

@Suite("greenwave schedule")
struct ScheduleTests {
  /// A junction whose main street changes at half past seven, and whose plan suits neither half hour.
  private static let network = """
    greenwave: 1
    name: 早晚路口
    junctions:
      路口:
        approaches: {N: {lanes: [T]}, E: {lanes: [T]}, S: {lanes: [T]}, W: {lanes: [T]}}
        stages: [[EW.T], [NS.T]]
        plan: {cycle: 150, green: [70, 70]}
    periods:
      one: {time: 07:00-07:30, counts: {路口: {E: {T: 750}, W: {T: 750}, N: {T: 150}, S: {T: 150}}}}
      two: {time: 07:30-08:00, counts: {路口: {E: {T: 150}, W: {T: 150}, N: {T: 750}, S: {T: 750}}}}
    days:
      weekday:
        time: 07:00-08:00
        profile: {one: [1, 1, 0, 0], two: [0, 0, 1, 1]}

    """

  private static let arguments = [
    "schedule", "net.yaml", "--cycle", "60", "--stages", "existing", "--time", "0", "--max-plans", "3",
  ]

  private func scratch() throws -> Scratch {
    let scratch = try Scratch()
    try scratch.write("net.yaml", Self.network)
    return scratch
  }

  @Test("The day is cut where its demand changes, and the schedule beats every single plan")
  func cut() throws {
    let scratch = try scratch()
    let outcome = try Tool.run(Self.arguments + ["--json", "-o", "out"], in: scratch.folder)
    #expect(outcome.code == 0, "\(outcome.messages)")
    let root = try #require(
      try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any])
    let periods = try #require(root["periods"] as? [[String: Any]])
    #expect(periods.compactMap { $0["begin"] as? String } == ["7:00", "7:30"])
    #expect(periods.allSatisfy { $0["isImprovement"] as? Bool == true })
    func delay(_ value: Any?) throws -> Double {
      try #require((value as? [String: Any])?["totalDelayHours"] as? Double)
    }
    let schedule = try delay(root["schedule"])
    let single = try delay((root["bestSingle"] as? [String: Any])?["measures"])
    #expect(schedule < single)
    #expect(try single <= delay(root["existing"]))
    #expect(
      try scratch.contents("out") == [
        "plan-weekday-0700.csv", "plan-weekday-0730.csv", "report.html", "schedule.csv", "schedule.json",
      ])
    let table = try String(contentsOf: scratch.file("out/schedule.csv"), encoding: .utf8)
    #expect(
      table == """
        day,begin,plan,file
        weekday,07:00,weekday-0700,plan-weekday-0700.csv
        weekday,07:30,weekday-0730,plan-weekday-0730.csv

        """)
    try checkPage(scratch.file("out/report.html"))
    // Both files say the same, and are played as judged.
    let played = try ["out/schedule.csv", "out/schedule.json"].map { file in
      try Tool.run(["simulate", "net.yaml", "--schedule", file, "--json"], in: scratch.folder).output
    }
    let measures = try played.map { text -> Double in
      let root = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
      return try delay((root?["plans"] as? [[String: Any]])?.first?["measures"])
    }
    #expect(measures == [schedule, schedule])
  }

  /// The page is well-formed, has every section, and its periods follow each other under the traffic of the day.
  private func checkPage(_ file: URL) throws {
    let page = try XMLDocument(data: Data(contentsOf: file))
    func values(_ path: String) throws -> [String] {
      try page.nodes(forXPath: path).compactMap(\.stringValue)
    }
    #expect(try values("//section/@id") == ["summary", "day", "cutting", "provenance"])
    #expect(
      try values("//section[@id='day']//tbody/tr/th") == ["7:00–7:30", "7:30–8:00", "路口"])
    #expect(
      try values("//section[@id='summary']//tbody/tr/th").last == "schedule")
    let bars = try page.nodes(forXPath: "//section[@id='day']//rect[contains(@class, 'plan')]")
      .compactMap { $0 as? XMLElement }
    let ends = bars.map { bar -> [Double] in
      ["x", "width"].compactMap { bar.attribute(forName: $0)?.stringValue.flatMap(Double.init) }
    }
    #expect(ends.count == 2 && ends[0] == [76, 330] && ends[1] == [406, 330])
    #expect(try values("//code").allSatisfy { $0.count == 64 })
  }

  @Test("The report has both tables, and is the same bytes each time")
  func text() throws {
    let scratch = try scratch()
    let outcomes = try (0..<2).map { _ in try Tool.run(Self.arguments, in: scratch.folder) }
    #expect(outcomes.allSatisfy { $0.code == 0 })
    #expect(outcomes[0].output == outcomes[1].output)
    let lines = outcomes[0].output.split(separator: "\n")
    #expect(lines.contains { $0.hasPrefix("7:00  7:30  weekday-0700") })
    #expect(lines.contains { $0.hasPrefix("7:30  8:00  weekday-0730") })
    #expect(lines.contains { $0.hasPrefix("best single: ") })
    #expect(lines.contains { $0.hasPrefix("Signals are in step with a new plan ") })
  }

  @Test("An input without days is a day made of its periods")
  func periods() throws {
    let scratch = try Scratch()
    let text = try #require(Self.network.components(separatedBy: "days:").first)
    try scratch.write("net.yaml", text)
    let outcome = try Tool.run(Self.arguments, in: scratch.folder)
    #expect(outcome.code == 0, "\(outcome.messages)")
    #expect(outcome.output.contains("day: 1 signal, 7:00 to 8:00"))
    #expect(outcome.output.contains("day-0730"))
    let overlapping = text.replacingOccurrences(of: "07:30-08:00", with: "07:15-07:45")
    try scratch.write("net.yaml", overlapping)
    let refused = try Tool.run(Self.arguments, in: scratch.folder)
    #expect(refused.code == 64)
    #expect(refused.messages.contains("the periods overlap"))
  }

  @Test(
    "What cannot be is refused",
    arguments: [
      (["--day", "weekdy"], 64, "did you mean 'weekday'?"), (["--max-plans", "0"], 64, "--max-plans"),
      (["--change-cost", "-1"], 64, "--change-cost"),
      (["--shortest-period", "2000"], 64, "--shortest-period"),
    ])
  func refused(arguments: [String], code: Int32, message: String) throws {
    let scratch = try scratch()
    let outcome = try Tool.run(Self.arguments + arguments, in: scratch.folder)
    #expect(outcome.code == code)
    #expect(outcome.messages.contains(message), "\(outcome.messages)")
  }

  @Test("A schedule of other days, or with a plan that is not there, is refused")
  func wrongSchedules() throws {
    let scratch = try scratch()
    try scratch.write("a.csv", "day,begin,plan,file\nweekend,07:00,x,none.csv\n")
    let missing = try Tool.run(["simulate", "net.yaml", "--schedule", "a.csv"], in: scratch.folder)
    #expect(missing.code == 65)
    #expect(missing.messages.contains("a.csv:2:17: error: the plan 'x' cannot be read"))
    let both = try Tool.run(
      ["simulate", "net.yaml", "--period", "one", "--day", "weekday"], in: scratch.folder)
    #expect(both.code == 64)
  }
}
