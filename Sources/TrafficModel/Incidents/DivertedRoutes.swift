/// Routed demand with links closed: other ways for those whose own is.
struct DivertedRoutes {
  private let before: Network
  private let after: Network
  private let closures: Closures
  private let original: Demand

  /// A route while some links are closed.
  private struct Case: Hashable {
    var route: Int
    /// Positions of temporary closures.
    var closed: [Int]
  }
  /// By case: position of the way to take, in `routes`; nil where there is none.
  private var known: [Case: Int?] = [:]
  private var routes: [[LinkID]]
  /// By original route: s after departure at which it reaches each of its links on free roads.
  private let times: [[Double]]

  /// Vehicles that take another way, and what this adds in all, s and m.
  private(set) var rerouted = 0.0
  private(set) var addedTime = 0.0
  private(set) var addedLength = 0.0
  /// By the ends of the route, in the order in which they come up.
  private(set) var stranded: [Disruption.Stranded] = []

  init(before: Network, after: Network, closures: Closures, demand: Demand) {
    self.before = before
    self.after = after
    self.closures = closures
    original = demand
    routes = demand.routes
    times = demand.routes.map { Self.times(of: $0, in: before) }
  }

  /// The demand with the ways that are left.
  mutating func demand() -> Demand {
    guard !original.routes.isEmpty, closures.areAny else {
      return original
    }
    var demand = original
    demand.departures = original.departures.compactMap { departure in
      guard let way = way(departure.route, at: departure.time, isChosen: departure.choosesRoute, vehicles: 1)
      else { return nil }
      var departure = departure
      departure.route = way.route
      departure.choosesRoute = way.isChosen
      return departure
    }
    demand.flows = original.flows.flatMap { pieces(of: $0) }
    // What nobody drives any more must still be a route.
    demand.routes = routes.enumerated().map { index, route in
      index < original.routes.count && isBroken(route) ? [route[0]] : route
    }
    return demand
  }

  // MARK: Streams

  /// A stream, cut where another way begins to be the one to take.
  private mutating func pieces(of flow: RouteFlow) -> [RouteFlow] {
    let arrivals = times[flow.route]
    var bounds: Set<Double> = []
    for closure in closures.temporary {
      for (place, link) in original.routes[flow.route].enumerated() where link == closure.link {
        bounds.insert(closure.time.lowerBound - arrivals[place])
        bounds.insert(closure.time.upperBound - arrivals[place])
      }
      if flow.choosesRoute { bounds.formUnion([closure.time.lowerBound, closure.time.upperBound]) }
    }
    // Streams of single seconds stay in step.
    let inside = Set(bounds.map { flow.begin + ($0 - flow.begin).rounded() }).sorted()
      .filter { $0 > flow.begin && $0 < flow.end }
    let ends = [flow.begin] + inside + [flow.end]
    var pieces: [RouteFlow] = []
    for (begin, end) in zip(ends, ends.dropFirst()) {
      let within = (begin..<end).clamped(to: original.begin..<max(original.begin, original.end))
      guard
        let way = way(
          flow.route, at: (begin + end) / 2, isChosen: flow.choosesRoute,
          vehicles: flow.rate * (within.upperBound - within.lowerBound))
      else { continue }
      var piece = flow
      (piece.begin, piece.end) = (begin, end)
      (piece.route, piece.choosesRoute) = (way.route, way.isChosen)
      if let last = pieces.last, last.route == piece.route, last.choosesRoute == piece.choosesRoute {
        pieces[pieces.count - 1].end = end
      } else {
        pieces.append(piece)
      }
    }
    return pieces
  }

  // MARK: Ways

  /// What somebody who departs on a route at `time` drives; nil when there is no way.
  private mutating func way(_ route: Int, at time: Double, isChosen: Bool, vehicles: Double)
    -> (route: Int, isChosen: Bool)?
  {
    var closed = closures.temporary.indices.filter { index in
      original.routes[route].indices.contains { place in
        original.routes[route][place] == closures.temporary[index].link
          && closures.temporary[index].time.contains(time + times[route][place])
      }
    }
    let isHit = !closed.isEmpty || isBroken(original.routes[route])
    if isHit || isChosen {
      closed = closures.temporary.indices.filter {
        closed.contains($0) || closures.temporary[$0].time.contains(time)
      }
    }
    guard isHit else {
      // Who chooses does not know of links that are closed for a time: he stays on the quickest way.
      return (route, isChosen && closed.isEmpty)
    }
    guard let found = alternative(Case(route: route, closed: closed)) else {
      strand(original.routes[route], vehicles)
      return nil
    }
    rerouted += vehicles
    addedTime +=
      vehicles
      * (Self.time(of: routes[found], in: before) - Self.time(of: original.routes[route], in: before))
    addedLength += vehicles * (length(of: routes[found]) - length(of: original.routes[route]))
    return (found, isChosen && closed.isEmpty)
  }

  private mutating func alternative(_ wanted: Case) -> Int? {
    if let known = known[wanted] { return known }
    var linkTimes = after.links.map(\.freeFlowTime)
    for (link, isClosed) in closures.links.enumerated() where isClosed { linkTimes[link] = .infinity }
    for index in wanted.closed { linkTimes[closures.temporary[index].link.index] = .infinity }
    let route = original.routes[wanted.route]
    var found: Int?
    if let way = after.shortestPath(from: route[0], to: route[route.count - 1], linkTimes: linkTimes) {
      found = routes.count
      routes.append(way)
    }
    known[wanted] = .some(found)
    return found
  }

  private mutating func strand(_ route: [LinkID], _ vehicles: Double) {
    let ends = Disruption.LinkPair(from: route[0], to: route[route.count - 1])
    if let index = stranded.firstIndex(where: { $0.ends == ends }) {
      stranded[index].vehicles += vehicles
    } else {
      stranded.append(Disruption.Stranded(ends: ends, vehicles: vehicles))
    }
  }

  /// Whether a route leads where there is no way all the time.
  private func isBroken(_ route: [LinkID]) -> Bool {
    route.contains { closures.links[$0.index] }
      || zip(route, route.dropFirst()).contains { after.movement(from: $0, to: $1) == nil }
  }

  private func length(of route: [LinkID]) -> Double { route.reduce(0) { $0 + before[$1].length } }

  private static func time(of route: [LinkID], in network: Network) -> Double {
    (times(of: route, in: network).last ?? 0) + (route.last.map { network[$0].freeFlowTime } ?? 0)
  }

  private static func times(of route: [LinkID], in network: Network) -> [Double] {
    var times = route.isEmpty ? [] : [0.0]
    for (link, next) in zip(route, route.dropFirst()) {
      let passage = network.movement(from: link, to: next).map { network.passageTime($0) } ?? 0
      times.append(times[times.count - 1] + network[link].freeFlowTime + passage)
    }
    return times
  }
}
