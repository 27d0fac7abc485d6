internal import CapacityWorksheets
internal import HighwayCapacity

/// A figure that capacity worksheets tell: of lane groups, approaches, junctions or crossings.
struct CapacityFigure<Subject>: Sendable {
  /// In summaries for programs and tables for spreadsheets.
  let key: String
  /// In tables for people; nil where those leave it out.
  let title: String?
  /// Equation of the manual, or exhibit.
  let equation: String
  /// Empty for pure numbers.
  let unit: String
  let decimals: Int
  let value: @Sendable (Subject) -> Double?

  init(
    _ key: String, _ title: String?, _ equation: String, unit: String = "", decimals: Int = 1,
    value: @escaping @Sendable (Subject) -> Double?
  ) {
    (self.key, self.title, self.equation, self.unit, self.decimals, self.value) = (
      key, title, equation, unit, decimals, value
    )
  }

  /// With its decimals, for spreadsheets; empty where it is not known.
  func plain(_ subject: Subject) -> String {
    guard let value = value(subject), value.isFinite else { return "" }
    return NumberText.fixed(value, decimals: decimals).filter { $0 != "," }
  }
}

extension CapacityFigure where Subject == LaneGroupWorksheet {
  private static func of(
    _ key: String, _ title: String?, _ equation: String, unit: String = "", decimals: Int = 1,
    _ value: @escaping @Sendable (LaneGroup) -> Double?
  ) -> Self {
    Self(key, title, equation, unit: unit, decimals: decimals) { $0.service.flatMap(value) }
  }

  /// Flow to delay.
  static let service: [Self] = [
    Self("lanes", "N", "step 1", decimals: 0) { Double($0.lanes.count) },
    Self("volume", "V", "step 2", unit: "veh/h", decimals: 0) { $0.volume },
    of("flow", "v", "31-46", unit: "veh/h", decimals: 0) { $0.flow },
    of("saturationFlow", "s", "19-8", unit: "veh/h", decimals: 0) { $0.saturationFlow },
    of("effectiveGreen", "g", "19-3", unit: "s") { $0.green },
    of("capacity", "c", "19-16", unit: "veh/h", decimals: 0) { $0.capacity },
    of("saturation", "v/c", "19-17", decimals: 2) { $0.saturation },
    of("uniformDelay", "d1", "19-19", unit: "s") { $0.uniformDelay },
    of("incrementalDelay", "d2", "19-26", unit: "s") { $0.incrementalDelay },
    of("initialQueueDelay", "d3", "19-44", unit: "s") { $0.initialQueueDelay },
    of("delay", "d", "19-18", unit: "s") { $0.delay },
  ]

  /// Queues against the room for them.
  static let queues: [Self] = [
    of("queue50", "Q50", "31-149", unit: "veh") { $0.queue50 },
    of("queue95", "Q95", "31-150", unit: "veh") { $0.queue95 },
    Self("queue50Length", "Q50", "31-149", unit: "m", decimals: 0) { $0.queue50Length },
    Self("queue95Length", "Q95", "31-150", unit: "m", decimals: 0) { $0.queue95Length },
    of("storage", "room", "", unit: "m", decimals: 0) { $0.storage },
    of("storageRatio50", "RQ50", "31-154", decimals: 2) { $0.storageRatio50 },
    of("storageRatio95", "RQ95", "31-156", decimals: 2) { $0.storageRatio95 },
  ]

  /// What adjusts the saturation flow.
  static let factors: [Self] = [
    of("base", "s0", "step 4", unit: "veh/h", decimals: 0) { $0.factors.base },
    of("laneWidthFactor", "f_w", "exhibit 19-20", decimals: 2) { $0.factors.laneWidth },
    of("heavyVehiclesAndGradeFactor", "f_HVg", "19-10", decimals: 3) { $0.factors.heavyVehiclesAndGrade },
    of("parkingFactor", "f_p", "19-11", decimals: 3) { $0.factors.parking },
    of("busFactor", "f_bb", "19-12", decimals: 3) { $0.factors.buses },
    of("areaFactor", "f_a", "step 4", decimals: 2) { $0.factors.area },
    of("laneUtilisationFactor", "f_LU", "exhibit 19-15", decimals: 3) { $0.factors.laneUtilisation },
    of("leftTurnFactor", "f_LT", "19-14", decimals: 3) { $0.factors.leftTurns },
    of("rightTurnFactor", "f_RT", "19-13", decimals: 3) { $0.factors.rightTurns },
    of("pedestrianLeftFactor", "f_Lpb", "31-84", decimals: 3) {
      $0.use.contains(.left) ? $0.pedestriansLeft : nil
    },
    of("pedestrianRightFactor", "f_Rpb", "31-83", decimals: 3) {
      $0.use.contains(.right) ? $0.pedestriansRight : nil
    },
  ]

  /// All, in the order of tables for spreadsheets.
  static var all: [Self] { service + queues + factors }
}
