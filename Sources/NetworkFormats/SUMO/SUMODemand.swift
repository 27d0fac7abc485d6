internal import NetworkBuilding
internal import TrafficModel

/// Turns the elements of route files into a demand.
///
/// Shares of mixes and distributions are not drawn: each next vehicle gets what is furthest below its share,
/// so the shares hold at any time and every run has the same vehicles.
struct SUMODemand {
  let elements: RouteElements
  private(set) var logs: [DiagnosticLog]
  private(set) var begin: Double
  private(set) var end: Double

  /// By traveller: when its vehicles depart within the period; nil for random flows.
  private(set) var times: [[Double]?] = []
  /// By person of the elements: when such people set off within the period; nil for random flows.
  private var timesOfPeople: [[Double]?] = []
  /// By traveller: what its vehicles may be; nil when it is left out.
  private(set) var mixes: [SUMOVehicleTypes.Mix?] = []

  private var typeShares: [[Int]: LargestShare] = [:]
  private var demandTypes: [VehicleType] = []
  private var demandTypeOf: [Int: Int] = [:]

  /// - Parameters:
  ///   - begin: absolute begin, s; nil for the first departure.
  ///   - end: absolute end, s; nil for some time after the last departure.
  init(_ elements: RouteElements, begin: Double?, end: Double?, logs: [DiagnosticLog]) {
    self.elements = elements
    self.logs = logs
    let first =
      (elements.travellers.map(\.firstDeparture) + elements.people.map(\.firstDeparture)).min() ?? 0
    self.begin = begin ?? first.rounded(.down)
    self.end = end ?? .infinity
    expand()
    if end == nil {
      chooseEnd("there is no end")
    } else if let end, end > lastDeparture + Self.day {
      // People write a large number for "until all have arrived".
      chooseEnd("an end at \(plainNumber(end)) s stands for none")
    }
    guard let problem = InputLimits.problem(withPeriod: self.end - self.begin) else { return }
    let last = elements.travellers.indices.max { times(at: $0) < times(at: $1) } ?? 0
    guard elements.travellers.indices.contains(last) else { return }
    let traveller = elements.travellers[last]
    self.logs[traveller.place.file].error(problem, at: traveller.place.at, quote: traveller.id)
  }

  /// s.
  private static let day = 86_400.0

  /// When the last vehicle of a traveller departs.
  private func times(at index: Int) -> Double {
    if case .random(_, let end, _, _) = elements.travellers[index].schedule { return end }
    return times[index]?.last ?? begin
  }

  private var lastDeparture: Double {
    let ofPeople = zip(elements.people, timesOfPeople).map { person, times in
      if case .random(_, let end, _, _) = person.schedule { return end }
      return times?.last ?? begin
    }
    return (elements.travellers.indices.map(times(at:)) + ofPeople).max() ?? begin
  }

  /// s after the last departure at which a simulation without an end is cut.
  private static let timeToArrive = 900.0

  private mutating func chooseEnd(_ reason: String) {
    guard !elements.travellers.isEmpty || !elements.people.isEmpty else {
      end = begin + Self.timeToArrive
      return
    }
    end = lastDeparture.rounded(.up) + Self.timeToArrive
    logs[logs.count - 1].warning(
      "\(reason): the period ends at \(end) s, \(Self.timeToArrive) s after the last departure")
  }

  // MARK: Departure times and vehicle types

  private mutating func expand() {
    var total = 0
    var isOffRoad = (count: 0, place: RouteElements.Place(file: 0, at: .code), quote: "")
    for traveller in elements.travellers {
      times.append(departures(traveller.schedule, of: traveller.id, at: traveller.place, &total))
      guard let mix = elements.types.mix(named: traveller.type) else {
        logs[traveller.place.file].unknown(
          "vehicle type", traveller.type ?? "", at: traveller.place.at, known: elements.types.names)
        mixes.append(nil)
        continue
      }
      if mix.types.contains(where: { !elements.types.isOnRoad[$0] }) {
        if isOffRoad.count == 0 { isOffRoad = (0, traveller.place, traveller.id) }
        isOffRoad.count += 1
        mixes.append(nil)
      } else {
        mixes.append(mix)
      }
    }
    timesOfPeople = elements.people.map { departures($0.schedule, of: $0.id, at: $0.place, &total) }
    if isOffRoad.count > 0 {
      logs[isOffRoad.place.file].warning(
        "\(isOffRoad.count) vehicles and flows of rail and foot left out", at: isOffRoad.place.at,
        quote: isOffRoad.quote)
    }
  }

