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

extension PlanComparison {
  /// Mean of a measure of plan `index`; `hours` is the length of the period.
  func estimate(_ index: Int, _ measure: Measure, hours: Double) -> Estimate {
    estimate(index) { measure.value($0, hours) }
  }

  /// Mean change of a measure from plan 0 to plan `index`, seed by seed, in percent of plan 0's mean.
  ///
  /// Not a number where plan 0's mean is zero and the other's is not.
  func percentChange(_ index: Int, _ measure: Measure, hours: Double) -> Estimate {
    var change = difference(index) { measure.value($0, hours) }
    let base = estimate(0, measure, hours: hours).mean
    let scale = base == 0 ? (change.mean == 0 ? 1 : Double.nan) : 100 / abs(base)
    change.mean *= scale
    change.halfWidth *= scale
    return change
  }
}
