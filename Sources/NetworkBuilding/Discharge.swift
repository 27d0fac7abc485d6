/// What a stop line lets through.
public struct Discharge: Hashable, Sendable {
  /// veh/s and lane, from a standing queue under full green.
  public var saturationFlow: Double
  /// Whether somebody gave it; false where it is the usual one, or follows from how vehicles drive.
  public var isGiven: Bool
  /// s of green lost while the queue starts.
  public var startUpLostTime: Double
  /// s of yellow used as if they were green.
  public var yellowUsed: Double

  /// What a stop line lets through.
  public init(saturationFlow: Double, isGiven: Bool = false, startUpLostTime: Double, yellowUsed: Double) {
    self.saturationFlow = saturationFlow
    self.isGiven = isGiven
    self.startUpLostTime = startUpLostTime
    self.yellowUsed = yellowUsed
  }
}
