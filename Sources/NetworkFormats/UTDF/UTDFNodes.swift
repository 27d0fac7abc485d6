internal import NetworkBuilding
internal import TrafficModel

/// An approach of a node: what comes by one link.
struct UTDFApproach {
  var direction: UTDFDirection
  /// The node where its link begins.
  var from: UTDFNodeID
  /// m.
  var length: Double
  /// m/s.
  var speed: Double
  var street: String
  var place: TextPlace
  /// From the driver's left.
  var movements: [UTDFMovement] = []
  var lanes: [UTDFLane] = []
}

/// A node of the file.
struct UTDFNode {
  enum Kind: Int {
    case signalled, external, bend, unsignalled, roundabout
  }
  var id: UTDFNodeID
  var name: String
  var kind: Kind
  var position: Point
  var place: TextPlace
  var approaches: [UTDFApproach] = []

  func approach(from node: UTDFNodeID) -> UTDFApproach? { approaches.first { $0.from == node } }
}

/// The nodes of a file with their approaches and lanes.
struct UTDFNodes {
  var nodes: [UTDFNode] = []
  private(set) var indexOfID: [UTDFNodeID: Int] = [:]
  let file: UTDFFile
  private let settings: UTDFSettings
  /// Whether there is a road wherever a movement comes from or goes to, in a file that names no neighbours.
  let assumesNeighbours: Bool
  /// Nodes that stand for neighbours without a name: their positions, and which leg of which node they lie beyond.
  var assumed: [(node: Int, owner: Int, leg: Compass)] = []

  /// - Parameter assumesNeighbours: for who wants to know what movements a plan serves, and needs no roads.
  init(
    _ file: UTDFFile, settings: UTDFSettings, assumesNeighbours: Bool, _ log: inout DiagnosticLog
  ) {
    self.assumesNeighbours = assumesNeighbours
    self.file = file
    self.settings = settings
    readNodes(&log)
    readApproaches(&log)
    readMovements(&log)
    addMissingNodes(&log)
    place()
    placeAssumed()
    for index in nodes.indices {
      for number in nodes[index].approaches.indices { finish(number, of: index, &log) }
    }
  }

  mutating func add(_ node: UTDFNode) {
    indexOfID[node.id] = nodes.count
    nodes.append(node)
  }

  private mutating func readNodes(_ log: inout DiagnosticLog) {
    let rows = file[.nodes].rows
    var names: [String: Int] = [:]
    for row in rows { if let name = row.fields["DESCRIPTION"]?.value { names[name, default: 0] += 1 } }
    for row in rows {
      guard indexOfID[row.node] == nil else {
        log.error("node \(row.node) is described twice", at: row.place)
        continue
      }
      let type = UTDFNumber.whole(row.fields["TYPE"], "TYPE", UTDFNumber.codes, &log) ?? 0
      let kind = UTDFNode.Kind(rawValue: type)
      if kind == nil {
        log.error(
          "the type of a node is 0 (signals), 1 (external), 2 (bend), 3 (no signals) or 4 (roundabout), not \(type)",
          at: row.fields["TYPE"]?.place ?? row.place)
      }
      let x = UTDFNumber.value(row.fields["X"], "X", .mapCoordinate, &log)
      let y = UTDFNumber.value(row.fields["Y"], "Y", .mapCoordinate, &log)
      if row.fields["X"] == nil || row.fields["Y"] == nil {
        log.warning("node \(row.node) has no X and Y", at: row.place)
      }
      var name = row.node.description
      if let text = row.fields["DESCRIPTION"]?.value, names[text] == 1, text.unicodeScalars.count <= 100,
        UTDFNumber.value(text) == nil
      {
        name = text
      }
      add(
        UTDFNode(
          id: row.node, name: name, kind: kind ?? .unsignalled,
          position: Point(x: (x ?? 0) * settings.length, y: (y ?? 0) * settings.length), place: row.place))
    }
    if rows.isEmpty { hasPositions = false }
  }

