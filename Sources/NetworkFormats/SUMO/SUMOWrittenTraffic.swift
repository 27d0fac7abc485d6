internal import TrafficModel

/// The traffic of a scenario's first period as SUMO's vehicles and flows.
struct SUMOWrittenTraffic {
  private(set) var text = SUMOWriter.head + "<routes>\n"
  private(set) var losses: [String] = []
  private let edges: SUMOEdges
  private let routes: [[LinkID]]
  private var types: SUMOWrittenTypes

  init(_ scenario: Scenario, edges: SUMOEdges) {
    self.edges = edges
    let demand = scenario.periods.first?.demand ?? Demand(begin: 0, end: 0)
    let vehicles = RoutedVehicles(demand, network: scenario.network)
    routes = vehicles.routes
    types = SUMOWrittenTypes(demand, network: scenario.network)
    // By time, as SUMO wants them.
    var elements: [(time: Double, text: String)] = []
    for (index, departure) in vehicles.timed.enumerated() {
      elements.append((departure.time, vehicle(departure, id: "v\(index)")))
    }
    // Nobody knows when exactly counted vehicles came: they come at random, other ones with each seed.
    let counted = vehicles.counted.map { counted in
      RouteFlow(
        begin: counted.begin, end: counted.end,
        rate: Double(counted.vehicles) / (counted.end - counted.begin), process: .poisson,
        route: counted.route)
    }
    for (index, flow) in (vehicles.flows + counted).enumerated() {
      elements.append((flow.begin, self.flow(flow, id: "f\(index)")))
    }
    text += types.text
    for (index, route) in routes.enumerated() {
      let names = edges.edges(route).joined(separator: " ")
      text += "  \(SUMOWriter.tag("route", [("id", "r\(index)"), ("edges", names)]))/>\n"
    }
    let order = elements.indices.sorted { (elements[$0].time, $0) < (elements[$1].time, $1) }
    for index in order { text += "  \(elements[index].text)/>\n" }
    text += "</routes>\n"
    if !demand.counts.isEmpty {
      losses.append(
        "turning counts are written as random streams on routes, whose turns sum up to the counts")
    }
    if types.areMeans {
      losses.append("saturation flows of stop lines: who passes several has the mean headway of them")
    }
  }

  private mutating func vehicle(_ departure: Departure, id: String) -> String {
    let way = way(departure.route, departure.choosesRoute)
    return SUMOWriter.tag(
      departure.choosesRoute ? "trip" : "vehicle",
      [
        ("id", id), ("type", types.name(of: departure.type, on: routes[departure.route])),
        ("depart", SUMOPlan.number(departure.time)),
      ] + way
        + insertion(departure.insertion, routes[departure.route]))
  }

  private mutating func flow(_ flow: RouteFlow, id: String) -> String {
    let rate =
      switch flow.process {
      case .poisson: ("period", "exp(\(SUMOPlan.number(flow.rate)))")
      case .bernoulli: ("probability", SUMOPlan.number(flow.rate))
      }
    return SUMOWriter.tag(
      "flow",
      [
        ("id", id), ("type", types.name(of: flow.type, on: routes[flow.route])),
        ("begin", SUMOPlan.number(flow.begin)),
        ("end", SUMOPlan.number(flow.end)), rate,
      ] + way(flow.route, flow.choosesRoute) + insertion(flow.insertion, routes[flow.route]))
  }

  private func way(_ route: Int, _ choosesRoute: Bool) -> [(String, String)] {
    guard choosesRoute, let first = routes[route].first, let last = routes[route].last else {
      return [("route", "r\(route)")]
    }
    return [("from", edges.first(of: first).name), ("to", edges.last(of: last).name)]
  }

  private func insertion(_ insertion: Insertion, _ route: [LinkID]) -> [(String, String)] {
    let lane =
      switch insertion.lane {
      case .best: "best"
      case .emptiest: "free"
      case .position(let position): route.first.map { edges.number(of: position, on: $0) } ?? "best"
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
