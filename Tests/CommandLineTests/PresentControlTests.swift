import Foundation
import Testing

@Suite("What runs today is not what was played")
struct PresentControlTests {
  private static let mill = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("../NetworkFormatsTests/Fixtures/sumo/mill").standardizedFileURL.path

  private static let phases =
    "<phase duration='42' minDur='5' maxDur='50' state='rrrGGGgrrrGGGg'/><phase duration='3' state='rrryyyyrrryyyy'/><phase duration='42' minDur='5' maxDur='50' state='GGgrrrrGGgrrrr'/><phase duration='3' state='yyyrrrryyyrrrr'/>"

  /// The mill's junction with its signal run by a programme of a type.
  private func configuration(_ scratch: Scratch, type: String) throws -> String {
    try scratch.write(
      "a.add.xml",
      "<additional><tlLogic id='Mill' type='\(type)' programID='a' offset='0'>\(Self.phases)</tlLogic></additional>"
    )
    return try scratch.write(
      "mill.sumocfg",
      "<configuration><input><net-file value='\(Self.mill)/mill.net.xml'/><route-files value='\(Self.mill)/mill.rou.xml'/><additional-files value='a.add.xml'/></input><time><begin value='0'/><end value='900'/></time></configuration>"
    )
  }

  private func optimize(
    _ scratch: Scratch, _ arguments: [String] = [], environment: [String: String] = ["COLUMNS": "80"]
  ) throws -> Tool.Outcome {
    try Tool.run(
      ["optimize", "mill.sumocfg", "--time", "0", "-o", "out"] + arguments, in: scratch.folder,
      environment: environment)
  }

