import Foundation
import NetworkBuilding
import Testing
import TrafficModel

@testable import greenwave

@Suite("Incidents, queue limits and growing demand on the command line")
struct IncidentTests {
  private func run(_ arguments: [String], _ scratch: Scratch) throws -> Tool.Outcome {
    try scratch.write("network.yaml", SmallNetwork.text)
    return try Tool.run(arguments, in: scratch.folder)
  }

  @Test("A closed exit diverts what was counted into it, and the report says so")
  func closedExit() throws {
    let scratch = try Scratch()
    let outcome = try run(
      ["simulate", "network.yaml", "--seeds", "2", "--close", "新华.E out", "--json"], scratch)
    #expect(outcome.code == 0, "\(outcome.messages)")
    let root = try #require(
      try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any])
    let disruption = try #require(root["disruption"] as? [String: Any])
    // 450 veh/h from the west in a quarter of an hour; they have only the right turn left, where nobody was counted;
    // left turns from the north and right turns from the south lead there, too.
    #expect(abs((disruption["diverted"] as? Double ?? 0) - (450 + 10) / 4.0) < 5)
    let text = try run(["simulate", "network.yaml", "--seeds", "2", "--close", "新华.E out"], scratch).output
    #expect(text.contains("'新华.E out' is closed\n"))
    #expect(text.contains("turn elsewhere"))
  }

  @Test("A reduced approach serves less, and optimize gives it more green: under the incident the plan gains")
  func reduced() throws {
    let scratch = try Scratch()
    let outcome = try run(
      [
        "optimize", "network.yaml", "--reduce", "新华.N=0.5", "--reduce", "新华.E=0.9@07:30-07:40",
        "--cycle", "60", "--time", "0", "--json",
      ], scratch)
    #expect(outcome.code == 0, "\(outcome.messages)")
    let root = try #require(
      try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any])
    let incidents = try #require((root["disruption"] as? [String: Any])?["incidents"] as? [[String: Any]])
    #expect(incidents.map { $0["link"] as? String } == ["新华.N", "新华.E"])
    #expect(incidents.map { $0["factor"] as? Double } == [0.5, 0.9])
    #expect(incidents.map { $0["holdsForWholePeriod"] as? Bool } == [true, true])
    #expect((root["spillback"] as? [String: Any])?.keys.sorted() == ["existing", "proposed"])
  }

  @Test("A plan for a closure is legal and is written; what lost its traffic needs no green")
  func plan() throws {
    let scratch = try Scratch()
    let optimized = try run(
      [
        "optimize", "network.yaml", "--close", "新华.N", "--close", "新华.S", "--cycle", "60", "--time", "0",
        "-o", "out",
      ], scratch)
    #expect(optimized.code == 0, "\(optimized.messages)")
    let plan = scratch.file("out/plan.csv").path
    let again = try Tool.run(
      ["simulate", "network.yaml", "--plan", plan, "--close", "新华.N", "--close", "新华.S", "--seeds", "1"],
      in: scratch.folder)
    #expect(again.code == 0)
    #expect(!again.messages.contains("not legal"), "\(again.messages)")
  }

  @Test(
    "What is wrong with an incident or a limit is told with the nearest name",
    arguments: [
      (["--close", "新华.X"], "error: unknown link '新华.X'\n  note: did you mean '新华.N'?\n"),
      (
        ["--close", "新华.N:2"],
        "error: link '新华.N' has no lane 2\n  note: its lanes, from the kerb: 1 (LTR)\n"
      ),
      (
        ["--close", "新华.N@7-8"],
        "error: --close '新华.N@7-8': the time is not understood\n  note: write it like --close LINK@07:30-08:15\n"
      ),
      (["--reduce", "新华.N=1.5"], "error: --reduce '新华.N=1.5': the share must be above 0, up to 1\n"),
      (
        ["--reduce", "新华.N"],
        "error: --reduce '新华.N' is not understood\n  note: write it like --reduce LINK=0.5\n"
      ),
      (
        ["--queue-limit", "新华.N=-1"],
        "error: --queue-limit '新华.N=-1': the limit must be from 0 to 100000 vehicles\n"
      ),
    ])
  func mistakes(arguments: [String], messages: String) throws {
    let outcome = try run(["simulate", "network.yaml"] + arguments, Scratch())
    #expect(outcome.code == 64)
    #expect(outcome.messages == messages)
    #expect(outcome.output == "")
  }

  @Test("Queue limits from the file and from the command line stand in the report")
  func limits() throws {
    let scratch = try Scratch()
    let outcome = try run(
      ["simulate", "network.yaml", "--seeds", "2", "--queue-limit", "新华.E=5", "--json"], scratch)
    let root = try #require(
      try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any])
    let plans = try #require(root["plans"] as? [[String: Any]])
    let limits = try #require(plans[0]["queueLimits"] as? [[String: Any]])
    #expect(limits.map { $0["link"] as? String } == ["新华.E"])
    #expect(limits[0]["limit"] as? Double == 5)
    // 500 veh/h at 15 s of green of 100 s.
    #expect(limits[0]["timeAboveLimit"] as? Double ?? 0 > 300)
    #expect(limits[0]["maximumQueue"] as? Double ?? 0 > 5)
  }

  @Test("Served against demand: a table, JSON and a picture")
  func curve() throws {
    let scratch = try Scratch()
    let exported = try run(
      ["optimize", "network.yaml", "--cycle", "60", "--time", "0", "-o", "out"], scratch)
    try #require(exported.code == 0, "\(exported.messages)")
    let arguments = [
      "benchmark", "network.yaml", "--plan", "out/plan.csv", "--demand-scale", "0.4...1.6",
      "--demand-steps", "3", "--seeds", "2",
    ]
    let outcome = try Tool.run(arguments + ["-o", "curve"], in: scratch.folder)
    #expect(outcome.code == 0, "\(outcome.messages)")
    #expect(outcome.messages == "wrote curve/throughput.svg\n")
    #expect(outcome.output.contains("\n 0.40") && outcome.output.contains("\n 1.60"))
    #expect(try scratch.contents("curve") == ["throughput.svg"])
    let json = try Tool.run(arguments + ["--json"], in: scratch.folder).output
    let root = try #require(try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any])
    let plans = try #require(root["plans"] as? [[String: Any]])
    #expect(plans.map { $0["plan"] as? String } == ["existing", "plan.csv"])
    #expect((plans[0]["points"] as? [[String: Any]])?.map { $0["scale"] as? Double } == [0.4, 1, 1.6])
    // The existing plan gives the busy streets 15 s of 100 s: 500 veh/h are more than that carries.
    let breakdowns = plans.map { $0["breakdownScale"] as? Double ?? .infinity }
    #expect(breakdowns[0] < 1 && breakdowns[0] < breakdowns[1])
    let reserve = try #require(plans[0]["reserveCapacity"] as? Double)
    #expect(reserve < 1 && reserve > 0.3)
    #expect(plans[0]["reserveSetBy"] as? String == "新华")
  }

  @Test(
    "Options that do not go together",
    arguments: [
      (["--demand-steps", "4"], "go with --demand-scale"), (["-o", "out"], "go with --demand-scale"),
      (["--demand-scale", "1.5...1"], "is invalid"), (["--demand-scale", "1"], "is invalid"),
      (["--demand-scale", "0.5...2", "--demand-steps", "1"], "from 2 to 101"),
      (["--sumo", "--demand-scale", "0.5...2"], "as it is"), (["--sumo", "--close", "a"], "as it is"),
    ])
  func combinations(arguments: [String], part: String) throws {
    let outcome = try run(["benchmark", "network.yaml", "--plan", "p.csv"] + arguments, Scratch())
    #expect(outcome.code == 64)
    #expect(outcome.messages.contains(part), "\(outcome.messages)")
  }

  @Test("Scales stand at even distances, about every tenth")
  func scales() throws {
    let scale = try #require(DemandScale(argument: "0.6...1.6"))
    #expect(scale.scales(count: nil) == [0.6, 0.7, 0.8, 0.9, 1, 1.1, 1.2, 1.3, 1.4, 1.5, 1.6])
    #expect(scale.scales(count: 3) == [0.6, 1.1, 1.6])
    #expect(try #require(DemandScale(argument: "1...11")).scales(count: nil).count == 21)
    #expect(try #require(DemandScale(argument: "1...1.04")).scales(count: nil) == [1, 1.04])
  }

  @Test("Times of day fall on the period's day, over midnight too")
  func times() throws {
    func span(_ text: String, _ begin: Double, _ end: Double) throws -> Range<Double> {
      try #require(DayTime(text)).span(
        in: Period(
          name: "p", demand: Demand(begin: begin, end: end), existingPlan: TimingPlan(name: "", programs: []))
      )
    }
    #expect(try span("07:30-08:15", 27_000, 30_600) == 27_000..<29_700)
    // A period from 22:00 to 0:30 of the next day.
    #expect(try span("00:10-00:20", 79_200, 88_200) == 87_000..<87_600)
    #expect(try span("23:30-00:15", 79_200, 88_200) == 84_600..<87_300)
    // Outside the period it stays where it is.
    #expect(try span("12:00-13:00", 27_000, 30_600) == 43_200..<46_800)
    for wrong in ["7:30", "07:30-07:30", "25:00-26:00", "07:60-08:00", "a-b", "07:30-08:00-09:00", ""] {
      #expect(DayTime(wrong) == nil, "\(wrong)")
    }
  }
}
