internal import NetworkBuilding
internal import TrafficModel

/// The demand of a scenario as volumes of movements, by time of day.
struct GMNSWrittenDemand {
  private(set) var losses: [String] = []
  /// By movement: the mean of the first period, veh/h; nil where nobody counted.
  private(set) var means: [Double?] = []
  private var movements = GMNSSheet(
    "movement_tod", ["mvmt_tod_id", "mvmt_id", "time_day", "volume", "opt_period"])
  private var crosswalks = GMNSSheet(
    "link_tod", ["link_tod_id", "link_id", "time_day", "opt_volume", "opt_period"])
  private var counts = (movements: 0, crosswalks: 0)

  var sheets: [GMNSSheet] { [movements, crosswalks] }

  init(_ scenario: Scenario, _ roads: GMNSWrittenRoads) {
    let network = scenario.network
    for (index, period) in scenario.periods.enumerated() {
      let slices = Self.counts(period.demand, network)
      for slice in slices { add(slice, period.name, roads) }
      if index == 0 { means = Self.mean(slices, network) }
    }
    findLosses(scenario)
  }

  private mutating func add(_ slice: CountSlice, _ period: String, _ roads: GMNSWrittenRoads) {
    let time = GMNSTime(of: slice.begin..<slice.end).text
    let hours = (slice.end - slice.begin) / Quantities.secondsPerHour
    for (movement, vehicles) in slice.vehicles.enumerated() {
      guard let vehicles else { continue }
      counts.movements += 1
      movements.add([
        String(counts.movements), GMNSWrittenRoads.id(ofRow: roads.firstRow[movement]), time,
        plainNumber(vehicles / hours), period,
      ])
    }
    for (crossing, people) in slice.pedestrians.enumerated() where people > 0 {
      counts.crosswalks += 1
      crosswalks.add([
        String(counts.crosswalks), roads.crosswalk(CrossingID(crossing)), time, plainNumber(people / hours),
        period,
      ])
    }
  }

  private static func mean(_ slices: [CountSlice], _ network: Network) -> [Double?] {
    network.movements.indices.map { movement in
      let counted = slices.compactMap { slice in
        slice.vehicles[movement].map { (vehicles: $0, seconds: slice.end - slice.begin) }
      }
      let seconds = counted.reduce(0) { $0 + $1.seconds }
      guard seconds > 0 else { return nil }
      return Quantities.perHour(vehiclesPerSecond: counted.reduce(0) { $0 + $1.vehicles } / seconds)
    }
  }

  /// s; how long vehicles on routes are counted together, where nobody counted.
  private static let slice = 900.0

  /// Counts, and people who were not counted, and vehicles on routes as if they passed all their junctions when they depart.
  private static func counts(_ demand: Demand, _ network: Network) -> [CountSlice] {
    let hasVehicles = !demand.routes.isEmpty && !(demand.departures.isEmpty && demand.flows.isEmpty)
    guard hasVehicles || !demand.walks.isEmpty else { return demand.counts }
    var slices = demand.counts
    if slices.isEmpty {
      var begin = demand.begin
      while begin < demand.end {
        slices.append(
          CountSlice(
            begin: begin, end: min(begin + slice, demand.end),
            vehicles: network.movements.map { _ in hasVehicles ? 0 : nil },
            pedestrians: network.crossings.map { _ in 0 }))
        begin += slice
      }
    }
    let passed = demand.routes.map { route in
      zip(route, route.dropFirst()).compactMap { network.movement(from: $0, to: $1)?.index }
    }
    for departure in demand.departures {
      guard let index = slices.firstIndex(where: { ($0.begin..<$0.end).contains(departure.time) }) else {
        continue
      }
      for movement in passed[departure.route] {
        slices[index].vehicles[movement] = (slices[index].vehicles[movement] ?? 0) + 1
      }
    }
    for flow in demand.flows {
      for index in slices.indices {
        let overlap = min(flow.end, slices[index].end) - max(flow.begin, slices[index].begin)
        guard overlap > 0 else { continue }
        for movement in passed[flow.route] {
          slices[index].vehicles[movement] = (slices[index].vehicles[movement] ?? 0) + flow.rate * overlap
        }
      }
    }
    for walk in demand.walks where walk.begin < walk.end {
      for index in slices.indices {
        let overlap = min(walk.end, slices[index].end) - max(walk.begin, slices[index].begin)
        guard overlap > 0 else { continue }
        slices[index].pedestrians[walk.crossing.index] += walk.people * overlap / (walk.end - walk.begin)
      }
    }
    return slices
  }

  private mutating func findLosses(_ scenario: Scenario) {
    let demands = scenario.periods.map(\.demand)
    if demands.contains(where: { !$0.departures.isEmpty || !$0.flows.isEmpty }) {
      losses.append("routes are written as turning volumes, counted when vehicles depart")
    }
    let car = VehicleType(name: "car")
    if demands.contains(where: { $0.vehicleTypes != [car] }) {
      losses.append("types of vehicles are left out: GMNS counts passenger cars")
    }
    let times = demands.flatMap { [$0.begin, $0.end] + $0.counts.flatMap { [$0.begin, $0.end] } }
    if times.contains(where: { $0 != $0.rounded() || $0 < 0 || $0 >= 360_000 }) {
      losses.append("times of day are written in whole seconds from midnight")
    }
  }
}
