internal import NetworkBuilding
internal import TrafficModel

/// A movement of a file with its way through the junction.
struct UTDFWay {
  /// Positions of the node, of its approach and of the approach's movement.
  var node: Int
  var approach: Int
  var movement: Int
  var way: JunctionTurn
}

/// Links and lanes of a file, and the ways through its nodes.
struct UTDFRoads {
  private(set) var links: [Link] = []
  private(set) var lanes: [Lane] = []
  /// By link: its first lane.
  private(set) var firstLane: [Int] = []
  /// By node: its ways, in order of approach, then from the driver's left.
  private(set) var ways: [[UTDFWay]] = []
  /// By node and leg: the link that comes in.
  private(set) var inbound: [LegID: LinkID] = [:]
  private var outbound: [Ends: LinkID] = [:]
  private var exitLeg: [Ends: Compass] = [:]
  private let nodes: [UTDFNode]

  private struct Ends: Hashable {
    var from: Int
    var to: Int
  }

  init(_ read: UTDFNodes, _ log: inout DiagnosticLog) {
    nodes = read.nodes
    findExitLegs(read)
    for index in nodes.indices { addLinks(to: index, read) }
    addMissingExits(read, &log)
    ways = nodes.indices.map { findWays(at: $0, read, &log) }
  }

  /// The leg by which a node is left for each of its neighbours: the one that its traffic comes by, or else the free
  /// one nearest to where the neighbour lies.
  private mutating func findExitLegs(_ read: UTDFNodes) {
    for (index, node) in nodes.enumerated() {
      for approach in node.approaches {
        guard let other = read.indexOfID[approach.from] else { continue }
        exitLeg[Ends(from: index, to: other)] = approach.direction.leg
      }
    }
    for (index, node) in nodes.enumerated() {
      for approach in node.approaches {
        if let other = read.indexOfID[approach.from] { findExitLeg(Ends(from: other, to: index)) }
        for movement in approach.movements {
          if let other = read.indexOfID[movement.target] { findExitLeg(Ends(from: index, to: other)) }
        }
      }
    }
  }

  private mutating func findExitLeg(_ ends: Ends) {
    guard exitLeg[ends] == nil else { return }
    let (a, b) = (nodes[ends.from].position, nodes[ends.to].position)
    let ideal = Compass(nearestTo: Point(x: b.x - a.x, y: b.y - a.y)) ?? .n
    let taken = exitLeg.filter { $0.key.from == ends.from }.map(\.value)
    let order = [0, 1, 7, 2, 6, 3, 5, 4].map { Compass.allCases[(ideal.rawValue + $0) % 8] }
    exitLeg[ends] = order.first { !taken.contains($0) } ?? ideal
  }

  private mutating func addLinks(to index: Int, _ read: UTDFNodes) {
    for approach in nodes[index].approaches where !approach.lanes.isEmpty {
      guard let from = read.indexOfID[approach.from] else { continue }
      let leg = approach.direction.leg
      let isExit = nodes[index].kind == .external && nodes[from].kind != .external
      let out = exitLeg[Ends(from: from, to: index)] ?? leg.opposite
      let name =
        isExit ? "\(nodes[from].name).\(out.name) out" : "\(nodes[index].name).\(leg.name)"
      let id = add(
        Link(
          name: name, street: approach.street, from: JunctionID(from), to: JunctionID(index),
          length: approach.length, speed: approach.speed,
          shape: [nodes[from].position, nodes[index].position]),
        lanes: approach.lanes.reversed().map { $0.pocket ?? approach.length })
      inbound[LegID(junction: index, leg: leg)] = id
      outbound[Ends(from: from, to: index)] = id
    }
  }

