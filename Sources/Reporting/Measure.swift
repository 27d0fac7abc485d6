internal import SignalOptimization
internal import TrafficModel
internal import TrafficSimulation

/// A number that reports tell of a simulation.
struct Measure: Sendable {
  /// As the tables call it, with its unit.
  let label: String
  /// Decimals in tables.
  let decimals: Int
  /// Whether more of it is better, or less; nil where neither is.
  let isMoreBetter: Bool?
  /// Its value, given what one run measured and the hours of the period.
  let value: @Sendable (Measures, Double) -> Double

  static let demand = Measure(label: "demand, veh", decimals: 0, isMoreBetter: nil) { run, _ in
    Double(run.demand)
  }
  static let served = Measure(label: "served, veh", decimals: 0, isMoreBetter: true) { run, _ in
    Double(run.served)
  }
  static let servedPerHour = Measure(label: "served, veh/h", decimals: 0, isMoreBetter: true) { run, hours in
    hours > 0 ? Double(run.served) / hours : 0
  }
  static let unserved = Measure(label: "unserved at the end, veh", decimals: 0, isMoreBetter: false) {
    run, _ in
    Double(run.unserved)
  }
  static let totalDelayHours = Measure(label: "total delay, veh·h", decimals: 1, isMoreBetter: false) {
    run, _ in
    run.totalDelay / Quantities.secondsPerHour
  }
  static let delayPerVehicle = Measure(label: "delay per vehicle, s", decimals: 1, isMoreBetter: false) {
    run, _ in
    run.delayPerVehicle
  }
  static let stops = Measure(label: "stops", decimals: 0, isMoreBetter: false) { run, _ in Double(run.stops) }
  static let stopsPerVehicle = Measure(label: "stops per vehicle", decimals: 2, isMoreBetter: false) {
    run, _ in
    run.stopsPerVehicle
  }
  /// Percent of a lane's storage.
  static let worstQueue = Measure(label: "fullest lane, % of storage", decimals: 0, isMoreBetter: false) {
    run, _ in
    100 * (run.links.map(\.fullestLane).max() ?? 0)
  }

  /// The text of a change of it, in the tone of what it means where the change is certain.
  func painted(_ text: String, change: Estimate) -> String {
    guard let isMoreBetter, change.isCertain, change.mean != 0 else { return text }
    return ReportLayout.current.painted(text, (change.mean > 0) == isMoreBetter ? .better : .worse)
  }
}

extension PlanComparison.Entry {
  /// Mean of a measure; `hours` is the length of the period.
  func estimate(_ measure: Measure, hours: Double) -> Estimate {
    estimate { measure.value($0, hours) }
  }

  /// Mean change of a measure from another plan, seed by seed, in percent of the other's mean.
  ///
  /// Not a number where the other's mean is zero and this one's is not.
  func percentChange(from other: Self, _ measure: Measure, hours: Double) -> Estimate {
    var change = difference(to: other) { measure.value($0, hours) }
    let base = other.estimate(measure, hours: hours).mean
    let scale = base == 0 ? (change.mean == 0 ? 1 : Double.nan) : 100 / abs(base)
    change.mean *= scale
    change.halfWidth *= scale
    return change
  }
}

extension PlanPair {
  /// Mean change of a measure from the existing plan to the proposed one, seed by seed, in percent.
  func percentChange(_ measure: Measure, hours: Double) -> Estimate {
    proposed.percentChange(from: existing, measure, hours: hours)
  }
}
