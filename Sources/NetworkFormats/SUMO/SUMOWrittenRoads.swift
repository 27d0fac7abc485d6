internal import NetworkBuilding
internal import TrafficModel

/// Nodes, edges and connections of a scenario in SUMO's plain XML.
struct SUMOWrittenRoads {
  let links: SUMOEdges
  private let junctions: [String]
  private let controllers: [String]
  private let network: Network
  private let crossings: SUMOCrossingLegs
  private let changedNames: Int

  init(_ network: Network) {
    self.network = network
    let nodes = SUMOWriter.names(network.junctions.map(\.name))
    let signals = SUMOWriter.names(network.controllers.map(\.name))
    (junctions, controllers) = (nodes.all, signals.all)
    links = SUMOEdges(network, junctions: junctions)
    crossings = SUMOCrossingLegs(network)
    changedNames = nodes.changed + signals.changed + links.changedNames
  }

  // MARK: Nodes and edges

  var nodes: String {
    var text = SUMOWriter.head + "<nodes>\n"
    let passed = Set(network.movements.map(\.junction.index))
    for (index, junction) in network.junctions.enumerated() {
      var attributes = Self.place(junctions[index], junction.position)
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
    for stretch in links.ofLink.joined() where stretch.to == stretch.name {
      let attributes = Self.place(stretch.to, stretch.shape[stretch.shape.count - 1]) + [("type", "priority")]
      text += "  \(SUMOWriter.tag("node", attributes))/>\n"
    }
    return text + "</nodes>\n"
  }

  private static func place(_ name: String, _ position: Point) -> [(String, String)] {
    [("id", name), ("x", SUMOPlan.number(position.x)), ("y", SUMOPlan.number(position.y))]
  }

  var edges: String {
    var text = SUMOWriter.head + "<edges>\n"
    for (index, link) in network.links.enumerated() {
      for stretch in links.ofLink[index] { text += edge(stretch, of: link, LinkID(index)) }
    }
    return text + "</edges>\n"
  }

  private func edge(_ stretch: SUMOEdges.Stretch, of link: Link, _ id: LinkID) -> String {
    let hasSidewalk = links.hasSidewalk[id.index]
    var attributes = [
      ("id", stretch.name), ("from", stretch.from), ("to", stretch.to),
      ("numLanes", String(stretch.lanes.count + (hasSidewalk ? 1 : 0))),
      ("speed", SUMOPlan.number(link.speed)), ("length", SUMOPlan.number(stretch.length)),
      ("priority", isMinor(id) ? "1" : "2"),
    ]
    if !link.street.isEmpty { attributes.append(("name", link.street)) }
    if stretch.shape.count > 1 {
      let points = stretch.shape.map { "\(SUMOPlan.number($0.x)),\(SUMOPlan.number($0.y))" }
      attributes.append(("shape", points.joined(separator: " ")))
    }
    var lanes = hasSidewalk ? [[("index", "0"), ("allow", "pedestrian"), ("width", Self.sidewalkWidth)]] : []
    for lane in stretch.lanes {
      var own: [(String, String)] = []
      if network.lanes[lane].speed != link.speed {
        own.append(("speed", SUMOPlan.number(network.lanes[lane].speed)))
      }
      if hasSidewalk { own.append(("disallow", "pedestrian")) }
      if !own.isEmpty { lanes.append([("index", String(links.number(of: lane, on: stretch)))] + own) }
    }
    let head = "  \(SUMOWriter.tag("edge", attributes))"
    guard !lanes.isEmpty else { return head + "/>\n" }
    return head + ">\n" + lanes.map { "    \(SUMOWriter.tag("lane", $0))/>\n" }.joined() + "  </edge>\n"
  }

  /// m.
  private static let sidewalkWidth = "2"

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
    let (before, after) = (links.last(of: from.link), links.first(of: to.link))
    return [
      ("from", before.name), ("to", after.name),
      ("fromLane", String(links.number(of: connection.from.index, on: before))),
      ("toLane", String(links.number(of: connection.to.index, on: after))),
    ]
  }

  /// Whether a connection yields to one that may have green at the same time.
  private func waitsForGreen(_ connection: LaneConnection, _ index: Int) -> Bool {
    network.conflicts[index].contains { conflict in
      guard conflict.yields else { return false }
      guard let own = connection.signal, let other = network[conflict.other].signal,
        own.controller == other.controller
      else { return true }
      return network[own.controller].conflicts[own.group][other.group] != .exclusive
    }
  }

