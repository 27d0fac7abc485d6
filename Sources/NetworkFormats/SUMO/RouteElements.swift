internal import NetworkBuilding
internal import TrafficModel

/// What route files and additional files say about demand, before names are looked up.
struct RouteElements {
  /// A place in one of the input's files.
  struct Place: Hashable {
    var file: Int
    var at: TextPlace
  }
  /// How a vehicle's route is given.
  indirect enum Way: Hashable {
    case edges([String])
    case named(String)
    /// Several, with their shares.
    case choice([Way], shares: [Double])
    /// To be found: origin, edges to pass, destination.
    case stops([String])
    /// To be found, the quickest from any edge of one end to any of another.
    case between(End, End)
  }
  /// Where a trip starts or ends.
  enum End: Hashable {
    case edge(String), zone(String), junction(String)
  }
  /// When the vehicles of an element depart, absolute times in s.
  enum Schedule {
    case once(Double)
    /// All of them at one time: each enters as soon as there is room.
    case together(Double, count: Int)
    /// From `begin`, one each `period`, before `end`, at most `count`.
    case regular(begin: Double, period: Double, end: Double, count: Int?)
    case random(begin: Double, end: Double, rate: Double, process: RouteFlow.Process)
  }
  /// The lane that a vehicle departs on.
  enum DepartureLane: Hashable {
    case choice(Insertion.LaneChoice)
    case number(Int)
  }
  /// A `vehicle`, `trip` or `flow`.
  struct Traveller {
    var id: String
    var type: String?
    var way: Way
    var schedule: Schedule
    var lane: DepartureLane
    var insertion: Insertion
    var place: Place
    /// The edge that a calibrator keeps the flow up on; nil for what drives by itself.
    var calibrates: String? = nil
    /// Where its route stands.
    var routePlace: Place
  }

  private(set) var types = SUMOVehicleTypes()
  /// Routes and route distributions by name.
  private(set) var routes: [String: (way: Way, place: Place)] = [:]
  /// Names of routes whose errors are in the log.
  private(set) var faultyRoutes: Set<String> = []
  private(set) var travellers: [Traveller] = []
  private(set) var people: [Person] = []
  /// By stop of public transport: its edge.
  private(set) var edgeOfStop: [String: String] = [:]
  /// Zones, and matrices of traffic between them.
  var zones = SUMOZones()
  /// Whether some trip begins or ends at a junction.
  var usesJunctions: Bool {
    travellers.contains { traveller in
      guard case .between(let from, let to) = traveller.way else { return false }
      return [from, to].contains { if case .junction = $0 { true } else { false } }
    }
  }

  /// Absolute begin that flows have when they give none, s, and their end.
  private let defaultBegin: Double
  private let defaultEnd: Double?
  private var summary = Summary()

  /// Counts of what is left out of a file, and when its last vehicle departed.
  private struct Summary {
    var skipped: [String: (count: Int, place: TextPlace)] = [:]
    var lastDeparture = -Double.infinity
    var stops = SUMOStops()

    mutating func skip(_ what: String, at place: TextPlace) {
      skipped[what] = ((skipped[what]?.count ?? 0) + 1, skipped[what]?.place ?? place)
    }
  }

  /// - Parameters:
  ///   - begin: absolute begin of the simulation, s.
  ///   - end: its end, s; nil when it ends with its last vehicle.
  init(begin: Double, end: Double?) {
    defaultBegin = begin
    defaultEnd = end
  }

  /// s that flows without an end last in a simulation without an end.
  static let endlessFlow = 3600.0

