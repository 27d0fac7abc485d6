internal import NetworkBuilding
internal import TrafficModel

/// The parts of a `.net.xml` that matter, as they stand in the file.
struct NetFile {
  struct Lane {
    var index: Int
    var speed: Double
    var length: Double
    var isOpenToCars: Bool
    /// Whether buses, taxis, trucks or the like may use it.
    var isOpenToMotorTraffic: Bool
    var isOpenToPeople: Bool
    var shape: [Point]
  }
  struct Edge {
    var id: String
    var from: String
    var to: String
    var name: String
    var lanes: [Lane]
    var place: TextPlace
  }
  struct Request {
    /// By link of the junction: whether this one waits for it, and whether their paths meet; nil where the file does
    /// not say so in zeros and ones.
    var response: [Bool]?
    var foes: [Bool]?
    var place: TextPlace
  }
  struct Junction {
    var id: String
    var type: String
    var position: Point
    var incomingLanes: [String]
    var internalLanes: [String]
    var requests: [Int: Request]
    var place: TextPlace

    /// Whether trains have a signal here, or the right of way over the road.
    var isOfRail: Bool { type == "rail_signal" || type == "rail_crossing" }
  }
  struct Connection {
    var from: String
    var to: String
    var fromLane: Int
    var toLane: Int
    var via: String?
    var direction: String
    /// Whether it need not wait where no signal holds it.
    var isMajor: Bool
    var signal: Signal?
    var place: TextPlace

    /// Whether it leads from one road to another, not through a walking area or between internal lanes.
    var isRoadToRoad: Bool { !from.hasPrefix(":") && !to.hasPrefix(":") }
  }
  /// Which letters of a signal's states a connection obeys.
  struct Signal {
    var id: String
    /// −1 for what obeys no letter, as trains at crossings; none is left when the file has been read.
    var link: Int
    /// That of the second stop line of an indirect turn.
    var secondLink: Int?
  }

  /// The side of the road that traffic keeps to.
  var side = TrafficSide.right
  var edges: [Edge] = []
  var junctions: [Junction] = []
  /// From road to road, from and to walking areas, and all others that a signal controls.
  var connections: [Connection] = []
  /// By internal lane at whose end vehicles wait for gaps: the lanes, and the ways of these, whose traffic they let come
  /// first.
  var awaited: [String: (lanes: Set<String>, ways: Set<String>)] = [:]
  /// From internal lane to the next internal lane.
  var internalContinuations: [String: String] = [:]
  /// Length, speed and shape of the lanes inside junctions, by lane id.
  var internalLanes: [String: (length: Double, speed: Double, shape: [Point])] = [:]
  /// Lengths of pedestrian crossings, by edge id.
  var crossings: [String: Double] = [:]
  /// Lengths of walking areas, by edge id.
  var walkingAreas: [String: Double] = [:]
  /// Between edges, walking areas and crossings, in file order; and others inside junctions, which join none of these.
  var footways: [(from: String, to: String)] = []
  /// In file order.
  var programs: [SUMOProgram] = []
  /// By connection: its place in its junction's request matrix; nil where it has none.
  private(set) var places: [JunctionLink?] = []
  /// Names of signals that only trains obey.
  private(set) var railSignals: Set<String> = []

  /// Reads a net file; what is wrong goes to its log.
  init(_ source: InputFile, log: inout DiagnosticLog, begin: Double) {
    do {
      var file = NetFile()
      var inner = log
      defer {
        self = file
        log = inner
      }
      let root = try XMLFile.read(source, roots: ["net"]) { file.read($0, begin: begin, &inner) }
      if ["true", "1", "yes", "on"].contains(root["lefthand"]) { file.side = .left }
    } catch {
      log.append(error.diagnostics)
      return
    }
    if edges.isEmpty { log.error("the network has no road") }
    openRail(&log)
    places = junctionLinks()
    checkRightOfWay(&log)
  }

