/// A bicycle lane at a signal (HCM 7, chapter 19, section 6, equations 19-106 to 19-110).
public struct BicycleApproach: Hashable, Sendable {
  /// Cycle C, s.
  public var cycle: Double
  /// Effective green, s.
  public var green: Double
  /// Bicycles per hour.
  public var bicycles: Double
  /// Bicycles per hour of green.
  public var saturationFlow: Double
  /// Kerb to kerb of the street crossed, m.
  public var crossStreetWidth: Double
  /// Outside through lane, bicycle lane and paved shoulder together, m.
  public var outsideWidth: Double
  /// Vehicles beside: left, through and right turns of the approach together, veh/h.
  public var vehicles: Double
  /// Through lanes, at least 1.
  public var throughLanes: Int

  /// An approach as described by its parts.
  public init(
    cycle: Double, green: Double, bicycles: Double, saturationFlow: Double = 2000, crossStreetWidth: Double,
    outsideWidth: Double, vehicles: Double, throughLanes: Int
  ) {
    self.cycle = cycle
    self.green = green
    self.bicycles = bicycles
    self.saturationFlow = saturationFlow
    self.crossStreetWidth = crossStreetWidth
    self.outsideWidth = outsideWidth
    self.vehicles = vehicles
    self.throughLanes = throughLanes
  }

  /// Bicycles per hour that get through (equation 19-106).
  public var capacity: Double { saturationFlow * green / cycle }
  /// Mean wait, s (equation 19-107).
  public var delay: Double {
    ControlDelay.uniform(
      cycle: cycle, greenRatio: green / cycle, saturation: capacity > 0 ? bicycles / capacity : 1)
  }
  /// F_w (equation 19-109), whose widths are in feet.
  public var widthTerm: Double { (0.0153 * crossStreetWidth - 0.2144 * outsideWidth) / USUnits.foot }
  /// F_v (equation 19-110).
  public var vehicleTerm: Double { 0.0066 * vehicles / (4 * Double(throughLanes)) }
  /// I_b,int (equation 19-108).
  public var score: Double { 4.1324 + widthTerm + vehicleTerm }
  /// By exhibit 19-9.
  public var levelOfService: LevelOfService { .score(score) }
}
