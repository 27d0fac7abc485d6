import Foundation
import NetworkFormats
import Testing
import TrafficModel

@Suite("Plan files")
struct PlanFileTests {
  private static let invalid = PlanFixtures.folder.appendingPathComponent("invalid")

  private static let invalidFiles: [String] = {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: invalid.path)) ?? []
    return names.filter { !$0.hasSuffix(".expected") }.sorted()
  }()

  @Test("A wrong file's every mistake is told, with its place", arguments: invalidFiles)
  func diagnostics(name: String) throws {
    let file = Self.invalid.appendingPathComponent(name)
    let network = try PlanFixtures.network()
    let failure = #expect(throws: InputFailure.self) {
      try PlanFile.read(file.path, network: network, time: PlanTime(period: "", time: 0..<3600))
    }
    let text =
      try #require(failure).diagnostics.map { diagnostic in
        var diagnostic = diagnostic
        diagnostic.location.file = name
        return diagnostic.text
      }.joined(separator: "\n") + "\n"
    let expected = file.appendingPathExtension("expected")
    if ProcessInfo.processInfo.environment["RECORD_SNAPSHOTS"] == "1" {
      try Data(text.utf8).write(to: expected)
      Issue.record(
        "recorded \(expected.lastPathComponent): look at it, then run again without RECORD_SNAPSHOTS")
      return
    }
    #expect(try text == String(contentsOf: expected, encoding: .utf8))
  }

  @Test("There are wrong files of every kind")
  func fixtures() {
    #expect(Self.invalidFiles.count { $0.hasSuffix(".csv") } >= 10)
    #expect(Self.invalidFiles.count { $0.hasSuffix(".json") } >= 5)
  }

  @Test("The kind of a file is told by its content", arguments: ["csv", "json", "xml"])
  func kinds(kind: String) throws {
    let network = try PlanFixtures.network()
    let plan = PlanFixtures.plan()
    let text =
      switch kind {
      case "csv": PlanCSV.text(of: plan, network: network)
      case "json": try PlanJSON.text(of: plan, network: network)
      default: SUMOPlan.text(of: plan, network: network, programName: "day")
      }
    let file = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID().uuidString).plan")
    defer { try? FileManager.default.removeItem(at: file) }
    try Data(text.utf8).write(to: file)
    let read = try PlanFile.read(file.path, network: network, time: PlanTime(period: "", time: 0..<3600))
    #expect(read.plan.programs == plan.programs)
    #expect(read.warnings == [])
  }
}

@Suite("The guide to plan files")
struct PlanFormatGuideTests {
  /// The fenced blocks of the guide that begin with `fence`.
  private func blocks(_ fence: String) throws -> [String] {
    let guide = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../../Documentation/PlanFormat.md")
    var blocks: [String] = []
    var block: [Substring]?
    for line in try String(contentsOf: guide, encoding: .utf8).split(
      separator: "\n", omittingEmptySubsequences: false)
    {
      if let lines = block, line == "```" {
        blocks.append(lines.joined(separator: "\n"))
        block = nil
      } else if block != nil {
        block?.append(line)
      } else if line == fence {
        block = []
      }
    }
    return blocks
  }

  private func network() throws -> Network {
    let none = [[GroupConflict]](repeating: [.none, .none, .none], count: 3)
    return try Network(
      junctions: [], links: [], lanes: [], connections: [], conflicts: [],
      controllers: [
        SignalController(
          name: "J1", groups: ["N", "S", "walk"].map { SignalGroup(name: $0, minimumGreen: 5, yellow: 3) },
          conflicts: none, intergreens: [[Double]](repeating: [0, 0, 0], count: 3))
      ])
  }

  @Test("Its table is what the writer writes")
  func table() throws {
    let table = try #require(try blocks("```").first { $0.hasPrefix("plan,") }) + "\n"
    let plan = try PlanCSV.read(table, file: "plan.csv", network: network())
    #expect(try PlanCSV.text(of: plan, network: network()) == table)
  }

  @Test("Its JSON is a plan")
  func json() throws {
    let text = try #require(try blocks("```json").first)
    let plan = try PlanJSON.read(text, file: "plan.json", network: network())
    #expect(plan.programs[0]?.cycle == 45)
    #expect(plan.programs[0]?.offset == 12)
  }
}

@Suite("Scenario files")
struct ScenarioReaderTests {
  private func withFile<Result>(
    _ name: String, _ text: String, _ body: (String) throws -> Result
  ) throws -> Result {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appendingPathComponent(name)
    try Data(text.utf8).write(to: file)
    return try body(file.path)
  }

  @Test(
    "The kind is told by the name, or by what the file begins with",
    arguments: [
      ("a.yaml", "", "native"), ("a.YML", "", "native"), ("a.sumocfg", "", "sumo"),
      ("a.net.xml", "", "sumo"), ("a.net.xml.gz", "", "sumo"), ("a.xml", "<net/>", "sumo"),
      ("a", "<?xml version=\"1.0\"?>\n<!-- <x> -->\n<configuration>", "sumo"),
      ("a.xml", "<network/>", "matsim"), ("a", "<config>", "matsim"), ("a.txt", "\n[Network]\n", "utdf"),
      ("a.json", "{\"roadnetFile\": 1}", "cityflow"),
    ])
  func kinds(name: String, text: String, format: String) throws {
    let found = try withFile(name, text) { try FormatRegistry.shipped.format(of: InputFiles($0)) }
    #expect(found.name == format)
  }

  @Test(
    "A file of another kind is refused with the kinds that are known",
    arguments: [("plan.csv", "a,b\n"), ("a.rou.xml", "<routes/>"), ("a.xml", "<!-- no end"), ("empty", "")])
  func unknownKinds(name: String, text: String) throws {
    try withFile(name, text) { path in
      let failure = #expect(throws: InputFailure.self) { try ScenarioReader.read(path, routes: []) }
      let found = try #require(failure?.diagnostics.first)
      #expect(found.message.hasPrefix("this is not a kind of file that describes a network"))
      #expect(found.notes.first?.contains(".sumocfg") == true)
    }
  }

  @Test("Route files go with a SUMO network, and only with it")
  func routes() throws {
    for (name, routes, message) in [
      ("a.yaml", ["r.rou.xml"], "route files go with a SUMO network"),
      ("a.net.xml", [], "a SUMO network has no demand of its own"),
    ] {
      try withFile(name, "") { path in
        let failure = #expect(throws: InputFailure.self) { try ScenarioReader.read(path, routes: routes) }
        #expect(failure?.diagnostics.first?.message.hasPrefix(message) == true)
      }
    }
  }
}
