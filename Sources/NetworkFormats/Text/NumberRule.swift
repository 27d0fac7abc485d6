internal import NetworkBuilding

/// The values that a number may have, and the unit it is in.
struct NumberRule: Sendable {
  var range: ClosedRange<Double>
  /// In messages, behind the range; empty where numbers have none.
  var unit: String
  /// Whether 0 may stand in the place of a number: it says that there is none.
  var allowsZero = false

  static let length = NumberRule(range: 1...100_000, unit: "m")
  static let speed = NumberRule(range: 1...200, unit: "km/h")
  static let saturationFlow = NumberRule(range: 100...7000, unit: "veh/h")
  static let flow = NumberRule(range: 0...20_000, unit: "veh/h")
  static let pedestrians = NumberRule(range: 0...100_000, unit: "pedestrians/h")
  static let count = NumberRule(range: 0...20_000, unit: "counted in a slice")
  static let factor = NumberRule(range: 0...10, unit: "times the period's mean flow")
  static let time = NumberRule(range: 0...600, unit: "s")
  static let offset = NumberRule(range: -600...600, unit: "s")
  static let walkingSpeed = NumberRule(range: 0.2...5, unit: "m/s")
  static let queueLimit = NumberRule(range: 0...100_000, unit: "veh")
  static let lanes = NumberRule(range: 0...12, unit: "lanes")
  static let coordinate = NumberRule(range: -10_000_000...10_000_000, unit: "m")
  static let minutes = NumberRule(range: 1...1440, unit: "minutes")
  /// Volumes of tables that other programs write: no movement and no link carries more, whatever its lanes.
  static let volume = NumberRule(range: 0...100_000, unit: "veh/h")
  /// Capacities of such tables, which use large numbers for "no limit".
  static let capacity = NumberRule(range: 0...1_000_000_000, unit: "veh/h")
  /// Greens, clearances and other parts of a cycle in such tables.
  static let phaseTime = NumberRule(range: 0...3600, unit: "s")
  /// Coordinates of maps, in metres, feet or degrees: national grids have zones and false origins in front.
  static let mapCoordinate = NumberRule(range: -100_000_000...100_000_000, unit: "")

  /// The range in words: `0 … 600 s`.
  var bounds: String {
    let ends = "\(plainNumber(range.lowerBound)) … \(plainNumber(range.upperBound))"
    return unit.isEmpty ? ends : ends + " " + unit
  }

  /// What is wrong with a number, in a sentence without a full stop; nil where it keeps to the rule.
  ///
  /// - Parameters:
  ///   - what: whose number it is, with quotes where that is a name in the file.
  ///   - text: the number as it stands in the file.
  func problem(with number: Double, of what: String, text: @autoclosure () -> String) -> String? {
    if range.contains(number) || allowsZero && number == 0 { return nil }
    return "\(what) must be \(allowsZero ? "0 or " : "")in \(bounds), not \(text())"
  }
}
