internal import NetworkBuilding
internal import TrafficModel

/// Units of a file, and what holds where other sections say nothing.
struct UTDFSettings {
  /// Whether the file is in metres and km/h rather than feet and miles per hour.
  private(set) var isMetric = false
  /// m for a foot, or for a metre.
  var length = 0.3048
  /// m/s for a mile per hour, or for a km/h.
  var speed = 0.44704
  /// s.
  var yellow = 3.5
  var allRed = 1.0
  /// m/s.
  var walkingSpeed = 3.5 * 0.3048
  /// Share of heavy vehicles.
  var heavy = 0.02
  var peakHourFactor = 0.92
  /// veh/h and lane.
  var idealFlow = 1900.0
  /// m of queue per vehicle.
  var spacing = 25 * 0.3048
  /// s.
  var lostTimeAdjust = 0.0
  /// s from midnight.
  var time: Double?

  init() {}

  init(_ file: UTDFFile, _ log: inout DiagnosticLog) {
    let table = file[.network]
    func field(_ record: String) -> Located<String>? {
      table.row(record.lowercased(), .network)?.fields["DATA"]
    }
    func number(_ record: String, _ rule: NumberRule, _ log: inout DiagnosticLog) -> Double? {
      UTDFNumber.value(field(record), record, rule, &log)
    }
    if UTDFNumber.whole(field("Metric"), "Metric", 0...1, &log) == 1 {
      isMetric = true
      length = 1
      speed = 1 / 3.6
      spacing = 7.6
      walkingSpeed = 1.1
    }
    if let value = number("yellowTime", .phaseTime, &log) { yellow = value }
    if let value = number("allRedTime", .phaseTime, &log) { allRed = value }
    if let value = number("HV", .heavyShare, &log) { heavy = value > 1 ? value / 100 : value }
    if let value = UTDFNumber.peakHourFactor(field("PHF"), &log), value > 0 { peakHourFactor = value }
    if let value = number("DefFlow", .idealFlow, &log), value > 0 { idealFlow = value }
    if let value = number("vehLength", vehicleLengths, &log), value > 0 { spacing = value * length }
    if let value = number("PedSpeed", walkingSpeeds, &log), value > 0 { walkingSpeed = value * length }
    if let value = number("LostTimeAdjust", .lostTimeAdjust, &log) { lostTimeAdjust = value }
    if let field = field("ScenarioTime") {
      time = SurveyTime([field.value]).reading(field.value)?.begin
      if time == nil {
        log.warning("the time '\(field.value)' is not understood: the period begins at 0:00", at: field.place)
      }
    }
  }
}

/// The ranges of numbers in the file's units.
extension UTDFSettings {
  private func rule(
    _ range: ClosedRange<Double>, _ unit: String, metric: ClosedRange<Double>, _ metricUnit: String
  ) -> NumberRule {
    isMetric
      ? NumberRule(range: metric, unit: metricUnit, allowsZero: true)
      : NumberRule(range: range, unit: unit, allowsZero: true)
  }

  /// Of links and pockets; up to `Network.longestLength`.
  var distances: NumberRule { rule(0.01...328_000, "ft", metric: 0.01...100_000, "m") }
  /// Of links; up to `Network.highestSpeed`.
  var speeds: NumberRule { rule(0.1...220, "mph", metric: 0.1...360, "km/h") }
  private var walkingSpeeds: NumberRule { rule(0.5...16, "ft/s", metric: 0.2...5, "m/s") }
  private var vehicleLengths: NumberRule { rule(1...300, "ft", metric: 0.5...100, "m") }
}
