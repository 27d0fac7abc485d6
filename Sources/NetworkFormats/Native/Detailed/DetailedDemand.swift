internal import NetworkBuilding
internal import TrafficModel

/// Who travels in a period of a detailed file.
struct DetailedDemand {
  static let vehicleKeys = [
    "name", "length", "gap", "acceleration", "deceleration", "speed", "headway", "imperfection",
    "speed-factor", "speed-deviation",
  ]
  private static let departing = ["route", "chooses-route", "vehicle", "lane", "place", "departs-with"]
  static let flowKeys = ["flow", "begin", "end", "spread"] + departing
  static let departureKeys = ["at"] + departing
  static let countKeys = ["from", "to", "vehicles"]
  static let pedestrianKeys = ["crossing", "number"]
  static let walkKeys = ["crossing", "begin", "end", "people"]

  let fields: YAMLFields
  let roads: DetailedNetwork
  let network: Network?

  func read(into demand: inout Demand, _ log: inout DiagnosticLog) {
    let types = DetailedItems("vehicles", of: fields, what: "a vehicle", keys: Self.vehicleKeys, &log)
    if types.count > 0 { demand.vehicleTypes = types.fields.compactMap { Self.type($0, &log) } }
    for node in fields["routes"]?.list("routes", &log) ?? [] {
      if let route = route(node, &log) { demand.routes.append(route) }
    }
    let counts = (routes: routeCount, types: max(types.count, 1))
    readFlows(into: &demand, counts, &log)
    readDepartures(into: &demand, counts, &log)
    readCounts(into: &demand, &log)
    readWalks(into: &demand, &log)
  }

  private var routeCount: Int {
    guard case .sequence(let nodes)? = fields["routes"]?.content else { return 0 }
    return nodes.count
  }

  private static func type(_ fields: YAMLFields, _ log: inout DiagnosticLog) -> VehicleType? {
    guard let name = fields.required("name", &log)?.text("name", &log) else { return nil }
    var type = VehicleType(name: name)
    type.length = fields.number("length", .detailedLength, or: type.length, &log)
    type.minimumGap = fields.number("gap", .detailedLength, or: type.minimumGap, &log)
    let rule = NumberRule(range: 0.01...100, unit: "m/s²")
    type.acceleration = fields.number("acceleration", rule, or: type.acceleration, &log)
    type.deceleration = fields.number("deceleration", rule, or: type.deceleration, &log)
    if let speed = fields["speed"].flatMap({ $0.detailedSpeed("speed", &log) }) { type.maximumSpeed = speed }
    type.headway = fields.number("headway", .detailedTime, or: type.headway, &log)
    type.imperfection = fields.number("imperfection", .share, or: type.imperfection, &log)
    type.speedFactor = fields.number("speed-factor", .share, or: type.speedFactor, &log)
    type.speedDeviation = fields.number("speed-deviation", .share, or: type.speedDeviation, &log)
    return type
  }

  private func route(_ node: YAMLNode, _ log: inout DiagnosticLog) -> [LinkID]? {
    guard let nodes = node.list("routes", &log) else { return nil }
    let links = nodes.compactMap { roads.linkNames.index($0, "routes", &log).map { LinkID($0) } }
    guard links.count == nodes.count else { return nil }
    if let network {
      for (index, (from, to)) in zip(links, links.dropFirst()).enumerated()
      where network.movement(from: from, to: to) == nil {
        log.error(
          "no connection leads from '\(network[from].name)' to '\(network[to].name)'",
          at: nodes[index + 1].place)
      }
    }
    return links
  }

  private struct Departing {
    var route: Int
    var choosesRoute: Bool
    var type: Int
    var insertion: Insertion
  }

  private static func departing(
    _ fields: YAMLFields, _ counts: (routes: Int, types: Int), _ log: inout DiagnosticLog
  ) -> Departing? {
    var insertion = Insertion()
    if let node = fields["lane"] {
      switch node.content {
      case .scalar("best", _): insertion.lane = .best
      case .scalar("emptiest", _): insertion.lane = .emptiest
      default:
        if let lane = node.position("lane", among: 32, &log) { insertion.lane = .position(lane) }
      }
    }
    if let node = fields["place"], let place: Place = node.word("place", &log) {
      insertion.place = place == .begin ? .begin : .anywhere
    }
    if let node = fields["departs-with"] {
      switch node.content {
      case .scalar("free", _): insertion.speed = .free
      case .scalar("average", _): insertion.speed = .average
      default:
        if let speed = node.detailedSpeed("departs-with", &log) { insertion.speed = .metresPerSecond(speed) }
      }
    }
    let type = fields["vehicle"] == nil ? 0 : fields.position("vehicle", among: counts.types, &log)
    guard let route = fields.position("route", among: counts.routes, &log), let type else { return nil }
    return Departing(
      route: route, choosesRoute: fields["chooses-route"]?.flag("chooses-route", &log) ?? false, type: type,
      insertion: insertion)
  }

  private enum Place: String, CaseIterable {
    case begin, anywhere
  }

