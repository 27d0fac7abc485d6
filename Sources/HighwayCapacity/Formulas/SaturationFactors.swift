/// The factors of equation 19-8 of one lane group, each pure numbers.
public struct SaturationFactors: Hashable, Sendable {
  /// s₀, pc/h per lane.
  public var base = 0.0
  /// Whether that is a saturation flow that is known, to which no factors apply but those of turns and people.
  public var isGiven = false
  /// f_w.
  public var laneWidth = 1.0
  /// f_HVg.
  public var heavyVehiclesAndGrade = 1.0
  /// f_p.
  public var parking = 1.0
  /// f_bb.
  public var buses = 1.0
  /// f_a.
  public var area = 1.0
  /// f_LU.
  public var laneUtilisation = 1.0
  /// f_LT, or what left turns of a shared lane leave.
  public var leftTurns = 1.0
  /// f_RT, or what right turns of a shared lane leave, people on foot included.
  public var rightTurns = 1.0
  /// f_Lpb of a lane for left turns only.
  public var pedestriansLeft = 1.0
  /// f_Rpb of a lane for right turns only.
  public var pedestriansRight = 1.0

  /// Saturation flow without what turning costs, veh/h per lane.
  public var through: Double {
    base * laneWidth * heavyVehiclesAndGrade * parking * buses * area * laneUtilisation
  }
  /// Saturation flow, veh/h per lane.
  public var product: Double { through * leftTurns * rightTurns * pedestriansLeft * pedestriansRight }
}