  private mutating func departures(
    _ schedule: RouteElements.Schedule, of id: String, at place: RouteElements.Place, _ total: inout Int
  ) -> [Double]? {
    switch schedule {
    case .once(let time):
      return time >= begin && time < end ? [time] : []
    case .together(let time, let count):
      guard time >= begin, time < end, takes(Double(count), id, place, &total) else { return [] }
      return [Double](repeating: time, count: count)
    case .random(let first, let last, let rate, _):
      let number = max(0, min(last, end) - max(first, begin)) * rate
      _ = takes(number, id, place, &total)
      return nil
    case .regular(let first, let period, let last, let count):
      // By index, not by adding up, so that no rounding gathers.
      let skipped = max(0, ((begin - first) / period).rounded(.up))
      let stop = min(last, end)
      let planned = count.map { Double($0) } ?? .infinity
      let number = min(planned, ((stop - first) / period).rounded(.up)) - skipped
      guard number > 0 else { return [] }
      guard takes(number, id, place, &total) else { return [] }
      return (0..<Int(number)).map { first + (skipped + Double($0)) * period }.filter {
        $0 >= begin && $0 < stop
      }
    }
  }

  /// Whether the departures of a flow, of random ones as many as there are on average, are not too many; else an error.
  private mutating func takes(
    _ number: Double, _ id: String, _ place: RouteElements.Place, _ total: inout Int
  ) -> Bool {
    guard number < Double(InputLimits.vehicles - total) else {
      logs[place.file].error(
        "flow '\(id)' brings the demand above \(InputLimits.vehicles) vehicles", at: place.at, quote: id)
      return false
    }
    total += Int(number)
    return true
  }

  /// How the vehicles of the period follow each other, on the average.
  var carFollowing: CarFollowing { CarFollowing(types: elements.types.types, vehicles: vehiclesOfType) }

  /// By connection: s of yellow that the vehicles which pass it use as if it were green, on the average; where none does, as all.
  func yellowUsed(_ demand: Demand, on network: Network) -> [Double] {
    let ofType = demandTypeOf.sorted { $0.value < $1.value }.map { elements.types.yellowUsed[$0.key] }
    let ofAll = vehiclesOfType
    let total = ofAll.reduce(0, +)
    let mean = total > 0 ? zip(ofAll, elements.types.yellowUsed).reduce(0) { $0 + $1.0 * $1.1 } / total : 0
    // As a rule all drivers use the same.
    guard Set(ofType).count > 1 else { return network.connections.map { _ in mean } }
    var vehicles = [Double](repeating: 0, count: network.movements.count)
    var seconds = vehicles
    func add(_ number: Double, _ route: Int, _ type: Int) {
      let links = demand.routes[route]
      for (from, to) in zip(links, links.dropFirst()) {
        guard let movement = network.movement(from: from, to: to) else { continue }
        vehicles[movement.index] += number
        seconds[movement.index] += number * ofType[type]
      }
    }
    for departure in demand.departures { add(1, departure.route, departure.type) }
    for flow in demand.flows { add(flow.rate * (flow.end - flow.begin), flow.route, flow.type) }
    return network.movementOfConnection.map { movement in
      vehicles[movement.index] > 0 ? seconds[movement.index] / vehicles[movement.index] : mean
    }
  }

  /// By type: its vehicles in the period.
  private var vehiclesOfType: [Double] {
    var vehicles = [Double](repeating: 0, count: elements.types.types.count)
    for (index, mix) in mixes.enumerated() {
      guard let mix else { continue }
      let number: Double =
        switch elements.travellers[index].schedule {
        case .random(let first, let last, let rate, _): max(0, min(last, end) - max(first, begin)) * rate
        default: Double(times[index]?.count ?? 0)
        }
      for (type, share) in zip(mix.types, mix.shares) { vehicles[type] += share * number }
    }
    return vehicles
  }

