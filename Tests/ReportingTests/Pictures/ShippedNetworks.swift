import Foundation
import NetworkFormats
import TrafficModel

/// The networks that come with the project.
enum ShippedNetworks {
  static let names = ["eight-signal-arterial", "four-stage-junction", "lijiang-old-town"]

  static func scenario(_ name: String) throws -> Scenario {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../../../networks/\(name)/network.yaml").standardizedFileURL
    return try ScenarioReader.read(file.path, routes: []).scenario
  }
}
