import Foundation
import Testing

@Suite("SUMO input, end to end")
struct SUMOTests {
  /// The small network that the reader's tests read too.
  private static let fixture = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("../NetworkFormatsTests/Fixtures/sumo/small").standardizedFileURL

  private func scratch() throws -> Scratch {
    let scratch = try Scratch()
    for name in try FileManager.default.contentsOfDirectory(atPath: Self.fixture.path) {
      try FileManager.default.copyItem(
        at: Self.fixture.appendingPathComponent(name), to: scratch.file(name))
    }
    return scratch
  }

  @Test("A configuration gives an additional file too, and each plan file reads as the same plan")
  func configuration() throws {
    let scratch = try scratch()
    let optimized = try Tool.run(
      ["optimize", "small.sumocfg", "--time", "0", "-o", "out"], in: scratch.folder)
    #expect(optimized.code == 0, "\(optimized.messages)")
    #expect(try scratch.contents("out") == ["plan.add.xml", "plan.csv", "plan.json", "report.html"])
    let exports = try ["plan.csv", "plan.json", "plan.add.xml"].map { file in
      try Tool.run(
        ["export", "small.sumocfg", "--plan", "out/\(file)", "--format", "sumo"], in: scratch.folder)
    }
    #expect(exports.allSatisfy { $0.code == 0 })
    let written = try String(contentsOf: scratch.file("out/plan.add.xml"), encoding: .utf8)
    #expect(exports.map(\.output) == [written, written, written])
    #expect(written.contains("programID=\"greenwave\""))
    let check = try Tool.run(
      ["check", "small.sumocfg", "--plan", "out/plan.add.xml"], in: scratch.folder)
    #expect(check.code == 0, "\(check.output)")
  }

  @Test("A network takes its demand from route files, several of them separated by commas")
  func routes() throws {
    let scratch = try scratch()
    let alone = try Tool.run(["check", "small.net.xml"], in: scratch.folder)
    #expect(alone.code == 65)
    let withRoutes = try Tool.run(
      ["check", "small.net.xml", "--routes", "small.rou.xml,small.add.xml"], in: scratch.folder)
    #expect(withRoutes.code == 0, "\(withRoutes.messages)")
    #expect(withRoutes.output.contains("1 signal controller"))
  }

  @Test("Matrices of traffic are read, but SUMO is not asked to: it knows none")
  func matrices() throws {
    let scratch = try scratch()
    try scratch.write(
      "zones.taz.xml", "<tazs><taz id=\"1\" edges=\"west\"/><taz id=\"2\" edges=\"out\"/></tazs>")
    try scratch.write("matrix.od", "$O;D2\n0.00 1.00\n1\n1 2 120\n")
    let routes = ["--routes", "zones.taz.xml,matrix.od"]
    let check = try Tool.run(["check", "small.net.xml"] + routes, in: scratch.folder)
    #expect(check.code == 0, "\(check.messages)")
    let export = try Tool.run(
      ["export", "small.net.xml", "--to", "csv", "-o", "plan.csv"] + routes, in: scratch.folder)
    #expect(export.code == 0, "\(export.messages)")
    let played = try Tool.run(
      ["benchmark", "small.net.xml", "--plan", "plan.csv", "--sumo", "--seeds", "1"] + routes,
      in: scratch.folder,
      environment: StandInSUMO.environment(scratch, trips: ""))
    #expect(played.code != 0)
    #expect(
      played.messages.contains("SUMO does not read matrices of traffic between zones: matrix.od"),
      "\(played.messages)")
    #expect(played.messages.contains("--to sumo"))
  }
}
