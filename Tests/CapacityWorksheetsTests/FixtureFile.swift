import Foundation
import Testing
import TrafficModel

@testable import NetworkFormats

extension Tag {
  /// Tests against published figures.
  @Tag static var published: Self
}

enum FixtureFile {
  static func scenario(_ name: String) throws -> Scenario {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    return try scenario(path: folder.appendingPathComponent("Fixtures/" + name).path)
  }

  /// A network that is shipped.
  static func shipped(_ name: String) throws -> Scenario {
    let root = URL(fileURLWithPath: #filePath).appendingPathComponent("../../..").standardizedFileURL
    return try scenario(path: root.appendingPathComponent("networks/\(name)/network.yaml").path)
  }

  static func scenario(path: String) throws -> Scenario {
    let files = InputFiles(path)
    return try FormatRegistry.shipped.format(of: files).read(files).scenario
  }

  static func scenario(text: String) throws -> Scenario {
    try NativeReader.read(text: text, file: "network.yaml").scenario
  }

  /// A scenario as the detailed form of the native format brings it back.
  static func detailed(_ scenario: Scenario) throws -> Scenario {
    try self.scenario(text: DetailedText(scenario: scenario).text)
  }
}
