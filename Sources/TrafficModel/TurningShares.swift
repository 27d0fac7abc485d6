/// Where the traffic of one slice of turning counts starts, ends and turns.
///
/// Vehicles enter at the network's edge as counted there, and at each stop line turn in the shares that the counts
/// give. Where the counts of neighbouring junctions do not balance, the road between them is taken to gain the
/// missing vehicles, or to lose the surplus, at its begin.
public struct TurningShares: Hashable, Sendable {
  /// Absolute begin, s.
  public let begin: Double
  /// Absolute end, s.
  public let end: Double
  /// By link: vehicles of the slice that start there.
  public let starts: [Double]
  /// By link: share of the arriving vehicles that end there, 0 ... 1.
  public let ends: [Double]
  /// By movement: share among the vehicles that leave the link by a movement; the shares of a link's movements sum
  /// up to 1, where nobody counted they are equal.
  public let turns: [Double]

  /// The shares of a slice, whose counts are of the movements of `network`.
  public init(_ counts: CountSlice, network: Network) {
    var entering = [Double](repeating: 0, count: network.links.count)
    var leaving = entering
    var isCounted = [Bool](repeating: false, count: network.links.count)
    for (index, movement) in network.movements.enumerated() {
      guard let vehicles = counts.vehicles[index] else { continue }
      entering[movement.to.index] += vehicles
      leaving[movement.from.index] += vehicles
      isCounted[movement.from.index] = true
    }
    var turns = [Double](repeating: 0, count: network.movements.count)
    var starts = entering.map { _ in 0.0 }
    var ends = starts
    for link in network.links.indices {
      let movements = network.movementsFromLink[link]
      guard !movements.isEmpty else {
        ends[link] = 1
        continue
      }
      for id in movements {
        turns[id.index] =
          leaving[link] > 0
          ? (counts.vehicles[id.index] ?? 0) / leaving[link] : 1 / Double(movements.count)
      }
      guard isCounted[link] else { continue }
      starts[link] = max(0, leaving[link] - entering[link])
      if entering[link] > 0 { ends[link] = max(0, 1 - leaving[link] / entering[link]) }
    }
    begin = counts.begin
    end = counts.end
    self.starts = starts
    self.ends = ends
    self.turns = turns
  }
}
