import NetworkFormats
import Testing
import TrafficModel

@testable import CapacityWorksheets

/// Small networks as files, with one period.
struct JunctionYAML {
  let scenario: Scenario

  /// - Parameters:
  ///   - body: the junction `J`, from its keys on.
  ///   - counts: of its legs.
  init(_ body: String, counts: String, drive: String = "right") throws {
    let text = """
      greenwave: 1
      name: Odd
      drive: \(drive)
      junctions:
        J:
      \(body.split(separator: "\n").map { "    " + $0 }.joined(separator: "\n"))
      periods:
        peak:
          time: 07:00-08:00
          counts:
            J:
      \(counts.split(separator: "\n").map { "        " + $0 }.joined(separator: "\n"))
      """
    scenario = try FixtureFile.scenario(text: text)
  }

  var worksheet: JunctionWorksheet {
    get throws { try #require(Self.study(scenario).worksheets.first) }
  }

  static func study(_ scenario: Scenario) -> CapacityStudy {
    let period = scenario.periods[0]
    return CapacityStudy(
      network: scenario.network, plan: period.existingPlan, demand: period.demand, detectorsDecide: true)
  }
}

extension JunctionWorksheet {
  /// veh/h of all lane groups, covered or not, and what turns on red: what its approaches' volumes must be.
  func accounted(_ approach: ApproachWorksheet, in network: Network) -> Double {
    let onRed = network[approach.link].conditions.turnsOnRed ?? 0
    return approach.laneGroups.reduce(onRed * approach.peakHourFactor) { $0 + $1.volume }
  }
}
