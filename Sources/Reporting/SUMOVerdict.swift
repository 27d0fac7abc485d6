public import TrafficSimulation

/// What SUMO measured of the plans of a comparison.
public struct SUMOVerdict: Sendable {
  /// The version of SUMO.
  public var version: String
  /// The same plans in the same order; measures of the whole network only.
  public var comparison: PlanComparison

  /// A verdict.
  public init(version: String, comparison: PlanComparison) {
    self.version = version
    self.comparison = comparison
  }
}

extension ComparisonReport {
  /// Rows for the plans as SUMO plays them.
  func sumoTable(_ verdict: SUMOVerdict) -> [String] {
    var table = TextTable(
      [.left(), .right(), .right(), .right(), .left(gap: 1), .left(), .right(), .right(), .left(gap: 1)],
      headings: [
        TextTable.Heading(title: "", columns: 1), TextTable.Heading(title: "served", columns: 1),
        TextTable.Heading(title: "unserved", columns: 1), TextTable.Heading(title: "delay", columns: 2),
        TextTable.Heading(title: "", columns: 1), TextTable.Heading(title: "stops", columns: 1),
        TextTable.Heading(title: "delay change", columns: 2),
      ])
    table.add(["", "veh/h", "veh", "s/veh", "", "LOS", "/veh", ""])
    let first = verdict.comparison.entries[0]
    for (index, plan) in verdict.comparison.entries.enumerated() {
      func mean(_ measure: Measure) -> String {
        NumberText.fixed(plan.estimate(measure, hours: hours).mean, decimals: measure.decimals)
      }
      let delay = plan.estimate(.delayPerVehicle, hours: hours)
      let change = plan.percentChange(from: first, .totalDelayHours, hours: hours)
      table.add([
        "", mean(.servedPerHour), mean(.unserved), mean(.delayPerVehicle),
        NumberText.plusMinus(delay.halfWidth, decimals: 1),
        LevelOfService(delayPerVehicle: delay.mean).rawValue, mean(.stopsPerVehicle),
        index == 0 ? "" : NumberText.percentChange(change.mean),
        index == 0 ? "" : NumberText.plusMinus(change.halfWidth, decimals: 1),
      ])
    }
    let room = max(10, ReportLayout.current.width - (table.lines.map(\.displayWidth).max() ?? 0))
    table.fill(column: 0, with: (["plan"] + labels).map { $0.truncated(to: room) })
    let demand = NumberText.fixed(first.estimate(.demand, hours: hours).mean, decimals: 0)
    return ["The same plans and \(demand) vehicles in SUMO \(verdict.version)", ""] + table.lines
  }
}
