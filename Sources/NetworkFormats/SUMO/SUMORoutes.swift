internal import TrafficModel

/// Looks routes up on the network: those written out, those named, and those to be found.
struct SUMORoutes {
  private let network: Network
  private let roads: SUMORoads
  private let named: [String: (way: RouteElements.Way, place: RouteElements.Place)]
  private let faulty: Set<String>
  /// By edge of the file: how many lanes it has.
  private let laneCounts: [String: Int]
  private let edgeNames: [String]
  /// Pairs of edges that the file joins, for whatever traffic.
  private let joined: Set<[String]>
  private let zones: [String: SUMOZones.Zone]
  /// By junction of the file: edges that lead away from it, and to it.
  private let junctionEdges: [String: (out: [String], in: [String])]

  /// Each route once.
  private(set) var links: [[LinkID]] = []
  private var routeOf: [[LinkID]: Int] = [:]
  private var ways: [RouteElements.Way: ResolvedWay] = [:]
  private var refusals: [Refusal] = []

  /// What a way has come to.
  private enum ResolvedWay {
    case route(Int)
    case choice([ResolvedWay], shares: [Double], LargestShare)
    /// Position among the refusals.
    case refused(Int)
    /// An error is in the log.
    case failed
  }
  /// A way that cannot be driven, though the rest of the input can be used.
  private struct Refusal {
    var message: String
    var place: RouteElements.Place
    var quote: String
    var vehicles = 0
    var flows = 0
  }

  /// - Parameter elements: they hold the routes that vehicles refer to.
  init(network: Network, roads: SUMORoads, net: NetFile, elements: RouteElements) {
    self.network = network
    self.roads = roads
    named = elements.routes
    faulty = elements.faultyRoutes
    laneCounts = Dictionary(
      net.edges.map { ($0.id, $0.lanes.count) }, uniquingKeysWith: { first, _ in first })
    edgeNames = net.edges.map(\.id)
    joined = Set(net.connections.map { [$0.from, $0.to] })
    zones = elements.zones.zones
    var junctionEdges: [String: (out: [String], in: [String])] = [:]
    for edge in net.edges {
      junctionEdges[edge.from, default: ([], [])].out.append(edge.id)
      junctionEdges[edge.to, default: ([], [])].in.append(edge.id)
    }
    self.junctionEdges = junctionEdges
  }

  /// The part of a route from a link on; nil where the route does not pass it.
  mutating func part(of route: Int, from link: LinkID) -> Int? {
    links[route].firstIndex(of: link).map { add(Array(links[route][$0...])) }
  }

  /// Looks the way of a traveller up, if nobody has had it before.
  mutating func prepare(_ traveller: RouteElements.Traveller, _ logs: inout [DiagnosticLog]) {
    guard ways[traveller.way] == nil else { return }
    ways[traveller.way] = resolve(traveller.way, traveller.routePlace, depth: 0, &logs)
  }

  /// The route of the next vehicle that has a prepared way; nil when it must be left out.
  mutating func next(_ way: RouteElements.Way) -> Int? {
    guard var resolved = ways[way] else { return nil }
    let route = next(&resolved)
    if case .choice = resolved { ways[way] = resolved }
    return route
  }

  private mutating func next(_ way: inout ResolvedWay) -> Int? {
    switch way {
    case .route(let route): return route
    case .failed: return nil
    case .refused(let refusal):
      refusals[refusal].vehicles += 1
      return nil
    case .choice(var parts, let shares, var dealer):
      let route = next(&parts[dealer.next()])
      way = .choice(parts, shares: shares, dealer)
      return route
    }
  }

  /// All routes of a prepared way with their shares.
  mutating func all(_ way: RouteElements.Way) -> [(route: Int, share: Double)] {
    ways[way].map { all($0) } ?? []
  }

