/// The busiest hour of a survey.
public struct PeakHour: Hashable, Sendable {
  /// Absolute begin, s.
  public var begin: Double
  /// Vehicles within the hour that begins there.
  public var vehicles: Double
  /// Vehicles of the hour / (4 × vehicles of its busiest quarter), 0.25 … 1: Highway Capacity Manual, 6th edition,
  /// eq. 4-2. Nil where the counts are coarser than a quarter of an hour.
  public var factor: Double?

  /// A busiest hour.
  public init(begin: Double, vehicles: Double, factor: Double? = nil) {
    self.begin = begin
    self.vehicles = vehicles
    self.factor = factor
  }
}

extension TurningCounts {
  private static let hour = 3600.0
  private static let quarter = 900.0
  /// Hours that differ by less are equally busy, vehicles: rounding of sums.
  private static let rounding = 1e-6

  /// The hour with most vehicles of the movements that `counts` accepts, the earliest of equals; nil where less than
  /// an hour was counted.
  ///
  /// Hours begin where some count begins.
  public func peakHour(where counts: (MovementID) -> Bool = { _ in true }) -> PeakHour? {
    let counted = entries.filter { counts($0.movement) }
    guard let end = counted.map(\.end).max() else { return nil }
    func total(_ time: Range<Double>) -> Double { counted.reduce(0) { $0 + $1.vehicles(in: time) } }
    var best: PeakHour?
    for begin in Set(counted.map(\.begin)).sorted() where begin + Self.hour <= end {
      let vehicles = total(begin..<(begin + Self.hour))
      if vehicles > (best?.vehicles ?? 0) + Self.rounding {
        best = PeakHour(begin: begin, vehicles: vehicles)
      }
    }
    guard var best else { return nil }
    let isFine = counted.allSatisfy { $0.end - $0.begin <= Self.quarter }
    if isFine {
      let quarters = (0..<4).map { index in
        let begin = best.begin + Double(index) * Self.quarter
        return total(begin..<(begin + Self.quarter))
      }
      best.factor = best.vehicles / (4 * (quarters.max() ?? 0))
    }
    return best
  }
}
