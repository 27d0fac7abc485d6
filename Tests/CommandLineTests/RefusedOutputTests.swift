import Foundation
import Testing

@Suite("What is not written")
struct RefusedOutputTests {
  @Test("a name without an ending tells no format; a slash at its end says that it is a folder")
  func noEnding() throws {
    let scratch = try Scratch()
    try scratch.write("network.yaml", SmallNetwork.text)
    let outcome = try Tool.run(["convert", "network.yaml", "my-sumo"], in: scratch.folder)
    #expect(outcome.code == 64)
    #expect(outcome.messages.hasPrefix("error: the name 'my-sumo' does not tell the format"))
    #expect(try scratch.contents() == ["network.yaml"])
    #expect(try Tool.run(["convert", "network.yaml", "tables/"], in: scratch.folder).code == 0)
    #expect(try scratch.contents("tables").contains("movement.csv"))
  }

  @Test("a plan that a template's phases cannot say is not put into it beside the old times")
  func template() throws {
    let scratch = try Scratch()
    try scratch.write("network.yaml", SmallNetwork.text)
    #expect(try Tool.run(["convert", "network.yaml", "town.csv"], in: scratch.folder).code == 0)
    // Everything twice in a cycle, which no ring has.
    let once = [
      (15, "rrrGGrrrGG"), (3, "rrryyrrryy"), (2, "rrrrrrrrrr"), (35, "gGGrrgGGrr"), (3, "yyyrryyyrr"),
      (2, "rrrrrrrrrr"),
    ]
    let rows = (once + once).map { "新华,0,\($0.0),\($0.1)" }
    try scratch.write(
      "twice.csv", (["controller,offset_s,duration_s,states"] + rows).joined(separator: "\n") + "\n")
    let checked = try Tool.run(["check", "network.yaml", "--plan", "twice.csv"], in: scratch.folder)
    #expect(
      checked.output.contains("twice.csv: legal"), "\(checked.output)\(checked.messages)"
    )
    let outcome = try Tool.run(
      [
        "export", "network.yaml", "--plan", "twice.csv", "--to", "utdf", "--template", "town.csv", "-o",
        "new.csv",
      ], in: scratch.folder)
    #expect(outcome.code == 1, "\(outcome.messages)")
    #expect(try !scratch.contents().contains("new.csv"))
  }

  @Test(
    "where there are no signals, who plans says so at once", arguments: ["optimize", "schedule", "retime"])
  func noSignals(command: String) throws {
    let scratch = try Scratch()
    let stages = try #require(SmallNetwork.text.firstRange(of: /\ \ \ \ left-turns(?s:.)*?(?=periods)/))
    let text = SmallNetwork.text.replacingCharacters(
      in: stages, with: "    control: priority\n    major: [E, W]\n")
    try scratch.write("network.yaml", text)
    try scratch.write("counts.csv", "junction,approach,turn,begin,end,vehicles\n新华,E,T,7:30,7:45,90\n")
    let more = command == "retime" ? ["--counts", "counts.csv"] : []
    let outcome = try Tool.run([command, "network.yaml", "-o", "out"] + more, in: scratch.folder)
    #expect(outcome.code == 1)
    #expect(outcome.messages.contains("the network has no signals"), "\(outcome.messages)")
    #expect(outcome.output == "")
  }
}
