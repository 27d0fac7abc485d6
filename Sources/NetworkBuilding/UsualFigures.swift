public import TrafficModel

/// What holds of roads and signals where nobody says anything.
public enum UsualFigures {
  /// m/s.
  public static let speed = Quantities.metresPerSecond(kilometresPerHour: 50)
  /// Of approaches from outside, m.
  public static let approachLength = 300.0
  /// veh/s and lane, by turn.
  public static let saturationFlow: [Turn: Double] = [
    .uTurn: Quantities.perSecond(vehiclesPerHour: 1100), .left: Quantities.perSecond(vehiclesPerHour: 1550),
    .through: throughFlow, .right: Quantities.perSecond(vehiclesPerHour: 1450),
  ]
  /// veh/s and lane, straight on.
  public static let throughFlow = Quantities.perSecond(vehiclesPerHour: 1650)
  /// s.
  public static let startUpLostTime = 2.0
  /// s of yellow used as if they were green.
  public static let yellowUsed = 2.0
  /// s.
  public static let yellow = 3.0
  /// s.
  public static let allRed = 2.0
  /// s, of vehicles.
  public static let minimumGreen = 5.0
  /// s.
  public static let walk = 7.0
  /// m/s.
  public static let walkingSpeed = 1.2
  /// s.
  public static let cycleRange = 40.0...180.0
}
