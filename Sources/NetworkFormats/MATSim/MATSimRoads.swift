internal import TrafficModel

/// Nodes, links and lanes of a MATSim scenario.
struct MATSimRoads {
  /// Lanes side by side that end at the stop line.
  struct StopLane {
    var id: String
    /// How many lanes it stands for.
    var count: Int
    /// m before the stop line; nil for lanes as long as the link.
    var pocket: Double?
    /// Links that it leads to.
    var targets: [Int]
    /// veh/s and lane; nil where the link's counts.
    var capacity: Double?
  }
  private(set) var junctions: [Junction] = []
  private(set) var links: [Link] = []
  /// By link: veh/s of one lane.
  private(set) var capacities: [Double] = []
  /// By link: permanent lanes.
  private(set) var permanentLanes: [Int] = []
  private(set) var linkOfID: [String: Int] = [:]
  /// Links that cars may not use.
  private(set) var otherLinks: Set<String> = []
  /// By link: line in the file.
  private(set) var lines: [Int] = []
  /// By link: its lanes from the kerb; nil where no file tells of them.
  private(set) var stopLanes: [[StopLane]?] = []
  /// By link: the links that begin where it ends.
  private(set) var successors: [[Int]] = []
  private var nodeOfID: [String: Int] = [:]

  init(_ file: MATSimFile) {
    file.read(["network"]) { element in
      switch element.name {
      case "nodes": for node in element.children("node") { addNode(node, &file.log) }
      case "links":
        let period = element["capperiod"] ?? "01:00:00"
        let seconds = file.time(period, of: "capperiod", line: element.line) ?? 3600
        if seconds <= 0 { file.log.error("'capperiod' must be above 0", line: element.line, quote: period) }
        for link in element.children("link") { addLink(link, capacityPeriod: max(seconds, 1), &file.log) }
      default: break
      }
    }
    if links.isEmpty, !file.log.hasErrors { file.log.error("the network has no link that cars may use") }
    stopLanes = links.map { _ in nil }
    var leaving = junctions.map { _ in [Int]() }
    for (index, link) in links.enumerated() { leaving[link.from.index].append(index) }
    successors = links.map { leaving[$0.to.index] }
  }

  private mutating func addNode(_ node: XMLNode, _ log: inout DiagnosticLog) {
    guard let id = node.text("id", &log), let x = node.number("x", &log), let y = node.number("y", &log)
    else {
      return
    }
    guard nodeOfID.updateValue(junctions.count, forKey: id) == nil else {
      log.error("the node '\(id)' is there twice", line: node.line, quote: id)
      return
    }
    junctions.append(Junction(name: id, position: Point(x: x, y: y), control: .uncontrolled))
  }

  private mutating func addLink(_ node: XMLNode, capacityPeriod: Double, _ log: inout DiagnosticLog) {
    let id = node.text("id", &log)
    let (from, to) = (end("from", node, &log), end("to", node, &log))
    guard let id else { return }
    let modes = (node["modes"] ?? "car").split(separator: ",").flatMap { String($0).words }
    guard modes.contains("car") else {
      otherLinks.insert(id)
      return
    }
    func number(_ attribute: String, _ range: ClosedRange<Double>) -> Double? {
      guard let value = node.number(attribute, &log) else { return nil }
      guard range.contains(value) else {
        log.error(
          "'\(attribute)' must be in \(plainNumber(range.lowerBound)) … \(plainNumber(range.upperBound)), not \(node[attribute] ?? "")",
          line: node.line, quote: node[attribute])
        return nil
      }
      return value
    }
    let length = number("length", 0.01...Network.longestLength)
    // Links for loading the network are as fast as nothing on wheels.
    let speed = node.number("freespeed", &log)
    if let speed, speed <= 0 {
      log.error("'freespeed' must be above 0", line: node.line, quote: node["freespeed"])
    }
    let capacity = number("capacity", 0.001...1e9)
    let lanes = number("permlanes", 0.01...100)
    guard linkOfID[id] == nil else {
      log.error("the link '\(id)' is there twice", line: node.line, quote: id)
      return
    }
    guard let from, let to, let length, let speed, speed > 0, let capacity, let lanes else { return }
    linkOfID[id] = links.count
    links.append(
      Link(
        name: id, from: JunctionID(from), to: JunctionID(to), length: length,
        speed: min(speed, Network.highestSpeed)))
    capacities.append(capacity / capacityPeriod / lanes)
    permanentLanes.append(max(1, Int(lanes.rounded())))
    lines.append(node.line)
  }

