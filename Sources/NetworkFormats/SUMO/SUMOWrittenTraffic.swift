internal import TrafficModel

/// The traffic of a scenario's first period as SUMO's vehicles and flows.
struct SUMOWrittenTraffic {
  private(set) var text = SUMOWriter.head + "<routes>\n"
  private(set) var losses: [String] = []
  private let types: [String]

  /// - Parameter links: by link, its edge.
  init(_ scenario: Scenario, links: [String]) {
    let demand = scenario.periods.first?.demand ?? Demand(begin: 0, end: 0)
    types = SUMOWriter.names(demand.vehicleTypes.map(\.name)).all
    let vehicles = RoutedVehicles(demand, network: scenario.network)
    for (index, type) in demand.vehicleTypes.enumerated() { addType(type, name: types[index]) }
    for (index, route) in vehicles.routes.enumerated() {
      let edges = route.map { links[$0.index] }.joined(separator: " ")
      text += "  \(SUMOWriter.tag("route", [("id", "r\(index)"), ("edges", edges)]))/>\n"
    }
    // By time, as SUMO wants them.
    var elements: [(time: Double, text: String)] = vehicles.departures.enumerated().map { index, departure in
      (departure.time, vehicle(departure, id: "v\(index)", vehicles.routes, links))
    }
    elements += vehicles.flows.enumerated().map { index, flow in
      (flow.begin, self.flow(flow, id: "f\(index)", vehicles.routes, links))
    }
    let order = elements.indices.sorted { (elements[$0].time, $0) < (elements[$1].time, $1) }
    for index in order { text += "  \(elements[index].text)/>\n" }
    text += "</routes>\n"
    if !demand.counts.isEmpty {
      losses.append("turning counts are written as vehicles on routes, whose turns sum up to the counts")
    }
    if demand.counts.contains(where: { $0.pedestrians.contains { $0 > 0 } }) {
      losses.append("pedestrians are left out")
    }
  }

  private mutating func addType(_ type: VehicleType, name: String) {
    let number = SUMOPlan.number
    let attributes = [
      ("id", name), ("length", number(type.length)), ("minGap", number(type.minimumGap)),
      ("accel", number(type.acceleration)), ("decel", number(type.deceleration)),
      ("maxSpeed", number(type.maximumSpeed)), ("tau", number(type.headway)),
      ("sigma", number(type.imperfection)),
      ("speedFactor", "normc(\(number(type.speedFactor)),\(number(type.speedDeviation)),0.2,2)"),
    ]
    text += "  \(SUMOWriter.tag("vType", attributes))/>\n"
  }

  private func vehicle(
    _ departure: Departure, id: String, _ routes: [[LinkID]], _ links: [String]
  ) -> String {
    let way = way(departure.route, departure.choosesRoute, routes, links)
    return SUMOWriter.tag(
      departure.choosesRoute ? "trip" : "vehicle",
      [("id", id), ("type", types[departure.type]), ("depart", SUMOPlan.number(departure.time))] + way
        + insertion(departure.insertion))
  }

  private func flow(_ flow: RouteFlow, id: String, _ routes: [[LinkID]], _ links: [String]) -> String {
    let rate =
      switch flow.process {
      case .poisson: ("period", "exp(\(SUMOPlan.number(flow.rate)))")
      case .bernoulli: ("probability", SUMOPlan.number(flow.rate))
      }
    return SUMOWriter.tag(
      "flow",
      [
        ("id", id), ("type", types[flow.type]), ("begin", SUMOPlan.number(flow.begin)),
        ("end", SUMOPlan.number(flow.end)), rate,
      ] + way(flow.route, flow.choosesRoute, routes, links) + insertion(flow.insertion))
  }

  private func way(
    _ route: Int, _ choosesRoute: Bool, _ routes: [[LinkID]], _ links: [String]
  ) -> [(String, String)] {
    guard choosesRoute, let first = routes[route].first, let last = routes[route].last else {
      return [("route", "r\(route)")]
    }
    return [("from", links[first.index]), ("to", links[last.index])]
  }

  private func insertion(_ insertion: Insertion) -> [(String, String)] {
    let lane =
      switch insertion.lane {
      case .best: "best"
      case .emptiest: "free"
      case .position(let position): String(position)
      }
    let speed =
      switch insertion.speed {
      case .free: "max"
      case .average: "avg"
      case .metresPerSecond(let speed): SUMOPlan.number(speed)
      }
    return [
      ("departLane", lane), ("departPos", insertion.place == .anywhere ? "random_free" : "base"),
      ("departSpeed", speed),
    ]
  }
}
