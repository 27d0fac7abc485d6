/// Demand that grows or shrinks as a whole, for throughput curves.
extension Demand {
  /// The same demand with `factor` times as many vehicles; pedestrians stay as they are.
  ///
  /// Counts and the rates of streams are multiplied. Of vehicles with known departures some are left out or get
  /// doubles: each has a fixed number u in 0 ..< 1 and departs ⌊factor⌋ times, and once more where u is below the
  /// rest of `factor`. So whoever departs at some factor departs at every larger one, too, and the numbers u are
  /// those of a Weyl sequence (H. Weyl 1916), of which every stretch is spread evenly: each route and each minute
  /// keeps its share. Doubles depart up to `longestShift` before or after the original, within the period.
  ///
  /// - Parameters:
  ///   - factor: at least 0; 1 gives the demand itself.
  ///   - seed: where the Weyl sequences begin.
  public func scaled(by factor: Double, seed: UInt64) -> Demand {
    precondition(factor >= 0 && factor.isFinite, "demand is multiplied by a number from 0 on")
    guard factor != 1 else { return self }
    var scaled = self
    scaled.counts = counts.map { slice in
      var slice = slice
      slice.vehicles = slice.vehicles.map { $0.map { $0 * factor } }
      return slice
    }
    scaled.flows = flows.flatMap { Self.scaled($0, by: factor) }
    scaled.departures = scaledDepartures(by: factor, seed: seed)
    return scaled
  }

  /// Doubles of a vehicle depart at most so long before or after it, s.
  static let longestShift = 30.0

  /// A Bernoulli stream has at most one vehicle a second: what grows beyond becomes several.
  private static func scaled(_ flow: RouteFlow, by factor: Double) -> [RouteFlow] {
    var scaled = flow
    scaled.rate *= factor
    guard flow.process == .bernoulli, scaled.rate > 1 else { return [scaled] }
    let parts = scaled.rate.rounded(.up)
    scaled.rate /= parts
    return [RouteFlow](repeating: scaled, count: Int(parts))
  }

  private func scaledDepartures(by factor: Double, seed: UInt64) -> [Departure] {
    let whole = factor.rounded(.down)
    var choice = WeylSequence(step: WeylSequence.goldenRatio, seed: seed)
    var shift = WeylSequence(step: WeylSequence.silverRatio, seed: seed)
    var scaled: [Departure] = []
    for departure in departures {
      let copies = Int(whole) + (choice.next() < factor - whole ? 1 : 0)
      // The sequence goes on by each vehicle, whether or not it departs: others' doubles stay where they are.
      let first = shift.next()
      guard copies > 0 else { continue }
      scaled.append(departure)
      for copy in 1..<max(1, copies) {
        var double = departure
        let unit = (first + Double(copy) * WeylSequence.silverRatio).truncatingRemainder(dividingBy: 1)
        double.time = mirrored(departure.time + (2 * unit - 1) * Self.longestShift)
        scaled.append(double)
      }
    }
    return scaled.indices.sorted { (scaled[$0].time, $0) < (scaled[$1].time, $1) }.map { scaled[$0] }
  }

  /// A time beyond the period's ends, thrown back into it.
  private func mirrored(_ time: Double) -> Double {
    let inside = time < begin ? 2 * begin - time : time >= end ? 2 * end - time : time
    return min(max(inside, begin), max(begin, end.nextDown))
  }
}

/// The fractional parts of the multiples of an irrational number.
private struct WeylSequence {
  /// (√5 − 1) / 2, of all numbers the worst to approach by fractions: its multiples are spread most evenly.
  static let goldenRatio = 0.618_033_988_749_894_9
  /// √2 − 1, for a second sequence that goes its own way.
  static let silverRatio = 0.414_213_562_373_095_1

  private let step: Double
  private var unit: Double

  init(step: Double, seed: UInt64) {
    self.step = step
    // A seed starts the sequence where an odd multiple of it, modulo 2⁶⁴, lies in the whole.
    unit = Double((seed &* 0x9e37_79b9_7f4a_7c15) >> 11) * 0x1p-53
  }

  mutating func next() -> Double {
    unit += step
    if unit >= 1 { unit -= 1 }
    return unit
  }
}
