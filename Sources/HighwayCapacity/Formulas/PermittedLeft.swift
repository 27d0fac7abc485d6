#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// Left turns through gaps of the opposing flow (HCM 7, chapter 31, section 3, equations 31-96 to 31-103).
public enum PermittedLeft {
  /// Gap that a driver takes, s (equation 31-100).
  public static let criticalHeadway = 4.5
  /// Time between two drivers who take the same gap, s (equation 31-100).
  public static let followUpHeadway = 2.5
  /// Vehicles that turn after each green, from a lane of their own.
  public static let sneakers = 2.0

  /// Saturation flow while gaps are sought, s_p, veh/h (equation 31-100).
  ///
  /// - Parameter opposing: opposing flow v_o, veh/h; below 0.1 it counts as 0.1, near the limit 3600 / 2.5 = 1440 veh/h.
  public static func saturationFlow(opposing: Double) -> Double {
    let flow = max(opposing, 0.1)
    return flow * exp(-flow * criticalHeadway / USUnits.hour)
      / (1 - exp(-flow * followUpHeadway / USUnits.hour))
  }

  /// Through cars per left turn while gaps are sought, E_L1 (equation 31-101).
  ///
  /// - Parameters:
  ///   - base: base saturation flow s₀, pc/h.
  ///   - opposing: v_o, veh/h.
  public static func equivalent(base: Double, opposing: Double) -> Double {
    base / saturationFlow(opposing: opposing)
  }

  /// Through cars per left turn while a one-lane opposing queue leaves, E_L2 (equations 31-102 and 31-103): a left turn of
  /// the opposing queue lets ours pass.
  ///
  /// - Parameters:
  ///   - opposingLeftShare: left turns among the opposing vehicles, 0 to 1.
  ///   - blocked: g_p − g_u − g_f, s; below 0 it counts as 0.
  public static func equivalentDuringQueue(opposingLeftShare: Double, blocked: Double) -> Double {
    let vehicles = max(0.278 * blocked, 0)
    guard opposingLeftShare > 0 else { return max(vehicles, SaturationFactor.protectedLeftEquivalent) }
    return max(
      (1 - pow(1 - opposingLeftShare, vehicles)) / opposingLeftShare,
      SaturationFactor.protectedLeftEquivalent)
  }

  /// Time until the first left turn blocks a shared lane, g_f, s (equations 31-96 to 31-99).
  ///
  /// - Parameters:
  ///   - displayed: displayed permitted green G_p, s.
  ///   - permitted: effective permitted green g_p, s.
  ///   - lostTime: permitted start-up lost time l₁,p, s.
  ///   - leftShare: of left turns in the shared lane P_L, 0 to 1.
  ///   - leftsPerCycle: left turns per cycle, LTC, veh.
  ///   - oneLane: whether the approach has one lane only.
  public static func timeBeforeBlocking(
    displayed: Double, permitted: Double, lostTime: Double, leftShare: Double, leftsPerCycle: Double,
    oneLane: Bool
  ) -> Double {
    guard leftShare > 0 else { return permitted }
    let (rate, exponent) = oneLane ? (0.860, 0.629) : (0.882, 0.717)
    let time = max(displayed * exp(-rate * pow(leftsPerCycle, exponent)) - lostTime, 0)
    let most = (1 - leftShare) / (0.5 * leftShare) * (1 - pow(1 - leftShare, 0.5 * permitted)) - lostTime
    return min(time, max(most, 0))
  }

  /// Sneakers from a shared lane, n_s* (equation 31-60), veh per cycle.
  ///
  /// - Parameter leftShare: of left turns in the lane, 0 to 1.
  public static func sharedSneakers(leftShare: Double) -> Double {
    leftShare < 0.999
      ? leftShare / (1 - leftShare) * (1 - pow(leftShare, sneakers)) : sneakers * leftShare
  }
}
