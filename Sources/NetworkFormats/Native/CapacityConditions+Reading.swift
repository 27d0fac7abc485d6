internal import NetworkBuilding
internal import TrafficModel

/// What survey sheets may say.
private enum SurveyRule {
  static let share = NumberRule(range: 0...100, unit: "%")
  static let grade = NumberRule(range: -20...20, unit: "%")
  static let laneWidth = NumberRule(range: 2...8, unit: "m")
  static let parking = NumberRule(range: 0...180, unit: "cars per hour")
  static let buses = NumberRule(range: 0...250, unit: "buses per hour")
  static let peakHourFactor = NumberRule(range: 0.25...1, unit: "")
  static let arrivalType = NumberRule(range: 1...6, unit: "")
  static let turnsOnRed = NumberRule(range: 0...20_000, unit: "veh/h")
  static let bicycles = NumberRule(range: 0...20_000, unit: "bicycles per hour")
  static let bicycleLane = NumberRule(range: 0...10, unit: "m")
}

extension CapacityConditions {
  /// The keys that may stand under `defaults`, at a junction, at an approach.
  static let keys = [
    "heavy-vehicles", "grade", "lane-width", "parking", "buses", "peak-hour-factor", "arrival-type", "area",
    "turns-on-red", "bicycles", "bicycle-lane",
  ]

  /// Takes over what the fields say; shares and grades stand in percent.
  mutating func read(_ fields: YAMLFields, _ log: inout DiagnosticLog) {
    func number(_ key: String, _ rule: NumberRule, _ log: inout DiagnosticLog) -> Double? {
      fields[key]?.number(key, rule, &log)
    }
    heavyVehicles = number("heavy-vehicles", SurveyRule.share, &log).map { $0 / 100 } ?? heavyVehicles
    grade = number("grade", SurveyRule.grade, &log).map { $0 / 100 } ?? grade
    laneWidth = number("lane-width", SurveyRule.laneWidth, &log) ?? laneWidth
    parking = number("parking", SurveyRule.parking, &log) ?? parking
    buses = number("buses", SurveyRule.buses, &log) ?? buses
    peakHourFactor = number("peak-hour-factor", SurveyRule.peakHourFactor, &log) ?? peakHourFactor
    arrivalType =
      fields["arrival-type"]?.wholeNumber("arrival-type", SurveyRule.arrivalType, &log) ?? arrivalType
    area = fields["area"]?.word("area", &log) ?? area
    turnsOnRed = number("turns-on-red", SurveyRule.turnsOnRed, &log) ?? turnsOnRed
    bicycles = number("bicycles", SurveyRule.bicycles, &log) ?? bicycles
    bicycleLaneWidth = number("bicycle-lane", SurveyRule.bicycleLane, &log) ?? bicycleLaneWidth
  }
}

/// In the detailed form.
extension CapacityConditions {
  private static let detailedKeys = keys + ["start-up-lost-time", "yellow-used"]

  /// What a link's `conditions` say.
  init(detailed link: YAMLFields, _ log: inout DiagnosticLog) {
    self.init()
    guard let fields = link["conditions"]?.fields("'conditions'", keys: Self.detailedKeys, &log) else {
      return
    }
    read(fields, &log)
    startUpLostTime = fields["start-up-lost-time"]?.number("start-up-lost-time", .lostTime, &log)
    yellowUsed = fields["yellow-used"]?.number("yellow-used", .lostTime, &log)
  }
}