  /// Takes in an element at the top of a file.
  ///
  /// - Parameter isSorted: whether the file must be in order of departure, as route files must.
  mutating func read(_ node: XMLNode, file: Int, isSorted: Bool, _ log: inout DiagnosticLog) {
    let place = Place(file: file, at: node.place)
    switch node.name {
    case "vType": types.addType(node, &log)
    case "vTypeDistribution": types.addDistribution(node, &log)
    case "route", "routeDistribution":
      guard let id = node.text("id", &log) else { return }
      guard let way = way(node, &log) else {
        faultyRoutes.insert(id)
        return
      }
      if routes.updateValue((way, place), forKey: id) != nil {
        log.error("the route '\(id)' is declared twice", at: node.place, quote: id)
      }
      declareInner(node, file: file, &log)
      summary.stops.add(node)
    case "taz": zones.addZone(node, &log)
    case "tazs": node.children("taz").forEach { zones.addZone($0, &log) }
    case "interval": zones.addInterval(node, file: file, &log)
    case "calibrator": addCalibrator(node, place, &log)
    case "vehicle", "trip", "flow":
      guard let traveller = traveller(node, place, &log) else { return }
      let depart = traveller.firstDeparture
      if isSorted, depart < summary.lastDeparture {
        summary.skip(
          "vehicles and flows that depart before the one above them, as SUMO does", at: node.place)
        return
      }
      summary.lastDeparture = depart
      travellers.append(traveller)
    case "person", "personFlow":
      guard let person = person(node, place, &log) else { return }
      if isSorted, person.firstDeparture < summary.lastDeparture {
        skip("persons that depart before the element above them, as SUMO does,", at: node.place)
        return
      }
      summary.lastDeparture = person.firstDeparture
      people.append(person)
    case "busStop", "trainStop":
      if let id = node["id"], let lane = node["lane"], let end = lane.lastIndex(of: "_") {
        edgeOfStop[id] = String(lane[..<end])
      }
    case "container", "containerFlow": skip("containers", at: node.place)
    case let name where Self.withoutTraffic.contains(name): break
    default: summary.skip("<\(node.name)> elements", at: node.place)
    }
  }

  /// What neither drives nor changes who drives: places to stop, which stops tell of, detectors, outputs, pictures.
  private static let withoutTraffic: Set = [
    "containerStop", "chargingStation", "parkingArea", "parkingSpace", "overheadWire",
    "traction",
    "tractionSubstation", "overheadWireSegment", "overheadWireClamp", "e1Detector", "inductionLoop",
    "instantInductionLoop",
    "e2Detector", "laneAreaDetector", "e3Detector", "entryExitDetector", "edgeData", "laneData", "meanData",
    "routeProbe",
    "timedEvent", "poly", "polygonType", "poi", "jpsWalkableArea", "jpsObstacle", "param", "location", "type",
    "include",
  ]

  /// Takes on the flows of a calibrator; those that only change speeds or types, or follow others' routes, are left out.
  private mutating func addCalibrator(_ node: XMLNode, _ place: Place, _ log: inout DiagnosticLog) {
    let lane = node["lane"].map { String($0[..<($0.lastIndex(of: "_") ?? $0.endIndex)]) }
    for flow in node.children("flow") {
      guard flow["vehsPerHour"] != nil, flow["route"] != nil || flow["from"] != nil,
        let edge = node["edge"] ?? lane
      else {
        summary.skip("flows of calibrators without 'vehsPerHour', 'route' or 'edge'", at: flow.place)
        continue
      }
      // A calibrator's flow has its own name only in some files.
      let named = XMLNode(
        name: flow.name,
        attributes: flow.attributes.filter { $0.name != "id" && $0.name != "speed" } + [
          XMLNode.Attribute(name: "id", value: node["id"] ?? "")
        ], place: flow.place)
      guard var traveller = traveller(named, Place(file: place.file, at: flow.place), &log) else { continue }
      traveller.calibrates = edge
      travellers.append(traveller)
    }
  }

