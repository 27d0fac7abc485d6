#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// A crosswalk at a signal, for people on foot (HCM 7, chapter 19, section 5, equations 19-51 to 19-60).
public struct PedestrianCrossing: Hashable, Sendable {
  /// Cycle C, s.
  public var cycle: Double
  /// Walk setting, s.
  public var walk: Double
  /// Traffic lanes crossed, N_d.
  public var lanesCrossed: Int
  /// Right turns on red across it, veh/h.
  public var rightOnRed: Double
  /// Permitted left turns across it, veh/h.
  public var permittedLeft: Double
  /// Islands beside channelized right turns along it.
  public var islands: Int
  /// Vehicles of all movements of the street crossed, veh/h.
  public var streetFlow: Double
  /// Through lanes of the street crossed, N_c, at least 1.
  public var streetLanes: Int
  /// 85th-percentile speed of the street crossed, m/s.
  public var speed: Double

  /// A crosswalk as described by its parts.
  public init(
    cycle: Double, walk: Double, lanesCrossed: Int, rightOnRed: Double = 0, permittedLeft: Double = 0,
    islands: Int = 0, streetFlow: Double, streetLanes: Int, speed: Double
  ) {
    self.cycle = cycle
    self.walk = walk
    self.lanesCrossed = lanesCrossed
    self.rightOnRed = rightOnRed
    self.permittedLeft = permittedLeft
    self.islands = islands
    self.streetFlow = streetFlow
    self.streetLanes = streetLanes
    self.speed = speed
  }

  /// Walk that people use, g_walk, s (equation 19-51): 4 s of the clearance are used, too.
  public static func effectiveWalk(_ walk: Double) -> Double { walk + 4 }

  /// Mean wait d_p, s (equation 19-54).
  public var delay: Double {
    let red = cycle - Self.effectiveWalk(walk)
    return red > 0 ? red * red / (2 * cycle) : 0
  }
  /// Vehicles per lane of the street crossed in 15 minutes, n₁₅ (equation 19-60).
  public var vehiclesPerLane: Double { 0.25 * streetFlow / Double(streetLanes) }
  /// F_w (equation 19-56).
  public var widthTerm: Double { 0.681 * pow(Double(lanesCrossed), 0.514) }
  /// F_v (equation 19-57).
  public var turnTerm: Double {
    0.00569 * (rightOnRed + permittedLeft) / 4 - Double(islands) * (0.0027 * vehiclesPerLane - 0.1946)
  }
  /// F_s (equation 19-58), whose speed is in mi/h.
  public var speedTerm: Double { 0.00013 * vehiclesPerLane * speed / USUnits.milePerHour }
  /// F_delay (equation 19-59).
  public var delayTerm: Double { delay > 0 ? 0.0401 * log(delay) : 0 }
  /// I_p,int (equation 19-55).
  public var score: Double { 0.5997 + widthTerm + turnTerm + speedTerm + delayTerm }
  /// By exhibit 19-9.
  public var levelOfService: LevelOfService { .score(score) }
}
