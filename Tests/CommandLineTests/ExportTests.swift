import Foundation
import NetworkFormats
import Testing
import TrafficModel

@Suite("export, and plans of other tools as input")
struct ExportTests {
  @Test(
    "a plan written in any format is the same plan as input", arguments: ["json", "sumo", "utdf", "gmns"])
  func formats(format: String) throws {
    let scratch = try Scratch()
    let input = try scratch.write("network.yaml", SmallNetwork.text)
    let written = try Tool.run(
      ["export", "network.yaml", "--to", format, "-o", "plan"], in: scratch.folder)
    #expect(written.code == 0, "\(written.messages)")
    let back = try Tool.run(
      ["export", "network.yaml", "--plan", "plan", "--to", "csv", "-o", "plan.csv"], in: scratch.folder)
    #expect(back.code == 0 && back.messages == "", "\(back.messages)")
    let scenario = try NativeReader.read(input).scenario
    let time = PlanTime(scenario.periods[0])
    let read = try FormatRegistry.shipped.readPlan(
      InputFiles(scratch.file("plan.csv").path), for: scenario.network, at: time
    ).plan
    for (index, program) in scenario.periods[0].existingPlan.programs.enumerated() {
      let (program, other) = (try #require(program), try #require(read.programs[index]))
      for half in 0..<Int(4 * program.cycle) {
        let second = Double(half) / 2 + 0.25
        #expect(program.states(at: second).map(\.isGreen) == other.states(at: second).map(\.isGreen))
      }
    }
    let checked = try Tool.run(["check", "network.yaml", "--plan", "plan"], in: scratch.folder)
    #expect(checked.code == 0 && checked.output.contains("plan: legal"), "\(checked.output)")
  }

  @Test("from UTDF to UTDF, what nobody understands stays, in convert, export and with a template")
  func unknownFields() throws {
    let scratch = try Scratch()
    try scratch.write("network.yaml", SmallNetwork.text)
    #expect(try Tool.run(["convert", "network.yaml", "made.csv"], in: scratch.folder).code == 0)
    let made = try String(contentsOf: scratch.file("made.csv"), encoding: .utf8)
    let town = made + "\n[Signs]\nof,a vendor\n1,\"x, y\"\n"
    try scratch.write("town.csv", town)
    for (arguments, output) in [
      (["convert", "town.csv", "out.csv"], "out.csv"),
      (["export", "town.csv", "--to", "utdf", "-o", "new.csv"], "new.csv"),
      (["export", "network.yaml", "--to", "utdf", "--template", "town.csv", "-o", "set.csv"], "set.csv"),
    ] {
      let outcome = try Tool.run(arguments, in: scratch.folder)
      #expect(outcome.code == 0, "\(outcome.messages)")
      #expect(try String(contentsOf: scratch.file(output), encoding: .utf8) == town, "\(arguments)")
    }
  }

  @Test("what does not go together is refused, and nothing is written")
  func refused() throws {
    let scratch = try Scratch()
    try scratch.write("network.yaml", SmallNetwork.text)
    let shown = try Tool.run(["export", "network.yaml", "--to", "gmns"], in: scratch.folder)
    #expect(shown.code == 64)
    #expect(shown.messages == "error: gmns is a folder of files\n  note: name the folder\n")
    let template = try Tool.run(
      ["export", "network.yaml", "--to", "csv", "--template", "town.csv"], in: scratch.folder)
    #expect(template.code == 64)
    let none = try Tool.run(
      ["export", "network.yaml", "--to", "utdf", "--template", "network.yaml", "-o", "x.csv"],
      in: scratch.folder)
    #expect(none.code == 65)
    #expect(none.messages == "network.yaml: error: this is not a combined UTDF file\n")
    #expect(try scratch.contents() == ["network.yaml"])
  }
}
