import Foundation
import NetworkBuilding
import Testing

@Suite("Optimize, end to end")
struct OptimizeTests {
  /// One cycle, and no refinement: unoptimized code takes minutes for more.
  static let quickly = ["--cycle", "60", "--time", "0"]

  private func scratch() throws -> Scratch {
    let scratch = try Scratch()
    try scratch.write("network.yaml", SmallNetwork.text)
    return scratch
  }

  private func text(_ scratch: Scratch, _ name: String) throws -> String {
    try String(contentsOf: scratch.file(name), encoding: .utf8)
  }

  @Test("A bad plan is bettered; the plan written is legal, and every command takes it")
  func wholePath() throws {
    let scratch = try scratch()
    let optimized = try Tool.run(
      ["optimize", "network.yaml", "--time", "0", "-o", "out/new"], in: scratch.folder)
    #expect(optimized.code == 0)
    #expect(
      optimized.output.contains("The proposed plan is better than the existing one with 95 % confidence."))
    #expect(
      optimized.messages == "wrote out/new/plan.csv\nwrote out/new/plan.json\nwrote out/new/report.html\n")
    #expect(try scratch.contents("out/new") == ["plan.csv", "plan.json", "report.html"])

    let check = try Tool.run(["check", "network.yaml", "--plan", "out/new/plan.csv"], in: scratch.folder)
    #expect(check.code == 0)
    #expect(check.output.contains("out/new/plan.csv: legal"))

    for file in ["plan.csv", "plan.json"] {
      for format in ["csv", "json"] {
        let export = try Tool.run(
          ["export", "network.yaml", "--plan", "out/new/\(file)", "--format", format], in: scratch.folder)
        #expect(export.output == (try text(scratch, "out/new/plan.\(format)")))
      }
    }

    let benchmark = try Tool.run(
      ["benchmark", "network.yaml", "--plan", "out/new/plan.csv", "--seeds", "3"], in: scratch.folder)
    #expect(benchmark.code == 0)
    #expect(benchmark.output.contains("\nexisting "))
    #expect(benchmark.output.contains("\nplan.csv "))

    let again = try Tool.run(
      [
        "optimize", "network.yaml", "--plan", "out/new/plan.csv", "--cycle", "existing", "--max-change", "0",
        "--time", "0",
      ],
      in: scratch.folder)
    #expect(again.code == 0)
    #expect(again.output.contains("Keep your plan"))
  }

  @Test("Two runs give the same bytes, on standard output and in files")
  func determinism() throws {
    let scratch = try scratch()
    let runs = try ["first", "second"].map {
      try Tool.run(
        ["optimize", "network.yaml", "--period", "all", "-o", $0] + Self.quickly, in: scratch.folder)
    }
    #expect(runs[0].output == runs[1].output)
    #expect(runs[0].output.contains("am-peak") && runs[0].output.contains("晚高峰"))
    let names = [
      "plan-am-peak.csv", "plan-am-peak.json", "plan-晚高峰.csv", "plan-晚高峰.json", "report-am-peak.html",
      "report-晚高峰.html",
    ]
    #expect(try scratch.contents("first") == names.sorted())
    for name in names {
      #expect(try text(scratch, "first/\(name)") == text(scratch, "second/\(name)"))
    }
  }

  @Test("No line of the report is wider than 80 columns")
  func width() throws {
    let scratch = try scratch()
    let output = try Tool.run(
      ["optimize", "network.yaml", "--period", "all"] + Self.quickly, in: scratch.folder
    ).output
    for line in output.split(separator: "\n") {
      let columns = line.reduce(0) { $0 + ($1.unicodeScalars.contains { $0.value >= 0x2e80 } ? 2 : 1) }
      #expect(columns <= 80, "\(line)")
    }
  }

  @Test("The summary for programs is JSON with the documented keys, one for each period")
  func json() throws {
    let scratch = try scratch()
    func keys(_ summary: Any?) -> [String] { (summary as? [String: Any])?.keys.sorted() ?? [] }
    let one = try JSONSerialization.jsonObject(
      with: Data(
        try Tool.run(["optimize", "network.yaml", "--json"] + Self.quickly, in: scratch.folder).output.utf8)
    )
    let both = try JSONSerialization.jsonObject(
      with: Data(
        try Tool.run(
          ["optimize", "network.yaml", "--json", "--period", "all"] + Self.quickly, in: scratch.folder
        ).output
          .utf8))
    let list = try #require(both as? [[String: Any]])
    #expect(list.map { $0["period"] as? String } == ["am-peak", "晚高峰"])
    #expect(keys(one) == keys(list[0]))
    let seconds = try #require((one as? [String: Any])?["seconds"] as? [String: Double])
    #expect(
      seconds.keys.sorted() == [
        "confirmation", "flows", "judgement", "offsets", "read", "refinement", "search", "splits", "total",
      ])
    #expect(seconds.values.allSatisfy { $0 >= 0 })
  }

  @Test("A frozen controller keeps its programme, and the linear programs of the others are left where asked")
  func frozenAndPrograms() throws {
    let scratch = try scratch()
    let frozen = try Tool.run(
      ["optimize", "network.yaml", "--freeze", "新华", "--write-lp", "lp", "-o", "out"] + Self.quickly,
      in: scratch.folder)
    #expect(frozen.code == 0)
    #expect(frozen.output.contains("Keep your plan"))
    #expect(try scratch.contents("lp") == [])
    let free = try Tool.run(
      ["optimize", "network.yaml", "--write-lp", "lp"] + Self.quickly, in: scratch.folder)
    #expect(free.code == 0)
    #expect(try scratch.contents("lp") == ["新华.lp"])
    let program = try text(scratch, "lp/新华.lp")
    #expect(program.contains("Minimize"))
    #expect(program.contains("cycle:"))
    #expect(program.hasSuffix("End\n"))
  }

  @Test("A file that is written again is replaced, a link stays a link, and a device is not replaced")
  func outputs() throws {
    let scratch = try scratch()
    try #require(
      try Tool.run(["optimize", "network.yaml", "-o", "out"] + Self.quickly, in: scratch.folder).code == 0)
    try scratch.write("target.csv", "old")
    try FileManager.default.createSymbolicLink(
      at: scratch.file("link.csv"), withDestinationURL: scratch.file("target.csv"))
    for output in ["link.csv", "/dev/null"] {
      let export = try Tool.run(
        ["export", "network.yaml", "--plan", "out/plan.csv", "--format", "csv", "-o", output],
        in: scratch.folder)
      #expect(export.code == 0, "\(export.messages)")
    }
    #expect(try text(scratch, "target.csv") == text(scratch, "out/plan.csv"))
    let type = try FileManager.default.attributesOfItem(atPath: scratch.file("link.csv").path)[.type]
    #expect(type as? FileAttributeType == .typeSymbolicLink)
    let device = try FileManager.default.attributesOfItem(atPath: "/dev/null")[.type]
    #expect(device as? FileAttributeType == .typeCharacterSpecial)
  }
}

