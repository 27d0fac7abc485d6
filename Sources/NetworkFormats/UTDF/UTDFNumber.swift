internal import NetworkBuilding

/// Numbers as the tables have them.
enum UTDFNumber {
  /// Numbers of nodes, and codes that are looked at where they are read.
  static let codes = -999_999_999...999_999_999
  /// Phases of a movement; -1: it has no signal.
  static let phases = -1...999

  /// The number in a field, which keeps to a rule.
  ///
  /// - Returns: nil where the field is empty, or with an error in the log where it holds something else.
  static func value(
    _ field: Located<String>?, _ what: String, _ rule: NumberRule, _ log: inout DiagnosticLog
  ) -> Double? {
    guard let field, let number = number(field, what, &log) else { return nil }
    if let problem = rule.problem(with: number, of: "'\(what)'", text: field.value) {
      log.error(problem, at: field.place)
      return nil
    }
    return number
  }

  /// A whole number within a range, such as a node or a phase.
  ///
  /// - Returns: nil where the field is empty, or with an error in the log where it holds something else.
  static func whole(
    _ field: Located<String>?, _ what: String, _ range: ClosedRange<Int>, _ log: inout DiagnosticLog
  ) -> Int? {
    guard let field, let number = number(field, what, &log) else { return nil }
    guard let whole = Int(whole: number, in: range) else {
      log.error(
        "'\(what)' must be a whole number in \(range.lowerBound) … \(range.upperBound), not \(field.value)",
        at: field.place)
      return nil
    }
    return whole
  }

  /// A peak hour factor: the hour's flow as a share of four times the busiest quarter's; 0 says that there is none.
  ///
  /// One below 1/4, which no hour has, becomes that, with a warning.
  static func peakHourFactor(_ field: Located<String>?, _ log: inout DiagnosticLog) -> Double? {
    guard let field, let factor = value(field, "PHF", .peakHourFactor, &log) else { return nil }
    guard factor > 0, factor < leastPeakHourFactor else { return factor }
    log.warning(
      "a peak hour factor of \(field.value) is not possible with quarters of an hour, \(plainNumber(leastPeakHourFactor)) is taken",
      at: field.place)
    return leastPeakHourFactor
  }

  private static let leastPeakHourFactor = 0.25

  private static func number(
    _ field: Located<String>, _ what: String, _ log: inout DiagnosticLog
  ) -> Double? {
    if let number = value(field.value) { return number }
    log.error("'\(what)' must be a number, not '\(field.value)'", at: field.place)
    return nil
  }

  /// The number of a text: a star (a value that somebody overrode) and separators of thousands are passed over, a comma
  /// is a decimal point where it cannot part thousands. Nil where it is none, or not finite.
  static func value(_ text: String) -> Double? {
    var digits = text.filter { !$0.isWhitespace && $0 != "*" && $0 != "'" }
    let groups = digits.split(separator: ",", omittingEmptySubsequences: false)
    if groups.count > 1 {
      let whole = groups.dropFirst().enumerated().allSatisfy { index, group in
        let length = index == groups.count - 2 ? group.prefix { $0 != "." }.count : group.count
        return length == 3
      }
      if whole, (1...3).contains(groups[0].filter(\.isNumber).count) {
        digits.removeAll { $0 == "," }
      } else if groups.count == 2, !digits.contains(".") {
        digits = groups.joined(separator: ".")
      }
    }
    guard !digits.isEmpty, digits.utf8.allSatisfy({ "+-.0123456789eE".utf8.contains($0) }),
      let number = Double(digits), number.isFinite
    else { return nil }
    return number
  }
}

/// The ranges of a file's numbers; where units matter, `UTDFSettings` has them.
extension NumberRule {
  /// Cycles of a file.
  static let utdfCycle = NumberRule(range: 1...1000, unit: "s")
  /// Offsets, and seconds of the cycle at which phases begin and end.
  static let utdfCycleTime = NumberRule(range: -3600...3600, unit: "s")
  /// Start-up lost time less the yellow used.
  static let lostTimeAdjust = NumberRule(range: -30...60, unit: "s")
  /// Saturation flow of one lane under ideal conditions.
  static let idealFlow = NumberRule(range: 0...10_000, unit: "veh/h and lane")
  /// Saturation flow of a lane group.
  static let groupFlow = NumberRule(range: 0...100_000, unit: "veh/h")
  /// Of one movement in one survey.
  static let surveyCount = NumberRule(range: 0...100_000, unit: "vehicles")
  static let growth = NumberRule(range: 0...1000, unit: "%, or below 10 a factor")
  static let heavyVehicles = NumberRule(range: 0...100, unit: "%")
  /// Of the whole file, where some programs write a share.
  static let heavyShare = NumberRule(range: 0...100, unit: "%, or up to 1 a share")
  /// 0 says that there is none.
  static let peakHourFactor = NumberRule(range: 0...1, unit: "")
}
