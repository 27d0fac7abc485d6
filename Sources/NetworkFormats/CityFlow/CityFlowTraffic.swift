internal import NetworkBuilding
internal import TrafficModel

/// The traffic of a CityFlow scenario: vehicles that follow each other on one route.
struct CityFlowTraffic {
  struct Flow {
    var vehicle: Int
    /// Names of roads with their places; CityFlow looks for the quickest way where they do not follow each other.
    var route: [Located<String>]
    var departures: [Double]
    var place: TextPlace
  }
  private(set) var flows: [Flow] = []
  private(set) var vehicles: [VehicleType] = []

  private var count = 0
  private var endless: [TextPlace] = []

  /// - Parameter log: of the file that holds `text`.
  init(_ text: String, _ log: inout DiagnosticLog) {
    guard let root = JSONText.read(text, log: &log), let nodes = log.array(root, "a flow file") else {
      return
    }
    for node in nodes { readFlow(node, &log) }
    if let first = endless.first {
      log.warning(
        "\(counted(endless.count, "flow")) without an end, taken for \(plainNumber(Self.endlessTime)) s",
        at: first)
    }
  }

  /// How long flows without an end are read, s.
  private static let endlessTime = 3600.0
  private static let times = 0...1e7

  private mutating func readFlow(_ node: JSONNode, _ log: inout DiagnosticLog) {
    let known = ["vehicle", "route", "interval", "startTime", "endTime"]
    guard let members = log.members(node, known, "a flow") else { return }
    let vehicle = log.required("vehicle", in: members, at: node.place).flatMap { readVehicle($0, &log) }
    let route = log.required("route", in: members, at: node.place).flatMap { log.array($0, "'route'") }
    let interval = log.required("interval", in: members, at: node.place)
      .flatMap { log.decimal($0, "'interval'", 0.001...1e7) }
    let start = members["startTime"].map { log.decimal($0, "'startTime'", Self.times) } ?? 0
    let end = members["endTime"].map { log.decimal($0, "'endTime'", -1...1e7) } ?? -1
    if let route, route.isEmpty { log.error("a route needs a road", at: node.place) }
    let names = route?.compactMap { log.string($0, "a road") }
    guard let vehicle, let names, !names.isEmpty, let interval, let start, let end else { return }
    var last = end
    if end < 0 {
      endless.append(node.place)
      last = max(start, Self.endlessTime)
    }
    let departures = last < start ? 0 : ((last - start) / interval + 1e-9).rounded(.down) + 1
    guard let number = Int(whole: departures, in: 0...max(0, InputLimits.vehicles - count)) else {
      log.error("with this flow there are more than \(InputLimits.vehicles) vehicles", at: node.place)
      return
    }
    if let problem = InputLimits.problem(withPeriod: number > 0 ? start + Double(number - 1) * interval : 0) {
      log.error(problem, at: node.place)
      return
    }
    count += number
    flows.append(
      Flow(
        vehicle: vehicle, route: names, departures: (0..<number).map { start + Double($0) * interval },
        place: node.place))
  }

  private mutating func readVehicle(_ node: JSONNode, _ log: inout DiagnosticLog) -> Int? {
    let known = [
      "length", "width", "maxPosAcc", "maxNegAcc", "usualPosAcc", "usualNegAcc", "minGap", "maxSpeed",
      "headwayTime",
    ]
    guard let members = log.members(node, known, "'vehicle'") else { return nil }
    // What a file leaves out is as in CityFlow's own default vehicle.
    var type = VehicleType(
      name: "", length: 5, minimumGap: 2, acceleration: 4.5, deceleration: 2.5, maximumSpeed: 16.66667,
      headway: 1, imperfection: 0, speedDeviation: 0)
    var isGood = true
    func read(_ key: String, _ range: ClosedRange<Double>, _ store: (Double) -> Void) {
      guard let node = members[key] else { return }
      if let value = log.decimal(node, "'\(key)'", range) { store(value) } else { isGood = false }
    }
    read("length", 0.1...500) { type.length = $0 }
    read("minGap", 0...100) { type.minimumGap = $0 }
    read("usualPosAcc", 0.01...100) { type.acceleration = $0 }
    read("usualNegAcc", 0.01...100) { type.deceleration = $0 }
    read("maxSpeed", 0.01...1000) { type.maximumSpeed = $0 }
    read("headwayTime", 0...60) { type.headway = $0 }
    guard isGood else { return nil }
    let like = vehicles.firstIndex { known in
      type.name = known.name
      return known == type
    }
    if let like { return like }
    type.name = vehicles.isEmpty ? "car" : "car-\(vehicles.count + 1)"
    vehicles.append(type)
    return vehicles.count - 1
  }

  /// s; the traffic ends with the last vehicle, at the next five minutes.
  var end: Double {
    let last = flows.compactMap(\.departures.last).max() ?? 0
    return ((last + 1) / 300).rounded(.up) * 300
  }

  /// How the vehicles follow each other, all together.
  var carFollowing: CarFollowing {
    var numbers = vehicles.map { _ in 0.0 }
    for flow in flows { numbers[flow.vehicle] += Double(flow.departures.count) }
    return CarFollowing(types: vehicles, vehicles: numbers)
  }

  /// The demand on a network whose links are named after the roads.
  func demand(on network: Network, _ log: inout DiagnosticLog) -> Demand {
    let links = Dictionary(uniqueKeysWithValues: network.links.enumerated().map { ($1.name, LinkID($0)) })
    let names = network.links.map(\.name)
    var routes: [[LinkID]] = []
    var known: [[String]: Int?] = [:]
    var departures: [Departure] = []
    var gaps: [TextPlace] = []
    for flow in flows where !flow.departures.isEmpty {
      let key = flow.route.map(\.value)
      if known[key] == nil {
        known[key] = .some(nil)
        let stops = flow.route.compactMap { name -> LinkID? in
          if links[name.value] == nil { log.unknown("road", name, known: names) }
          return links[name.value]
        }
        guard stops.count == key.count else { continue }
        let way = Self.way(stops, network)
        if let way {
          if way.count > stops.count { gaps.append(flow.place) }
          known[key] = .some(routes.count)
          routes.append(way)
        } else {
          log.error(
            "there is no way along the route \(key.joined(separator: ", "))", at: flow.route[0].place)
        }
      }
      guard let route = known[key] ?? nil else { continue }
      departures += flow.departures.map { Departure(time: $0, route: route, type: flow.vehicle) }
    }
    if let first = gaps.first {
      log.warning(
        "\(counted(gaps.count, "route")) with roads that do not follow each other: the quickest way is taken between",
        at: first)
    }
    let order = departures.indices.sorted { (departures[$0].time, $0) < (departures[$1].time, $1) }
    return Demand(
      begin: 0, end: max(end, 300), vehicleTypes: vehicles.isEmpty ? [VehicleType(name: "car")] : vehicles,
      routes: routes, departures: order.map { departures[$0] })
  }

  private static func way(_ stops: [LinkID], _ network: Network) -> [LinkID]? {
    let isWhole = zip(stops, stops.dropFirst()).allSatisfy { network.movement(from: $0, to: $1) != nil }
    return isWhole ? stops : network.shortestPath(through: stops)
  }
}
