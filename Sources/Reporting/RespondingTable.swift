internal import TrafficModel
internal import TrafficSimulation

/// What the signals that respond to traffic showed under a plan: each of their stages, over all seeds.
struct RespondingTable {
  /// An interval of a controller.
  struct Row: Sendable {
    var controller: String
    /// From 1.
    var number: Int
    var states: String
    var isStage: Bool
    /// Times that it was shown in a run; mean.
    var shown: Double
    /// s.
    var mean: Double
    var shortest: Double
    var longest: Double
    /// Of the period in which it was shown, 0 … 1.
    var share: Double
  }
  let rows: [Row]

  init(_ played: PlayedPlan, network: Network) {
    let runs = played.entry.runs
    let count = Double(runs.count)
    rows = (runs.first?.stages ?? []).indices.flatMap { place -> [Row] in
      let id = runs[0].stages[place].controller
      let intervals = played.plan[id]?.actuation?.intervals ?? []
      return intervals.indices.map { index in
        let uses = runs.map { $0.stages[place].uses[index] }.filter { $0.count > 0 }
        let shown = uses.reduce(0) { $0 + Double($1.count) }
        let seconds = uses.reduce(0) { $0 + $1.seconds }
        return Row(
          controller: network[id].name, number: index + 1,
          states: intervals[index].states.map(\.rawValue).joined(), isStage: intervals[index].isStage,
          shown: shown / count, mean: shown > 0 ? seconds / shown : 0,
          shortest: uses.map(\.shortest).min() ?? 0, longest: uses.map(\.longest).max() ?? 0,
          share: seconds / count / (played.hours * Quantities.secondsPerHour))
      }
    }
  }

  private static let mostRows = 40

  /// A row for each stage; empty where no signal responds.
  var lines: [String] {
    let stages = rows.filter(\.isStage)
    guard !stages.isEmpty else { return [] }
    let rest = stages.count - Self.mostRows
    return Table(
      columns: [
        .text("responds", room: .atMost(24)) { Cell($0.controller) },
        .number("interval") { Cell("\($0.number)") },
        .number("shown") { .number($0.shown, decimals: 0) },
        .number("shortest, s") { .number($0.shortest, decimals: 0) },
        .number("mean, s") { .number($0.mean, decimals: 1) },
        .number("longest, s") { .number($0.longest, decimals: 0) },
        .number("of the time, %") { .number(100 * $0.share, decimals: 0) },
      ], rows: Array(stages.prefix(Self.mostRows))
    ).lines + (rest > 0 ? ["and \(rest) more"] : [])
  }

  /// For programs; nil where no signal responds.
  var json: [JSONObject]? {
    guard !rows.isEmpty else { return nil }
    return rows.map { row in
      [
        "junction": row.controller, "interval": row.number, "states": row.states, "shown": row.shown,
        "mean": row.mean, "shortest": row.shortest, "longest": row.longest, "share": row.share,
      ]
    }
  }
}