  /// Ways out that no link of the file leads along.
  private mutating func addMissingExits(_ read: UTDFNodes, _ log: inout DiagnosticLog) {
    for (index, node) in nodes.enumerated() {
      for approach in node.approaches {
        for movement in approach.movements {
          guard let target = read.indexOfID[movement.target] else { continue }
          let ends = Ends(from: index, to: target)
          guard outbound[ends] == nil else { continue }
          let back = node.approach(from: movement.target)
          if nodes[target].kind != .external {
            log.warning(
              "no link leads from node \(node.id) to node \(movement.target), one is assumed",
              at: movement.place)
          }
          let length = back?.length ?? approach.length
          let count = max(movement.lanes, back?.lanes.count { $0.pocket == nil } ?? 1, 1)
          outbound[ends] = add(
            Link(
              name: "\(node.name).\((exitLeg[ends] ?? .n).name) out", street: back?.street ?? "",
              from: JunctionID(index), to: JunctionID(target), length: length,
              speed: back?.speed ?? approach.speed,
              shape: [node.position, nodes[target].position]),
            lanes: [Double](repeating: length, count: count))
        }
      }
    }
  }

  /// - Parameter lengths: from the kerb, m.
  private mutating func add(_ link: Link, lanes lengths: [Double]) -> LinkID {
    let id = LinkID(links.count)
    var link = link
    if link.shape.first == link.shape.last { link.shape = [] }
    links.append(link)
    firstLane.append(lanes.count)
    for (position, length) in lengths.enumerated() {
      lanes.append(
        Lane(link: id, position: position, sourceIndex: position, length: length, speed: link.speed))
    }
    return id
  }

  private func findWays(at index: Int, _ read: UTDFNodes, _ log: inout DiagnosticLog) -> [UTDFWay] {
    var ways: [UTDFWay] = []
    for (number, approach) in nodes[index].approaches.enumerated() {
      let from = LegID(junction: index, leg: approach.direction.leg)
      guard let fromLink = inbound[from] else { continue }
      for (position, movement) in approach.movements.enumerated() {
        guard let target = read.indexOfID[movement.target] else { continue }
        let ends = Ends(from: index, to: target)
        guard let toLink = outbound[ends], let to = exitLeg[ends] else { continue }
        let waits = nodes[index].kind != .signalled || !movement.permitted.isEmpty
        ways.append(
          UTDFWay(
            node: index, approach: number, movement: position,
            way: JunctionTurn(
              from: from, to: to, turn: movement.turn, fromLink: fromLink, toLink: toLink,
              isPermissive: waits)))
      }
    }
    return ways
  }

  /// Lets a left turn wait for gaps.
  mutating func permit(way: Int, at node: Int) { ways[node][way].way.isPermissive = true }

  /// Leads the lanes of all ways through the nodes.
  ///
  /// - Parameters:
  ///   - signals: by node and way: the group that controls it.
  ///   - discharges: by node and way: what its stop line lets through.
  mutating func connect(signals: [[SignalGroupReference?]], discharges: [[Discharge]]) {
    for node in nodes.indices {
      for index in ways[node].indices {
        let way = ways[node][index]
        let lanesLeft = nodes[node].approaches[way.approach].lanes.reversed().enumerated()
        ways[node][index].way.paths = JunctionTurn.lanes(
          of: way.way.turn,
          leaving: lanesLeft.filter { $0.element.movements.contains(way.movement) }.map(\.offset),
          entering: fullLanes(of: way.way.toLink)
        ).map { from, to in
          // A bend is no junction: nobody slows down, and nothing lies between its links.
          JunctionTurn.LanePath(
            from: from, to: to, length: nodes[node].kind == .bend ? 1 : nil, signal: signals[node][index],
            discharge: discharges[node][index])
        }
        if nodes[node].kind == .bend {
          ways[node][index].way.speed = min(
            links[way.way.fromLink.index].speed, links[way.way.toLink.index].speed)
        }
      }
    }
  }

  /// By node: the turns of its ways.
  var turns: [[JunctionTurn]] { ways.map { $0.map(\.way) } }

  /// The lanes of a link that are open all along it, by position from the kerb.
  private func fullLanes(of link: LinkID) -> [Int] {
    let length = links[link.index].length
    return lanes.of(link, first: firstLane).filter { $0.length >= length }.map(\.position)
  }
}
