import Foundation
import Testing

@Suite("Capacity, end to end")
struct CapacityTests {
  private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("../..").standardizedFileURL
  private static let example =
    root.appendingPathComponent("Tests/CapacityWorksheetsTests/Fixtures/fifth-and-twelfth.yaml").path

  private func json(_ arguments: [String]) throws -> [String: Any] {
    let outcome = try Tool.run(["capacity"] + arguments + ["--json"])
    #expect(outcome.code == 0, "\(outcome.messages)")
    let value = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8))
    return try #require(value as? [String: Any])
  }

  private func laneGroups(_ plan: [String: Any]) throws -> [[String: Any]] {
    let junctions = try #require(plan["junctions"] as? [[String: Any]])
    return junctions.flatMap { ($0["approaches"] as? [[String: Any]] ?? []) }.flatMap {
      ($0["laneGroups"] as? [[String: Any]] ?? [])
    }
  }

  @Test("The manual's example, as a user sees it")
  func text() throws {
    let outcome = try Tool.run(["capacity", Self.example])
    #expect(outcome.code == 0 && outcome.messages.isEmpty)
    #expect(outcome.output.split(separator: "\n").allSatisfy { $0.count <= 80 })
    try Snapshot.check(outcome.output, "capacity.txt")
  }

  @Test("A calculation shows its numbers, and ends in what the worksheet has")
  func explanation() throws {
    let outcome = try Tool.run(["capacity", Self.example, "--explain", "WB TR"])
    #expect(outcome.code == 0)
    #expect(outcome.output.contains("d = 31.9 + 4.3 + 0.0 = 36.2 s"))
    #expect(outcome.output.split(separator: "\n").allSatisfy { $0.count <= 80 })
    let steps = try Tool.run(["capacity", Self.example, "--explain", "WB TR", "--json"])
    let lists = try #require(
      try JSONSerialization.jsonObject(with: Data(steps.output.utf8)) as? [[String: Any]])
    let equations = try #require(lists.first?["steps"] as? [[String: Any]]).compactMap {
      $0["equation"] as? String
    }
    #expect(Set(["19-8", "19-16", "19-18", "31-150"]).isSubset(of: equations))
  }

  @Test("JSON has every lane group of every shipped network, with equations")
  func shipped() throws {
    for name in ["dual-ring-junction", "eight-signal-arterial", "four-stage-junction", "lijiang-old-town"] {
      let path = Self.root.appendingPathComponent("networks/\(name)/network.yaml").path
      let summary = try json([path])
      #expect((summary["equations"] as? [String: String])?["capacity"] == "19-16")
      let plans = try #require(summary["plans"] as? [[String: Any]])
      let groups = try laneGroups(plans[0])
      #expect(!groups.isEmpty)
      for group in groups {
        #expect(group["notCovered"] == nil && group["delay"] is Double && group["queue95Length"] is Double)
      }
      let text = try Tool.run(["capacity", path]).output
      #expect(text.split(separator: "\n").allSatisfy { $0.count <= 80 }, "\(name)")
    }
  }

  @Test("The guide's lines are the tool's")
  func guide() throws {
    let guide = try String(
      contentsOf: Self.root.appendingPathComponent("Documentation/HighwayCapacity.md"), encoding: .utf8)
    let path = Self.root.appendingPathComponent("networks/dual-ring-junction/network.yaml").path
    let output = try Tool.run(["capacity", path]).output.split(separator: "\n")
    let lines = output.filter { $0.hasPrefix("group N") || $0.hasPrefix("WB T") }.prefix(3)
    #expect(lines.count == 3 && lines.allSatisfy { guide.contains($0) })
  }

  @Test("Control that responds to traffic, and is evaluated by what stands for it, is told")
  func respondingControl() throws {
    let scratch = try Scratch()
    let converted = try Tool.run(["convert", Self.example, "network.yaml"], in: scratch.folder)
    #expect(converted.code == 0)
    var text = try String(contentsOf: scratch.file("network.yaml"), encoding: .utf8)
    #expect(
      !(try Tool.run(["capacity", "network.yaml"], in: scratch.folder)).output.contains("responds to traffic")
    )
    text.replace(#/, maximum-green: \d+/#, with: "")
    try scratch.write("network.yaml", text)
    let outcome = try Tool.run(["capacity", "network.yaml"], in: scratch.folder)
    #expect(outcome.code == 0 && outcome.output.contains("The signal responds to traffic (actuated)"))
  }

  @Test("A plan stands beside what runs now")
  func plan() throws {
    let scratch = try Scratch()
    try scratch.write("network.yaml", SmallNetwork.text)
    let exported = try Tool.run(
      ["export", "network.yaml", "--format", "csv", "-o", "plan.csv"], in: scratch.folder)
    #expect(exported.code == 0)
    let outcome = try Tool.run(
      ["capacity", "network.yaml", "--plan", "plan.csv", "--csv", "tables"], in: scratch.folder)
    #expect(outcome.code == 0, "\(outcome.messages)")
    #expect(outcome.output.contains("plan.csv") && outcome.output.contains("新华"))
    #expect(
      try scratch.contents("tables") == [
        "approaches.csv", "crossings.csv", "junctions.csv", "lane-groups.csv",
      ])
    let text = try String(contentsOf: scratch.file("tables/lane-groups.csv"), encoding: .utf8)
    let rows = text.split(whereSeparator: \.isNewline).map {
      $0.split(separator: ",", omittingEmptySubsequences: false)
    }
    // Four lane groups, twice, under a heading; one mark of byte order.
    #expect(rows.count == 9 && rows.allSatisfy { $0.count == rows[0].count })
    #expect(
      rows.dropFirst().map { $0[0] } == [Substring](repeating: "now", count: 4)
        + [Substring](repeating: "plan.csv", count: 4))
  }

  @Test(
    "Names that are not there are told with the nearest",
    arguments: [
      (["--explain", "WB TT"], "did you mean 'WB T'?"),
      (["--junction", "5th and 12"], "did you mean '5th and 12th'?"),
      (["--period", "peek"], "did you mean 'peak'?"),
      (["--csv", "a.csv", "--explain", "WB T"], "exclude each other"),
    ])
  func unknown(words: [String], told: String) throws {
    let outcome = try Tool.run(["capacity", Self.example] + words)
    #expect(outcome.code == 64)
    #expect(outcome.messages.contains(told), "\(outcome.messages)")
  }

  @Test("A lane group that several junctions have needs the junction's name")
  func ambiguous() throws {
    let path = Self.root.appendingPathComponent("networks/eight-signal-arterial/network.yaml").path
    let outcome = try Tool.run(["capacity", path, "--explain", "EB T"])
    #expect(outcome.code == 64 && outcome.messages.contains("--junction: A, B"))
    #expect(try Tool.run(["capacity", path, "--explain", "EB T", "--junction", "B"]).code == 0)
  }
}
