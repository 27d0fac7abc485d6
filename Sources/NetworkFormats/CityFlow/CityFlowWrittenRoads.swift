internal import NetworkBuilding
internal import TrafficModel

/// The roads of a scenario, and the plan of its first period, as CityFlow's road network.
struct CityFlowWrittenRoads {
  private(set) var losses: [String] = []
  private let scenario: Scenario
  private var network: Network { scenario.network }
  private let drawing: CityFlowDrawing
  /// By junction: its road links, each with the connections of a movement that one signal group controls.
  private let roadLinks: [[[ConnectionID]]]

  init(_ scenario: Scenario) {
    self.scenario = scenario
    let network = scenario.network
    drawing = CityFlowDrawing(network)
    var roadLinks = network.junctions.map { _ in [[ConnectionID]]() }
    for movement in network.movements {
      var groups: [SignalGroupReference?] = []
      var members: [[ConnectionID]] = []
      for id in movement.connections {
        let signal = network[id].signal
        if let index = groups.firstIndex(of: signal) {
          members[index].append(id)
        } else {
          groups.append(signal)
          members.append([id])
        }
      }
      roadLinks[movement.junction.index] += members
    }
    self.roadLinks = roadLinks
    findLosses()
  }

  var text: String {
    let intersections = network.junctions.indices.map(intersection)
    let roads = network.links.indices.map(road)
    return "{\"intersections\": \(JSONWriting.lines(intersections, indent: " ")),\n"
      + "\"roads\": \(JSONWriting.lines(roads, indent: " "))}\n"
  }

  private func road(_ index: Int) -> String {
    let link = network.links[index]
    // From the middle of the road.
    let lanes = network.lanesOfLink[index].reversed().map { lane in
      "{\"width\": \(plainNumber(CityFlowDrawing.laneWidth)), \"maxSpeed\": \(plainNumber(network.lanes[lane].speed))}"
    }
    let points = drawing.lines[index].map(JSONWriting.point)
    return "{\"id\": \(JSONWriting.quoted(link.name)), \"points\": \(JSONWriting.list(points)), "
      + "\"lanes\": \(JSONWriting.list(Array(lanes))), "
      + "\"startIntersection\": \(JSONWriting.quoted(network[link.from].name)), "
      + "\"endIntersection\": \(JSONWriting.quoted(network[link.to].name))}"
  }

  private func intersection(_ index: Int) -> String {
    let junction = network.junctions[index]
    let roads = network.links.filter { $0.from.index == index || $0.to.index == index }.map {
      JSONWriting.quoted($0.name)
    }
    let links = roadLinks[index]
    var text =
      "{\"id\": \(JSONWriting.quoted(junction.name)), \"point\": \(JSONWriting.point(junction.position)), "
      + "\"width\": 0, \"virtual\": \(links.isEmpty), \"roads\": \(JSONWriting.list(roads)),\n  \"roadLinks\": "
    text += JSONWriting.lines(links.map(roadLink), indent: "   ")
    let indices = links.indices.map(String.init)
    let phases = phases(of: index).map { phase in
      "{\"time\": \(plainSeconds(phase.time)), \"availableRoadLinks\": \(JSONWriting.list(phase.available.map(String.init)))}"
    }
    return text + ",\n  \"trafficLight\": {\"roadLinkIndices\": \(JSONWriting.list(indices)), "
      + "\"lightphases\": \(JSONWriting.lines(phases, indent: "   "))}}"
  }

  private func roadLink(_ connections: [ConnectionID]) -> String {
    let first = network[connections[0]]
    let (from, to) = (network[first.from].link, network[first.to].link)
    let type =
      switch first.turn {
      case .through: "go_straight"
      case .left, .uTurn: "turn_left"
      case .right: "turn_right"
      }
    let laneLinks = connections.map { id -> String in
      let connection = network[id]
      let start = network.lanesOfLink[from.index].count - 1 - network[connection.from].position
      let end = network.lanesOfLink[to.index].count - 1 - network[connection.to].position
      let points = drawing.way(id).map(JSONWriting.point)
      return
        "{\"startLaneIndex\": \(start), \"endLaneIndex\": \(end), \"points\": \(JSONWriting.list(points))}"
    }
    return "{\"type\": \"\(type)\", \"startRoad\": \(JSONWriting.quoted(network[from].name)), "
      + "\"endRoad\": \(JSONWriting.quoted(network[to].name)), \"direction\": 0, "
      + "\"laneLinks\": \(JSONWriting.list(laneLinks))}"
  }

