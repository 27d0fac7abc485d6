/// A detector in the road, and what it has noticed.
struct Loop: BitwiseCopyable {
  /// The lane, and from where to where it lies there, m.
  let lane: Int32
  let begin: Double
  let end: Double
  /// Who is above it; -1 for nobody.
  var occupant: Int32 = -1
  /// Absolute s: when its occupant came, and when the last vehicle left.
  var entered = 0.0
  var left = Loop.longAgo

  /// Absolute s; nobody has come yet.
  private static let longAgo = -3600.0

  init(lane: Int32, begin: Double, length: Double) {
    (self.lane, self.begin, end) = (lane, begin, begin + length)
  }

  /// s since a vehicle was above it.
  func gap(at now: Double) -> Double { occupant >= 0 ? 0 : now - left }
  /// Absolute s.
  func lastDetection(at now: Double) -> Double { occupant >= 0 ? now : left }
  /// s for which its occupant has been above it.
  func occupied(at now: Double) -> Double { occupant >= 0 ? now - entered : 0 }
}
