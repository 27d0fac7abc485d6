#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// Whether an actuated phase is called, and how long it then lasts (HCM 7, chapter 31, equations 31-31 to 31-36).
public struct PhaseCall: Hashable, Sendable {
  /// Share of people who press the button (equation 31-33).
  public static let buttonShare = 0.51

  /// Probability that vehicles call it, p_v (equation 31-32).
  public let vehicles: Double
  /// Probability that people on foot call it, p_p (equation 31-33).
  public let pedestrians: Double

  /// - Parameters:
  ///   - vehicles: that call the phase, veh/s.
  ///   - pedestrians: who would, p/s.
  ///   - cycle: s.
  public init(vehicles: Double, pedestrians: Double, cycle: Double) {
    self.vehicles = 1 - exp(-vehicles * cycle)
    self.pedestrians = 1 - exp(-pedestrians * Self.buttonShare * cycle)
  }

  /// Probability of any call, p_c (equation 31-31).
  public var probability: Double { vehicles + pedestrians - vehicles * pedestrians }

  /// Mean green before the rings are balanced, G_u, s (equation 31-34).
  ///
  /// - Parameters:
  ///   - vehicleGreen: with a vehicle, max(l₁ + g_s + g_e, G_min), s (equation 31-35).
  ///   - pedestrianGreen: with somebody on foot, walk and clearance, s (equation 31-36); 0 where nobody crosses.
  ///   - maximum: G_max, s.
  public func green(vehicleGreen: Double, pedestrianGreen: Double, maximum: Double) -> Double {
    let both = vehicles * pedestrians
    let mean =
      vehicleGreen * (vehicles - both) + pedestrianGreen * (pedestrians - both)
      + max(vehicleGreen, pedestrianGreen) * both
    return min(mean, maximum)
  }
}
