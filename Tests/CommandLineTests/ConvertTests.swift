import Foundation
import NetworkFormats
import Testing
import TrafficModel

@Suite("convert, and export of plan sheets")
struct ConvertTests {
  @Test(
    "A converted network reads back with the same signals at the same seconds, and converts to the same bytes"
  )
  func native() throws {
    let scratch = try Scratch()
    let input = try scratch.write("network.yaml", SmallNetwork.text)
    let outcome = try Tool.run(["convert", "network.yaml", "out.yaml"], in: scratch.folder)
    #expect(outcome.code == 0, "\(outcome.messages)")
    #expect(outcome.output == "")
    #expect(outcome.messages.hasSuffix("wrote out.yaml\n"))
    let (before, after) = (
      try NativeReader.read(input).scenario, try NativeReader.read(scratch.file("out.yaml").path).scenario
    )
    #expect(after.network.controllers == before.network.controllers)
    #expect(after.periods == before.periods)
    let again = try Tool.run(
      ["convert", "out.yaml", "-", "--to", "native", "--strict"], in: scratch.folder)
    #expect(again.output == (try String(contentsOf: scratch.file("out.yaml"), encoding: .utf8)))
    #expect(try scratch.contents() == ["network.yaml", "out.yaml"])
  }

  @Test(
    "What is converted for another simulator is an input again, and legal", arguments: ["cityflow", "matsim"])
  func simulators(target: String) throws {
    let scratch = try Scratch()
    try scratch.write("network.yaml", SmallNetwork.text)
    let outcome = try Tool.run(["convert", "network.yaml", "out", "--to", target], in: scratch.folder)
    #expect(outcome.code == 0, "\(outcome.messages)")
    #expect(outcome.messages.contains("warning: not written: "))
    let check = try Tool.run(["check", "out"], in: scratch.folder)
    #expect(check.code == 0, "\(check.messages)")
    let strict = try Tool.run(
      ["convert", "network.yaml", "strict", "--to", target, "--strict"], in: scratch.folder)
    #expect(strict.code == 1)
    #expect(try scratch.contents() == ["network.yaml", "out"])
  }

  @Test("A counts sheet as its maker writes it becomes one of the project's own, and its layout is told")
  func counts() throws {
    let scratch = try Scratch()
    try scratch.write("network.yaml", SmallNetwork.text)
    try scratch.write(
      "新华.txt",
      "Survey; of 2026-05-12\nTime;EB Thru;Total\n7:00 AM - 8:00 AM;480,5;480,5\nTotal;480,5;480,5\n")
    let outcome = try Tool.run(["convert", "新华.txt", "counts.csv"], in: scratch.folder)
    #expect(outcome.code == 0, "\(outcome.messages)")
    #expect(
      outcome.messages.hasSuffix("新华.txt: read as one row for each interval: 1 interval\nwrote counts.csv\n"))
    #expect(
      try String(contentsOf: scratch.file("counts.csv"), encoding: .utf8)
        == "junction,approach,turn,begin,end,vehicles\n新华,W,T,07:00,08:00,480.5\n")
    let check = try Tool.run(["check", "network.yaml", "--counts", "counts.csv"], in: scratch.folder)
    #expect(check.code == 0, "\(check.messages)")
    #expect(check.messages.contains("counts.csv: read as one row for each movement: 1 interval"))
  }

  @Test("A sheet names phases, splits, force-offs and what the offset refers to; the table says the same")
  func sheet() throws {
    let scratch = try Scratch()
    try scratch.write("network.yaml", SmallNetwork.text)
    let text = try Tool.run(["export", "network.yaml", "--to", "sheet"], in: scratch.folder)
    #expect(text.code == 0, "\(text.messages)")
    try Snapshot.check(text.output, "sheet.txt")
    let table = try Tool.run(["export", "network.yaml", "--format", "sheet-csv"], in: scratch.folder)
    try Snapshot.check(table.output, "sheet.csv")
  }
}

@Suite("check: the review")
struct CheckReviewTests {
  @Test("Findings name place, figure and rule, by the rules asked for, and do not make a plan illegal")
  func rules() throws {
    let scratch = try Scratch()
    try scratch.write("network.yaml", SmallNetwork.text)
    func check(_ arguments: [String]) throws -> String {
      let outcome = try Tool.run(["check", "network.yaml"] + arguments, in: scratch.folder)
      #expect(outcome.code == 0)
      return outcome.output
    }
    let usual = try check([])
    #expect(try check(["--rules", "ite"]) == usual)
    // 50 km/h + 11.3 km/h = 17 m/s; 1 + 17 / 6.1 = 3.8 s. Both periods run the same plan, so it is told once.
    let yellow = "  新华: N.T, E.T, S.T, W.T: yellow of 3 s, 3.8 s at 50 km/h (yellow, ITE 2020)\n"
    #expect(usual.components(separatedBy: yellow).count == 2)
    let chinese = try check(["--rules", "gb"])
    #expect(chinese.contains("review (gb): "))
    #expect(!chinese.contains("yellow of"))
  }

  @Test("A counts file is told with its peak hour, the earliest of equals, and its factor")
  func counts() throws {
    let scratch = try Scratch()
    try scratch.write("network.yaml", SmallNetwork.text)
    let quarters = [80, 100, 120, 100, 80].enumerated().map { index, vehicles in
      "新华,\(7 + index / 4):\(["00", "15", "30", "45"][index % 4]),\(vehicles)\n"
    }
    try scratch.write("tuesday.csv", "junction,time,EBT\n" + quarters.joined())
    let outcome = try Tool.run(["check", "network.yaml", "--counts", "tuesday.csv"], in: scratch.folder)
    #expect(outcome.code == 0)
    // 80 + 100 + 120 + 100 = 100 + 120 + 100 + 80; 400 / (4 · 120).
    let peak = "peak hour from 7:00 with 400 vehicles at stop lines, peak-hour factor 0.83\n"
    #expect(outcome.output.contains("tuesday.csv: 1 movement from 7:00 to 8:15; " + peak))
    #expect(outcome.output.contains("\n  新华: " + peak))
  }
}