  private var hasPositions = true

  private func kindWithoutNodes(_ id: UTDFNodeID) -> UTDFNode.Kind {
    if file[.timeplans].row("cyclelength", id) != nil || file[.phases].row("brp", id) != nil {
      return .signalled
    }
    return file[.lanes].row("destnode", id) == nil ? .external : .unsignalled
  }

  mutating func index(of id: UTDFNodeID, at place: TextPlace, _ log: inout DiagnosticLog) -> Int {
    if let index = indexOfID[id] { return index }
    let kind = kindWithoutNodes(id)
    if hasPositions, id.isName {
      log.unknown("node", id.description, at: place, known: nodes.map(\.id.description))
    } else if hasPositions {
      log.warning("node \(id) is not among the nodes, it is taken as \(kind)", at: place)
    }
    add(UTDFNode(id: id, name: id.description, kind: kind, position: Point(x: 0, y: 0), place: place))
    return nodes.count - 1
  }

  private mutating func readApproaches(_ log: inout DiagnosticLog) {
    let links = file[.links]
    for id in links.nodes {
      guard let row = links.row("upid", id) else { continue }
      for direction in UTDFDirection.allCases {
        guard let up = UTDFNodeID.read(row.fields[direction.name], "Up ID", &log) else { continue }
        let place = row.fields[direction.name]?.place ?? row.place
        let index = index(of: id, at: place, &log)
        guard up != id else {
          log.error("the link leads from node \(id) to itself", at: place)
          continue
        }
        if nodes[index].approach(from: up) != nil {
          log.error("a second link leads from node \(up) to node \(id)", at: place)
          continue
        }
        nodes[index].approaches.append(
          UTDFApproach(
            direction: direction, from: up,
            length: length(links["distance", id, direction.name], &log) ?? 0,
            speed: speed(links["speed", id, direction.name], &log) ?? 0,
            street: links["name", id, direction.name]?.value ?? "", place: place))
      }
    }
  }

  /// The record Distance or Storage, m; nil where the field is empty.
  private func length(
    _ field: Located<String>?, of what: String = "Distance", _ log: inout DiagnosticLog
  ) -> Double? {
    UTDFNumber.value(field, what, settings.distances, &log).map { $0 * settings.length }
  }

  /// The record Speed, m/s; nil where the field is empty.
  private func speed(_ field: Located<String>?, _ log: inout DiagnosticLog) -> Double? {
    // What rounding makes of the highest speed is not above it.
    UTDFNumber.value(field, "Speed", settings.speeds, &log).map {
      min($0 * settings.speed, Network.highestSpeed)
    }
  }

  private mutating func readMovements(_ log: inout DiagnosticLog) {
    let lanes = file[.lanes]
    for id in lanes.nodes {
      var unnamed: [(column: String, place: TextPlace)] = []
      for column in lanes.columns {
        guard let parts = UTDFMovement.parts(of: column) else { continue }
        guard let field = lanes["destnode", id, column] else {
          if let place = traffic(of: column, at: id) { unnamed.append((column, place)) }
          continue
        }
        guard let target = UTDFNodeID.read(field, "Dest Node", &log) else { continue }
        let up = UTDFNodeID.read(lanes["upnode", id, column], "Up Node", &log)
        let index = index(of: id, at: field.place, &log)
        var approach = nodes[index].approaches.firstIndex { $0.direction == parts.direction }
        if approach == nil, let up {
          if hasLinks {
            log.warning(
              "no link comes to node \(id) by \(parts.direction.name), one is assumed", at: field.place)
          }
          nodes[index].approaches.append(newApproach(parts.direction, from: up, at: id, field.place, &log))
          approach = nodes[index].approaches.count - 1
        }
        guard let approach else {
          log.error("no link comes to node \(id) by \(parts.direction.name)", at: field.place)
          continue
        }
        if let up, up != nodes[index].approaches[approach].from {
          log.warning(
            "'Up Node' is \(up), the link comes from \(nodes[index].approaches[approach].from)",
            at: lanes["upnode", id, column]?.place ?? field.place)
        }
        nodes[index].approaches[approach].movements.append(
          movement(column, parts.turn, parts.order, id: id, target: target, at: field.place, &log))
      }
      readUnnamed(unnamed, at: id, &log)
    }
  }

