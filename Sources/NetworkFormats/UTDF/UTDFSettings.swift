internal import TrafficModel

/// Units of a file, and what holds where other sections say nothing.
struct UTDFSettings {
  /// m for a foot, or for a metre.
  var length = 0.3048
  /// m/s for a mile per hour, or for a km/h.
  var speed = 0.44704
  /// s.
  var yellow = 3.5
  var allRed = 1.0
  var walk = 7.0
  var dontWalk = 11.0
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
    func number(_ record: String, _ log: inout DiagnosticLog) -> Double? {
      let row = table.row(record.lowercased(), 0)
      return UTDFNumber.value(row?.fields["DATA"], record, &log)
    }
    if let metric = number("Metric", &log) {
      if metric == 1 {
        length = 1
        speed = 1 / 3.6
        spacing = 7.6
        walkingSpeed = 1.1
      } else if metric != 0 {
        log.warning("'Metric' is 0 (feet) or 1 (metres): feet are assumed")
      }
    }
    if let value = number("yellowTime", &log) { yellow = value }
    if let value = number("allRedTime", &log) { allRed = value }
    if let value = number("Walk", &log) { walk = value }
    if let value = number("DontWalk", &log) { dontWalk = value }
    if let value = number("HV", &log) { heavy = value > 1 ? value / 100 : value }
    if let value = number("PHF", &log), value > 0, value <= 1 { peakHourFactor = value }
    if let value = number("DefFlow", &log), value > 0 { idealFlow = value }
    if let value = number("vehLength", &log), value > 0 { spacing = value * length }
    if let value = number("PedSpeed", &log), value > 0 { walkingSpeed = value * length }
    if let value = number("LostTimeAdjust", &log) { lostTimeAdjust = value }
    if let field = table.row("scenariotime", 0)?.fields["DATA"] {
      var ignored = log
      time = SurveyText.time(field, &ignored)
      if time == nil {
        log.warning("the time '\(field.value)' is not understood: the period begins at 0:00", at: field.place)
      }
    }
  }
}
