import Foundation

/// Files of the SUMO tests.
enum SUMOFixture {
  /// The folder of fixtures, without an ending slash.
  static var folder: String {
    URL(fileURLWithPath: #filePath).deletingLastPathComponent().path + "/Fixtures/sumo"
  }

  /// The path of a fixture.
  static func path(_ name: String) -> String { "\(folder)/\(name)" }

  /// The text of a fixture.
  static func text(_ name: String) throws -> String {
    try String(contentsOf: URL(fileURLWithPath: path(name)), encoding: .utf8)
  }

  /// Runs `body` with the path of a folder that exists only for so long.
  static func withFolder<Result>(_ body: (String) throws -> Result) throws -> Result {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    return try body(folder.path)
  }

  /// Runs `body` with the path of a file that holds `text` and exists only for so long.
  static func withFile<Result>(
    _ text: String, name: String, _ body: (String) throws -> Result
  ) throws -> Result {
    try withFolder { folder in
      let path = "\(folder)/\(name)"
      try Data(text.utf8).write(to: URL(fileURLWithPath: path))
      return try body(path)
    }
  }
}
