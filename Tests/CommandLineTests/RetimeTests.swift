import Foundation
import NetworkBuilding
import Testing

#if canImport(FoundationXML)
  import FoundationXML
#endif

@Suite("greenwave retime")
struct RetimeTests {
  private let scratch: Scratch
  private let network: String

  init() throws {
    scratch = try Scratch()
    network = try scratch.write("network.yaml", SmallNetwork.text)
  }

  /// The busy streets' traffic of two quarters, in the wide layout.
  private static let counts = "junction,time,EBT,WBT\n新华,7:30,125,125\n新华,7:45,125,125\n"

  private func counts(_ text: String = counts, _ name: String = "monday.csv") throws -> String {
    try scratch.write(name, text)
  }

  private func json(_ output: String) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(output.utf8)) as? [String: Any])
  }

  @Test("adjusted plans are written, and no stage changes by more than the limit")
  func writes() throws {
    let counts = try counts()
    let run = try Tool.run(
      ["retime", network, "--counts", counts, "--max-change", "7", "-o", scratch.file("out").path])
    #expect(run.code == 0, "\(run.messages)")
    #expect(try scratch.contents("out") == ["plan.csv", "plan.json", "report.html"])
    try checkPage(scratch.file("out/report.html"))
    let plan = try String(contentsOf: scratch.file("out/plan.csv"), encoding: .utf8)
    #expect(plan.contains("am-peak,新华,greenwave,100,0,1,22,1,"))
    #expect(try Tool.run(["check", network, "--plan", scratch.file("out/plan.csv").path]).code == 0)
    #expect(run.output.contains("out of date"))
    #expect(run.output.contains("新华.E lane 1 from the kerb (through, right)"))
    #expect(run.output.contains("7*"))
    #expect(run.output.contains("keep the period's flow"))
  }

  /// The page is well-formed, has every section, and both plans of the junction with the greens that the table has.
  private func checkPage(_ file: URL) throws {
    let page = try XMLDocument(data: Data(contentsOf: file))
    func values(_ path: String) throws -> [String] {
      try page.nodes(forXPath: path).compactMap(\.stringValue)
    }
    #expect(try values("//section/@id") == ["summary", "junctions", "provenance"])
    #expect(try values("//section[@id='summary']//tbody/tr/th") == ["新华"])
    let cells = try values("//section[@id='summary']//tbody/tr/td")
    #expect(cells.suffix(2) == ["7*", "out of date"])
    let pictures = try values("//article[@id='junction-1']//svg//text[contains(@class, 'name')]")
    #expect(pictures.contains("1: 15 s") && pictures.contains("1: 22 s"), "\(pictures)")
  }

  @Test("the summary has what the table has, twice the same")
  func summary() throws {
    let arguments = ["retime", network, "--counts", try counts(), "--json"]
    let found = try json(try Tool.run(arguments).output)
    let junctions = try #require(found["junctions"] as? [[String: Any]])
    let now = try #require(junctions[0]["now"] as? [String: Any])
    let after = try #require(junctions[0]["after"] as? [String: Any])
    #expect(now["stages"] as? [Double] == [15, 75])
    #expect(after["stages"] as? [Double] == [20, 70])
    #expect(junctions[0]["age"] as? String == "out of date")
    let survey = try #require((found["surveys"] as? [[String: Any]])?.first)
    #expect((survey["kept"] as? [String])?.count == 4)
    var again = try json(try Tool.run(arguments).output)
    again["seconds"] = found["seconds"]
    #expect(NSDictionary(dictionary: again) == NSDictionary(dictionary: found))
  }

  @Test("the first period that was counted is re-timed, or all that were")
  func periods() throws {
    let evening = try counts("junction,begin,end,EBT\n新华,17:00,17:15,200\n", "evening.csv")
    #expect(try Tool.run(["retime", network, "--counts", evening]).output.contains("晚高峰"))
    let all = try Tool.run(
      ["retime", network, "--counts", evening, "--period", "all", "-o", scratch.file("all").path])
    #expect(all.messages.contains("nothing was counted in the period 'am-peak'"))
    #expect(try scratch.contents("all") == ["plan.csv", "plan.json", "report.html"])
    let morning = try Tool.run(["retime", network, "--counts", evening, "--period", "am-peak"])
    #expect(morning.code == 65)
    #expect(morning.messages.contains("nothing was counted in the period 'am-peak', 7:30 to 7:45"))
    #expect(morning.messages.contains("note: the counts are of 17:00 to 17:15"))
  }

  @Test("several days, and days around one")
  func days() throws {
    let monday = try counts()
    let tuesday = try counts("junction,time,EBT,WBT\n新华,7:30,90,60\n新华,7:45,90,60\n", "tuesday.csv")
    let arguments = ["retime", network, "--counts", monday]
    let both = try Tool.run(arguments + ["--counts", tuesday, "--robust", "cvar:50"])
    #expect(both.code == 0, "\(both.messages)")
    #expect(both.output.contains("made for 2 days: least mean delay of the worst 50 % of the days"))
    let spread = try json(try Tool.run(arguments + ["--spread", "20", "--json"]).output)
    #expect((spread["days"] as? [String])?.count == 10)
  }

  @Test("a frozen junction's programme is written as it was")
  func frozen() throws {
    let out = scratch.file("out").path
    let run = try Tool.run(["retime", network, "--counts", try counts(), "--freeze", "新华", "-o", out])
    #expect(run.output.contains("out of date (frozen)"))
    let plan = try String(contentsOf: scratch.file("out/plan.csv"), encoding: .utf8)
    #expect(plan.contains(",100,0,1,15,1,"))
  }

  @Test("all mistakes of all counts files come at once, and nothing is written")
  func mistakes() throws {
    let first = try counts("junction,time,EBT\n新花,7:30,3\n", "a.csv")
    let second = try counts("junction,begin,end,EBT\n新华,7:30,7:45,x\n", "b.csv")
    let run = try Tool.run(
      ["retime", network, "--counts", first, "--counts", second, "-o", scratch.file("out").path])
    #expect(run.code == 65)
    #expect(run.messages.contains("a.csv:2:1: error: unknown junction '新花'"))
    #expect(run.messages.contains("did you mean '新华'?"))
    #expect(run.messages.contains("b.csv:2:14: error: the number of vehicles must be 0 or more, not 'x'"))
    #expect(!FileManager.default.fileExists(atPath: scratch.file("out").path))
  }

  @Test(
    "wrong use is refused",
    arguments: [
      ("--max-change=-1", "--max-change must be from 0"), ("--spread 80", "--spread must be from 1 to 50"),
      ("--robust cvar:20", "--robust goes with several days"),
      ("--robust worst --spread 10", "'worst' is invalid"),
      ("--freeze 新花", "did you mean '新华'?"), ("--cycle 0", "--cycle must be above 0"),
    ])
  func wrongUse(options: String, message: String) throws {
    let run = try Tool.run(
      ["retime", network, "--counts", try counts()] + options.split(separator: " ").map(String.init))
    #expect(run.code == 64)
    #expect(run.messages.contains(message), "\(run.messages)")
  }
}
