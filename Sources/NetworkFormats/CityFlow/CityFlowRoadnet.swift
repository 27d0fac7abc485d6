internal import NetworkBuilding
internal import TrafficModel

/// The road network of a CityFlow scenario, as it stands in the file.
struct CityFlowRoadnet {
  struct LaneLink {
    /// Counted from the middle of the road.
    var from: Int
    var to: Int
    /// m, as it is drawn; nil where it is not.
    var length: Double?
  }
  struct RoadLink {
    var turn: Turn
    var start: Int
    var end: Int
    var laneLinks: [LaneLink]
  }
  struct Phase {
    /// s.
    var time: Double
    /// Positions of the road links that have green.
    var available: Set<Int>
  }
  struct Intersection {
    var id: String
    var position: Point
    /// Metres by which roads end before the position.
    var width: Double
    /// Whether it is the network's edge.
    var isVirtual: Bool
    var roadLinks: [RoadLink] = []
    var phases: [Phase] = []
    /// How many road links the file has, read or not: phases number them.
    var roadLinkCount = 0
    var place: TextPlace
  }
  struct Road {
    var id: String
    var start: Int
    var end: Int
    var points: [Point]
    /// m/s, by lane from the middle of the road.
    var speeds: [Double]
    var place: TextPlace
  }

  private(set) var intersections: [Intersection] = []
  private(set) var roads: [Road] = []
  private(set) var roadOfID: [String: Int] = [:]
  private var intersectionOfID: [String: Int] = [:]

  /// - Parameter log: of the file that holds `text`.
  init(_ text: String, _ log: inout DiagnosticLog) {
    guard let root = JSONText.read(text, log: &log),
      let members = log.members(root, ["intersections", "roads"], "a road network"),
      let nodes = log.required("intersections", in: members, at: root.place),
      let ways = log.required("roads", in: members, at: root.place),
      let nodes = log.array(nodes, "'intersections'"), let ways = log.array(ways, "'roads'")
    else { return }
    if ways.isEmpty { log.error("the network has no road", at: root.place) }
    let described = nodes.compactMap { readIntersection($0, &log) }
    for way in ways { readRoad(way, &log) }
    // A road that cannot be read would seem unknown wherever it is named.
    guard !log.hasErrors else { return }
    for (index, members) in described.enumerated() where !intersections[index].isVirtual {
      readRoadLinks(members, of: index, &log)
      readPhases(members, of: index, &log)
    }
  }

  // MARK: Intersections and roads

  private mutating func readIntersection(_ node: JSONNode, _ log: inout DiagnosticLog) -> [String: JSONNode]?
  {
    let known = ["id", "point", "width", "roads", "roadLinks", "trafficLight", "virtual"]
    guard let members = log.members(node, known, "an intersection"),
      let id = log.required("id", in: members, at: node.place).flatMap({ log.string($0, "'id'") })
    else { return nil }
    // Whatever else is wrong with it, roads may name it.
    let position = log.required("point", in: members, at: node.place).flatMap { log.point($0, "'point'") }
    let isVirtual = members["virtual"].flatMap { log.bool($0, "'virtual'") } ?? false
    let width = members["width"].flatMap { log.decimal($0, "'width'", 0...1000) } ?? 0
    guard intersectionOfID[id.value] == nil else {
      log.error("the intersection '\(id.value)' is there twice", at: id.place)
      return nil
    }
    intersectionOfID[id.value] = intersections.count
    intersections.append(
      Intersection(
        id: id.value, position: position ?? Point(x: 0, y: 0), width: isVirtual ? 0 : width,
        isVirtual: isVirtual,
        place: node.place))
    return members
  }

  private func intersection(
    _ key: String, _ members: [String: JSONNode], at place: TextPlace, _ log: inout DiagnosticLog
  ) -> Int? {
    guard let name = log.required(key, in: members, at: place).flatMap({ log.string($0, "'\(key)'") }) else {
      return nil
    }
    if let index = intersectionOfID[name.value] { return index }
    log.unknown("intersection", name, known: intersections.map(\.id))
    return nil
  }

  private mutating func readRoad(_ node: JSONNode, _ log: inout DiagnosticLog) {
    let known = ["id", "points", "lanes", "startIntersection", "endIntersection"]
    guard let members = log.members(node, known, "a road"),
      let id = log.required("id", in: members, at: node.place).flatMap({ log.string($0, "'id'") })
    else { return }
    let start = intersection("startIntersection", members, at: node.place, &log)
    let end = intersection("endIntersection", members, at: node.place, &log)
    let points = log.required("points", in: members, at: node.place)
      .flatMap { log.array($0, "'points'") }
    let lanes = log.required("lanes", in: members, at: node.place).flatMap { log.array($0, "'lanes'") }
    guard roadOfID[id.value] == nil else {
      log.error("the road '\(id.value)' is there twice", at: id.place)
      return
    }
    guard let points, let lanes else { return }
    if points.count < 2 { log.error("road '\(id.value)' has fewer than two points", at: node.place) }
    if lanes.isEmpty { log.error("road '\(id.value)' has no lane", at: node.place) }
    let drawn = points.compactMap { log.point($0, "a point") }
    let speeds = lanes.compactMap { lane -> Double? in
      guard let members = log.members(lane, ["width", "maxSpeed"], "a lane"),
        let speed = log.required("maxSpeed", in: members, at: lane.place)
      else { return nil }
      return log.decimal(speed, "'maxSpeed'", 0.1...Network.highestSpeed)
    }
    guard let start, let end, drawn.count == points.count, speeds.count == lanes.count else { return }
    roadOfID[id.value] = roads.count
    roads.append(
      Road(id: id.value, start: start, end: end, points: drawn, speeds: speeds, place: node.place))
  }

