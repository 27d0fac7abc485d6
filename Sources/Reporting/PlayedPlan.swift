internal import SignalOptimization
internal import TrafficModel
internal import TrafficSimulation

/// A plan as it was played: what its runs measured over a period, means over the seeds.
struct PlayedPlan: Sendable {
  let entry: PlanComparison.Entry
  /// Of the period, h.
  let hours: Double

  var plan: TimingPlan { entry.plan }

  subscript(measure: Measure) -> Estimate { entry.estimate { measure.value($0, hours) } }

  /// Whether links were measured.
  var hasLinks: Bool { entry.runs.contains { !$0.links.isEmpty } }

  /// The cycle of a controller, s: the mean where traffic decides how long it lasts; 0 without a programme.
  func cycle(of controller: ControllerID) -> Double {
    let shown = entry.runs.compactMap { run in
      run.stages.first { $0.controller == controller }?.meanCycle
    }
    guard shown.isEmpty else { return shown.reduce(0, +) / Double(shown.count) }
    return plan[controller]?.cycle ?? 0
  }

  /// Mean of a figure of a link; 0 where links were not measured.
  func mean(_ link: LinkID, _ value: (LinkMeasures) -> Double) -> Double {
    entry.estimate { $0.links.isEmpty ? 0 : value($0.links[link.index]) }.mean
  }

  /// Mean change of a measure from another plan, seed by seed, in percent of the other's mean.
  ///
  /// Not a number where the other's mean is zero and this one's is not.
  func percentChange(_ measure: Measure = .totalDelayHours, from other: PlayedPlan) -> Estimate {
    let change = entry.difference(to: other.entry) { measure.value($0, hours) }
    let base = other[measure].mean
    return change.times(base == 0 ? (change.mean == 0 ? 1 : .nan) : 100 / abs(base))
  }

  // MARK: Cells

  func cell(_ measure: Measure) -> Cell { .estimate(self[measure], decimals: measure.decimals) }

  func change(_ measure: Measure = .totalDelayHours, from other: PlayedPlan) -> Cell {
    .change(percentChange(measure, from: other), isMoreBetter: measure.isMoreBetter)
  }

  // MARK: For programs

  /// The measures; Documentation/CommandLine.md has the keys.
  func json(reserveCapacity: Double? = nil) -> JSONObject {
    var confidence: JSONObject = [:]
    for measure in Measure.withConfidence { confidence[measure.key] = self[measure].halfWidth }
    let pedestrians = entry.estimate(\.pedestrians).mean
    var json: JSONObject = [
      "reserveCapacity": reserveCapacity, "confidence": confidence,
      "pedestrians": pedestrians > 0 ? pedestrians : nil,
      "delayPerPedestrian": pedestrians > 0 ? entry.estimate(\.delayPerPedestrian).mean : nil,
    ]
    for measure in Measure.all where hasLinks || !measure.isOfLinks {
      json[measure.key] = self[measure].mean / measure.unit
    }
    return json
  }

  /// Changes against another plan, in percent.
  func json(changeFrom other: PlayedPlan) -> JSONObject {
    var json: JSONObject = [:]
    for measure in Measure.withChange { json[measure.key] = percentChange(measure, from: other).percentJSON }
    return json
  }
}

extension Sides<PlayedPlan> {
  init(_ pair: PlanPair, hours: Double) {
    self.init(PlayedPlan(entry: pair.existing, hours: hours), PlayedPlan(entry: pair.proposed, hours: hours))
  }

  /// Mean change of a measure from the existing plan to the proposed one, seed by seed, in percent.
  func percentChange(_ measure: Measure = .totalDelayHours) -> Estimate {
    proposed.percentChange(measure, from: existing)
  }
}