  private func json(_ text: String) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
  }

  private func text(_ scratch: Scratch, _ name: String) throws -> String {
    try String(contentsOf: scratch.file(name), encoding: .utf8)
  }

  @Test(
    "nothing is keyed in as fixed times that stands for a signal that responds",
    arguments: ["actuated", "delay_based"])
  func controllerSheet(type: String) throws {
    let scratch = try Scratch()
    _ = try configuration(scratch, type: type)
    for file in ["keyed.txt", "keyed.csv"] {
      let refused = try Tool.run(["sheet", "mill.sumocfg", "-o", file], in: scratch.folder)
      #expect(refused.code == 64 && refused.messages.contains("nothing to key in"), "\(refused.messages)")
      #expect(refused.messages.contains("no fixed-time programme is what runs there: Mill"))
      #expect(!FileManager.default.fileExists(atPath: scratch.file(file).path))
    }
  }

  @Test(
    "a signal that responds in a way that is not played gets a plan, and no gain is claimed against its stand-in"
  )
  func responding() throws {
    let type = "delay_based"
    let scratch = try Scratch()
    _ = try configuration(scratch, type: type)
    let outcome = try optimize(scratch)
    #expect(outcome.code == 0, "\(outcome.messages)")
    let head = outcome.output.split(separator: "\n", omittingEmptySubsequences: false).prefix(10)
      .joined(separator: " ")
    #expect(
      head.contains("Today's control was not played here: 1 of 1 signal responds to traffic (\(type))."))
    #expect(head.contains("not compared with what runs today"))
    #expect(head.contains("greenwave benchmark mill.sumocfg --plan out/plan.csv --sumo"))
    #expect(!outcome.output.contains("95 %") && !outcome.output.contains("existing"))
    let change = try Regex("[-+][0-9]+\\.[0-9] %")
    #expect(outcome.output.firstMatch(of: change) == nil)
    #expect(try text(scratch, "out/plan.add.xml").contains("<tlLogic id=\"Mill\" type=\"static\""))
    let page = try text(scratch, "out/report.html")
    #expect(
      page.contains("Today's control was not played here: 1 of 1 signal responds to traffic (\(type))."))
    #expect(!page.contains("95 % confidence."))

    let summary = try json(try optimize(scratch, ["--json"]).output)
    let control = try #require(summary["existingControl"] as? [String: Any])
    #expect(control["isPlayed"] as? Bool == false)
    let junctions = try #require(control["junctions"] as? [[String: Any]])
    #expect(junctions.map { $0["kind"] as? String } == [type])
    #expect(summary["change"] == nil && summary["isImprovement"] == nil)
    #expect(control["comparison"] == nil && control["command"] != nil)
  }

  @Test("an installed SUMO compares the plan with what runs, and one that is not better there is not written")
  func comparison() throws {
    let scratch = try Scratch()
    _ = try configuration(scratch, type: "delay_based")
    let trip =
      "<tripinfo id=\"a\" depart=\"1\" departDelay=\"3\" arrival=\"50\" duration=\"49\" timeLoss=\"7\" waitingCount=\"1\"/>"
    let environment = try StandInSUMO.environment(scratch, trips: trip)
    let outcome = try optimize(scratch, environment: environment)
    #expect(outcome.code == 0, "\(outcome.messages)")
    let words = outcome.output.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    // Every trip is the same under both, so nothing is better.
    #expect(
      words.contains(
        "In SUMO 1.28.0, 5 seeds, what runs today has 10.0 s per vehicle, the plan found 10.0"))
    #expect(words.contains("keep what runs today"))
    #expect(try !text(scratch, "out/plan.add.xml").contains("<tlLogic"))
    #expect(try text(scratch, "out/plan.csv").split(separator: "\n").count == 1)
    let summary = try json(try optimize(scratch, ["--json"], environment: environment).output)
    #expect(summary["isImprovement"] as? Bool == false)
    let control = try #require(summary["existingControl"] as? [String: Any])
    let compared = try #require(control["comparison"] as? [String: Any])
    #expect(compared["simulator"] as? String == "SUMO 1.28.0")
    #expect(compared["existingDelayPerVehicle"] as? Double == 10)
  }

  @Test(
    "a signal that is not understood keeps what it has until that is accepted",
    arguments: ["NEMA", "strange"])
  func doubtful(type: String) throws {
    let scratch = try Scratch()
    let path = try configuration(scratch, type: type)
    let check = try Tool.run(["check", path])
    #expect(check.code == 0, "\(check.messages)")
    #expect(check.output.contains("existing plan: nothing found, but not all was judged"))
    #expect(!check.output.contains("legal"))

    let kept = try optimize(scratch)
    #expect(kept.code == 0, "\(kept.messages)")
    let words = kept.output.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    #expect(
      words.contains(
        "No plan for Mill: a programme of the type '\(type)' is not played. It keeps what it has; --accept-doubtful Mill plans it all the same."
      ))
    #expect(try !text(scratch, "out/plan.add.xml").contains("<tlLogic"))
    #expect(try text(scratch, "out/report.html").contains("No plan for Mill: "))
    let summary = try json(try optimize(scratch, ["--json"]).output)
    let control = try #require(summary["existingControl"] as? [String: Any])
    let junctions = try #require(control["junctions"] as? [[String: Any]])
    #expect(junctions.map { $0["reason"] as? String } == ["a programme of the type '\(type)' is not played"])
    #expect(junctions.map { $0["isPlanned"] as? Bool } == [false])

    for word in ["Mill", "all"] {
      let planned = try optimize(scratch, ["--accept-doubtful", word])
      #expect(planned.code == 0, "\(planned.messages)")
      let plan = try text(scratch, "out/plan.add.xml")
      #expect(plan.contains("<tlLogic id=\"Mill\" type=\"static\""))
      let judged = try Tool.run(["check", path, "--plan", scratch.file("out/plan.csv").path])
      #expect(judged.output.contains("is not judged"))
    }
    let misspelt = try optimize(scratch, ["--accept-doubtful", "Mil"])
    #expect(misspelt.code == 64 && misspelt.messages.contains("did you mean 'Mill'?"))
  }

  @Test("nothing is accepted of a signal that is understood")
  func understood() throws {
    let scratch = try Scratch()
    _ = try configuration(scratch, type: "static")
    let outcome = try optimize(scratch, ["--accept-doubtful", "Mill"])
    #expect(outcome.code == 64 && outcome.messages.contains("the control of 'Mill' is understood"))
  }

  @Test("an actuated signal is played as it responds, and a plan for it is compared with that")
  func played() throws {
    let scratch = try Scratch()
    let path = try configuration(scratch, type: "actuated")
    let outcome = try optimize(scratch)
    #expect(outcome.code == 0, "\(outcome.messages)")
    let words = outcome.output.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    #expect(words.contains("1 of 1 signal responds to traffic (actuated) today, and was played so."))
    #expect(!words.contains("not played"))
    let summary = try json(try optimize(scratch, ["--json"]).output)
    #expect(summary["existingControl"] == nil && summary["change"] != nil)
    let simulated = try json(try Tool.run(["simulate", path, "--seeds", "2", "--json"]).output)
    let plan = try #require((simulated["plans"] as? [[String: Any]])?.first)
    let rows = try #require(plan["responding"] as? [[String: Any]])
    #expect(rows.map { $0["interval"] as? Int } == [1, 2, 3, 4])
    for row in rows.enumerated().filter({ $0.offset % 2 == 0 }).map(\.element) {
      #expect(try #require(row["shortest"] as? Double) >= 5)
      #expect(try #require(row["longest"] as? Double) <= 50)
    }
    let check = try Tool.run(["check", path])
    #expect(check.output.contains("existing plan: legal"))
  }

  @Test("a signal that is to respond goes on so: no programme is written for it")
  func kept() throws {
    let scratch = try Scratch()
    let path = try configuration(scratch, type: "actuated")
    let kept = try optimize(scratch, ["--control", "keep"])
    #expect(kept.code == 0, "\(kept.messages)")
    #expect(try !text(scratch, "out/plan.add.xml").contains("<tlLogic"))
    #expect(try text(scratch, "out/plan.csv").split(separator: "\n").count == 1)
    let exported = try Tool.run(["export", path, "--to", "csv"])
    #expect(exported.messages.contains("left out, because no fixed-time programme is what runs there: Mill"))
  }

  @Test("other commands say it, too")
  func otherCommands() throws {
    let scratch = try Scratch()
    let path = try configuration(scratch, type: "delay_based")
    let simulated = try Tool.run(["simulate", path, "--seeds", "1"])
    #expect(
      simulated.output.split(whereSeparator: \.isWhitespace).joined(separator: " ").contains(
        "Today's control was not played at 1 of 1 signal (delay_based)"))
    let exported = try Tool.run(["export", path, "--format", "csv"])
    #expect(exported.code == 0 && exported.output.split(separator: "\n").count == 1)
    #expect(exported.messages.contains("left out, because no fixed-time programme is what runs there: Mill"))
  }
}
