/// Longest headway at which vehicles still extend a green, MAH, with presence detection at the stop line (HCM 7, chapter 31,
/// equations 31-10 to 31-19); s.
public enum AllowableHeadway {
  /// Free space between queued vehicles that detectors do not see: 8 ft, in m (equation 31-11).
  public static let gapInQueue = 8 * USUnits.foot

  /// Length of a vehicle as detectors see it, L_v, m (equation 31-11).
  ///
  /// - Parameter heavyVehicles: share, 0 to 1.
  public static func detectedLength(heavyVehicles: Double) -> Double {
    BackOfQueue.spacing(heavyVehicles: heavyVehicles) - gapInQueue
  }

  /// Of through vehicles (equation 31-13): passage time, and how long a vehicle covers the zone.
  ///
  /// - Parameters:
  ///   - passageTime: PT, s.
  ///   - detector: length of the zone, m.
  ///   - vehicle: L_v, m.
  ///   - speed: mean speed of the approach, m/s.
  public static func through(passageTime: Double, detector: Double, vehicle: Double, speed: Double) -> Double
  {
    passageTime + (detector + vehicle) / speed
  }

  /// What a protected left or right turn adds (equations 31-14, 31-15 and 31-17), s.
  ///
  /// - Parameters:
  ///   - equivalent: E_L or E_R; of right turns that yield to people E_R / f_Rpb (equation 31-19).
  ///   - base: s₀, pc/h.
  public static func turnAllowance(equivalent: Double, base: Double) -> Double {
    (equivalent - 1) / (base / USUnits.hour)
  }

  /// What a permitted left turn adds (equations 31-16 and 31-18), s.
  ///
  /// - Parameter saturationFlow: s_l, veh/h, above 0.
  public static func permittedLeftAllowance(saturationFlow: Double) -> Double {
    USUnits.hour / saturationFlow - PermittedLeft.followUpHeadway
  }
}