  private mutating func all(_ way: ResolvedWay) -> [(route: Int, share: Double)] {
    switch way {
    case .route(let route): return [(route, 1)]
    case .failed: return []
    case .refused(let refusal):
      refusals[refusal].flows += 1
      return []
    case .choice(let parts, let shares, _):
      var routes: [(route: Int, share: Double)] = []
      for (part, share) in zip(parts, shares) { routes += all(part).map { ($0.route, $0.share * share) } }
      return routes
    }
  }

  /// How a traveller's vehicles come onto the first link of a route; nil, with an error, when they cannot.
  func insertion(
    of traveller: RouteElements.Traveller, onto route: Int, _ logs: inout [DiagnosticLog]
  ) -> Insertion? {
    var insertion = traveller.insertion
    switch traveller.lane {
    case .choice(let choice): insertion.lane = choice
    case .number(let number):
      let link = links[route][0]
      let count = laneCounts[network[link].name] ?? 0
      guard number < count else {
        logs[traveller.place.file].error(
          "'\(traveller.id)' departs on lane \(number) of edge '\(network[link].name)', which has \(count)",
          at: traveller.place.at, quote: "departLane")
        return nil
      }
      // A lane closed to cars has no position; its vehicles start at the kerb.
      insertion.lane = .position(roads.lane(number, of: link).map { network[$0].position } ?? 0)
    }
    return insertion
  }

  /// Says which ways could not be driven, and how many vehicles that leaves out.
  func reportRefusals(_ logs: inout [DiagnosticLog]) {
    for refusal in refusals where refusal.vehicles + refusal.flows > 0 {
      let left = [(refusal.vehicles, "vehicle"), (refusal.flows, "random flow")].filter { $0.0 > 0 }
        .map { "\($0) \($1)\($0 == 1 ? "" : "s")" }.joined(separator: " and ")
      logs[refusal.place.file].warning(
        "\(refusal.message): \(left) left out", at: refusal.place.at, quote: refusal.quote)
    }
  }

  // MARK: Looking up

  private mutating func resolve(
    _ way: RouteElements.Way, _ place: RouteElements.Place, depth: Int, _ logs: inout [DiagnosticLog]
  ) -> ResolvedWay {
    switch way {
    case .edges(let edges): return route(edges, place, &logs)
    case .stops(let edges): return path(edges, place, &logs)
    case .between(let from, let to): return quickest(from, to, place, &logs)
    case .named(let name):
      guard let route = named[name] else {
        if !faulty.contains(name) {
          logs[place.file].unknown("route", name, at: place.at, known: named.keys.sorted())
        }
        return .failed
      }
      guard depth < Self.deepestNames else {
        logs[place.file].error("the route '\(name)' refers to itself", at: place.at, quote: name)
        return .failed
      }
      if let known = ways[way] { return known }
      let resolved = resolve(route.way, route.place, depth: depth + 1, &logs)
      // Vehicles that name the same distribution share its dealing.
      ways[way] = resolved
      return resolved
    case .choice(let parts, let shares):
      let resolved = parts.map { resolve($0, place, depth: depth, &logs) }
      return .choice(resolved, shares: shares, LargestShare(shares))
    }
  }

  private static let deepestNames = 8

  /// The links of edges; nil, with an error, when one is unknown.
  private func areKnown(
    _ edges: [String], _ place: RouteElements.Place, _ logs: inout [DiagnosticLog]
  ) -> Bool {
    var areKnown = true
    for edge in edges where laneCounts[edge] == nil {
      logs[place.file].unknown("edge", edge, at: place.at, known: edgeNames)
      areKnown = false
    }
    return areKnown
  }

  private mutating func refuse(_ message: String, _ place: RouteElements.Place, quote: String) -> ResolvedWay
  {
    refusals.append(Refusal(message: message, place: place, quote: quote))
    return .refused(refusals.count - 1)
  }