@Suite("Generate, check, simulate")
struct OtherCommandTests {
  @Test("A generated grid reads without warnings, is legal, and is the same every time")
  func grid() throws {
    let scratch = try Scratch()
    let grid = ["generate", "grid", "--rows", "2", "--columns", "3", "--seed", "7"]
    let text = try Tool.run(grid).output
    #expect(try Tool.run(grid + ["-o", "grid.yaml"], in: scratch.folder).output == "")
    #expect(try String(contentsOf: scratch.file("grid.yaml"), encoding: .utf8) == text)
    let check = try Tool.run(["check", "grid.yaml"], in: scratch.folder)
    #expect(check.code == 0)
    #expect(check.output.contains("6 signal controllers"))
    #expect(check.output.contains("0 warnings"))
  }

  @Test("What holds at many places names the first of them, and all where asked to")
  func manyPlaces() throws {
    let scratch = try Scratch()
    let grid = ["generate", "grid", "--rows", "5", "--columns", "5", "-o", "grid.yaml"]
    _ = try Tool.run(grid, in: scratch.folder)
    func places(_ arguments: [String]) throws -> String {
      let output = try Tool.run(["check", "grid.yaml"] + arguments, in: scratch.folder).output
      let line = output.split(separator: "\n").first { $0.contains("R1C1.N.P") } ?? ""
      return String(line.prefix { $0 != ":" })
    }
    let (few, all) = (try places([]), try places(["--verbose"]))
    #expect(few.hasPrefix("  R1C1.N.P, R1C1.E.P, R1C1.S.P, R1C1.W.P, R1C2.N.P, "))
    #expect(few.hasSuffix("R1C5.N.P, R1C5.E.P, R1C5.S.P, R1C5.W.P, and 80 more"))
    #expect(all.split(separator: ",").count == 100)
    #expect(all.hasSuffix(", R5C5.W.P"))
  }

  @Test("Movements without demand are told, with the reason")
  func idleMovements() throws {
    let scratch = try Scratch()
    try scratch.write("network.yaml", SmallNetwork.text)
    let output = try Tool.run(["check", "network.yaml"], in: scratch.folder).output
    #expect(output.contains("movements have no demand"))
    #expect(output.contains("nobody counted it"))
  }

  @Test("A simulation tells what it measured, as table and as JSON")
  func simulate() throws {
    let scratch = try Scratch()
    try scratch.write("network.yaml", SmallNetwork.text)
    let table = try Tool.run(["simulate", "network.yaml", "--seeds", "2"], in: scratch.folder)
    #expect(table.output.contains("stops per vehicle"))
    let json = try Tool.run(["simulate", "network.yaml", "--seeds", "1", "--json"], in: scratch.folder)
    let root = try #require(
      try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any])
    let plans = try #require(root["plans"] as? [[String: Any]])
    let measures = try #require(plans.first?["measures"] as? [String: Any])
    let demand = try #require(measures["demand"] as? Double)
    let served = try #require(measures["served"] as? Double)
    let unserved = try #require(measures["unserved"] as? Double)
    #expect(demand > 0)
    #expect(demand == served + unserved)
  }
}
