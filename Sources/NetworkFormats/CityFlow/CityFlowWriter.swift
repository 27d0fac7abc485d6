internal import NetworkBuilding
public import TrafficModel

/// Writes scenarios for the CityFlow simulator: `config.json`, `roadnet.json` and `flow.json`. See
/// Documentation/CityFlow.md.
public enum CityFlowWriter {
  /// The files of a scenario: its roads, and traffic and plan of its first period.
  public static func write(_ scenario: Scenario) -> WrittenScenario {
    let roads = CityFlowWrittenRoads(scenario)
    let traffic = CityFlowWrittenTraffic(scenario)
    let configuration = """
      {"interval": 1.0, "seed": 0, "dir": "./", "roadnetFile": "\(CityFlowFiles.roadnetName)",
       "flowFile": "\(CityFlowFiles.flowName)", "rlTrafficLight": false, "saveReplay": false, "laneChange": true}

      """
    var losses = roads.losses + traffic.losses
    if let first = scenario.periods.first {
      for period in scenario.periods.dropFirst() {
        losses.append("period '\(period.name)': CityFlow has one, which is '\(first.name)'")
      }
    }
    losses += scenario.network.side.losses(in: "CityFlow") + scenario.network.surveyLosses
    for day in scenario.days { losses.append("day '\(day.name)': CityFlow has one period") }
    return WrittenScenario(
      files: [
        WrittenScenario.File(name: CityFlowFiles.configurationName, text: configuration),
        WrittenScenario.File(name: CityFlowFiles.roadnetName, text: roads.text),
        WrittenScenario.File(name: CityFlowFiles.flowName, text: traffic.text),
      ], losses: losses)
  }
}

/// Texts of a JSON file.
enum JSONWriting {
  /// A text in quotes.
  static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case _ where scalar.value < 0x20:
        let digits = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }

  static func point(_ point: Point) -> String {
    "{\"x\": \(plainNumber(point.x)), \"y\": \(plainNumber(point.y))}"
  }

  static func list(_ items: [String]) -> String { "[" + items.joined(separator: ", ") + "]" }

  /// A list with each item on a line of its own.
  static func lines(_ items: [String], indent: String) -> String {
    items.isEmpty
      ? "[]" : "[\n\(indent)" + items.joined(separator: ",\n\(indent)") + "\n\(indent.dropLast())]"
  }
}