  private mutating func route(
    _ edges: [String], _ place: RouteElements.Place, _ logs: inout [DiagnosticLog]
  ) -> ResolvedWay {
    guard areKnown(edges, place, &logs) else { return .failed }
    if let closed = edges.first(where: { roads.linkOfEdge[$0] == nil }) {
      return refuse("edge '\(closed)' has no lane for motor traffic", place, quote: closed)
    }
    let links = edges.compactMap { roads.linkOfEdge[$0] }
    for index in links.indices.dropLast()
    where network.movement(from: links[index], to: links[index + 1]) == nil {
      let (from, to) = (edges[index], edges[index + 1])
      if joined.contains([from, to]) {
        return refuse("no lane for cars leads from edge '\(from)' to '\(to)'", place, quote: from)
      }
      logs[place.file].error(
        "no connection leads from edge '\(from)' to '\(to)'", at: place.at, quote: "\(from) \(to)")
      return .failed
    }
    return .route(add(links))
  }

  private mutating func path(
    _ edges: [String], _ place: RouteElements.Place, _ logs: inout [DiagnosticLog]
  ) -> ResolvedWay {
    guard areKnown(edges, place, &logs) else { return .failed }
    if let closed = edges.first(where: { roads.linkOfEdge[$0] == nil }) {
      return refuse("edge '\(closed)' has no lane for motor traffic", place, quote: closed)
    }
    guard let links = network.shortestPath(through: edges.compactMap { roads.linkOfEdge[$0] }) else {
      let via = edges.count > 2 ? " via '\(edges[1..<(edges.count - 1)].joined(separator: " "))'" : ""
      return refuse(
        "no way leads from edge '\(edges[0])' to '\(edges[edges.count - 1])'\(via)", place, quote: edges[0])
    }
    return .route(add(links))
  }

  /// The quickest way between ends that have several edges: SUMO, too, lets a vehicle choose among them.
  private mutating func quickest(
    _ from: RouteElements.End, _ to: RouteElements.End, _ place: RouteElements.Place,
    _ logs: inout [DiagnosticLog]
  ) -> ResolvedWay {
    guard let sources = edges(of: from, \.sources, \.out, place, &logs),
      let sinks = edges(of: to, \.sinks, \.in, place, &logs)
    else { return .failed }
    guard areKnown(sources + sinks, place, &logs) else { return .failed }
    let path = network.shortestPath(
      fromAny: sources.compactMap { roads.linkOfEdge[$0] }, toAny: sinks.compactMap { roads.linkOfEdge[$0] })
    guard let path else {
      return refuse("no way leads from \(from.words) to \(to.words)", place, quote: from.name)
    }
    return .route(add(path))
  }

  /// The edges of an end; nil, and noted, where there is no such zone or junction.
  private func edges(
    of end: RouteElements.End, _ ofZone: KeyPath<SUMOZones.Zone, [(edge: String, weight: Double)]>,
    _ ofJunction: KeyPath<(out: [String], in: [String]), [String]>, _ place: RouteElements.Place,
    _ logs: inout [DiagnosticLog]
  ) -> [String]? {
    switch end {
    case .edge(let edge): return [edge]
    case .zone(let name):
      if let zone = zones[name] { return zone[keyPath: ofZone].map(\.edge) }
      logs[place.file].unknown("zone", name, at: place.at, known: zones.keys.sorted())
    case .junction(let name):
      if let edges = junctionEdges[name] { return edges[keyPath: ofJunction] }
      logs[place.file].unknown("junction", name, at: place.at, known: junctionEdges.keys.sorted())
    }
    return nil
  }

  private mutating func add(_ route: [LinkID]) -> Int {
    if let known = routeOf[route] { return known }
    routeOf[route] = links.count
    links.append(route)
    return links.count - 1
  }
}

extension RouteElements.End {
  fileprivate var name: String {
    switch self {
    case .edge(let name), .zone(let name), .junction(let name): name
    }
  }

  fileprivate var words: String {
    switch self {
    case .edge(let name): "edge '\(name)'"
    case .zone(let name): "zone '\(name)'"
    case .junction(let name): "junction '\(name)'"
    }
  }
}