  private var hasLinks: Bool { !file[.links].rows.isEmpty }

  func newApproach(
    _ direction: UTDFDirection, from up: UTDFNodeID, at id: UTDFNodeID, _ place: TextPlace,
    _ log: inout DiagnosticLog
  ) -> UTDFApproach {
    func field(_ record: String) -> Located<String>? {
      let fields = file[.lanes].row(record, id)?.fields ?? [:]
      return ["T", "L", "R"].compactMap { fields[direction.name + $0] }.first
    }
    return UTDFApproach(
      direction: direction, from: up, length: length(field("distance"), &log) ?? 0,
      speed: speed(field("speed"), &log) ?? 0, street: "", place: place)
  }

  func movement(
    _ column: String, _ turn: Turn, _ order: Int, id: UTDFNodeID, target: UTDFNodeID, at place: TextPlace,
    _ log: inout DiagnosticLog
  ) -> UTDFMovement {
    let lanes = file[.lanes]
    func whole(_ record: String, _ range: ClosedRange<Int>, _ log: inout DiagnosticLog) -> Int? {
      let key = record.lowercased().filter { $0 != " " }
      return UTDFNumber.whole(lanes[key, id, column], record, range, &log)
    }
    func phases(_ record: String, _ log: inout DiagnosticLog) -> [Int] {
      (1...4).compactMap { whole("\(record)\($0)", UTDFNumber.phases, &log) }.filter { $0 != 0 }
    }
    let count = whole("Lanes", 0...8, &log) ?? 0
    let shared = whole("Shared", 0...3, &log) ?? 0
    let storage = length(lanes["storage", id, column], of: "Storage", &log)
    let channelled = whole("Right Channeled", 0...9, &log) ?? 0
    return UTDFMovement(
      column: column, turn: turn, order: order, target: target, lanes: count, sharesLeft: shared & 1 != 0,
      sharesRight: shared & 2 != 0, storage: storage.flatMap { $0 > 0 ? $0 : nil },
      pockets: whole("StLanes", 0...8, &log) ?? count, phases: phases("Phase", &log),
      permitted: phases("PermPhase", &log), isChannelled: turn == .right && (1...3).contains(channelled),
      place: place)
  }

  /// Nodes that links or movements lead to or come from.
  private mutating func addMissingNodes(_ log: inout DiagnosticLog) {
    for position in nodes.indices {
      for approach in nodes[position].approaches {
        _ = index(of: approach.from, at: approach.place, &log)
        for movement in approach.movements { _ = index(of: movement.target, at: movement.place, &log) }
      }
    }
  }

  /// Files without nodes have no positions: they follow from directions and distances.
  private mutating func place() {
    guard !hasPositions else { return }
    var isPlaced = nodes.map { _ in false }
    var east = 0.0
    for first in nodes.indices where !isPlaced[first] {
      nodes[first].position = Point(x: east, y: 0)
      isPlaced[first] = true
      var queue = [first]
      var next = 0
      while next < queue.count {
        let node = nodes[queue[next]]
        next += 1
        for approach in node.approaches {
          guard let other = indexOfID[approach.from], !isPlaced[other] else { continue }
          nodes[other].position = node.position.moved(
            max(approach.length, 50), towards: approach.direction.leg)
          isPlaced[other] = true
          queue.append(other)
        }
      }
      east = (queue.map { nodes[$0].position.x }.max() ?? east) + 1000
    }
  }
}
