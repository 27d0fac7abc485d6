internal import TrafficModel

/// The ways that drivers who choose their route choose from.
struct RouteAlternatives: Sendable {
  /// By route: its alternatives, itself among them, are `routes[first[route] ..< first[route] + count[route]]`;
  /// count 0 for routes that nobody chooses from.
  private(set) var first: [Int32] = []
  private(set) var count: [Int32] = []
  private(set) var routes: [Int32] = []
  /// By route: s that its ways through junctions take on free roads.
  private(set) var passageTime: [Double] = []

  /// Whether nobody chooses.
  var isEmpty: Bool { routes.isEmpty }

  /// Rounds of the search.
  private static let rounds = 10
  /// The time on a link that an earlier alternative uses is multiplied by this, once for each.
  private static let penalty = 1.4
  /// Alternatives that take longer on free roads than so many times the quickest, and so many seconds more, are
  /// no alternatives.
  private static let longestFactor = 3.0
  private static let longestDetour = 120.0

  /// Finds alternatives for every route that some vehicle of the demand chooses, and appends them to `lanes`.
  ///
  /// The quickest way is looked for again and again, each time with the links found so far made slower (the link
  /// penalty method: de la Barra, Pérez and Añez 1993, "Multidimensional path search and assignment").
  init(network: Network, demand: Demand, lanes: inout RouteLanes) {
    var isChosen = [Bool](repeating: false, count: demand.routes.count)
    for departure in demand.departures where departure.choosesRoute { isChosen[departure.route] = true }
    for flow in demand.flows where flow.choosesRoute { isChosen[flow.route] = true }
    var links = demand.routes
    for (index, route) in demand.routes.enumerated() {
      first.append(Int32(routes.count))
      guard isChosen[index], route.count > 2 else {
        count.append(0)
        continue
      }
      let others = Self.alternatives(to: route, network: network)
      routes.append(Int32(index))
      for other in others {
        routes.append(Int32(links.count))
        links.append(other)
        lanes.append(other, network: network)
      }
      count.append(Int32(others.count + 1))
    }
    passageTime = links.map { Self.passageTime($0, network) }
  }

  private static func passageTime(_ route: [LinkID], _ network: Network) -> Double {
    zip(route, route.dropFirst()).reduce(0) { sum, pair in
      sum + (network.movement(from: pair.0, to: pair.1).map { network.passageTime($0) } ?? 0)
    }
  }

  private static func alternatives(to route: [LinkID], network: Network) -> [[LinkID]] {
    let free = network.links.map(\.freeFlowTime)
    func time(_ route: [LinkID]) -> Double {
      route.reduce(0) { $0 + free[$1.index] } + passageTime(route, network)
    }
    let limit = time(route) * longestFactor + longestDetour
    var times = free
    var found = [route]
    for link in route { times[link.index] *= penalty }
    for _ in 0..<rounds {
      guard let next = network.shortestPath(from: route[0], to: route[route.count - 1], linkTimes: times)
      else {
        break
      }
      for link in next { times[link.index] *= penalty }
      if !found.contains(next), time(next) <= limit { found.append(next) }
    }
    return Array(found.dropFirst())
  }
}
