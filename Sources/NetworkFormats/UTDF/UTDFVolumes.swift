internal import NetworkBuilding
internal import TrafficModel

/// Turning volumes of a scenario's first period, by movement.
struct UTDFVolumes {
  /// veh/h; nil where nobody counted.
  private(set) var perHour: [Double?]
  /// Mean over the busiest slice, above 0 … 1.
  private(set) var factor: [Double]
  /// By crossing: pedestrians per hour.
  private(set) var walkers: [Double]
  private(set) var losses: [String] = []
  private let network: Network

  init(_ scenario: Scenario) {
    network = scenario.network
    perHour = [Double?](repeating: nil, count: network.movements.count)
    factor = [Double](repeating: 1, count: network.movements.count)
    walkers = [Double](repeating: 0, count: network.crossings.count)
    guard let demand = scenario.periods.first?.demand, demand.duration > 0 else { return }
    let hours = demand.duration / Quantities.secondsPerHour
    if demand.counts.count > 1 {
      losses.append("slices of the period: an hour's volumes and the busiest quarter's share are written")
    }
    if demand.duration != Quantities.secondsPerHour {
      losses.append("the length of the period, \(plainNumber(demand.duration)) s: volumes are of one hour")
    }
    if demand.vehicleTypes.count > 1 { losses.append("types of vehicles: all are written as the first") }
    if !demand.routes.isEmpty { losses.append("routes: they are written as turning volumes") }
    for movement in network.movements.indices {
      let counted = demand.counts.filter { $0.vehicles[movement] != nil }
      guard !counted.isEmpty else { continue }
      let total = counted.reduce(0) { $0 + ($1.vehicles[movement] ?? 0) }
      perHour[movement] = total / hours
      let rates = counted.map { ($0.vehicles[movement] ?? 0) / ($0.end - $0.begin) }
      if let most = rates.max(), most > 0 { factor[movement] = min(1, total / demand.duration / most) }
    }
    for flow in demand.pedestrianFlows { walkers[flow.crossing.index] += flow.people / hours }
    var onRoute = [Double](repeating: 0, count: demand.routes.count)
    for flow in demand.flows { onRoute[flow.route] += flow.rate * (flow.end - flow.begin) }
    for departure in demand.departures { onRoute[departure.route] += 1 }
    for (route, vehicles) in zip(demand.routes, onRoute) {
      for (from, to) in zip(route, route.dropFirst()) {
        guard let id = network.movement(from: from, to: to) else { continue }
        perHour[id.index] = (perHour[id.index] ?? 0) + vehicles / hours
      }
    }
  }

  /// Pedestrians on the crossing that traffic to a link passes; nil where there is none.
  func pedestrians(crossing link: LinkID, at junction: Int) -> Double? {
    let found = network.crossings.indices.filter { index in
      network.crossings[index].junction.index == junction
        && network.crossings[index].crossedConnections.contains { network[network[$0].to].link == link }
        // A crossing over another leg meets only what comes from there.
        && network.crossings[index].crossedConnections.filter { network[network[$0].to].link == link }.count
          == network.movementsIntoLink[link.index].reduce(0) { $0 + network[$1].connections.count }
    }
    return found.map { walkers[$0] }.max()
  }
}
