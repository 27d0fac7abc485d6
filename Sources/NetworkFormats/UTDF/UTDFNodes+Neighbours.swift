internal import NetworkBuilding
internal import TrafficModel

/// Movements of which a file does not say where they lead.
extension UTDFNodes {
  /// m between a node and a neighbour that stands for one.
  private static let assumedDistance = 300.0

  /// Where the file tells of traffic in a movement; nil where it does not.
  func traffic(of column: String, at id: UTDFNodeID) -> TextPlace? {
    for record in ["lanes", "phase1", "permphase1", "volume"] {
      guard let field = file[.lanes][record, id, column], UTDFNumber.value(field.value) ?? 0 > 0 else {
        continue
      }
      return field.place
    }
    return nil
  }

  /// Movements of a node of which the file does not say where they lead: to where they turn.
  mutating func readUnnamed(
    _ unnamed: [(column: String, place: TextPlace)], at id: UTDFNodeID, _ log: inout DiagnosticLog
  ) {
    guard let first = unnamed.first else { return }
    let node = index(of: id, at: first.place, &log)
    func approach(from leg: Compass) -> Int? {
      nodes[node].approaches.firstIndex { $0.direction.leg == leg }
    }
    if assumesNeighbours {
      for (column, place) in unnamed {
        guard let direction = UTDFMovement.parts(of: column)?.direction, approach(from: direction.leg) == nil
        else { continue }
        let up = neighbour(beyond: direction.leg, of: node)
        nodes[node].approaches.append(newApproach(direction, from: up, at: id, place, &log))
      }
    }
    let legs = nodes[node].approaches.map(\.direction.leg)
    var (read, lost): ([String], [String]) = ([], [])
    for (column, place) in unnamed {
      guard let parts = UTDFMovement.parts(of: column) else { continue }
      let from = parts.direction.leg
      let to = TurnTargets(from: from, exits: legs)[parts.turn]
      guard let approach = approach(from: from),
        let to = to ?? (assumesNeighbours ? parts.turn.leg(from: from) : nil)
      else {
        lost.append(column)
        continue
      }
      let target =
        nodes[node].approaches.first { $0.direction.leg == to }?.from ?? neighbour(beyond: to, of: node)
      nodes[node].approaches[approach].movements.append(
        movement(column, parts.turn, parts.order, id: id, target: target, at: place, &log))
      read.append(column)
    }
    if !read.isEmpty {
      log.warning(
        "node \(id): no 'Dest Node' says where \(read.joined(separator: ", ")) lead, they are taken to lead where they turn",
        at: first.place)
    }
    if !lost.isEmpty {
      log.warning(
        "node \(id): no 'Dest Node' says where \(lost.joined(separator: ", ")) lead, they are not read",
        at: first.place)
    }
  }

  /// The node that stands for what lies beyond a leg.
  private mutating func neighbour(beyond leg: Compass, of node: Int) -> UTDFNodeID {
    let id = UTDFNodeID(beyond: leg, of: nodes[node].id)
    if indexOfID[id] == nil {
      assumed.append((nodes.count, node, leg))
      add(
        UTDFNode(
          id: id, name: id.description, kind: .external, position: nodes[node].position,
          place: nodes[node].place))
    }
    return id
  }

  /// Puts the nodes that stand for neighbours to where they lie, when the others have their places.
  mutating func placeAssumed() {
    for neighbour in assumed {
      nodes[neighbour.node].position = nodes[neighbour.owner].position.moved(
        Self.assumedDistance, towards: neighbour.leg)
    }
  }
}
