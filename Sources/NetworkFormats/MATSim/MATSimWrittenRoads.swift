internal import NetworkBuilding
internal import TrafficModel

/// The network of a scenario, with a lane definition for each lane that traffic leaves a link by.
struct MATSimWrittenRoads {
  private(set) var losses: [String] = []
  /// By link: its name in MATSim, which has spaces between names in routes and so none in them.
  let links: [String]
  private let model: Network

  init(_ network: Network) {
    model = network
    let names = PlainNames(network.links.map(\.name)) { $0.isWhitespace }
    links = names.all
    if names.changed > 0 {
      losses.append("\(counted(names.changed, "link name")) with spaces, which become '_'")
    }
    findLosses()
  }

  /// The name of a lane.
  func name(of lane: LaneID) -> String { "\(links[model[lane].link.index]).\(model[lane].position + 1)" }

  /// The largest saturation flow of what leaves a lane, veh/h; the usual one where nothing does.
  private func capacity(_ lane: Int) -> Double {
    let flows = model.connectionsFromLane[lane].map { model[$0].saturationFlow }
    let usual = UsualFigures.throughFlow
    return ((flows.max() ?? usual) * Quantities.secondsPerHour * 1e6).rounded() / 1e6
  }

  private func isPocket(_ lane: Int) -> Bool {
    model.lanes[lane].length < model[model.lanes[lane].link].length
  }

  var network: String {
    var text = MATSimXML.head("network", doctype: "network_v2") + "<network>\n  <nodes>\n"
    for junction in model.junctions {
      text +=
        "    <node id=\"\(XMLText.escaped(junction.name))\" x=\"\(plainNumber(junction.position.x))\" y=\"\(plainNumber(junction.position.y))\"/>\n"
    }
    text += "  </nodes>\n  <links capperiod=\"01:00:00\">\n"
    for (index, link) in model.links.enumerated() {
      let full = model.lanesOfLink[index].filter { !isPocket($0) }
      let capacity = full.reduce(0) { $0 + self.capacity($1) }
      text +=
        "    <link id=\"\(XMLText.escaped(links[index]))\" from=\"\(XMLText.escaped(model[link.from].name))\" to=\"\(XMLText.escaped(model[link.to].name))\" "
        + "length=\"\(plainNumber(link.length))\" freespeed=\"\(plainNumber(link.speed))\" capacity=\"\(plainNumber(capacity))\" "
        + "permlanes=\"\(max(full.count, 1))\" oneway=\"1\" modes=\"car\"/>\n"
    }
    return text + "  </links>\n</network>\n"
  }

  var lanes: String {
    var text = MATSimXML.open("laneDefinitions")
    for (index, link) in model.links.enumerated() where !model.movementsFromLink[index].isEmpty {
      let here = model.lanesOfLink[index].filter { !model.connectionsFromLane[$0].isEmpty }
      let full = model.lanesOfLink[index].filter { !isPocket($0) }
      let pocket = here.filter(isPocket).map { model.lanes[$0].length }.max()
      // Lanes begin somewhere on the link, where its original lane ends; permanent ones before all pockets.
      let begin = pocket.map { ($0 + link.length) / 2 } ?? link.length / 2
      text +=
        "  <lanesToLinkAssignment linkIdRef=\"\(XMLText.escaped(links[index]))\">\n    <lane id=\"\(XMLText.escaped(links[index])).ol\">\n      <leadsTo>\n"
      for lane in here {
        text += "        <toLane refId=\"\(XMLText.escaped(name(of: LaneID(lane))))\"/>\n"
      }
      let capacity = full.reduce(0) { $0 + self.capacity($1) }
      text += end(count: max(full.count, 1), capacity: capacity, begin: link.length, alignment: 0)
      for lane in here {
        var targets: [LinkID] = []
        for id in model.connectionsFromLane[lane] {
          let target = model[model[id].to].link
          if !targets.contains(target) { targets.append(target) }
        }
        text += "    <lane id=\"\(XMLText.escaped(name(of: LaneID(lane))))\">\n      <leadsTo>\n"
        for target in targets.sorted() {
          text += "        <toLink refId=\"\(XMLText.escaped(links[target.index]))\"/>\n"
        }
        text += end(
          count: 1, capacity: self.capacity(lane), begin: isPocket(lane) ? model.lanes[lane].length : begin,
          alignment: model.lanes[lane].position)
      }
      text += "  </lanesToLinkAssignment>\n"
    }
    return text + "</laneDefinitions>\n"
  }

  private func end(count: Int, capacity: Double, begin: Double, alignment: Int) -> String {
    "      </leadsTo>\n      <representedLanes number=\"\(count)\"/>\n      <capacity vehiclesPerHour=\"\(plainNumber(capacity))\"/>\n"
      + "      <startsAt meterFromLinkEnd=\"\(plainNumber(begin))\"/>\n      <alignment>\(alignment)</alignment>\n    </lane>\n"
  }

  private mutating func findLosses() {
    func lose(_ isLost: Bool, _ words: String) { if isLost { losses.append(words) } }
    lose(model.links.contains { !$0.street.isEmpty }, "names of streets are left out")
    lose(
      model.links.contains { !$0.shape.isEmpty },
      "the lines along which roads run are left out: MATSim's are straight")
    lose(model.links.contains { $0.queueLimit != nil }, "limits of queues are left out: MATSim has none")
    lose(
      model.lanes.contains { $0.speed != model[$0.link].speed },
      "lanes with a speed of their own have the link's")
    lose(
      !model.connections.isEmpty,
      "which lane a way leads to, its length and its speed are left out: MATSim's lanes lead to links")
    let mixed = model.lanes.indices.count { lane in
      Set(model.connectionsFromLane[lane].map { model[$0].saturationFlow }).count > 1
    }
    lose(
      mixed > 0,
      "\(counted(mixed, "lane")) of several turns: a lane has one capacity, the largest of their saturation flows"
    )
    lose(
      !model.connections.isEmpty,
      "start-up lost times and used yellow are left out: MATSim knows capacity only")
    let dead = model.lanes.indices.count { lane in
      model.connectionsFromLane[lane].isEmpty
        && !model.movementsFromLink[model.lanes[lane].link.index].isEmpty
    }
    lose(dead > 0, "\(counted(dead, "lane")) without a way on: MATSim's lanes lead somewhere")
    lose(!model.crossings.isEmpty, "pedestrian crossings are left out: MATSim's signals are for vehicles")
    let unsignalled = model.junctions.count { !$0.isSignalled && $0.control != .uncontrolled }
    lose(
      unsignalled > 0,
      "right of way at \(counted(unsignalled, "junction")) without signals: MATSim has none")
  }
}
