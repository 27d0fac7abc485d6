public import TrafficModel
internal import TrafficSimulation

/// One day that may come: a demand for the same time of day.
public struct DemandDay: Sendable {
  /// What reports call it.
  public var name: String
  /// Who wants to travel on it.
  public var demand: Demand

  /// A day.
  public init(name: String, demand: Demand) {
    self.name = name
    self.demand = demand
  }
}

extension DemandDay {
  /// Days around a base demand, all equally likely: what would be counted if one counted again and again.
  ///
  /// The traffic of a link differs from the base by a factor 1 + σ (√½ Z + √½ Z_link), Z the day's and Z_link the
  /// link's own standard normal number: half of the variance is the city's, half the street's. Every second day is
  /// the mirror image of the one before, so that the mean of the days is the base. Turning shares stay.
  ///
  /// - Parameters:
  ///   - spread: σ, the standard deviation of a link's traffic as a share of its mean, 0 … 0.5.
  ///   - count: an even number of days.
  ///   - seed: another seed gives other days.
  public static func days(
    around base: Demand, network: Network, spread: Double, count: Int = 10, seed: UInt64 = 1
  ) -> [DemandDay] {
    precondition(count > 0 && count.isMultiple(of: 2), "every day has its mirror image")
    var days: [DemandDay] = []
    var random = SplitMix64(seed: seed)
    for pair in 0..<(count / 2) {
      let common = random.nextNearlyNormal()
      let deviations = network.links.map { _ in
        let deviation = spread * 0.5.squareRoot() * (common + random.nextNearlyNormal())
        return max(-largestDeviation, min(largestDeviation, deviation))
      }
      for (index, sign) in [1.0, -1.0].enumerated() {
        let scaled = base.scaled(
          by: deviations.map { 1 + sign * $0 }, network: network, seed: random.next())
        days.append(DemandDay(name: "day \(2 * pair + index + 1)", demand: scaled))
      }
    }
    return days
  }

  /// No street is without traffic, and none has more than twice as much; symmetrical, so that the mean stays.
  private static let largestDeviation = 0.9
}

extension Demand {
  /// The demand with the traffic of each link multiplied.
  ///
  /// Counts and streams are multiplied as they are; of single vehicles some go or come twice, by chance.
  /// - Parameter factors: by link: where the counted traffic comes from, or where a route begins.
  fileprivate func scaled(by factors: [Double], network: Network, seed: UInt64) -> Demand {
    var scaled = self
    for slice in counts.indices {
      for (index, movement) in network.movements.enumerated() {
        guard let vehicles = counts[slice].vehicles[index] else { continue }
        scaled.counts[slice].vehicles[index] = vehicles * factors[movement.from.index]
      }
    }
    func factor(ofRoute route: Int) -> Double { routes[route].first.map { factors[$0.index] } ?? 1 }
    for index in flows.indices { scaled.flows[index].rate *= factor(ofRoute: flows[index].route) }
    var random = SplitMix64(seed: seed)
    scaled.departures = departures.flatMap { departure in
      let copies = factor(ofRoute: departure.route) + random.nextUnit()
      return [Departure](repeating: departure, count: Int(copies))
    }
    return scaled
  }
}

extension SplitMix64 {
  /// A number of a nearly standard normal distribution: the sum of twelve uniform ones less 6, at most 6 from zero.
  /// Sums are the same on every platform, which logarithms and cosines are not.
  mutating func nextNearlyNormal() -> Double {
    (0..<12).reduce(-6) { sum, _ in sum + nextUnit() }
  }
}
