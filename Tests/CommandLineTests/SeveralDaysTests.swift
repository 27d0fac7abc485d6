import Foundation
import Testing

@Suite("greenwave optimize for several days")
struct SeveralDaysTests {
  private let scratch: Scratch
  private let network: String

  init() throws {
    scratch = try Scratch()
    network = try scratch.write("network.yaml", SmallNetwork.text)
  }

  private func summary(_ options: [String]) throws -> [String: Any] {
    let run = try Tool.run(["optimize", network, "--time", "0", "--json"] + options)
    #expect(run.code == 0, "\(run.messages)")
    let found = try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any]
    return try #require(found?["robust"] as? [String: Any])
  }

  private func names(_ summary: [String: Any]) -> [String] {
    (summary["days"] as? [[String: Any]] ?? []).compactMap { $0["name"] as? String }
  }

  @Test("counts files and other periods are days beside the period's own")
  func scenarios() throws {
    let counts = try scratch.write("monday.csv", "junction,begin,end,NBT\n新华,7:30,7:45,60\n")
    let found = try summary(["--scenarios", counts, "晚高峰", "--robust", "cvar:50"])
    #expect(names(found) == ["am-peak", "monday.csv", "晚高峰"])
    #expect(found["risk"] as? String == "least mean delay of the worst 50 % of the days")
    #expect(found["isImprovement"] as? Bool == true)
    #expect((found["costOnBaseDay"] as? [String: Any])?["mean"] is Double)
  }

  @Test("a spread makes ten days, and the table tells cost and saving")
  func spread() throws {
    let out = scratch.file("out")
    let run = try Tool.run(["optimize", network, "--time", "0", "--spread", "30", "-o", out.path])
    #expect(run.output.contains("day 10"))
    #expect(run.output.contains("mean of the days"))
    #expect(run.output.contains("Against the plan for the base day it"))
    #expect(try scratch.contents("out") == ["plan.csv", "plan.json", "report.html"])
  }

  @Test(
    "wrong use is refused",
    arguments: [
      ("--robust cvar:20", "--robust goes with several days"),
      ("--spread 20 --scenarios 晚高峰", "not both"),
      ("--scenarios 晚高锋", "did you mean '晚高峰'?"),
      ("--spread 20 --objective reserve", "for --objective delay only"),
    ])
  func wrongUse(options: String, message: String) throws {
    let run = try Tool.run(["optimize", network] + options.split(separator: " ").map(String.init))
    #expect(run.code == 64)
    #expect(run.messages.contains(message), "\(run.messages)")
  }
}