  // MARK: Ways through an intersection

  private static let turns: [String: Turn] = [
    "go_straight": .through, "turn_left": .left, "turn_right": .right,
  ]

  private func road(
    _ key: String, _ members: [String: JSONNode], at place: TextPlace, _ log: inout DiagnosticLog
  ) -> Int? {
    guard let name = log.required(key, in: members, at: place).flatMap({ log.string($0, "'\(key)'") }) else {
      return nil
    }
    if let index = roadOfID[name.value] { return index }
    log.unknown("road", name, known: roads.map(\.id))
    return nil
  }

  private mutating func readRoadLinks(
    _ members: [String: JSONNode], of index: Int, _ log: inout DiagnosticLog
  ) {
    let place = intersections[index].place
    guard let list = log.required("roadLinks", in: members, at: place),
      let nodes = log.array(list, "'roadLinks'")
    else { return }
    intersections[index].roadLinkCount = nodes.count
    for node in nodes {
      let known = ["type", "startRoad", "endRoad", "direction", "laneLinks"]
      guard let members = log.members(node, known, "a road link") else { continue }
      let type = log.required("type", in: members, at: node.place).flatMap { log.string($0, "'type'") }
      let start = road("startRoad", members, at: node.place, &log)
      let end = road("endRoad", members, at: node.place, &log)
      guard let type, let start, let end else { continue }
      guard var turn = Self.turns[type.value] else {
        log.unknown("type", type, known: Self.turns.keys.sorted())
        continue
      }
      guard roads[start].end == index, roads[end].start == index else {
        log.error(
          "'\(roads[start].id)' and '\(roads[end].id)' do not meet at intersection '\(intersections[index].id)'",
          at: node.place)
        continue
      }
      if turn == .left, roads[end].end == roads[start].start { turn = .uTurn }
      let laneLinks = log.required("laneLinks", in: members, at: node.place)
        .flatMap { log.array($0, "'laneLinks'") }
      guard let laneLinks else { continue }
      intersections[index].roadLinks.append(
        RoadLink(
          turn: turn, start: start, end: end,
          laneLinks: laneLinks.compactMap { laneLink($0, from: start, to: end, &log) }))
    }
  }

  private func laneLink(
    _ node: JSONNode, from start: Int, to end: Int, _ log: inout DiagnosticLog
  ) -> LaneLink? {
    let known = ["startLaneIndex", "endLaneIndex", "points"]
    guard let members = log.members(node, known, "a lane link") else { return nil }
    let from = log.required("startLaneIndex", in: members, at: node.place)
      .flatMap { log.index($0, "'startLaneIndex'", below: roads[start].speeds.count) }
    let to = log.required("endLaneIndex", in: members, at: node.place)
      .flatMap { log.index($0, "'endLaneIndex'", below: roads[end].speeds.count) }
    var points: [Point] = []
    if let list = members["points"] {
      points = (log.array(list, "'points'") ?? []).compactMap { log.point($0, "a point") }
    }
    guard let from, let to else { return nil }
    return LaneLink(from: from, to: to, length: points.count > 1 ? Polyline.length(points) : nil)
  }

  /// s; what is shorter is no cycle.
  private static let shortestCycle = 1.0

  private mutating func readPhases(
    _ members: [String: JSONNode], of index: Int, _ log: inout DiagnosticLog
  ) {
    guard let light = members["trafficLight"],
      let inside = log.members(light, ["lightphases", "roadLinkIndices"], "'trafficLight'"),
      let list = log.required("lightphases", in: inside, at: light.place),
      let nodes = log.array(list, "'lightphases'")
    else { return }
    for node in nodes {
      guard let members = log.members(node, ["time", "availableRoadLinks"], "a phase") else { continue }
      let time = log.required("time", in: members, at: node.place)
        .flatMap { log.decimal($0, "'time'", 0...100_000) }
      let links = log.required("availableRoadLinks", in: members, at: node.place)
        .flatMap { log.array($0, "'availableRoadLinks'") }
      let count = intersections[index].roadLinkCount
      let available = links?.compactMap { log.index($0, "a road link", below: count) }
      guard let time, let available else { continue }
      intersections[index].phases.append(Phase(time: time, available: Set(available)))
    }
    let cycle = intersections[index].phases.reduce(0) { $0 + $1.time }
    if cycle > 0, cycle < Self.shortestCycle {
      log.error(
        "the phases of intersection '\(intersections[index].id)' last \(plainNumber(cycle)) s, less than \(plainNumber(Self.shortestCycle)) s",
        at: list.place)
    }
  }
}
