internal import SignalOptimization
internal import TrafficModel
internal import TrafficSimulation

/// What several days do to the plans.
extension OptimizationReport {
  /// A day, or a measure of all, under each plan: total delay, veh·h.
  private struct DayRow {
    var name: String
    var delay: (DayComparison.Plan) -> Estimate
  }
  /// More days nobody reads.
  private static let mostDays = 12

  var dayTable: [String] {
    guard let comparison = robust?.comparison else { return [] }
    var rows = comparison.days.indices.prefix(Self.mostDays).map { day in
      DayRow(name: comparison.days[day].truncated(to: 24) + (day == 0 ? " (base day)" : "")) {
        comparison.delay($0, day: day).hours
      }
    }
    rows.append(DayRow(name: "mean of the days") { comparison.measure($0, .expected).hours })
    if comparison.risk != .expected {
      rows.append(
        DayRow(name: RiskWords.name(comparison.risk)) { comparison.measure($0, comparison.risk).hours })
    }
    func column(_ title: Title, _ plan: DayComparison.Plan) -> TableColumn<DayRow> {
      .estimate(title) { .estimate($0.delay(plan), decimals: 1) }
    }
    let table = Table(
      columns: [
        .text("total delay, veh·h") { Cell($0.name) }, column("existing", .existing),
        column("for base day", .baseDay), column("for all days", .robust),
      ], rows: rows)
    let hidden = comparison.days.count - Self.mostDays
    return table.lines + (hidden > 0 ? ["and \(hidden) more days; --json has all"] : [])
  }

  var dayVerdict: [String] {
    guard let robust else { return [] }
    let comparison = robust.comparison
    let worst = comparison.worstDay
    let measure = RiskWords.name(comparison.risk)
    let advice =
      robust.isImprovement
      ? "The plan for all days is better than the existing one with 95 % confidence, by the \(measure)."
      : "Keep your plan: no plan for all days was found that beats the existing one with 95 % confidence, by the \(measure)."
    let against =
      "Against the plan for the base day it \(words(comparison.difference(.robust, to: .baseDay, day: 0))) on the base day and \(words(comparison.difference(.robust, to: .baseDay, day: worst))) on the worst day (\(comparison.days[worst]))."
    return [advice.sentence(), against.sentence()]
  }

  private func words(_ difference: Estimate) -> String {
    let delay = Cell.estimate(difference.hours.magnitude, decimals: 1).inSentence
    return "\(difference.mean > 0 ? "costs" : "saves") \(delay) veh·h"
  }

  /// The days' figures for programs, veh·h; nil for one day.
  var robustJSON: JSONObject? {
    guard let robust else { return nil }
    let comparison = robust.comparison
    func json(_ delay: Estimate) -> JSONObject {
      ["mean": delay.hours.mean, "halfWidth": delay.hours.halfWidth]
    }
    func json(_ delay: (DayComparison.Plan) -> Estimate) -> JSONObject {
      ["existing": json(delay(.existing)), "baseDay": json(delay(.baseDay)), "robust": json(delay(.robust))]
    }
    return [
      "isImprovement": robust.isImprovement, "risk": RiskWords.words(comparison.risk),
      "days": comparison.days.indices.map { day -> JSONObject in
        ["name": comparison.days[day], "totalDelayHours": json { comparison.delay($0, day: day) }]
      }, "expected": json { comparison.measure($0, .expected) },
      "measure": json { comparison.measure($0, comparison.risk) },
      "costOnBaseDay": json(comparison.difference(.robust, to: .baseDay, day: 0)),
      "worstDay": comparison.days[comparison.worstDay],
      "changeOnWorstDay": json(comparison.difference(.robust, to: .baseDay, day: comparison.worstDay)),
    ]
  }
}