  /// Edges that vehicles of the period are told to use.
  var neededEdges: Set<String> {
    var needed: Set<String> = []
    func collect(_ way: RouteElements.Way, depth: Int) {
      switch way {
      case .edges(let edges), .stops(let edges): needed.formUnion(edges)
      case .named(let name):
        if depth < Self.deepestNames, let route = elements.routes[name] {
          collect(route.way, depth: depth + 1)
        }
      case .choice(let ways, _): ways.forEach { collect($0, depth: depth + 1) }
      // Of zones and junctions the edges that cars may use.
      case .between: break
      }
    }
    for (index, traveller) in elements.travellers.enumerated()
    where mixes[index] != nil && times[index]?.isEmpty != true {
      collect(traveller.way, depth: 0)
    }
    return needed
  }

  /// A route that refers to itself would never be found.
  private static let deepestNames = 8

  // MARK: On the network

  /// The demand on a network, made of `roads`.
  mutating func demand(
    on network: Network, _ roads: SUMORoads, net: NetFile, logs: inout [DiagnosticLog]
  ) -> Demand {
    var routes = SUMORoutes(network: network, roads: roads, net: net, elements: elements)
    var departures: [Departure] = []
    var flows: [RouteFlow] = []
    for (index, traveller) in elements.travellers.enumerated() {
      guard let mix = mixes[index], times[index]?.isEmpty != true, traveller.calibrates == nil else {
        continue
      }
      routes.prepare(traveller, &logs)
      if let times = times[index] {
        for time in times {
          guard let route = routes.next(traveller.way),
            let insertion = routes.insertion(of: traveller, onto: route, &logs)
          else { continue }
          departures.append(
            Departure(
              time: time, route: route, choosesRoute: traveller.choosesRoute, type: nextType(mix),
              insertion: insertion))
        }
      } else if case .random(let first, let last, let rate, let process) = traveller.schedule {
        let (first, last) = (max(first, begin), min(last, end))
        guard last > first else { continue }
        for (route, routeShare) in routes.all(traveller.way) {
          guard let insertion = routes.insertion(of: traveller, onto: route, &logs) else { continue }
          for (type, share) in zip(mix.types, mix.shares) where share * routeShare > 0 {
            flows.append(
              RouteFlow(
                begin: first, end: last, rate: rate * share * routeShare, process: process, route: route,
                choosesRoute: traveller.choosesRoute, type: demandType(type), insertion: insertion))
          }
        }
      }
    }
    addCalibrated(&departures, flows, &routes, roads, &logs)
    routes.reportRefusals(&logs)
    var walks = SUMOWalks(net: net, network: network, period: begin..<max(begin, end))
    for (person, times) in zip(elements.people, timesOfPeople) where times?.isEmpty != true {
      walks.add(person, times: times, elements, &logs)
    }
    walks.reportRefusals(&logs)
    if departures.isEmpty, flows.isEmpty, !logs.contains(where: \.hasErrors) {
      logs[logs.count - 1].warning("no vehicle departs from \(begin) s to \(end) s")
    }
    // Sorting by position too keeps vehicles of the same second in the files' order.
    let order = departures.indices.sorted { (departures[$0].time, $0) < (departures[$1].time, $1) }
    return Demand(
      begin: begin, end: end,
      vehicleTypes: demandTypes.isEmpty ? [elements.types.types[0]] : demandTypes, routes: routes.links,
      departures: order.map { departures[$0] }, flows: flows, walks: walks.flows)
  }

  mutating func nextType(_ mix: SUMOVehicleTypes.Mix) -> Int {
    guard mix.types.count > 1 else { return demandType(mix.types[0]) }
    let chosen = typeShares[mix.types, default: LargestShare(mix.shares)].next()
    return demandType(mix.types[chosen])
  }

  private mutating func demandType(_ type: Int) -> Int {
    if let known = demandTypeOf[type] { return known }
    demandTypeOf[type] = demandTypes.count
    demandTypes.append(elements.types.types[type])
    return demandTypes.count - 1
  }
}

extension RouteElements.Traveller {
  /// Whether only the ends of its way are given; SUMO then looks for the quickest way on departure.
  fileprivate var choosesRoute: Bool {
    switch way {
    case .stops(let edges): edges.count == 2
    case .between: true
    default: false
    }
  }
}
