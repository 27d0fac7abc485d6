import Foundation
import Testing

@Suite("show, init, and words that nobody knows, end to end")
struct ShowTests {
  @Test(
    "A plan is shown without its network", arguments: [("csv", "N + S"), ("json", "N + S"), ("sumo", "0 + ")])
  func alone(format: String, green: String) throws {
    let scratch = try Scratch()
    try scratch.write("network.yaml", SmallNetwork.text)
    let plan = try Tool.run(["export", "network.yaml", "--to", format], in: scratch.folder).output
    try scratch.write("plan", plan)
    let outcome = try Tool.run(["show", "plan"], in: scratch.folder)
    #expect(outcome.code == 0, "\(outcome.messages)")
    #expect(outcome.output.contains("新华: programme"), "\(outcome.output)")
    #expect(outcome.output.contains("cycle 100 s"))
    // Names of groups where the file has them, else the letters' numbers.
    if format != "sumo" { #expect(outcome.output.contains("E.T"), "\(outcome.output)") }
  }

  @Test("With its network, or for the network's own plan, greens are shown by group")
  func network() throws {
    let scratch = try Scratch()
    try scratch.write("network.yaml", SmallNetwork.text)
    let plan = try Tool.run(["export", "network.yaml", "--to", "vissim"], in: scratch.folder).output
    try scratch.write("plan.sig", plan)
    let lone = try Tool.run(["show", "plan.sig"], in: scratch.folder)
    #expect(lone.code == 65 && lone.messages.contains("--network"))
    let own = try Tool.run(["show", "network.yaml"], in: scratch.folder)
    #expect(own.code == 0 && own.output.contains("green from"))
    let shown = try Tool.run(["show", "plan.sig", "--network", "network.yaml"], in: scratch.folder)
    #expect(shown.code == 0 && shown.output.contains("green from"), "\(shown.messages)")
  }

  @Test("Mistakes of a plan are told with their places")
  func mistakes() throws {
    let scratch = try Scratch()
    try scratch.write("plan.csv", "controller,offset_s,duration_s,states\nJ,0,10,Gr\nJ,0,-3,yr\nJ,0,20,rX\n")
    let outcome = try Tool.run(["show", "plan.csv"], in: scratch.folder)
    #expect(outcome.code == 65 && outcome.output.isEmpty)
    #expect(outcome.messages.contains("plan.csv:3:") && outcome.messages.contains("plan.csv:4:"))
  }

  @Test("A first network file is legal, without warnings, and a plan is found for it; it overwrites nothing")
  func initialize() throws {
    let scratch = try Scratch()
    #expect(try Tool.run(["init"], in: scratch.folder).code == 0)
    let text = try String(contentsOf: scratch.file("network.yaml"), encoding: .utf8)
    #expect(try Tool.run(["init", "-o", "-"], in: scratch.folder).output == text)
    let checked = try Tool.run(["check", "network.yaml"], in: scratch.folder)
    #expect(checked.code == 0 && checked.output.contains("existing plan: legal"))
    #expect(
      checked.output.contains("0 warnings") && !checked.output.contains("findings"), "\(checked.output)")
    try scratch.write("network.yaml", "mine")
    let again = try Tool.run(["init"], in: scratch.folder)
    #expect(again.code == 64 && again.messages.contains("--force"))
    #expect(try String(contentsOf: scratch.file("network.yaml"), encoding: .utf8) == "mine")
    #expect(try Tool.run(["init", "--force"], in: scratch.folder).code == 0)
    let tuned = try Tool.run(
      ["optimize", "network.yaml", "--time", "0", "-o", "out"], in: scratch.folder)
    #expect(tuned.code == 0 && FileManager.default.fileExists(atPath: scratch.file("out/plan.csv").path))
  }

  @Test(
    "Who misspells a command or a format is told the nearest",
    arguments: [
      (["optmize", "network.yaml"], "did you mean 'greenwave optimize'?"),
      (["shwo", "plan.csv"], "did you mean 'greenwave show'?"),
      (["export", "network.yaml", "--to", "jsn"], "did you mean 'json'?"),
      (["convert", "network.yaml", "x", "--to", "smuo"], "did you mean 'sumo'?"),
      (["plot", "stagse", "network.yaml", "-o", "x.svg"], "did you mean 'stages'?"),
    ])
  func misspelt(words: [String], told: String) throws {
    let outcome = try Tool.run(words)
    #expect(outcome.code == 64)
    #expect(outcome.messages.contains(told), "\(outcome.messages)")
  }

  @Test("What is near to nothing is answered as ever")
  func unknown() throws {
    let outcome = try Tool.run(["zzzzzzzz"])
    #expect(outcome.code == 64 && !outcome.messages.contains("did you mean"))
  }
}
