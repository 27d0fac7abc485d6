/// Vehicles per hour of an approach, by movement.
public struct TurnVolumes: Hashable, Sendable {
  /// Left turns, veh/h.
  public var left: Double
  /// Straight on, veh/h.
  public var through: Double
  /// Right turns, those on red included, veh/h.
  public var right: Double
  /// Of the right turns those on red, veh/h: they need no green.
  public var rightOnRed: Double

  /// These volumes, veh/h.
  public init(left: Double, through: Double, right: Double, rightOnRed: Double = 0) {
    self.left = left
    self.through = through
    self.right = right
    self.rightOnRed = rightOnRed
  }
}