  /// Makes vehicles of the matrices; to be called when all files have been read.
  mutating func finish(_ logs: inout [DiagnosticLog]) {
    var unknown: Set<String> = []
    for (index, trip) in zones.trips(&logs).enumerated() {
      // The name of an interval, or a number of VISUM's, need not be one of a type.
      let type = trip.cell.type.flatMap { types.mix(named: $0) == nil ? nil : $0 }
      if let name = trip.cell.type, type == nil, unknown.insert(name).inserted {
        logs[trip.cell.place.file].warning(
          "'\(name)' is no vehicle type: the default one is taken", at: trip.cell.place.at)
      }
      // As od2trips writes its trips.
      var insertion = Insertion()
      (insertion.place, insertion.speed) = (.begin, .free)
      travellers.append(
        Traveller(
          id: "\(trip.cell.from) to \(trip.cell.to), \(index)", type: type,
          way: .stops([trip.from, trip.to]),
          schedule: .once(trip.time), lane: .choice(.emptiest), insertion: insertion, place: trip.cell.place,
          routePlace: trip.cell.place))
    }
  }

  /// Notes that something is left out.
  mutating func skip(_ what: String, at place: TextPlace) { summary.skip(what, at: place) }

  /// Says what of a file was left out, once for each kind; to be called at the end of each file.
  mutating func finishFile(_ log: inout DiagnosticLog) {
    for (what, skipped) in summary.skipped.sorted(by: { ($0.value.place, $0.key) < ($1.value.place, $1.key) })
    {
      log.warning("\(skipped.count) \(what) left out", at: skipped.place)
    }
    summary.stops.tell(&log)
    summary = Summary()
  }

  // MARK: Routes

  /// Routes inside a distribution may have names of their own.
  private mutating func declareInner(_ node: XMLNode, file: Int, _ log: inout DiagnosticLog) {
    for child in node.children("route") {
      guard let id = child["id"], let edges = child["edges"] else { continue }
      routes[id] = (.edges(edges.words), Place(file: file, at: child.place))
    }
  }

  private func way(_ node: XMLNode, _ log: inout DiagnosticLog) -> Way? {
    if node.name == "routeDistribution" { return distribution(node, &log) }
    if let id = node["refId"] { return .named(id) }
    guard let edges = node.text("edges", &log)?.words else { return nil }
    guard !edges.isEmpty else {
      log.error("a route without edges", at: node.place, quote: "edges")
      return nil
    }
    return .edges(edges)
  }

  private func distribution(_ node: XMLNode, _ log: inout DiagnosticLog) -> Way? {
    var ways: [Way] = []
    var shares: [Double] = []
    for child in node.children("route") {
      guard let way = way(child, &log), let share = child.number("probability", default: 1, &log) else {
        return nil
      }
      ways.append(way)
      shares.append(share)
    }
    let probabilities = (node["probabilities"] ?? "").words
    for (position, name) in (node["routes"] ?? "").words.enumerated() {
      ways.append(.named(name))
      shares.append(
        probabilities.indices.contains(position) ? Double(plain: probabilities[position]) ?? -1 : 1)
    }
    let total = shares.reduce(0, +)
    guard shares.allSatisfy({ $0 >= 0 && $0.isFinite }), total > 0, total.isFinite else {
      log.error(
        "a route distribution needs routes with probabilities of 0 or more, one of them above 0",
        at: node.place)
      return nil
    }
    return .choice(ways, shares: shares.map { $0 / total })
  }

  private func way(of node: XMLNode, _ log: inout DiagnosticLog) -> Way? {
    if let inner = Self.innerRoute(node) { return way(inner, &log) }
    if let name = node["route"] { return .named(name) }
    // Edges count before the zones that they were taken from, as in SUMO and in what od2trips writes.
    if let from = node["from"]?.words.first, let to = node["to"]?.words.first {
      return .stops([from] + (node["via"] ?? "").words + [to])
    }
    func end(_ name: String) -> End? {
      node[name]?.words.first.map(End.edge) ?? node[name + "Taz"].map(End.zone)
        ?? node[name + "Junction"].map(End.junction)
    }
    if let from = end("from"), let to = end("to") { return .between(from, to) }
    log.error(
      "<\(node.name)> '\(node["id"] ?? "")' has neither a route nor ends: edges, zones or junctions",
      at: node.place,
      quote: node["id"])
    return nil
  }

