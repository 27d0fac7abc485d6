import Foundation
import Testing

@testable import greenwave

@Suite("greenwave benchmark")
struct BenchmarkTests {
  /// The small network that the reader's tests read too.
  private static let configuration = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("../NetworkFormatsTests/Fixtures/sumo/small/small.sumocfg").standardizedFileURL
    .path

  /// The small network's existing plan, as a plan file of its own.
  private func plan(_ scratch: Scratch) throws -> String {
    let exported = try Tool.run(
      ["optimize", Self.configuration, "--time", "0", "-o", "out"], in: scratch.folder)
    try #require(exported.code == 0, "\(exported.messages)")
    return scratch.file("out/plan.csv").path
  }

  private let trip =
    "<tripinfo id=\"a\" depart=\"1\" departDelay=\"3\" arrival=\"50\" duration=\"49\" timeLoss=\"7\" waitingCount=\"1\"/>"

  @Test("SUMO judges the plans, too, and its verdict stands below Greenwave's")
  func sumo() throws {
    let scratch = try Scratch()
    let plan = try plan(scratch)
    let arguments = ["benchmark", Self.configuration, "--plan", plan, "--seeds", "2", "--sumo"]
    let environment = try StandInSUMO.environment(scratch, trips: trip)
    let outcome = try Tool.run(arguments, environment: environment)
    #expect(outcome.code == 0, "\(outcome.messages)")
    #expect(outcome.output.contains("The same plans and 1 vehicles in SUMO 1.28.0"))
    let json = try Tool.run(arguments + ["--json"], environment: environment).output
    let root = try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any]
    let sumo = try #require(root?["sumo"] as? [String: Any])
    let plans = try #require(sumo["plans"] as? [[String: Any]])
    let delays = plans.map { ($0["measures"] as? [String: Any])?["delayPerVehicle"] as? Double }
    #expect(delays == [10, 10])
  }

  @Test("Without SUMO the tool says how to get it")
  func missing() throws {
    let scratch = try Scratch()
    let plan = try plan(scratch)
    let outcome = try Tool.run(
      ["benchmark", Self.configuration, "--plan", plan, "--sumo"], environment: ["PATH": scratch.folder.path])
    #expect(outcome.code == 69)
    #expect(outcome.output == "")
    #expect(
      outcome.messages.hasSuffix(
        """
        error: SUMO is not installed, or not found
          note: 'pip install eclipse-sumo' installs it; SUMO_HOME says where it is, unless 'sumo' is on PATH

        """))
  }

  @Test("SUMO's own words are told when it fails")
  func failing() throws {
    let scratch = try Scratch()
    let plan = try plan(scratch)
    let outcome = try Tool.run(
      ["benchmark", Self.configuration, "--plan", plan, "--sumo"],
      environment: try StandInSUMO.environment(scratch, trips: nil)
    )
    #expect(outcome.code == 69)
    #expect(
      outcome.messages.hasSuffix(
        "error: SUMO 1.28.0 ended with code 1\n  note: Error: this net is broken\n"))
  }

  @Test("A SUMO that cannot tell who never departed is refused")
  func old() throws {
    let scratch = try Scratch()
    let plan = try plan(scratch)
    let outcome = try Tool.run(
      ["benchmark", Self.configuration, "--plan", plan, "--sumo"],
      environment: try StandInSUMO.environment(scratch, version: "1_9_1", trips: trip))
    #expect(outcome.code == 69)
    #expect(outcome.messages.contains("is too old, 1.14.0 is needed"))
  }

  @Test("SUMO cannot play a network file")
  func native() throws {
    let scratch = try Scratch()
    try scratch.write("network.yaml", SmallNetwork.text)
    let outcome = try Tool.run(
      ["benchmark", "network.yaml", "--plan", "plan.csv", "--sumo"], in: scratch.folder)
    #expect(outcome.code == 64)
    #expect(outcome.messages == "error: --sumo plays SUMO scenarios, and 'network.yaml' is none\n")
  }

  @Test(
    "Versions as SUMO prints them",
    arguments: [
      ("Eclipse SUMO sumo Version 1.28.0\n Build features: Linux", [1, 28, 0]),
      ("Eclipse SUMO sumo v1_20_0-1234", [1, 20, 0]), ("sumo", nil),
    ] as [(String, [Int]?)])
  func versions(text: String, version: [Int]?) {
    #expect(SUMOInstallation.version(in: text) == version)
  }

  private static let home = ProcessInfo.processInfo.environment["SUMO_HOME"]

  @Test(
    "An installed SUMO plays a network of its own making",
    .enabled(if: home != nil, "SUMO_HOME is not set"))
  func installed() throws {
    let home = try #require(Self.home)
    let scratch = try Scratch()
    let net = scratch.file("grid.net.xml").path
    let generated = try ExternalProgram.run(
      home + "/bin/netgenerate",
      [
        "--grid", "--grid.x-number", "2", "--grid.y-number", "2", "--grid.attach-length", "100",
        "--default-junction-type", "traffic_light", "-o", net,
      ]
    ) { Failure.sumo($0, notes: []) }
    try #require(generated.code == 0, "\(generated.messages)")
    let routes = try scratch.write(
      "grid.rou.xml",
      """
      <routes>
        <flow id="a" begin="0" end="600" period="8" from="left0A0" to="B0right0"/>
        <flow id="b" begin="0" end="600" period="20" from="bottom1B0" to="B1top1"/>
      </routes>
      """)
    let optimized = try Tool.run(
      ["optimize", net, "--routes", routes, "--time", "0", "-o", "out"], in: scratch.folder)
    try #require(optimized.code == 0, "\(optimized.messages)")
    let outcome = try Tool.run(
      ["benchmark", net, "--routes", routes, "--plan", "out/plan.csv", "--seeds", "2", "--sumo", "--json"],
      in: scratch.folder, environment: ProcessInfo.processInfo.environment)
    #expect(outcome.code == 0, "\(outcome.messages)")
    let root = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any]
    let sumo = try #require(root?["sumo"] as? [String: Any])
    let plans = try #require(sumo["plans"] as? [[String: Any]])
    let demands = plans.map { ($0["measures"] as? [String: Any])?["demand"] as? Double }
    // 600 s / 8 s + 600 s / 20 s.
    #expect(demands == [105, 105])
  }
}
