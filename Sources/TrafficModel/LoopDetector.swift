/// An induction loop: it tells whether a vehicle is above it, and for how long none was.
public struct LoopDetector: Hashable, Sendable {
  /// Where it lies: most often the lane whose signal it serves, or one before it where that is short.
  public var lane: LaneID
  /// From its upstream edge to the end of the lane, m; 0 or more.
  public var distanceToEnd: Double
  /// Along the road, m; 0 for a line.
  public var length: Double
  /// A gap between vehicles that is no shorter ends the green, s.
  public var largestGap: Double
  /// A vehicle that has stood on it for so long asks for nothing any more, s; nil where it always does.
  public var jamThreshold: Double?

  /// A loop.
  public init(
    lane: LaneID, distanceToEnd: Double, length: Double = 0, largestGap: Double, jamThreshold: Double? = nil
  ) {
    self.lane = lane
    self.distanceToEnd = distanceToEnd
    self.length = length
    self.largestGap = largestGap
    self.jamThreshold = jamThreshold
  }
}
