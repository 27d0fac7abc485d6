/// What a stop line lets through.
struct Discharge {
  /// veh/s and lane.
  var saturationFlow: Double
  /// s.
  var startUpLostTime: Double
  var yellowUsed: Double
}
