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
