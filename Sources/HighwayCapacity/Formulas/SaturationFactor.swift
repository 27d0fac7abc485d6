/// What adjusts the base saturation flow of a lane group (HCM 7, chapter 19, equation 19-8): pure numbers, 1 for no effect.
///
/// s = s₀ × width × heavy vehicles and grade × parking × buses × area × lane utilisation × left turns × right turns ×
/// pedestrians (left) × pedestrians and bicycles (right).
public enum SaturationFactor {
  /// Through cars that one protected left turn takes the time of, E_L (equation 19-14).
  public static let protectedLeftEquivalent = 1.05
  /// Through cars that one protected right turn takes the time of, E_R (equation 19-13).
  public static let protectedRightEquivalent = 1.18
  /// The least that parking or buses leave, as the manual bounds equations 19-11 and 19-12.
  static let least = 0.05

  /// Lane width (exhibit 19-20): 0.96 below 10 ft, 1.00 to 12.9 ft, 1.04 above.
  ///
  /// - Parameter width: mean width of the group's lanes, m, from 2.4.
  public static func laneWidth(_ width: Double) -> Double {
    let feet = width / USUnits.foot
    // Widths are converted forth and back: 10 ft must not fall below 10.
    let rounding = 1e-6
    if feet < 10 - rounding { return 0.96 }
    return feet <= 12.9 + rounding ? 1 : 1.04
  }

  /// Heavy vehicles and grade together (equations 19-9 downhill, 19-10 level and uphill).
  ///
  /// - Parameters:
  ///   - heavyVehicles: share of vehicles with more than four tyres on the road, 0 to 1.
  ///   - grade: rise over run, positive uphill, −0.04 to 0.10 in the manual's data.
  public static func heavyVehiclesAndGrade(_ heavyVehicles: Double, grade: Double) -> Double {
    let (heavy, rise) = (100 * heavyVehicles, 100 * grade)
    let loss = rise < 0 ? 0.79 * heavy + 2.07 * rise : 0.78 * heavy + 0.31 * rise * rise
    return max((100 - loss) / 100, least)
  }

  /// Parking beside the group (equation 19-11). Without parking lane the factor is 1, which is not this with 0 maneuvers.
  ///
  /// - Parameters:
  ///   - maneuvers: cars that park or leave within 250 ft of the stop line, per hour, counted up to 180.
  ///   - lanes: lanes of the group, at least 1.
  public static func parking(maneuvers: Double, lanes: Int) -> Double {
    let number = Double(lanes)
    return max((number - 0.1 - 18 * min(maneuvers, 180) / USUnits.hour) / number, least)
  }

  /// Buses that stop within 250 ft of the stop line (equation 19-12).
  ///
  /// - Parameters:
  ///   - buses: buses that stop, per hour, counted up to 250.
  ///   - lanes: lanes of the group, at least 1.
  public static func busBlockage(buses: Double, lanes: Int) -> Double {
    let number = Double(lanes)
    return max((number - 14.4 * min(buses, 250) / USUnits.hour) / number, least)
  }

  /// Area type: 0.90 in a central business district, else 1.00.
  public static func area(centralBusinessDistrict: Bool) -> Double {
    centralBusinessDistrict ? 0.90 : 1
  }

  /// Lane utilisation as measured (equation 19-7): mean flow of a lane over that of the busiest.
  ///
  /// - Parameters:
  ///   - flow: of the movement group, veh/h.
  ///   - busiestLane: flow of its busiest lane, veh/h.
  ///   - lanes: exclusive lanes of the group, at least 1.
  public static func laneUtilisation(flow: Double, busiestLane: Double, lanes: Int) -> Double {
    guard busiestLane > 0 else { return 1 }
    return min(flow / (Double(lanes) * busiestLane), 1)
  }

  /// Lane utilisation where nobody counted lanes (exhibit 19-15); more lanes than tabulated take the least factor.
  ///
  /// - Parameters:
  ///   - use: what the lanes of the group serve; shared lanes have 1.
  ///   - lanes: lanes of the group, at least 1.
  public static func usualLaneUtilisation(_ use: LaneUse, lanes: Int) -> Double {
    guard lanes > 1 else { return 1 }
    switch use {
    case .left: return 0.971
    case .through: return lanes == 2 ? 0.952 : 0.908
    case .right: return 0.885
    default: return 1
    }
  }
}
