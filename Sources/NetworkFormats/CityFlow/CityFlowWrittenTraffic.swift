internal import NetworkBuilding
internal import TrafficModel

/// The traffic of a scenario's first period as CityFlow's flows.
struct CityFlowWrittenTraffic {
  private(set) var text = "[]\n"
  private(set) var losses: [String] = []
  private let network: Network

  init(_ scenario: Scenario) {
    network = scenario.network
    guard let demand = scenario.periods.first?.demand else { return }
    let vehicles = RoutedVehicles(demand, network: network)
    let types = demand.vehicleTypes.map(Self.vehicle)
    let routes = vehicles.routes.map { route in
      JSONWriting.list(route.map { JSONWriting.quoted(network[$0].name) })
    }
    // CityFlow's clock begins at 0, and its times of departure are whole seconds.
    func time(_ time: Double) -> Double { max(0, (time - demand.begin).rounded(.down)) }
    var flows = vehicles.departures.map { departure in
      Self.flow(
        types[departure.type], routes[departure.route], interval: 1, start: time(departure.time),
        end: time(departure.time))
    }
    for flow in vehicles.flows where flow.rate > 0 && flow.end > flow.begin {
      let first = flow.begin + 0.5 / flow.rate
      guard first < flow.end else { continue }
      flows.append(
        Self.flow(
          types[flow.type], routes[flow.route], interval: 1 / flow.rate, start: time(first),
          end: time(flow.end)))
    }
    text = JSONWriting.lines(flows, indent: " ") + "\n"
    findLosses(demand, vehicles)
  }

  private static func flow(
    _ vehicle: String, _ route: String, interval: Double, start: Double, end: Double
  ) -> String {
    "{\"vehicle\": \(vehicle), \"route\": \(route), \"interval\": \(plainNumber(interval)), \"startTime\": \(plainNumber(start)), \"endTime\": \(plainNumber(end))}"
  }

  private static func vehicle(_ type: VehicleType) -> String {
    let values: [(String, Double)] = [
      ("length", type.length), ("width", 2), ("maxPosAcc", type.acceleration),
      ("maxNegAcc", type.deceleration), ("usualPosAcc", type.acceleration),
      ("usualNegAcc", type.deceleration), ("minGap", type.minimumGap), ("maxSpeed", type.maximumSpeed),
      ("headwayTime", type.headway),
    ]
    return "{" + values.map { "\"\($0.0)\": \(plainNumber($0.1))" }.joined(separator: ", ") + "}"
  }

  private mutating func findLosses(_ demand: Demand, _ vehicles: RoutedVehicles) {
    if !demand.counts.isEmpty {
      losses.append("turning counts are written as vehicles on routes, whose turns sum up to the counts")
    }
    if demand.counts.contains(where: { $0.pedestrians.contains { $0 > 0 } }) {
      losses.append("pedestrians are left out: CityFlow has none")
    }
    if !vehicles.flows.isEmpty {
      losses.append("random departures are written with even headways of the same mean")
    }
    if vehicles.departures.contains(where: \.choosesRoute) || vehicles.flows.contains(where: \.choosesRoute) {
      losses.append("drivers who choose their way on departing are given the quickest on empty roads")
    }
    if demand.begin != 0 {
      losses.append(
        "the period begins at 0 s, as CityFlow's clock does, instead of \(plainNumber(demand.begin)) s")
    }
    if vehicles.departures.contains(where: { $0.time != $0.time.rounded() }) {
      losses.append("departures are written in whole seconds")
    }
    if demand.vehicleTypes.contains(where: {
      $0.imperfection != 0 || $0.speedFactor != 1 || $0.speedDeviation != 0
    }) {
      losses.append("how drivers differ (imperfection, desired speeds) is left out: CityFlow's are alike")
    }
    if (vehicles.departures.map(\.insertion) + vehicles.flows.map(\.insertion)).contains(where: {
      $0 != Insertion()
    }) {
      losses.append("lane, place and speed of departing vehicles are left out: CityFlow chooses them")
    }
  }
}
