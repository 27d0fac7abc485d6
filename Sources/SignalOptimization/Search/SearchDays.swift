internal import TrafficModel
internal import TrafficSimulation

/// The days on which plans are tried: each seed is one of its own, with its own drivers and its own amount of traffic.
struct SearchDays: Sendable {
  /// With the demand as it is given.
  let simulator: Simulator
  /// Standard deviation of a day's demand, as a share of its mean.
  let spread: Double

  /// No day is further from the mean, in standard deviations.
  private static let largestDeviation = 2.0

  /// By seed, a day. Every second one is as far below the mean as the one before is above it, or the other way round, so
  /// that any even number of them has the mean that was given.
  func days(_ seeds: [UInt64]) -> [SimulatedDay] {
    seeds.indices.map { index in
      var random = SplitMix64(seed: seeds[index - index % 2])
      let deviation = random.nextNearlyNormal()
      let common = max(-Self.largestDeviation, min(Self.largestDeviation, deviation))
      return day(scale: 1 + (index.isMultiple(of: 2) ? spread : -spread) * common, seed: seeds[index])
    }
  }

  /// A day with so many times the demand that was given.
  func day(scale: Double, seed: UInt64) -> SimulatedDay {
    SimulatedDay(simulator: simulator.scaled(by: scale, seed: seed), seed: seed)
  }
}
