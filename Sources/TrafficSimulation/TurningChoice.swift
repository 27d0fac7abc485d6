internal import TrafficModel

/// Turning counts as traffic: where vehicles start, and how they turn.
///
/// Vehicles enter at the network's edge as counted there, and at each stop line turn with the probability that
/// the slice's counts give. Where the counts of neighbouring junctions do not balance, the road between them is
/// taken to gain the missing vehicles, or to lose the surplus, at its begin.
struct TurningChoice: Sendable {
  private struct Slice: Sendable {
    let begin: Double
    let end: Double
    /// By link: vehicles that start there.
    let starts: [Double]
    /// By link: share of the arriving vehicles that end there.
    let ends: [Double]
    /// By movement: probability among the link's movements.
    let turns: [Double]
  }
  private let slices: [Slice]

  /// - Precondition: the demand has counts.
  init(network: Network, demand: Demand) {
    slices = demand.counts.map { Self.slice($0, network: network) }
  }

  private static func slice(_ counts: CountSlice, network: Network) -> Slice {
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
    return Slice(begin: counts.begin, end: counts.end, starts: starts, ends: ends, turns: turns)
  }

  /// Draws the vehicles of all slices and their ways.
  func draw(network: Network, into trips: inout Trips, _ random: inout SplitMix64) {
    var known: [[LinkID]: Int] = [:]
    for slice in slices {
      for link in network.links.indices {
        for _ in 0..<Self.wholeNumber(slice.starts[link], &random) {
          let time = slice.begin + random.nextUnit() * (slice.end - slice.begin)
          let way = way(from: LinkID(link), at: time, network: network, &random)
          let route: Int
          if let index = known[way] {
            route = index
          } else {
            route = trips.routes.count
            known[way] = route
            trips.routes.append(way, network: network)
          }
          trips.trips.append(Trip(time: time, route: route, type: 0, insertion: Insertion()))
        }
      }
    }
  }

  /// `mean` rounded up or down at random, so that the mean is kept.
  private static func wholeNumber(_ mean: Double, _ random: inout SplitMix64) -> Int {
    let whole = mean.rounded(.down)
    return Int(whole) + (random.nextUnit() < mean - whole ? 1 : 0)
  }

  private func way(
    from start: LinkID, at departure: Double, network: Network, _ random: inout SplitMix64
  ) -> [LinkID] {
    var way = [start]
    var time = departure
    // A vehicle that turns in circles is let go: nobody drives through more links than there are.
    while way.count <= network.links.count {
      let link = way[way.count - 1]
      time += network[link].freeFlowTime
      let slice = slices.first { time < $0.end } ?? slices[slices.count - 1]
      if way.count > 1, random.nextUnit() < slice.ends[link.index] { break }
      var rest = random.nextUnit()
      guard
        let movement = network.movementsFromLink[link.index].first(where: { id in
          rest -= slice.turns[id.index]
          return rest < 0
        })
      else { break }
      way.append(network[movement].to)
    }
    return way
  }
}
