import Foundation
import Testing

@Suite("Optimize: stages, time, Ctrl-C")
struct SearchOptionTests {
  private func scratch() throws -> Scratch {
    let scratch = try Scratch()
    try scratch.write("network.yaml", FourStages.text)
    return scratch
  }

  /// What each interval of a plan shows, in the order of the file.
  private func states(_ scratch: Scratch, _ file: String) throws -> [String] {
    let data = try Data(contentsOf: scratch.file(file))
    let root = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    let controllers = try #require(root["controllers"] as? [[String: Any]])
    return try controllers.flatMap { controller in
      try #require(controller["intervals"] as? [[String: Any]]).compactMap { $0["states"] as? String }
    }
  }

  /// Intervals without yellow, each once.
  private func stages(_ states: [String]) -> [String] {
    states.filter { !$0.contains("y") && $0.lowercased().contains("g") }
  }

  @Test(
    "--stages existing changes times only, safe shows no two together that never were, and free makes others")
  func stages() throws {
    let scratch = try scratch()
    let runs = [
      ("old", ["--freeze", "X"]), ("existing", ["--stages", "existing"]), ("safe", []),
      ("free", ["--stages", "free"]),
    ]
    for (folder, options) in runs {
      let outcome = try Tool.run(
        ["optimize", "network.yaml", "--time", "0", "-o", folder] + options, in: scratch.folder)
      #expect(outcome.code == 0, "\(outcome.messages)")
      let check = try Tool.run(["check", "network.yaml", "--plan", "\(folder)/plan.csv"], in: scratch.folder)
      #expect(check.code == 0, "\(check.output)")
    }
    let old = try states(scratch, "old/plan.json")
    #expect(try states(scratch, "existing/plan.json") == old)
    /// The pairs of groups that are green together, by position.
    func together(_ rows: [String]) -> Set<[Int]> {
      Set(
        rows.flatMap { row -> [[Int]] in
          let green = row.enumerated().filter { "Gg".contains($0.element) }.map(\.offset)
          return green.flatMap { a in green.map { [a, $0] } }
        })
    }
    let safe = try states(scratch, "safe/plan.json")
    #expect(together(stages(safe)).isSubset(of: together(stages(old))))
    let free = Set(stages(try states(scratch, "free/plan.json")))
    #expect(!free.isSubset(of: stages(old)))
  }

  @Test("Without time the plan is the same every time, and a little time is enough for a plan")
  func time() throws {
    let scratch = try scratch()
    let runs = try ["0", "0", "0.5"].map {
      try Tool.run(["optimize", "network.yaml", "--time", $0], in: scratch.folder)
    }
    #expect(runs.allSatisfy { $0.code == 0 && $0.messages == "" })
    #expect(runs[0].output == runs[1].output)
    #expect(runs[2].output.contains("delay per vehicle"))
  }

  #if os(Linux)
    @Test("Ctrl-C ends the search, and the plan found is judged, printed and written")
    func interruption() throws {
      let scratch = try scratch()
      let process = Process()
      process.executableURL = Tool.path
      process.arguments = ["optimize", "network.yaml", "--time", "3600", "-o", "out"]
      process.environment = ["COLUMNS": "80"]
      process.currentDirectoryURL = scratch.folder
      let (output, messages) = (Pipe(), Pipe())
      process.standardOutput = output
      process.standardError = messages
      try process.run()
      // Before it listens the signal would simply end it.
      try #require(Self.waits(until: { Self.catchesInterrupts(process.processIdentifier) }))
      process.interrupt()
      let printed = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
      let told = String(decoding: messages.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
      process.waitUntilExit()
      #expect(process.terminationReason == .exit && process.terminationStatus == 0)
      #expect(told.hasPrefix("stopped: the plan is the best found so far\n"))
      #expect(printed.contains("delay per vehicle"))
      #expect(try scratch.contents("out") == ["plan.csv", "plan.json", "report.html"])
    }

    /// Whether the process has a handler for SIGINT.
    private static func catchesInterrupts(_ process: Int32) -> Bool {
      let status = (try? String(contentsOfFile: "/proc/\(process)/status", encoding: .utf8)) ?? ""
      let line = status.split(separator: "\n").first { $0.hasPrefix("SigCgt:") } ?? ""
      let mask = line.split(whereSeparator: \.isWhitespace).last.flatMap { UInt64($0, radix: 16) } ?? 0
      return mask >> UInt64(SIGINT - 1) & 1 == 1
    }

    private static func waits(until isTrue: () -> Bool) -> Bool {
      for _ in 0..<600 {
        if isTrue() { return true }
        Thread.sleep(forTimeInterval: 0.1)
      }
      return false
    }
  #endif
}

/// One junction whose four stages in turn are more than its traffic needs.
private enum FourStages {
  static let text = """
    greenwave: 1
    name: Four stages
    defaults: {left-turns: permissive, cycle-range: [40, 120]}
    junctions:
      X:
        approaches:
          N: {lanes: [L, TR]}
          E: {lanes: [L, TR]}
          S: {lanes: [L, TR]}
          W: {lanes: [L, TR]}
        stages: [[EW.TR], [EW.L], [NS.TR], [NS.L]]
        plan: {cycle: 120, green: [30, 20, 30, 20]}
    periods:
      peak:
        time: 08:00-08:10
        counts: {X: {N: {L: 30, T: 240}, E: {L: 40, T: 360}, S: {L: 30, T: 240}, W: {L: 40, T: 330}}}

    """
}