  // MARK: Signals

  /// How long what always is the same lasts, s: CityFlow wants a phase everywhere.
  private static let always = 60.0

  /// What a junction shows from the period's begin on: how long, and which road links have green.
  private func phases(of junction: Int) -> [(time: Double, available: [Int])] {
    let links = roadLinks[junction]
    guard case .signalled(let id) = network.junctions[junction].control,
      let period = scenario.periods.first, let program = period.existingPlan[id], program.cycle > 0
    else { return [(Self.always, Array(links.indices))] }
    var phases: [(time: Double, available: [Int])] = []
    func add(_ time: Double, _ states: [SignalState]) {
      let available = links.indices.filter { link in
        network[links[link][0]].signal.map { states[$0.group].mayGo } ?? true
      }
      if phases.last?.available == available {
        phases[phases.count - 1].time += time
      } else {
        phases.append((time, available))
      }
    }
    // The row that runs as the period begins comes first, what has passed of it last.
    var position = program.positionInCycle(at: period.demand.begin)
    var first = 0
    while first + 1 < program.intervals.count, position >= program.intervals[first].duration {
      position -= program.intervals[first].duration
      first += 1
    }
    let rows = program.intervals
    add(rows[first].duration - position, rows[first].states)
    for row in rows[(first + 1)...] + rows[..<first] { add(row.duration, row.states) }
    if position > 0 { add(position, rows[first].states) }
    // Sums of tenths of seconds shall read as tenths.
    return phases.map { (($0.time * 1e6).rounded() / 1e6, $0.available) }.filter { $0.0 > 0 }
  }

  // MARK: What is left out

  private mutating func findLosses() {
    let drawnBent = drawing.bent
    func lose(_ isLost: Bool, _ words: String) { if isLost { losses.append(words) } }
    lose(
      network.links.contains { !$0.street.isEmpty }, "names of streets are left out: CityFlow has none")
    lose(
      network.links.contains { $0.queueLimit != nil }, "limits of queues are left out: CityFlow has none")
    let pockets = network.lanes.count { $0.length < network[$0.link].length }
    lose(
      pockets > 0, "\(counted(pockets, "turn pocket")) as long as the road: CityFlow's lanes all are")
    lose(
      drawnBent > 0,
      "\(counted(drawnBent, "road")) drawn with a bend or cut: the length counts, and is not the distance of the junctions"
    )
    lose(
      !network.connections.isEmpty,
      "ways through junctions are as long as they are drawn, and driven at CityFlow's own speeds")
    lose(
      !network.connections.isEmpty,
      "saturation flows and lost times are left out: CityFlow's vehicles have them from how they drive")
    lose(!network.crossings.isEmpty, "pedestrian crossings are left out: CityFlow has none")
    let unsignalled = network.junctions.indices.count { index in
      let control = network.junctions[index].control
      return !roadLinks[index].isEmpty && control != .uncontrolled && !network.junctions[index].isSignalled
    }
    lose(
      unsignalled > 0,
      "right of way at \(counted(unsignalled, "junction")) without signals: in CityFlow straight on goes before left before right"
    )
    guard !network.controllers.isEmpty else { return }
    losses.append(
      "names of controllers and signal groups, minimum greens, intergreens and cycle ranges are left out")
    losses.append("yellow is written as red: CityFlow has none, the next green begins when it did")
    let joined = network.junctionsOfController.count { $0.count > 1 }
    lose(
      joined > 0,
      "\(counted(joined, "controller")) of several junctions: in CityFlow each junction has a signal of its own"
    )
    let states = scenario.periods.prefix(1).flatMap { $0.existingPlan.programs.compactMap { $0 } }
      .flatMap { $0.intervals.flatMap(\.states) }
    lose(
      states.contains { $0.mayGo && !$0.isGreen },
      "turn on red, blinking and switched-off signals are written as green")
  }
}
