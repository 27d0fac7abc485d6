internal import TrafficModel

/// Traffic of an upstream signalled movement that makes another signalled movement next.
struct MovementFeed: Hashable, Sendable {
  /// The upstream movement.
  let source: MovementID
  /// The controller of the upstream signal.
  let controller: ControllerID
  /// veh/s that come from there.
  let flow: Double
  /// Free-flow time from stop line to stop line, s.
  let time: Double
}

/// Where the traffic of signalled movements comes from.
///
/// Routes tell it exactly. With turning counts, links are followed upstream through junctions without signals, and
/// traffic is taken to turn at each junction as all traffic of its link does.
struct MovementFeeds: Sendable {
  /// By movement, in order of sources: its feeds; together never more than its flow.
  let ofMovement: [[MovementFeed]]

  /// Platoons are not followed over longer times, s, nor over more links.
  private static let longestTime = 150.0
  private static let mostLinks = 12

  /// - Parameter flows: mean flow by movement, veh/s.
  init(network: Network, demand: Demand, flows: [Double]) {
    let controllers = network.movements.map { movement in
      movement.connections.lazy.compactMap { network[$0].signal }.first?.controller
    }
    let found =
      demand.counts.isEmpty
      ? Self.onRoutes(network: network, demand: demand, controllers: controllers)
      : Self.upstream(network: network, flows: flows, controllers: controllers)
    ofMovement = found.enumerated().map { movement, feeds in
      let total = feeds.reduce(0) { $0 + $1.flow }
      // Counts of neighbouring junctions need not agree.
      let factor = total > flows[movement] ? flows[movement] / total : 1
      return feeds.map {
        MovementFeed(source: $0.source, controller: $0.controller, flow: $0.flow * factor, time: $0.time)
      }
    }
  }

  // MARK: Routes

  private struct Ends: Hashable {
    let source: MovementID
    let target: MovementID
  }

  private static func onRoutes(
    network: Network, demand: Demand, controllers: [ControllerID?]
  ) -> [[MovementFeed]] {
    var vehicles = [Double](repeating: 0, count: demand.routes.count)
    for departure in demand.departures { vehicles[departure.route] += 1 }
    for flow in demand.flows { vehicles[flow.route] += flow.rate * (flow.end - flow.begin) }
    var sums: [Ends: (vehicles: Double, time: Double)] = [:]
    for (route, links) in demand.routes.enumerated() where vehicles[route] > 0 {
      var last: MovementID?
      var time = 0.0
      for (from, to) in zip(links, links.dropFirst()) {
        time += network[from].freeFlowTime
        guard let movement = network.movement(from: from, to: to) else { continue }
        if controllers[movement.index] != nil {
          if let last, time <= longestTime {
            let known = sums[Ends(source: last, target: movement)] ?? (0, 0)
            sums[Ends(source: last, target: movement)] = (
              known.vehicles + vehicles[route], known.time + vehicles[route] * time
            )
          }
          last = movement
          time = 0
        }
        let way = network[network[movement].connections[0]]
        time += way.length / way.speed
      }
    }
    var feeds = [[MovementFeed]](repeating: [], count: network.movements.count)
    for ends in sums.keys.sorted(by: { ($0.target, $0.source) < ($1.target, $1.source) }) {
      guard let sum = sums[ends], let controller = controllers[ends.source.index] else { continue }
      feeds[ends.target.index].append(
        MovementFeed(
          source: ends.source, controller: controller, flow: sum.vehicles / demand.duration,
          time: sum.time / sum.vehicles))
    }
    return feeds
  }

  // MARK: Counts

  private static func upstream(
    network: Network, flows: [Double], controllers: [ControllerID?]
  ) -> [[MovementFeed]] {
    let leaving = network.movementsFromLink.map { $0.reduce(0) { $0 + flows[$1.index] } }
    func collect(
      into found: inout [MovementFeed], link: LinkID, share: Double, time: Double, depth: Int
    ) {
      guard depth < mostLinks else { return }
      for id in network.movementsIntoLink[link.index] where flows[id.index] > 0 {
        let movement = network[id]
        let way = network[movement.connections[0]]
        let total = time + network[link].freeFlowTime + way.length / way.speed
        guard total <= longestTime else { continue }
        if let controller = controllers[id.index] {
          found.append(
            MovementFeed(source: id, controller: controller, flow: flows[id.index] * share, time: total))
        } else {
          collect(
            into: &found, link: movement.from, share: share * flows[id.index] / leaving[movement.from.index],
            time: total, depth: depth + 1)
        }
      }
    }
    var feeds = [[MovementFeed]](repeating: [], count: network.movements.count)
    for link in network.links.indices {
      let targets = network.movementsFromLink[link].filter {
        controllers[$0.index] != nil && flows[$0.index] > 0
      }
      guard !targets.isEmpty else { continue }
      var found: [MovementFeed] = []
      collect(into: &found, link: LinkID(link), share: 1, time: 0, depth: 0)
      for target in targets {
        let share = flows[target.index] / leaving[link]
        feeds[target.index] = found.map {
          MovementFeed(
            source: $0.source, controller: $0.controller, flow: share * $0.flow, time: $0.time)
        }
      }
    }
    return feeds
  }
}
