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
}