  private func end(_ attribute: String, _ node: XMLNode, _ log: inout DiagnosticLog) -> Int? {
    guard let id = node.text(attribute, &log) else { return nil }
    if let index = nodeOfID[id] { return index }
    log.unknown("node", id, line: node.line, known: junctions.map(\.name))
    return nil
  }

  // MARK: Lanes

  mutating func readLanes(_ file: MATSimFile) {
    file.read(["laneDefinitions"], texts: ["alignment"]) { element in
      guard element.name == "lanesToLinkAssignment", let id = element.text("linkIdRef", &file.log) else {
        return
      }
      guard let link = linkOfID[id] else {
        if !otherLinks.contains(id) {
          file.log.unknown("link", id, line: element.line, known: links.map(\.name))
        }
        return
      }
      readLanes(of: link, element, &file.log)
    }
  }

  private mutating func readLanes(of link: Int, _ element: XMLNode, _ log: inout DiagnosticLog) {
    var lanes: [(lane: StopLane, starts: Double, alignment: Int)] = []
    for node in element.children("lane") {
      guard let id = node.text("id", &log) else { continue }
      let targets = node.children("leadsTo").flatMap { $0.children("toLink") }
      // Others lead to lanes of the same link.
      guard !targets.isEmpty else { continue }
      var indices: [Int] = []
      for target in targets {
        guard let name = target.text("refId", &log) else { continue }
        guard let index = linkOfID[name] else {
          if !otherLinks.contains(name) {
            log.unknown("link", name, line: target.line, known: links.map(\.name))
          }
          continue
        }
        guard successors[link].contains(index) else {
          log.error(
            "lane '\(id)': link '\(name)' does not begin where '\(links[link].name)' ends", line: target.line,
            quote: name)
          continue
        }
        indices.append(index)
      }
      let count = node.children("representedLanes").first?.number("number", default: 1, &log) ?? 1
      let capacity = node.children("capacity").first?.number("vehiclesPerHour", &log)
      let starts = node.children("startsAt").first?.number("meterFromLinkEnd", &log)
      for (value, what) in [(count, "number"), (capacity, "vehiclesPerHour"), (starts, "meterFromLinkEnd")] {
        if let value, value <= 0 || value > 1e6 {
          log.error("lane '\(id)': '\(what)' must be above 0", line: node.line, quote: what)
        }
      }
      let alignment = node.children("alignment").first.flatMap { Int($0.text.words.joined()) } ?? 0
      let number = max(1, min(100, Int(min(max(count, 1), 100).rounded())))
      lanes.append(
        (
          StopLane(
            id: id, count: number, targets: indices,
            capacity: capacity.map { Quantities.perSecond(vehiclesPerHour: $0) / Double(number) }),
          starts ?? links[link].length, alignment
        ))
    }
    guard !lanes.isEmpty else { return }
    // The permanent lanes are as long as the link, the ones that start latest are pockets.
    let order = lanes.indices.sorted { (-lanes[$0].starts, $0) < (-lanes[$1].starts, $1) }
    var rest = permanentLanes[link]
    for index in order {
      if rest > 0 {
        rest -= lanes[index].lane.count
      } else if lanes[index].starts < links[link].length {
        lanes[index].lane.pocket = lanes[index].starts
      }
    }
    let fromKerb = lanes.indices.sorted { a, b in
      if lanes[a].alignment != lanes[b].alignment { return lanes[a].alignment < lanes[b].alignment }
      let (left, right) = (bend(link, lanes[a].lane), bend(link, lanes[b].lane))
      return left != right ? left < right : a < b
    }
    stopLanes[link] = fromKerb.map { lanes[$0].lane }
  }

  /// How far left a lane leads: −1 right … 2 back.
  private func bend(_ link: Int, _ lane: StopLane) -> Double {
    let turns = lane.targets.map { target -> Double in
      switch JunctionLegs.turn(from: links[link], to: links[target], junctions) {
      case .right: -1
      case .through: 0
      case .left: 1
      case .uTurn: 2
      }
    }
    return turns.isEmpty ? 0 : turns.reduce(0, +) / Double(turns.count)
  }
}
