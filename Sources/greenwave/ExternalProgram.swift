internal import Foundation

/// Programs of others that the tool calls.
enum ExternalProgram {
  /// The first of some programs that is in a folder of `folders` or, after these, of PATH.
  static func find(
    _ names: [String], in environment: [String: String], before folders: [String] = []
  ) -> String? {
    let places = folders + (environment["PATH"] ?? "").split(separator: ":").map(String.init)
    return names.lazy.flatMap { name in places.lazy.map { "\($0)/\(name)" } }
      .first { FileManager.default.isExecutableFile(atPath: $0) }
  }

  /// Runs a program to its end.
  ///
  /// - Parameter failure: what to throw when it cannot be run, of words about that.
  static func run(_ program: String, _ arguments: [String], failure: (String) -> Failure) throws -> (
    code: Int32, output: String, messages: String
  ) {
    let scratch = FileManager.default.temporaryDirectory
      .appendingPathComponent("greenwave-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: scratch) }
    do {
      // Files hold any amount; a pipe that nobody empties would stop the program.
      try FileManager.default.createDirectory(at: scratch, withIntermediateDirectories: true)
      let (output, messages) = (scratch.appendingPathComponent("1"), scratch.appendingPathComponent("2"))
      for file in [output, messages] { try Data().write(to: file) }
      let process = Process()
      process.executableURL = URL(fileURLWithPath: program)
      process.arguments = arguments
      process.standardInput = FileHandle.nullDevice
      process.standardOutput = try FileHandle(forWritingTo: output)
      process.standardError = try FileHandle(forWritingTo: messages)
      try process.run()
      process.waitUntilExit()
      return (
        process.terminationStatus, String(decoding: try Data(contentsOf: output), as: UTF8.self),
        String(decoding: try Data(contentsOf: messages), as: UTF8.self)
      )
    } catch {
      throw failure("'\(program)' cannot be run: \(OutputFiles.reason(error))")
    }
  }
}
