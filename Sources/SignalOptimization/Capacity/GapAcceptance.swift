#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// Capacity of a stream that waits for gaps in another.
enum GapAcceptance {
  /// Shortest gap that a waiting driver takes, s. With 4.5 s the formula below meets the discharge of
  /// permitted left turns measured in SUMO 1.28 (1,404, 977, 667, 415 and 160 vehicles per hour of green
  /// against 0, 200, 400, 600 and 800 veh/h) within 7 % up to 600 veh/h; see Documentation/Capacity.md.
  static let criticalGap = 4.5
  /// Vehicles that turn per cycle while the signal changes, on average (measured there: 0.1 to 0.5).
  static let sneakers = 0.3
  /// Extra seconds that a driver who must first stop (turn on red) takes per vehicle.
  static let stopTime = 2.0

  /// Vehicles per second that pass through random gaps in a stream of `flow` veh/s.
  ///
  ///     q e^(−q t_c) / (1 − e^(−q t_f))
  ///
  /// Siegloch (1973) and Harders (1968), HCM 2000 eq. 17-3, with critical gap t_c and follow-up time t_f;
  /// for q → 0 it is 1 / t_f.
  static func capacity(against flow: Double, followUpTime: Double) -> Double {
    guard flow > 1e-9 else { return 1 / followUpTime }
    return flow * exp(-flow * criticalGap) / (1 - exp(-flow * followUpTime))
  }

  /// Seconds after the start of its green in which a stream's queue clears: q r / (s − q), for arrivals of
  /// `flow` veh/s and a red of `red` s. Infinite when it never clears.
  static func clearingTime(flow: Double, saturationFlow: Double, red: Double) -> Double {
    flow < saturationFlow ? flow * red / (saturationFlow - flow) : .infinity
  }
}
