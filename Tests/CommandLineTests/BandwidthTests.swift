import Foundation
import Testing

@Suite("Optimize for bandwidth, end to end")
struct BandwidthTests {
  private static let arterial = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("../../networks/eight-signal-arterial/network.yaml").standardizedFileURL.path

  @Test("The arterial gets its green waves: report, plan, program and summary agree")
  func greenWaves() throws {
    let scratch = try Scratch()
    let command = ["optimize", Self.arterial, "--objective", "bandwidth", "--cycle", "existing"]
    let shown = try Tool.run(command + ["-o", "out", "--write-lp", "lp"], in: scratch.folder)
    #expect(shown.code == 0, "\(shown.messages)")
    let words = shown.output.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    #expect(words.contains("Green waves from A (outbound) to H, 8 signals (the longest chain"))
    #expect(words.contains("The proposed plan has the green waves"))
    #expect(words.contains("Pairs of bands to choose from with --balance"))
    for line in shown.output.split(separator: "\n") { #expect(line.count <= 80, "\(line)") }
    #expect(try scratch.contents("out") == ["plan.csv", "plan.json", "report.html"])
    #expect(
      try scratch.contents("lp") == ["A", "B", "C", "D", "E", "F", "G", "H", "bandwidth"].map { $0 + ".lp" })
    let program = try String(contentsOf: scratch.file("lp/bandwidth.lp"), encoding: .utf8)
    #expect(program.contains("Maximize") && program.hasSuffix("End\n"))
    let check = try Tool.run(["check", Self.arterial, "--plan", "out/plan.csv"], in: scratch.folder)
    #expect(check.code == 0, "\(check.output)")

    let json = try Tool.run(command + ["--json"], in: scratch.folder)
    let root = try #require(
      try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any])
    let bandwidth = try #require(root["bandwidth"] as? [String: Any])
    #expect(
      bandwidth.keys.sorted() == [
        "band", "bound", "cycle", "existing", "gap", "isFound", "kind", "links", "objective", "pareto",
        "share", "signals",
      ])
    #expect(bandwidth["cycle"] as? Double == 80)
    #expect(bandwidth["isFound"] as? Bool == true)
    let band = try #require(bandwidth["band"] as? [String: Double])
    let share = try #require(bandwidth["share"] as? [String: Double])
    for direction in ["outbound", "inbound"] {
      let seconds = try #require(band[direction])
      #expect(seconds > 20)
      #expect(abs(seconds / 80 - (share[direction] ?? 0)) < 1e-9)
    }
    let signals = try #require(bandwidth["signals"] as? [[String: Any]])
    #expect(signals.compactMap { $0["junction"] as? String } == ["A", "B", "C", "D", "E", "F", "G", "H"])
    // The offsets told are the ones written.
    let plan = try String(contentsOf: scratch.file("out/plan.csv"), encoding: .utf8)
    for signal in signals {
      let offset = try #require(signal["offset"] as? Double)
      #expect(
        plan.contains(
          ",\(signal["junction"] ?? ""),\(offset == 0 ? "existing" : "greenwave"),80,\(Int(offset)),"))
    }
    let existing = try #require((root["existing"] as? [String: Any])?["totalDelayHours"] as? Double)
    let proposed = try #require((root["proposed"] as? [String: Any])?["totalDelayHours"] as? Double)
    let isImprovement = try #require(root["isImprovement"] as? Bool)
    #expect(isImprovement == (proposed < existing))
  }

  @Test(
    "What cannot be is told before anything is left",
    arguments: [
      ("--arterial A,B,Q --objective bandwidth", 64, "unknown controller 'Q'\n  note: did you mean"),
      ("--arterial A,B", 64, "--arterial and --balance go with --objective bandwidth"),
      ("--objective bandwidth --balance 3", 64, "'3' is invalid"),
      ("--objective bandwidth --balance 1:0", 64, "'1:0' is invalid"),
      ("--objective bandwidth --balance :", 64, "':' is invalid"),
      ("--objective bandwidth --time 5", 64, "--time has no use"),
      ("--objective bandwidth --arterial A,C", 1, "traffic from there comes to 'B' next"),
      ("--objective bandwidth --arterial A,B --cycle 200", 1, "it must be in 60 … 120 s"),
    ])
  func failures(options: String, code: Int, message: String) throws {
    let scratch = try Scratch()
    let outcome = try Tool.run(
      ["optimize", Self.arterial] + options.split(separator: " ").map(String.init), in: scratch.folder)
    #expect(outcome.code == Int32(code))
    #expect(outcome.messages.contains(message), "\(outcome.messages)")
    #expect(outcome.output == "")
    #expect(try scratch.contents() == [])
  }
}
