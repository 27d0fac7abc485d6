/// What a survey of one day counted: vehicles by movement and interval, whatever the intervals.
///
/// Movements and times that nobody counted have no entry, which is not the same as a count of zero.
public struct TurningCounts: Hashable, Sendable {
  /// One count.
  public struct Entry: Hashable, Sendable {
    /// The movement counted.
    public var movement: MovementID
    /// Absolute begin, s.
    public var begin: Double
    /// Absolute end, s; after the begin.
    public var end: Double
    /// Vehicles.
    public var vehicles: Double

    /// A count of `vehicles` in `begin ..< end`.
    public init(movement: MovementID, begin: Double, end: Double, vehicles: Double) {
      self.movement = movement
      self.begin = begin
      self.end = end
      self.vehicles = vehicles
    }

    /// Vehicles of it that fall into a time, spread evenly over its interval.
    func vehicles(in time: Range<Double>) -> Double {
      let overlap = min(end, time.upperBound) - max(begin, time.lowerBound)
      return overlap > 0 ? vehicles * overlap / (end - begin) : 0
    }
  }
  /// What the survey is called, e.g. its file.
  public var name: String
  /// By movement, then begin; intervals of a movement do not overlap.
  public let entries: [Entry]

  /// A survey.
  public init(name: String, entries: [Entry]) {
    self.name = name
    self.entries = entries.sorted { ($0.movement, $0.begin) < ($1.movement, $1.begin) }
  }

  /// The first begin and the last end, s; nil without entries.
  public var times: Range<Double>? {
    guard let begin = entries.map(\.begin).min(), let end = entries.map(\.end).max() else { return nil }
    return begin..<end
  }

  /// The movements counted, in order.
  public var movements: [MovementID] {
    entries.reduce(into: []) { if $0.last != $1.movement { $0.append($1.movement) } }
  }
}