  var connections: String {
    let drawing = SUMOTurnDrawing(network, links: links)
    var text = SUMOWriter.head + "<connections>\n"
    for (index, connection) in network.connections.enumerated() {
      var attributes = attributes(of: connection)
      attributes.append(("speed", SUMOPlan.number(connection.speed)))
      if connection.length > 0 { attributes.append(("length", SUMOPlan.number(connection.length))) }
      if let waiting = connection.waitingPosition, let drawn = drawing.length(of: connection) {
        // Nought means no such place. Who has one, and nobody with green to wait for, would stop there before those who
        // wait for him in turn.
        let place =
          waitsForGreen(connection, index) ? (waiting / connection.length * drawn * 100).rounded() / 100 : 0
        attributes.append(("contPos", SUMOPlan.number(place)))
      }
      if connection.signal == nil, isSignalled(network[network[connection.from].link].to) {
        attributes.append(("uncontrolled", "1"))
      }
      text += "  \(SUMOWriter.tag("connection", attributes))/>\n"
    }
    for stretches in links.ofLink {
      for (before, after) in zip(stretches, stretches.dropFirst()) {
        for lane in after.lanes {
          guard let from = links.predecessor(of: lane, on: before) else { continue }
          let attributes = [
            ("from", before.name), ("to", after.name),
            ("fromLane", String(links.number(of: from, on: before))),
            ("toLane", String(links.number(of: lane, on: after))),
          ]
          text += "  \(SUMOWriter.tag("connection", attributes))/>\n"
        }
      }
    }
    for (crossing, legs) in zip(network.crossings, crossings.links) {
      guard let signal = crossing.signal, !legs.isEmpty else { continue }
      let edges = legs.map {
        $0 == legs[0] && network[$0].to == crossing.junction ? links.last(of: $0) : links.first(of: $0)
      }
      let attributes = [
        ("node", junctions[crossing.junction.index]), ("edges", edges.map(\.name).joined(separator: " ")),
        ("priority", "true"), ("linkIndex", String(signal.group)),
      ]
      text += "  \(SUMOWriter.tag("crossing", attributes))/>\n"
    }
    return text + "</connections>\n"
  }

  private func isSignalled(_ junction: JunctionID) -> Bool { network[junction].isSignalled }

  /// - Parameter plan: what the signals show.
  func signals(_ plan: TimingPlan) -> String {
    var text = SUMOWriter.head + "<tlLogics>\n"
    for program in plan.programs.compactMap({ $0 }) {
      let spare = spareLetters(program.controller)
      text += SUMOPlan.lines(of: program, network: network, programName: "0", spare: spare)
        .map { $0 + "\n" }.joined()
    }
    for connection in network.connections {
      guard let signal = connection.signal else { continue }
      let attributes =
        attributes(of: connection) + [
          ("tl", controllers[signal.controller.index]), ("linkIndex", String(signal.group)),
        ]
      text += "  \(SUMOWriter.tag("connection", attributes))/>\n"
    }
    return text + "</tlLogics>\n"
  }

  /// netconvert counts as many letters for crossings as there are, after the last of a vehicle's, wherever their own ones
  /// stand; where it misses some it makes up the walks anew.
  private func spareLetters(_ controller: ControllerID) -> Int {
    let vehicles = network.connectionsOfGroup[controller.index].lastIndex { !$0.isEmpty } ?? -1
    let walks = zip(network.crossings, crossings.links).count { crossing, legs in
      crossing.signal?.controller == controller && !legs.isEmpty
    }
    return max(0, vehicles + 1 + walks - network[controller].groups.count)
  }

  // MARK: People

  /// The edges at whose ends somebody stands who is about to cross, and who has crossed; nil where nobody can.
  func walk(over crossing: CrossingID) -> (from: String, to: String)? {
    let legs = crossings.links[crossing.index]
    guard network[crossing].signal != nil, legs.count == 2 else { return nil }
    return (links.last(of: legs[0]).name, links.first(of: legs[1]).name)
  }

  var losses: [String] {
    var losses: [String] = []
    func lose(_ isLost: Bool, _ words: String) { if isLost { losses.append(words) } }
    lose(
      changedNames > 0,
      "\(counted(changedNames, "name")) with spaces or signs that SUMO's names may not have: they become '_'")
    lose(network.links.contains { $0.queueLimit != nil }, "limits of queues are left out: SUMO has none")
    lose(
      !network.connections.isEmpty,
      "who yields without signals is left out: SUMO has rules of its own")
    let lost = zip(network.crossings, crossings.links).count { $0.0.signal == nil || $0.1.isEmpty }
    lose(
      lost > 0,
      "\(counted(lost, "pedestrian crossing")) without a signal, or over legs that cannot be told, left out")
    lose(
      !network.controllers.isEmpty,
      "names of signal groups, minimum greens, intergreens and cycle ranges are left out: SUMO's signals have letters"
    )
    return losses
  }
}
