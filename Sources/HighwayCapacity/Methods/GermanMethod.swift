/// Yellow, clearance and levels of service by the German rules (RiLSA, VwV-StVO, HBS); what of it was read where stands in the
/// guide.
public enum GermanMethod {
  /// Yellow by speed limit (VwV-StVO): 3 s to 50 km/h, 4 s to 60, 5 s to 70; nil above, where signals need a lower limit.
  ///
  /// - Parameter limit: m/s.
  public static func yellow(limit: Double) -> Double? {
    let speed = limit * 3.6
    let rounding = 1e-6
    return speed <= 50 + rounding ? 3 : speed <= 60 + rounding ? 4 : speed <= 70 + rounding ? 5 : nil
  }

  /// Red and amber before green, s.
  public static let redAmber = 1.0

  /// Who clears the junction: time that they enter it after green ends, and speed at which they leave.
  public enum Clearing: Sendable {
    /// Cars straight on: 3 s, 10 m/s.
    case straight
    /// Cars that turn: 2 s, 7 m/s.
    case turning
    /// Bicycles: 1 s, 4 m/s.
    case bicycles
    /// People on foot: at once, 1.2 m/s.
    case pedestrians

    /// t_ü, s.
    public var passing: Double {
      switch self {
      case .straight: 3
      case .turning: 2
      case .bicycles: 1
      case .pedestrians: 0
      }
    }
    /// v_r, m/s.
    public var speed: Double {
      switch self {
      case .straight: 10
      case .turning: 7
      case .bicycles: 4
      case .pedestrians: 1.2
      }
    }
  }

  /// Speed at which cars enter on green that was there before them: 40 km/h, in m/s.
  public static let enteringSpeed = 40 / 3.6

  /// Least time from the end of one green to the start of a conflicting one, t_z = t_ü + t_r − t_e, rounded up to whole
  /// seconds, at least 0.
  ///
  /// - Parameters:
  ///   - clearing: who leaves.
  ///   - clearanceDistance: from their stop line to beyond the conflict, vehicle length included, m.
  ///   - enteringDistance: from the others' stop line to the conflict, m.
  ///   - enteringSpeed: of the others, m/s.
  public static func intergreen(
    _ clearing: Clearing, clearanceDistance: Double, enteringDistance: Double,
    enteringSpeed: Double = enteringSpeed
  ) -> Double {
    let time = clearing.passing + clearanceDistance / clearing.speed - enteringDistance / enteringSpeed
    // A sum of binary fractions must not cost a second.
    return max((time - 1e-9).rounded(.up), 0)
  }

  /// Saturation flow of a lane without hindrance: 3600 s over 1.8 s a car, pcu/h.
  public static let saturationFlow = 2000.0

  /// Level of quality A to F by mean wait: limits of 20, 35, 50 and 70 s; F where demand exceeds capacity.
  ///
  /// - Parameters:
  ///   - delay: s/veh.
  ///   - saturation: x.
  public static func level(delay: Double, saturation: Double) -> LevelOfService {
    saturation > 1 ? .f : min(.level(delay, limits: [20, 35, 50, 70]), .e)
  }
}
