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

  /// A link that traffic comes from on its way to another: its share of what drives there, and how long it takes from
  /// the end of this one, s.
  private struct Reach {
    var link: LinkID
    var share: Double
    var time: Double
  }

  private static func upstream(
    network: Network, flows: [Double], controllers: [ControllerID?]
  ) -> [[MovementFeed]] {
    let leaving = network.movementsFromLink.map { $0.reduce(0) { $0 + flows[$1.index] } }
    var feeds = [[MovementFeed]](repeating: [], count: network.movements.count)
    for link in network.links.indices {
      let targets = network.movementsFromLink[link].filter {
        controllers[$0.index] != nil && flows[$0.index] > 0
      }
      guard !targets.isEmpty else { continue }
      let found = upstream(
        of: LinkID(link), network: network, flows: flows, leaving: leaving, controllers: controllers)
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

  /// What signals send to a link. Ways back that meet in a link after as many others go on as one, with their mean time:
  /// their number is then that of links, not that of ways, which grows with every junction where they part.
  private static func upstream(
    of link: LinkID, network: Network, flows: [Double], leaving: [Double], controllers: [ControllerID?]
  ) -> [MovementFeed] {
    var found: [MovementFeed] = []
    var reached = [Reach(link: link, share: 1, time: 0)]
    for _ in 0..<mostLinks {
      var next: [Reach] = []
      var places: [LinkID: Int] = [:]
      for reach in reached {
        for id in network.movementsIntoLink[reach.link.index] where flows[id.index] > 0 {
          let movement = network[id]
          let way = network[movement.connections[0]]
          let total = reach.time + network[reach.link].freeFlowTime + way.length / way.speed
          guard total <= longestTime else { continue }
          if let controller = controllers[id.index] {
            found.append(
              MovementFeed(
                source: id, controller: controller, flow: flows[id.index] * reach.share, time: total))
            continue
          }
          let share = reach.share * flows[id.index] / leaving[movement.from.index]
          guard let place = places[movement.from] else {
            places[movement.from] = next.count
            next.append(Reach(link: movement.from, share: share, time: total))
            continue
          }
          let sum = next[place].share + share
          next[place].time = (next[place].time * next[place].share + total * share) / sum
          next[place].share = sum
        }
      }
      reached = next
    }
    return found
  }
}
