internal import NetworkBuilding
internal import TrafficModel

extension RouteElements {
  /// A `person` or `personFlow`.
  struct Person {
    /// Where a walk begins or ends.
    enum Spot {
      case edge(String)
      case junction(String)
      /// Where vehicles of public transport halt.
      case stop(String)
    }
    /// What he does before what follows.
    enum Act {
      /// m along the edges where he begins and ends, negative from their ends; nil where the file does not say.
      case along([String], from: Double?, to: Double?)
      case route(String, from: Double?, to: Double?)
      /// From where he is where no other place is named.
      case walk(from: Spot?, to: Spot, departing: Double?, arriving: Double?)
      /// s, and absolute time, s.
      case wait(duration: Double, until: Double)
    }
    var id: String
    var schedule: Schedule
    /// Those before the first one of which nobody knows how long it takes.
    var acts: [Act]
    var place: Place

    /// Absolute time at which the first one sets off, s.
    var firstDeparture: Double { schedule.begin }
  }

  mutating func person(_ node: XMLNode, _ place: Place, _ log: inout DiagnosticLog) -> Person? {
    guard let id = node.text("id", &log) else { return nil }
    let schedule = node.name == "person" ? departure(node, &log) : flowSchedule(node, &log)
    let acts = acts(of: node, &log)
    guard let schedule, let acts else { return nil }
    return Person(id: id, schedule: schedule, acts: acts, place: place)
  }

  private mutating func acts(of node: XMLNode, _ log: inout DiagnosticLog) -> [Person.Act]? {
    var acts: [Person.Act] = []
    for child in node.children {
      // Only the first walk begins where the person does.
      let departing = position(child["departPos"] ?? (acts.isEmpty ? node["departPos"] : nil))
      switch child.name {
      case "walk":
        guard let act = walk(child, departing, &log) else { return acts }
        acts.append(act)
      case "personTrip":
        guard (child["modes"] ?? "").words.isEmpty else {
          skip(
            "trips of persons by car, bicycle, taxi or public transport, and what follows them,",
            at: child.place)
          return acts
        }
        guard let act = walk(child, departing, &log) else { return acts }
        acts.append(act)
      case "ride":
        for ride in node.children("ride") {
          skip("rides of persons, and the walks after them,", at: ride.place)
        }
        return acts
      case "stop":
        let until = child["until"].map { time($0, "until", child, &log) }
        let duration = child["duration"].map { time($0, "duration", child, &log) }
        if case .some(.none) = until { return nil }
        if case .some(.none) = duration { return nil }
        guard until != nil || duration != nil else {
          skip("stops of persons without 'duration' or 'until', and the walks after them,", at: child.place)
          return acts
        }
        acts.append(.wait(duration: max(0, (duration ?? nil) ?? 0), until: (until ?? nil) ?? -.infinity))
      default: break
      }
    }
    return acts
  }

  /// m along an edge; nil where it is left to chance or to SUMO.
  private func position(_ text: String?) -> Double? { text.flatMap { Double(plain: $0) } }

  private mutating func walk(_ node: XMLNode, _ departing: Double?, _ log: inout DiagnosticLog) -> Person.Act?
  {
    let arriving = position(node["arrivalPos"])
    // Crossings and walking areas are found anyway.
    if let edges = node["edges"]?.words.filter({ !$0.hasPrefix(":") }), !edges.isEmpty {
      return .along(edges, from: departing, to: arriving)
    }
    if let route = node["route"] { return .route(route, from: departing, to: arriving) }
    let from = spot(node, edge: "from", junction: "fromJunction", stops: [])
    let to = spot(node, edge: "to", junction: "toJunction", stops: ["busStop", "trainStop"])
    guard let to, from != nil || node["fromTaz"] == nil else {
      skip(
        "walks from or to zones and other places than edges, junctions and halts, and what follows them,",
        at: node.place)
      return nil
    }
    return .walk(from: from, to: to, departing: departing, arriving: arriving)
  }

  private func spot(_ node: XMLNode, edge: String, junction: String, stops: [String]) -> Person.Spot? {
    if let name = node[edge]?.words.first { return .edge(name) }
    if let name = node[junction] { return .junction(name) }
    return stops.compactMap { node[$0] }.first.map { .stop($0) }
  }
}