  /// Leaves the signals of rail out: the roads that they guard are open, as no train comes.
  private mutating func openRail(_ log: inout DiagnosticLog) {
    let kinds = Dictionary(junctions.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    let ends = Dictionary(edges.map { ($0.id, $0.to) }, uniquingKeysWith: { first, _ in first })
    var ofRoads: Set<String> = []
    for (index, connection) in connections.enumerated() {
      guard let signal = connection.signal else { continue }
      let end = ends[connection.from] ?? Self.junction(ofInternalEdge: connection.from)
      if end.flatMap({ kinds[$0] })?.isOfRail == true {
        railSignals.insert(signal.id)
        connections[index].signal = nil
        continue
      }
      ofRoads.insert(signal.id)
      if signal.link < 0 {
        log.error(
          "'linkIndex' must be a whole number from 0, not '\(signal.link)'", at: connection.place,
          quote: "\(signal.link)")
        connections[index].signal = nil
      }
    }
    railSignals.subtract(ofRoads)
    for (type, name) in [("rail_signal", "rail signal"), ("rail_crossing", "rail crossing")] {
      let found = junctions.filter { $0.type == type }
      guard let first = found.first else { continue }
      log.warning(
        "\(counted(found.count, name)) left out: no train comes, and roads across rails are open",
        at: first.place,
        quote: first.id)
    }
  }

  /// `J` of `:J_0`.
  private static func junction(ofInternalEdge edge: String) -> String? {
    guard edge.hasPrefix(":"), let end = edge.lastIndex(of: "_") else { return nil }
    return String(edge[edge.index(after: edge.startIndex)..<end])
  }

  private init() {}

  private mutating func read(_ node: XMLNode, begin: Double, _ log: inout DiagnosticLog) {
    switch node.name {
    case "edge": readEdge(node, &log)
    case "junction": readJunction(node, &log)
    case "connection": readConnection(node, &log)
    case "tlLogic": if let program = SUMOProgram(node, begin: begin, log: &log) { programs.append(program) }
    default: break
    }
  }

  private mutating func readEdge(_ node: XMLNode, _ log: inout DiagnosticLog) {
    guard let id = node.text("id", &log) else { return }
    let lanes = node.children("lane")
    switch node["function"] {
    case "internal":
      for lane in lanes {
        guard let id = lane.text("id", &log), let length = lane.number("length", &log),
          let speed = lane.number("speed", &log)
        else { continue }
        // Ways of no length are left to what joins them; the others stay known, so that one mistake is told once.
        _ = Self.isPossible(speed: speed, length: length == 0 ? 1 : length, lane, &log)
        internalLanes[id] = (length, speed, Self.shape(lane, &log))
      }
    case "crossing":
      crossings[id] = lanes.first.flatMap { $0.number("length", &log) } ?? 0
    case "walkingarea":
      walkingAreas[id] = lanes.first.flatMap { $0.number("length", default: 0, &log) } ?? 0
    default:
      guard let from = node.text("from", &log), let to = node.text("to", &log) else { return }
      if lanes.isEmpty { log.error("edge '\(id)' has no lane", at: node.place, quote: id) }
      edges.append(
        Edge(
          id: id, from: from, to: to, name: node["name"] ?? "",
          lanes: lanes.compactMap { Self.lane($0, &log) }, place: node.place))
    }
  }

  private static func lane(_ node: XMLNode, _ log: inout DiagnosticLog) -> Lane? {
    guard let index = node.position("index", &log), let speed = node.number("speed", &log),
      let length = node.number("length", &log)
    else { return nil }
    guard isPossible(speed: speed, length: length, node, &log) else { return nil }
    return Lane(
      index: index, speed: speed, length: length, isOpenToCars: isOpen(node, to: ["passenger"]),
      isOpenToMotorTraffic: isOpen(node, to: motorTraffic),
      isOpenToPeople: isOpen(node, to: ["pedestrian"]), shape: shape(node, &log))
  }

  private static func isPossible(
    speed: Double, length: Double, _ node: XMLNode, _ log: inout DiagnosticLog
  ) -> Bool {
    if speed <= 0 || speed > Network.highestSpeed {
      log.error(
        "a lane's speed is \(node["speed"] ?? "") m/s, it must be above 0 and at most \(Network.highestSpeed)",
        at: node.place, quote: node["speed"])
      return false
    }
    if length <= 0 || length > Network.longestLength {
      log.error(
        "a lane's length is \(node["length"] ?? "") m, it must be above 0 and at most \(Network.longestLength)",
        at: node.place, quote: node["length"])
      return false
    }
    return true
  }

  private static let motorTraffic: Set<String> = [
    "passenger", "private", "bus", "coach", "taxi", "truck", "trailer", "delivery", "emergency", "hov",
    "authority", "army", "vip", "motorcycle", "moped", "evehicle", "custom1", "custom2",
  ]

  /// Whether a lane is open to at least one of some vehicle classes.
  private static func isOpen(_ lane: XMLNode, to classes: Set<String>) -> Bool {
    if let allowed = lane["allow"], !allowed.isEmpty {
      return allowed.words.contains { $0 == "all" || classes.contains($0) }
    }
    let closed = Set((lane["disallow"] ?? "").words)
    return !closed.contains("all") && !classes.isSubset(of: closed)
  }

  private static func shape(_ lane: XMLNode, _ log: inout DiagnosticLog) -> [Point] {
    guard let text = lane["shape"] else { return [] }
    if let points = ShapeText.points(text) { return points }
    log.error(
      "the shape of lane '\(lane["id"] ?? "")' must be points x,y within \(plainNumber(ShapeText.farthest)) m, not '\(text.prefix(40))'",
      at: lane.place, quote: String(text.prefix(40)))
    return []
  }

  private mutating func readJunction(_ node: XMLNode, _ log: inout DiagnosticLog) {
    guard let id = node.text("id", &log) else { return }
    let (incoming, inside) = ((node["incLanes"] ?? "").words, (node["intLanes"] ?? "").words)
    guard node["type"] != "internal" else {
      // The first lane is the one that ends here.
      if let own = incoming.first { awaited[own] = (Set(incoming.dropFirst()), Set(inside)) }
      return
    }
    guard let x = node.number("x", default: 0, &log), let y = node.number("y", default: 0, &log) else {
      return
    }
    for (name, value) in [("x", x), ("y", y)] where abs(value) > ShapeText.farthest {
      log.error(
        "junction '\(id)': '\(name)' must be within \(plainNumber(ShapeText.farthest)) m, not '\(node[name] ?? "")'",
        at: node.place, quote: node[name])
    }
    var requests: [Int: Request] = [:]
    for request in node.children("request") {
      guard let index = request.position("index", &log) else { continue }
      if requests[index] != nil {
        log.error("junction '\(id)' has two requests \(index)", at: request.place, quote: "\(index)")
      }
      requests[index] = Request(
        response: Self.bits(request["response"]), foes: Self.bits(request["foes"]), place: request.place)
    }
    junctions.append(
      Junction(
        id: id, type: node["type"] ?? "", position: Point(x: x, y: y),
        incomingLanes: incoming, internalLanes: inside, requests: requests, place: node.place))
  }

  /// Bit strings are written with link 0 last; nil for a text that is none.
  private static func bits(_ text: String?) -> [Bool]? {
    guard let text, text.utf8.allSatisfy({ $0 == UInt8(ascii: "0") || $0 == UInt8(ascii: "1") }) else {
      return nil
    }
    return text.utf8.reversed().map { $0 == UInt8(ascii: "1") }
  }

  private mutating func readConnection(_ node: XMLNode, _ log: inout DiagnosticLog) {
    guard let from = node.text("from", &log), let to = node.text("to", &log),
      let fromLane = node.position("fromLane", &log), let toLane = node.position("toLane", &log)
    else { return }
    var signal: Signal?
    if let id = node["tl"] {
      guard let link = node["linkIndex"] == "-1" ? -1 : node.position("linkIndex", &log) else { return }
      signal = Signal(
        id: id, link: link, secondLink: node["linkIndex2"] == nil ? nil : node.position("linkIndex2", &log))
    }
    if to.hasPrefix(":") || from.hasPrefix(":") && (from.contains("_w") || from.contains("_c")) {
      footways.append((from, to))
    }
    if from.hasPrefix(":") {
      if let via = node["via"] { internalContinuations["\(from)_\(fromLane)"] = via }
      // Inside a junction only what a signal controls matters, and what gives links their numbers.
      guard signal != nil || from.contains("_w") else { return }
    }
    connections.append(
      Connection(
        from: from, to: to, fromLane: fromLane, toLane: toLane, via: node["via"],
        direction: node["dir"] ?? "s", isMajor: ["M", "O"].contains(node["state"]), signal: signal,
        place: node.place))
  }
}

extension NetFile.Request {
  /// Whether the paths meet; links that the bit string does not reach do not.
  func meets(_ link: Int) -> Bool { foes.map { $0.indices.contains(link) && $0[link] } ?? false }
  /// Whether this one waits.
  func yields(to link: Int) -> Bool { response.map { $0.indices.contains(link) && $0[link] } ?? false }
}
