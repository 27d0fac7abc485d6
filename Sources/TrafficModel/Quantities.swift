/// Conversions at the edge: inside the program time is in s, length in m, flow in veh/s.
public enum Quantities {
  /// Seconds in an hour.
  public static let secondsPerHour = 3600.0

  /// A flow in veh/s from one in veh/h.
  public static func perSecond(vehiclesPerHour flow: Double) -> Double { flow / secondsPerHour }

  /// A flow in veh/h from one in veh/s.
  public static func perHour(vehiclesPerSecond flow: Double) -> Double { flow * secondsPerHour }

  /// A speed in m/s from one in km/h.
  public static func metresPerSecond(kilometresPerHour speed: Double) -> Double { speed / 3.6 }

  /// m/s to km/h.
  public static func kilometresPerHour(metresPerSecond speed: Double) -> Double { speed * 3.6 }
}
