internal import TrafficModel

/// How written YAML spells names, numbers, lists and mappings.
enum YAMLWriting {
  /// A name, in quotes where it could be taken for something else.
  static func text(_ value: String) -> String {
    let isPlain =
      value.first.map { $0.isLetter || $0.isNumber } ?? false
      && value.last != " "
      && value.unicodeScalars.allSatisfy { $0.properties.isAlphabetic || isPlainMark($0) }
    if isPlain { return value }
    var quoted = "\""
    for scalar in value.unicodeScalars {
      switch scalar {
      case "\"": quoted += "\\\""
      case "\\": quoted += "\\\\"
      case _ where isHidden(scalar):
        let digits = String(scalar.value, radix: 16)
        quoted += "\\U" + String(repeating: "0", count: 8 - digits.count) + digits
      default: quoted.unicodeScalars.append(scalar)
      }
    }
    return quoted + "\""
  }

  private static func isPlainMark(_ scalar: Unicode.Scalar) -> Bool {
    scalar.properties.numericType != nil || "._-/ ".unicodeScalars.contains(scalar)
  }

  private static func isHidden(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse, .unassigned: true
    default: false
    }
  }

  static func number(_ value: Double) -> String { PlanText.number(value) }

  /// `[a, b]`.
  static func list(_ values: [String]) -> String { "[" + values.joined(separator: ", ") + "]" }

  /// `{a: 1, b: 2}`; keys without a value are left out.
  static func mapping(_ entries: [(String, String?)]) -> String {
    "{" + entries.compactMap { key, value in value.map { "\(key): \($0)" } }.joined(separator: ", ") + "}"
  }

  /// A speed in km/h to a thousandth where that is it exactly, else in m/s.
  static func speed(_ value: Double) -> String {
    let common = rounded(Quantities.kilometresPerHour(metresPerSecond: value))
    return Quantities.metresPerSecond(kilometresPerHour: common) == value
      ? number(common) : number(value) + " m/s"
  }

  /// A share in percent that gives the share when it is read.
  static func percent(_ share: Double) -> String {
    let exact = 100 * share
    let candidates = [rounded(exact), exact, exact.nextUp, exact.nextDown]
    return number(candidates.first { $0 / 100 == share } ?? exact)
  }

  /// A flow in veh/h to a thousandth where that is it exactly, else in veh/s.
  static func flow(_ value: Double) -> String {
    let common = rounded(Quantities.perHour(vehiclesPerSecond: value))
    return Quantities.perSecond(vehiclesPerHour: common) == value
      ? number(common) : number(value) + " veh/s"
  }

  private static func rounded(_ value: Double) -> Double { (value * 1000).rounded() / 1000 }

  /// `h:mm-h:mm` where begin and end are whole minutes of one day and the next; nil elsewhere.
  static func time(begin: Double, end: Double) -> String? {
    let midnight = DaySchedule.dayLength
    guard (0..<midnight).contains(begin), end > begin, end <= midnight || end - midnight < begin,
      (begin / 60).rounded() * 60 == begin, (end / 60).rounded() * 60 == end
    else { return nil }
    func clock(_ seconds: Double) -> String {
      let minutes = Int(seconds / 60)
      func two(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
      return "\(two(minutes / 60)):\(two(minutes % 60))"
    }
    return "\(clock(begin))-\(clock(end > midnight ? end - midnight : end))"
  }
}