  private static func innerRoute(_ node: XMLNode) -> XMLNode? {
    node.children.first { $0.name == "route" || $0.name == "routeDistribution" }
  }

  // MARK: Vehicles, trips and flows

  private mutating func traveller(
    _ node: XMLNode, _ place: Place, _ log: inout DiagnosticLog
  ) -> Traveller? {
    guard let id = node.text("id", &log) else { return nil }
    summary.stops.add(node)
    let way = way(of: node, &log)
    if case .between = way, node["via"] != nil {
      summary.skip("trips between zones or junctions by way of edges", at: node.place)
      return nil
    }
    let schedule = node.name == "flow" ? flowSchedule(node, &log) : departure(node, &log)
    let lane = departureLane(node, &log)
    let insertion = insertion(node, &log)
    guard let way, let schedule, let lane, let insertion else { return nil }
    return Traveller(
      id: id, type: node["type"], way: way, schedule: schedule, lane: lane, insertion: insertion,
      place: place,
      routePlace: Place(file: place.file, at: Self.innerRoute(node)?.place ?? place.at))
  }

  mutating func departure(_ node: XMLNode, _ log: inout DiagnosticLog) -> Schedule? {
    guard let text = node.text("depart", &log) else { return nil }
    if text == "begin" { return .once(defaultBegin) }
    if ["triggered", "containerTriggered", "split", "now"].contains(text) {
      skip("\(node.name == "person" ? "persons" : "vehicles") without a departure time", at: node.place)
      return nil
    }
    return time(text, "depart", node, &log).map(Schedule.once)
  }

  func time(_ text: String, _ attribute: String, _ node: XMLNode, _ log: inout DiagnosticLog)
    -> Double?
  {
    if let time = XMLTime.seconds(text) { return time }
    log.error("'\(attribute)' must be seconds or h:m:s, not '\(text)'", at: node.place, quote: text)
    return nil
  }

  func flowSchedule(_ node: XMLNode, _ log: inout DiagnosticLog) -> Schedule? {
    let begin =
      node["begin"].map { $0 == "begin" ? defaultBegin : time($0, "begin", node, &log) }
      ?? defaultBegin
    let ownEnd = node["end"].map { time($0, "end", node, &log) }
    guard let begin else { return nil }
    if case .some(.none) = ownEnd { return nil }
    let end = (ownEnd ?? nil) ?? max(defaultEnd ?? 0, begin + (defaultEnd == nil ? Self.endlessFlow : 0))
    var count: Int?
    if node["number"] != nil {
      guard let number = node.position("number", &log) else { return nil }
      count = number
    }
    let rates = ["period", "vehsPerHour", "perHour", "probability"].filter { node[$0] != nil }
    guard rates.count <= 1, rates.count == 1 || count != nil else {
      log.error(
        "flow '\(node["id"] ?? "")' needs one of period, vehsPerHour, perHour, probability, number; it has "
          + (rates.isEmpty ? "none" : rates.joined(separator: " and ")),
        at: node.place, quote: node["id"])
      return nil
    }
    guard let rate = rates.first else { return spread(count ?? 0, from: begin, to: end, node, &log) }
    if count != nil, node["end"] != nil {
      log.error(
        "flow '\(node["id"] ?? "")' has '\(rate)', so it may have 'end' or 'number', not both",
        at: node.place,
        quote: node["id"])
      return nil
    }
    return flow(rate, from: begin, to: end, count: count, node, &log)
  }