  private enum Spread: String, CaseIterable {
    case poisson, bernoulli
  }

  private func readFlows(
    into demand: inout Demand, _ counts: (routes: Int, types: Int), _ log: inout DiagnosticLog
  ) {
    for flow in DetailedItems("flows", of: fields, what: "a flow", keys: Self.flowKeys, &log).fields {
      let spread: Spread = flow["spread"]?.word("spread", &log) ?? .poisson
      let begin = flow.number("begin", .absoluteTime, or: demand.begin, &log)
      let end = flow.number("end", .absoluteTime, or: demand.end, &log)
      if begin > end { log.error("the flow ends before it begins", at: flow.place) }
      guard let rate = flow.required("flow", &log)?.detailedFlow("flow", &log),
        let departing = Self.departing(flow, counts, &log)
      else { continue }
      demand.flows.append(
        RouteFlow(
          begin: begin, end: end, rate: rate, process: spread == .poisson ? .poisson : .bernoulli,
          route: departing.route, choosesRoute: departing.choosesRoute, type: departing.type,
          insertion: departing.insertion))
    }
  }

  private func readDepartures(
    into demand: inout Demand, _ counts: (routes: Int, types: Int), _ log: inout DiagnosticLog
  ) {
    let items = DetailedItems("departures", of: fields, what: "a departure", keys: Self.departureKeys, &log)
    for item in items.fields {
      guard let time = item.number("at", .absoluteTime, &log),
        let departing = Self.departing(item, counts, &log)
      else { continue }
      if let last = demand.departures.last, last.time > time {
        log.error("departures must be in order of time", at: item.place(of: "at"))
      }
      demand.departures.append(
        Departure(
          time: time, route: departing.route, choosesRoute: departing.choosesRoute, type: departing.type,
          insertion: departing.insertion))
    }
  }

  private func readCounts(into demand: inout Demand, _ log: inout DiagnosticLog) {
    for node in fields["slices"]?.list("slices", &log) ?? [] {
      let ends = node.list("slices", &log)?.compactMap { $0.number("slices", .absoluteTime, &log) } ?? []
      guard ends.count == 2, ends[0] < ends[1], ends[0] >= demand.counts.last?.end ?? ends[0] else {
        log.error("a slice is [begin, end] in s, after the one before", at: node.place)
        continue
      }
      demand.counts.append(
        CountSlice(
          begin: ends[0], end: ends[1],
          vehicles: [Double?](repeating: nil, count: network?.movements.count ?? 0),
          pedestrians: [Double](repeating: 0, count: roads.crossingCount)))
    }
    for item in DetailedItems("counts", of: fields, what: "a count", keys: Self.countKeys, &log).fields {
      let from = roads.linkNames.index(item.required("from", &log), "from", &log)
      let to = roads.linkNames.index(item.required("to", &log), "to", &log)
      guard let row = row(item, "vehicles", of: demand, &log), let from, let to, let network else { continue }
      guard let movement = network.movement(from: LinkID(from), to: LinkID(to)) else {
        log.error(
          "no connection leads from '\(network.links[from].name)' to '\(network.links[to].name)'",
          at: item.place)
        continue
      }
      for (slice, value) in row.enumerated() { demand.counts[slice].vehicles[movement.index] = value }
    }
    let crossed = DetailedItems("pedestrians", of: fields, what: "a count", keys: Self.pedestrianKeys, &log)
    for item in crossed.fields {
      guard let crossing = item.position("crossing", among: roads.crossingCount, &log),
        let row = row(item, "number", of: demand, &log)
      else { continue }
      for (slice, value) in row.enumerated() { demand.counts[slice].pedestrians[crossing] = value ?? 0 }
    }
  }

  private func readWalks(into demand: inout Demand, _ log: inout DiagnosticLog) {
    for item in DetailedItems("walks", of: fields, what: "a walk", keys: Self.walkKeys, &log).fields {
      let begin = item.number("begin", .absoluteTime, or: demand.begin, &log)
      let end = item.number("end", .absoluteTime, or: demand.end, &log)
      if begin >= end { log.error("the walk ends before it begins", at: item.place) }
      guard let crossing = item.position("crossing", among: roads.crossingCount, &log),
        let people = item.number("people", .vehicles, &log)
      else { continue }
      demand.walks.append(
        PedestrianFlow(crossing: CrossingID(crossing), begin: begin, end: end, people: people))
    }
  }

  /// One number for each slice, `none` where nobody counted.
  private func row(
    _ fields: YAMLFields, _ key: String, of demand: Demand, _ log: inout DiagnosticLog
  ) -> [Double?]? {
    guard let node = fields.required(key, &log), let nodes = node.list(key, &log) else { return nil }
    guard nodes.count == demand.counts.count else {
      log.error(
        "the list has \(counted(nodes.count, "count")), the period has \(counted(demand.counts.count, "slice"))",
        at: node.place)
      return nil
    }
    return nodes.map { node in
      if case .scalar("none", isPlain: true) = node.content { return nil }
      return node.number(key, .vehicles, &log)
    }
  }
}
