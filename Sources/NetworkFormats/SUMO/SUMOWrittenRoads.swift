internal import NetworkBuilding
internal import TrafficModel

/// Nodes, edges, connections and signals of a scenario in SUMO's plain XML.
struct SUMOWrittenRoads {
  private(set) var losses: [String] = []
  /// By link: its edge.
  let links: [String]
  private let junctions: [String]
  private let controllers: [String]
  private let scenario: Scenario
  private var network: Network { scenario.network }
  /// By controller and group: its letter in the states; nil for groups that control no way of vehicles.
  private let letters: [[Int?]]

  init(_ scenario: Scenario) {
    self.scenario = scenario
    let network = scenario.network
    let names = [
      SUMOWriter.names(network.links.map(\.name)), SUMOWriter.names(network.junctions.map(\.name)),
      SUMOWriter.names(network.controllers.map(\.name)),
    ]
    (links, junctions, controllers) = (names[0].all, names[1].all, names[2].all)
    letters = network.connectionsOfGroup.map { groups in
      var next = 0
      return groups.map { connections in
        guard !connections.isEmpty else { return nil }
        next += 1
        return next - 1
      }
    }
    findLosses(changedNames: names.reduce(0) { $0 + $1.changed })
  }

  // MARK: Nodes and edges

  var nodes: String {
    var text = SUMOWriter.head + "<nodes>\n"
    let passed = Set(network.movements.map(\.junction.index))
    for (index, junction) in network.junctions.enumerated() {
      var attributes = [
        ("id", junctions[index]), ("x", SUMOPlan.number(junction.position.x)),
        ("y", SUMOPlan.number(junction.position.y)),
      ]
      switch junction.control {
      case .signalled(let id): attributes += [("type", "traffic_light"), ("tl", controllers[id.index])]
      case .priority: attributes.append(("type", "priority"))
      case .rightBeforeLeft: attributes.append(("type", "right_before_left"))
      case .allWayStop: attributes.append(("type", "allway_stop"))
      case .uncontrolled:
        attributes.append(("type", passed.contains(index) ? "unregulated" : "dead_end"))
      }
      text += "  \(SUMOWriter.tag("node", attributes))/>\n"
    }
    return text + "</nodes>\n"
  }

  var edges: String {
    var text = SUMOWriter.head + "<edges>\n"
    for (index, link) in network.links.enumerated() {
      let lanes = network.lanesOfLink[index]
      var attributes = [
        ("id", links[index]), ("from", junctions[link.from.index]), ("to", junctions[link.to.index]),
        ("numLanes", String(lanes.count)), ("speed", SUMOPlan.number(link.speed)),
        ("length", SUMOPlan.number(link.length)), ("priority", isMinor(LinkID(index)) ? "1" : "2"),
      ]
      if !link.street.isEmpty { attributes.append(("name", link.street)) }
      if link.shape.count > 1 {
        let points = link.shape.map { "\(SUMOPlan.number($0.x)),\(SUMOPlan.number($0.y))" }
        attributes.append(("shape", points.joined(separator: " ")))
      }
      let own = lanes.filter { network.lanes[$0].speed != link.speed }
      text += "  \(SUMOWriter.tag("edge", attributes))"
      if own.isEmpty {
        text += "/>\n"
        continue
      }
      text += ">\n"
      for lane in own {
        let attributes = [
          ("index", String(network.lanes[lane].position)),
          ("speed", SUMOPlan.number(network.lanes[lane].speed)),
        ]
        text += "    \(SUMOWriter.tag("lane", attributes))/>\n"
      }
      text += "  </edge>\n"
    }
    return text + "</edges>\n"
  }

  /// Whether what drives straight on from a link waits for traffic from others.
  private func isMinor(_ link: LinkID) -> Bool {
    let movements = network.movementsFromLink[link.index]
    let straight = movements.filter { network[$0].turn == .through }
    return (straight.isEmpty ? movements : straight).contains { movement in
      network[movement].connections.contains { id in network.conflicts[id.index].contains(where: \.yields) }
    }
  }

  // MARK: Connections and signals

  private func attributes(of connection: LaneConnection) -> [(String, String)] {
    let (from, to) = (network[connection.from], network[connection.to])
    return [
      ("from", links[from.link.index]), ("to", links[to.link.index]), ("fromLane", String(from.position)),
      ("toLane", String(to.position)),
    ]
  }

  var connections: String {
    var text = SUMOWriter.head + "<connections>\n"
    for connection in network.connections {
      var attributes = attributes(of: connection)
      attributes.append(("speed", SUMOPlan.number(connection.speed)))
      let junction = network[network[network[connection.from].link].to]
      if connection.signal == nil, junction.isSignalled { attributes.append(("uncontrolled", "1")) }
      text += "  \(SUMOWriter.tag("connection", attributes))/>\n"
    }
    return text + "</connections>\n"
  }

  var signals: String {
    var text = SUMOWriter.head + "<tlLogics>\n"
    for (index, letters) in letters.enumerated() {
      guard let program = scenario.periods.first?.existingPlan.programs[index] else { continue }
      let attributes = [
        ("id", controllers[index]), ("type", "static"), ("programID", "0"),
        ("offset", SUMOPlan.number(program.offset)),
      ]
      text += "  \(SUMOWriter.tag("tlLogic", attributes))>\n"
      for interval in program.intervals {
        let state = zip(interval.states, letters).filter { $0.1 != nil }.map(\.0.rawValue).joined()
        let attributes = [("duration", SUMOPlan.number(interval.duration)), ("state", state)]
        text += "    \(SUMOWriter.tag("phase", attributes))/>\n"
      }
      text += "  </tlLogic>\n"
    }
    for connection in network.connections {
      guard let signal = connection.signal,
        let letter = letters[signal.controller.index][signal.group]
      else { continue }
      let attributes =
        attributes(of: connection) + [
          ("tl", controllers[signal.controller.index]), ("linkIndex", String(letter)),
        ]
      text += "  \(SUMOWriter.tag("connection", attributes))/>\n"
    }
    return text + "</tlLogics>\n"
  }

  private mutating func findLosses(changedNames: Int) {
    func lose(_ isLost: Bool, _ words: String) { if isLost { losses.append(words) } }
    lose(
      changedNames > 0,
      "\(counted(changedNames, "name")) with spaces or signs that SUMO's names may not have: they become '_'")
    let pockets = network.lanes.count { $0.length < network[$0.link].length }
    lose(pockets > 0, "\(counted(pockets, "turn pocket")) as long as the road: plain XML's lanes all are")
    lose(network.links.contains { $0.queueLimit != nil }, "limits of queues are left out: SUMO has none")
    lose(
      !network.connections.isEmpty,
      "saturation flows, lost times, lengths of ways and who yields where are left out: SUMO has its own")
    lose(!network.crossings.isEmpty, "pedestrian crossings and their signals are left out")
    lose(
      !network.controllers.isEmpty,
      "names of signal groups, minimum greens, intergreens and cycle ranges are left out: SUMO's signals have letters"
    )
  }
}
