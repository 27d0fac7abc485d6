/// Rules of practice for yellow, all-red, greens and walking times.
///
/// Sources and what is not in them: Documentation/Review.md.
public enum TimingRules: String, CaseIterable, Sendable {
  /// Institute of Transportation Engineers (2020), NCHRP Report 731 (2012), MUTCD (2009), Signal Timing Manual.
  case ite
  /// Practice in China, where the standards GB 14886 and GB 25280 hold.
  case gb

  /// s of yellow that a vehicle needs which cannot stop any more.
  ///
  /// By ITE, t + v / 2a with t = 1 s, a = 3.05 m/s², within 3 … 6 s (MUTCD); v is 7 mph above the limit for through
  /// traffic and 5 mph below it for turns (NCHRP 731). In China 3 s.
  /// - Parameter speed: of the approach, m/s.
  public func yellow(speed: Double, isTurn: Bool) -> Double {
    switch self {
    case .ite:
      let approach = isTurn ? speed - Self.milesPerHour * 5 : speed + Self.milesPerHour * 7
      return min(max(1 + max(approach, 0) / (2 * Self.deceleration), 3), 6)
    case .gb: return 3
    }
  }

  /// s from the end of yellow until a vehicle that entered at its end has left.
  ///
  /// (W + L) / v, L = 6.1 m; turns are driven at 20 mph at most. ITE takes 1 s off for the drivers of the other
  /// stream, who do not start at once, and stays within 6 s (MUTCD).
  /// - Parameters:
  ///   - width: from the stop line to beyond the junction, m.
  ///   - speed: of the approach, m/s.
  public func allRed(width: Double, speed: Double, isTurn: Bool) -> Double {
    let driven = isTurn ? min(speed, Self.milesPerHour * 20) : speed
    let clearing = (width + Self.vehicleLength) / driven
    return switch self {
    case .ite: min(max(clearing - 1, 0), 6)
    case .gb: clearing
    }
  }

  /// s of green that drivers expect.
  ///
  /// The lower ends of the Signal Timing Manual's ranges: 2 s for turns alone; else 10 s above 40 mph, 7 s on
  /// approaches of two lanes or more, 4 s on others.
  public func minimumGreen(speed: Double, lanes: Int, isTurn: Bool) -> Double {
    if isTurn { return 2 }
    if speed > Self.milesPerHour * 40 { return 10 }
    return lanes >= 2 ? 7 : 4
  }

  /// s of walk; nil where the rules have none of their own.
  public var walk: Double? {
    switch self {
    case .ite: 7
    case .gb: nil
    }
  }

  /// m/s with which pedestrians who have stepped off clear the crossing.
  public var walkingSpeed: Double {
    switch self {
    case .ite: 1.07
    case .gb: 1.0
    }
  }

  /// s of walk and clearance together, for who walks slowly; nil where the rules have none.
  ///
  /// MUTCD: 0.91 m/s over the crossing and 1.8 m before it.
  /// - Parameter length: of the crossing, m.
  public func walkAndClearance(length: Double) -> Double? {
    switch self {
    case .ite: (length + 1.8) / 0.91
    case .gb: nil
    }
  }

  /// m/s.
  private static let milesPerHour = 0.44704
  /// 10 ft/s².
  private static let deceleration = 3.05
  /// 20 ft.
  private static let vehicleLength = 6.1
}
