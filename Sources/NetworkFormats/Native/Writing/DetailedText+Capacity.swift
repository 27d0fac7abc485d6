internal import TrafficModel

extension CapacityConditions {
  /// As `conditions` of a link; nil where nothing is told.
  var yaml: String? {
    guard self != CapacityConditions() else { return nil }
    func percent(_ share: Double?) -> String? { share.map { YAMLWriting.percent($0) } }
    return YAMLWriting.mapping([
      ("heavy-vehicles", percent(heavyVehicles)), ("grade", percent(grade)),
      ("lane-width", laneWidth.map(YAMLWriting.number)), ("parking", parking.map(YAMLWriting.number)),
      ("buses", buses.map(YAMLWriting.number)),
      ("peak-hour-factor", peakHourFactor.map(YAMLWriting.number)),
      ("arrival-type", arrivalType.map { "\($0)" }), ("area", area?.rawValue),
      ("turns-on-red", turnsOnRed.map(YAMLWriting.number)), ("bicycles", bicycles.map(YAMLWriting.number)),
      ("bicycle-lane", bicycleLaneWidth.map(YAMLWriting.number)),
      ("start-up-lost-time", startUpLostTime.map(YAMLWriting.number)),
      ("yellow-used", yellowUsed.map(YAMLWriting.number)),
    ])
  }
}

extension PhaseActuation {
  /// As keys of a phase of the detailed form.
  var yaml: [(String, String?)] {
    [
      ("maximum-green", YAMLWriting.number(maximumGreen)),
      (
        "passage-time",
        passageTime == Self.usualPassageTime ? nil : YAMLWriting.number(passageTime)
      ),
      (
        "detection-zone",
        detectionZone == Self.usualDetectionZone ? nil : YAMLWriting.number(detectionZone)
      ), ("recall", recall == .none ? nil : recall.rawValue),
    ]
  }
}
