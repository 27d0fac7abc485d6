internal import NetworkBuilding
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
  /// By link: where it stands in the file.
  private(set) var places: [TextPlace] = []
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
        let seconds = file.time(period, of: "capperiod", at: element.place) ?? 3600
        if seconds <= 0 { file.log.error("'capperiod' must be above 0", at: element.place, quote: period) }
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
    let x = Self.number("x", of: node, .mapCoordinate, &log)
    let y = Self.number("y", of: node, .mapCoordinate, &log)
    guard let id = node.text("id", &log) else { return }
    guard nodeOfID[id] == nil else {
      log.error("the node '\(id)' is there twice", at: node.place, quote: id)
      return
    }
    // Whatever is wrong with its place, links may name it.
    nodeOfID[id] = junctions.count
    junctions.append(
      Junction(name: id, position: Point(x: x ?? 0, y: y ?? 0), control: .uncontrolled))
  }

  /// A required number that keeps to a rule.
  private static func number(
    _ attribute: String, of node: XMLNode, _ rule: NumberRule, _ log: inout DiagnosticLog
  ) -> Double? {
    guard let value = node.number(attribute, &log) else { return nil }
    let text = node[attribute] ?? ""
    if let problem = rule.problem(with: value, of: "'\(attribute)'", text: text) {
      log.error(problem, at: node.place, quote: text)
      return nil
    }
    return value
  }

  /// Of links and of what lanes stand for.
  private static let laneCounts = NumberRule(range: 0.01...100, unit: "lanes")
  private static let capacityRule = NumberRule(range: 0.001...1e9, unit: "veh")
  private static let lengthRule = NumberRule(range: 0.01...Network.longestLength, unit: "m")
  /// m/s. There is no highest one: links for loading the network are as fast as nothing on wheels.
  private static let lowestSpeed = 0.001

  private mutating func addLink(_ node: XMLNode, capacityPeriod: Double, _ log: inout DiagnosticLog) {
    let id = node.text("id", &log)
    let (from, to) = (end("from", node, &log), end("to", node, &log))
    guard let id else { return }
    let modes = (node["modes"] ?? "car").split(separator: ",").flatMap { String($0).words }
    guard modes.contains("car") else {
      otherLinks.insert(id)
      return
    }
    let length = Self.number("length", of: node, Self.lengthRule, &log)
    let speed = node.number("freespeed", &log)
    if let speed, speed < Self.lowestSpeed {
      log.error(
        "'freespeed' must be \(plainNumber(Self.lowestSpeed)) m/s or more, not \(node["freespeed"] ?? "")",
        at: node.place, quote: node["freespeed"])
    }
    let capacity = Self.number("capacity", of: node, Self.capacityRule, &log)
    let lanes = Self.number("permlanes", of: node, Self.laneCounts, &log)
    guard linkOfID[id] == nil else {
      log.error("the link '\(id)' is there twice", at: node.place, quote: id)
      return
    }
    guard let from, let to, let length, let speed, speed >= Self.lowestSpeed, let capacity, let lanes else {
      return
    }
    linkOfID[id] = links.count
    links.append(
      Link(
        name: id, from: JunctionID(from), to: JunctionID(to), length: length,
        speed: min(speed, Network.highestSpeed)))
    capacities.append(capacity / capacityPeriod / lanes)
    permanentLanes.append(Self.wholeLanes(lanes))
    places.append(node.place)
  }

  /// Parts of a lane are rounded, but there is one.
  private static func wholeLanes(_ lanes: Double) -> Int { Int(rounding: max(lanes, 1), in: 1...100) ?? 1 }

  private func end(_ attribute: String, _ node: XMLNode, _ log: inout DiagnosticLog) -> Int? {
    guard let id = node.text(attribute, &log) else { return nil }
    if let index = nodeOfID[id] { return index }
    log.unknown("node", id, at: node.place, known: junctions.map(\.name))
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
          file.log.unknown("link", id, at: element.place, known: links.map(\.name))
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
            log.unknown("link", name, at: target.place, known: links.map(\.name))
          }
          continue
        }
        guard successors[link].contains(index) else {
          log.error(
            "lane '\(id)': link '\(name)' does not begin where '\(links[link].name)' ends", at: target.place,
            quote: name)
          continue
        }
        indices.append(index)
      }
      func number(_ attribute: String, of child: String, _ rule: NumberRule) -> Double? {
        node.children(child).first.flatMap { Self.number(attribute, of: $0, rule, &log) }
      }
      let counted = node.children("representedLanes").first?["number"] != nil
      let count = counted ? number("number", of: "representedLanes", Self.laneCounts) : 1
      let capacity = number("vehiclesPerHour", of: "capacity", Self.capacityRule)
      let starts = number("meterFromLinkEnd", of: "startsAt", Self.startRule)
      let alignment = Self.alignment(node, &log)
      let number = Self.wholeLanes(count ?? 1)
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

  /// Beyond the link's begin are lanes as long as the link.
  private static let startRule = NumberRule(range: 0.01...1_000_000, unit: "m")
  private static let alignments = -100...100

  /// Where a lane lies beside the others, from the kerb; 0 where it does not say.
  private static func alignment(_ lane: XMLNode, _ log: inout DiagnosticLog) -> Int {
    guard let node = lane.children("alignment").first else { return 0 }
    let text = node.text.words.joined(separator: " ")
    guard !text.isEmpty else { return 0 }
    guard let number = Int(text), alignments.contains(number) else {
      log.error(
        "<alignment> must be a whole number in \(alignments.lowerBound) … \(alignments.upperBound), not \(text)",
        at: node.place, quote: text)
      return 0
    }
    return number
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
