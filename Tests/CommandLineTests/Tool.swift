import Foundation
import Testing

/// Runs the built tool as a user would.
enum Tool {
  /// What a run left behind.
  struct Outcome {
    var code: Int32
    var output: String
    var messages: String
  }

  /// The tool, which the package manager builds beside the tests.
  static var path: URL {
    let tests = Bundle.main.executableURL ?? URL(fileURLWithPath: CommandLine.arguments[0])
    return tests.deletingLastPathComponent().appendingPathComponent("greenwave")
  }

  /// Runs the tool with some arguments and no terminal.
  ///
  /// - Parameters:
  ///   - output: a file that takes the results, instead of the outcome.
  ///   - environment: all that the tool finds in its environment.
  static func run(
    _ arguments: [String], in folder: URL? = nil, output device: String? = nil,
    environment: [String: String] = ["COLUMNS": "80"]
  ) throws -> Outcome {
    let scratch = try Scratch()
    let results = scratch.file("output")
    let messages = scratch.file("messages")
    for file in [results, messages] { try Data().write(to: file) }
    let output = device.map { URL(fileURLWithPath: $0) } ?? results
    let process = Process()
    process.executableURL = path
    process.arguments = arguments
    process.environment = environment
    process.currentDirectoryURL = folder ?? scratch.folder
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = try FileHandle(forWritingTo: output)
    process.standardError = try FileHandle(forWritingTo: messages)
    try process.run()
    process.waitUntilExit()
    #expect(process.terminationReason == .exit, "the tool was killed: \(arguments)")
    return Outcome(
      code: process.terminationStatus, output: try String(contentsOf: results, encoding: .utf8),
      messages: try String(contentsOf: messages, encoding: .utf8))
  }
}

/// A folder that is gone when nobody needs it.
final class Scratch {
  let folder: URL

  init() throws {
    folder = FileManager.default.temporaryDirectory.appendingPathComponent("greenwave-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  func file(_ name: String) -> URL { folder.appendingPathComponent(name) }

  /// Writes a file and gives its path.
  @discardableResult
  func write(_ name: String, _ text: String) throws -> String {
    try Data(text.utf8).write(to: file(name))
    return file(name).path
  }

  /// Names of all that the folder holds, hidden files too, sorted.
  func contents(_ subfolder: String = "") throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: file(subfolder).path).sorted()
  }
}

/// Compares texts with files that are checked in.
enum Snapshot {
  /// Records with RECORD_SNAPSHOTS=1, and then fails: a recording proves nothing.
  static func check(_ text: String, _ name: String) throws {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("Snapshots").appendingPathComponent(name)
    if ProcessInfo.processInfo.environment["RECORD_SNAPSHOTS"] == "1" {
      try Data(text.utf8).write(to: file)
      Issue.record("recorded \(name): look at it, then run again without RECORD_SNAPSHOTS")
      return
    }
    #expect(try text == String(contentsOf: file, encoding: .utf8))
  }
}

/// Networks small enough to optimize in a blink.
enum SmallNetwork {
  /// One junction whose plan gives the quiet streets most of the green.
  static let text = """
    greenwave: 1
    name: 新华路口
    junctions:
      新华:
        approaches:
          N: {lanes: [LTR]}
          E: {lanes: [TR]}
          S: {lanes: [LTR]}
          W: {lanes: [TR]}
        left-turns: permissive
        stages: [[EW.TR], [NS.LTR]]
        plan: {cycle: 100, green: [15, 75]}
    periods:
      am-peak:
        time: 07:30-07:45
        counts: {新华: {E: {T: 500}, W: {T: 450}, N: {T: 60, L: 10}, S: {T: 50, R: 10}}}
      晚高峰:
        time: 17:00-17:15
        counts: {新华: {E: {T: 550}, W: {T: 500}, N: {T: 60}, S: {T: 60}}}

    """
}