  private func spread(
    _ count: Int, from begin: Double, to end: Double, _ node: XMLNode, _ log: inout DiagnosticLog
  ) -> Schedule? {
    guard end >= begin else { return badEnd(node, &log) }
    if end == begin, count > 0 { return .together(begin, count: count) }
    guard count > 0 else { return .regular(begin: begin, period: 1, end: begin, count: 0) }
    return .regular(begin: begin, period: (end - begin) / Double(count), end: end, count: count)
  }

  private func badEnd(_ node: XMLNode, _ log: inout DiagnosticLog) -> Schedule? {
    log.error("flow '\(node["id"] ?? "")' ends before it begins", at: node.place, quote: node["end"])
    return nil
  }

  private func flow(
    _ attribute: String, from begin: Double, to end: Double, count: Int?, _ node: XMLNode,
    _ log: inout DiagnosticLog
  ) -> Schedule? {
    let text = node[attribute] ?? ""
    let isRandom = attribute == "period" && text.hasPrefix("exp(") && text.hasSuffix(")")
    let number = Double(plain: isRandom ? String(text.dropFirst(4).dropLast()) : text) ?? .nan
    let highest = attribute == "probability" ? 1.0 : Self.highestNumber
    guard number > 0, number <= highest else {
      log.error(
        "'\(attribute)' must be a number above 0"
          + (attribute == "probability" ? " and at most 1" : attribute == "period" ? " or exp(rate)" : "")
          + ", not '\(text)'",
        at: node.place, quote: text)
      return nil
    }
    let rate =
      switch attribute {
      case "probability": number
      case "period": isRandom ? number : 1 / number
      default: Quantities.perSecond(vehiclesPerHour: number)
      }
    // A flow with a number of vehicles ends with the last of them.
    let end = count.map { begin + Double($0) / rate } ?? end
    guard end >= begin else { return badEnd(node, &log) }
    guard end > begin else {
      if count == nil {
        log.warning(
          "flow '\(node["id"] ?? "")' ends when it begins: no vehicle departs", at: node.place,
          quote: node["end"])
      }
      return .regular(begin: begin, period: 1, end: begin, count: 0)
    }
    if isRandom || attribute == "probability" {
      return .random(begin: begin, end: end, rate: rate, process: isRandom ? .poisson : .bernoulli)
    }
    return .regular(begin: begin, period: attribute == "period" ? number : 1 / rate, end: end, count: count)
  }

  private static let highestNumber = 1e9

  private func departureLane(_ node: XMLNode, _ log: inout DiagnosticLog) -> DepartureLane? {
    switch node["departLane"] ?? "best_prob" {
    case "first": return .choice(.position(0))
    case "best", "best_prob": return .choice(.best)
    case "free", "random", "allowed": return .choice(.emptiest)
    default:
      return node.position("departLane", &log).map(DepartureLane.number)
    }
  }

  private func insertion(_ node: XMLNode, _ log: inout DiagnosticLog) -> Insertion? {
    var insertion = Insertion()
    switch node["departPos"] ?? "base" {
    case "random", "random_free", "free", "random_location": insertion.place = .anywhere
    default: insertion.place = .begin
    }
    switch node["departSpeed"] ?? "avg" {
    case "max", "desired", "speedLimit", "random": insertion.speed = .free
    case "avg", "last": insertion.speed = .average
    case let text:
      guard let speed = Double(plain: text), speed >= 0 else {
        log.error(
          "'departSpeed' must be a number from 0, max, desired, speedLimit, last, avg or random, not '\(text)'",
          at: node.place, quote: text)
        return nil
      }
      insertion.speed = .metresPerSecond(speed)
    }
    return insertion
  }
}

extension RouteElements.Traveller {
  /// Absolute time of the first departure that the element asks for, s.
  var firstDeparture: Double { schedule.begin }
}

extension RouteElements.Schedule {
  /// Absolute time of the first departure, s.
  var begin: Double {
    switch self {
    case .once(let time), .together(let time, _): time
    case .regular(let begin, _, _, _): begin
    case .random(let begin, _, _, _): begin
    }
  }
}
