internal import NetworkBuilding
internal import TrafficModel

/// A movement with its column in the file.
struct UTDFColumn {
  var movement: MovementID
  var name: String
  var turn: Turn
  var order: Int
}

/// An approach as it is written.
struct UTDFOutputApproach {
  var link: LinkID
  var direction: UTDFDirection
  /// From the driver's left.
  var columns: [UTDFColumn]
}

/// Which numbers and directions a network's junctions and links have in a file.
struct UTDFOutput {
  let network: Network
  /// By junction: its INTID.
  private(set) var ids: [Int] = []
  /// By junction: the links that come to it.
  private(set) var approaches: [[UTDFOutputApproach]] = []
  /// What cannot be written.
  private(set) var losses: [String] = []

  init(_ network: Network) {
    self.network = network
    ids = Self.ids(network.junctions.map(\.name))
    let incoming = Dictionary(grouping: network.links.indices.map { LinkID($0) }, by: { network[$0].to })
    for index in network.junctions.indices {
      let junction = JunctionID(index)
      approaches.append(findApproaches(of: junction, incoming: incoming[junction] ?? []))
    }
  }

  /// Junctions that are called by a number keep it.
  private static func ids(_ names: [String]) -> [Int] {
    var taken: Set<Int> = []
    var ids = names.map { name -> Int? in
      guard let number = Int(name), number > 0, number < 1_000_000, String(number) == name,
        taken.insert(number).inserted
      else { return nil }
      return number
    }
    var next = 1
    for index in ids.indices where ids[index] == nil {
      while taken.contains(next) { next += 1 }
      ids[index] = next
      next += 1
    }
    return ids.compactMap { $0 }
  }

  private mutating func findApproaches(
    of junction: JunctionID, incoming: [LinkID]
  ) -> [UTDFOutputApproach] {
    var taken: Set<Compass> = []
    var named: [LinkID: Compass] = [:]
    for link in incoming {
      let prefix = network[junction].name + "."
      guard network[link].name.hasPrefix(prefix),
        let leg = Compass(name: String(network[link].name.dropFirst(prefix.count))),
        taken.insert(leg).inserted
      else { continue }
      named[link] = leg
    }
    var found: [UTDFOutputApproach] = []
    for link in incoming {
      let ideal = named[link] ?? leg(of: link)
      let order = [0, 1, 7, 2, 6, 3, 5, 4].map { Compass.allCases[(ideal.rawValue + $0) % 8] }
      guard let leg = named[link] ?? order.first(where: { !taken.contains($0) }) else {
        losses.append("link '\(network[link].name)': a node has at most eight approaches")
        continue
      }
      if found.contains(where: { network[$0.link].from == network[link].from }) {
        losses.append(
          "link '\(network[link].name)': another link already leads from '\(network[network[link].from].name)' to '\(network[junction].name)'"
        )
        continue
      }
      taken.insert(leg)
      let direction = UTDFDirection(from: leg)
      found.append(
        UTDFOutputApproach(link: link, direction: direction, columns: columns(of: link, direction)))
    }
    return found
  }

  private func leg(of link: LinkID) -> Compass {
    let shape = network[link].shape
    let end = shape.last ?? network[network[link].to].position
    let before = shape.count > 1 ? shape[shape.count - 2] : network[network[link].from].position
    return Compass(nearestTo: Point(x: before.x - end.x, y: before.y - end.y)) ?? .n
  }

  private mutating func columns(of link: LinkID, _ direction: UTDFDirection) -> [UTDFColumn] {
    var columns: [UTDFColumn] = []
    for turn in Turn.fromLeft {
      // Of two, the one whose lanes lie further out turns more sharply.
      let movements = network.movementsFromLink[link.index].filter { network[$0].turn == turn }
        .sorted { outermost($0, turn) > outermost($1, turn) }
      let most = turn == .left || turn == .right ? 2 : 1
      for movement in movements.dropFirst(most) {
        losses.append("movement '\(network.name(of: movement))': a file has no column for it")
      }
      for (index, movement) in movements.prefix(most).enumerated() {
        let order = movements.count > 1 && index == 0 && most == 2 ? 1 : 0
        columns.append(
          UTDFColumn(
            movement: movement, name: "\(direction.name)\(turn.letter)\(order == 1 ? "2" : "")", turn: turn,
            order: order))
      }
    }
    return columns.sorted { rank($0) < rank($1) }
  }

  private func rank(_ column: UTDFColumn) -> Int {
    switch column.turn {
    case .uTurn: 0
    case .left: column.order == 1 ? 1 : 2
    case .through: 3
    case .right: column.order == 1 ? 5 : 4
    }
  }

  private func outermost(_ movement: MovementID, _ turn: Turn) -> Int {
    let lanes = network[movement].connections.map { network[network[$0].from].position }
    return turn == .right ? -(lanes.min() ?? 0) : lanes.max() ?? 0
  }

  /// What kind of node a junction is.
  func kind(of junction: Int) -> UTDFNode.Kind {
    if case .signalled = network.junctions[junction].control { return .signalled }
    let columns = approaches[junction].flatMap(\.columns)
    if columns.isEmpty { return .external }
    let isBend = columns.allSatisfy { $0.turn == .through } && approaches[junction].count <= 2
    return isBend && network.junctions[junction].control == .uncontrolled ? .bend : .unsignalled
  }

  // MARK: Lanes

  /// Own lanes, sharing and pockets of each movement of an approach, in the order of its columns.
  func groups(of approach: UTDFOutputApproach) -> [UTDFMovement] {
    let lanes = network.lanes(of: approach.link).reversed().map { lane in
      (
        columns: approach.columns.indices.filter { column in
          network[approach.columns[column].movement].connections.contains { network[$0].from == lane }
        }, length: network[lane].length
      )
    }
    var movements = approach.columns.map { column in
      UTDFMovement(
        column: column.name, turn: column.turn, order: column.order,
        target: UTDFNodeID(number: ids[network[network[column.movement].to].to.index]), lanes: 0,
        sharesLeft: false,
        sharesRight: false, storage: nil, pockets: 0, phases: [], permitted: [], isChannelled: false,
        place: TextPlace(line: 1, column: 1))
    }
    for lane in lanes {
      // Straight on owns its lanes; without it, the leftmost movement does.
      guard
        let owner = lane.columns.first(where: { approach.columns[$0].turn == .through }) ?? lane.columns.first
      else { continue }
      movements[owner].lanes += 1
      if lane.columns.contains(where: { $0 < owner }) { movements[owner].sharesLeft = true }
      if lane.columns.contains(where: { $0 > owner }) { movements[owner].sharesRight = true }
      if lane.length < network[approach.link].length {
        movements[owner].pockets += 1
        movements[owner].storage = max(movements[owner].storage ?? 0, lane.length)
      }
    }
    return movements
  }

  /// Whether the lanes that a reader makes of the groups are the network's.
  func isFaithful(_ movements: [UTDFMovement], to approach: UTDFOutputApproach) -> Bool {
    let read = UTDFLane.lanes(of: movements).lanes
    let lanes = Array(network.lanes(of: approach.link).reversed())
    guard read.count == lanes.count else { return false }
    return zip(read, lanes).allSatisfy { one, lane in
      let columns = approach.columns.indices.filter { column in
        network[approach.columns[column].movement].connections.contains { network[$0].from == lane }
      }
      let length = network[lane].length
      let pocket = length < network[approach.link].length ? length : nil
      return one.movements == columns && one.pocket == pocket
    }
  }
}
