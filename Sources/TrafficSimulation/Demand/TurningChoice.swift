internal import TrafficModel

/// Turning counts as traffic: vehicles that start, turn and end as `TurningShares` say, drawn at random.
struct TurningChoice: Sendable {
  private let slices: [TurningShares]

  /// - Precondition: the demand has counts.
  init(network: Network, demand: Demand) {
    slices = demand.counts.map { TurningShares($0, network: network) }
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
