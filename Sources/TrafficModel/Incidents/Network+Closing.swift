extension Network {
  /// The network without the ways from and to some lanes, and with saturation flows multiplied.
  ///
  /// Signal groups that lose all their traffic need not be served any more. Everything else keeps its place.
  ///
  /// - Parameters:
  ///   - closed: by lane.
  ///   - factors: by link, above 0 … 1: of the ways that leave it, or, where none do, of those that enter it.
  func closing(lanes closed: [Bool], reducing factors: [Double]) throws(InvalidNetwork) -> Network {
    guard closed.contains(true) || factors.contains(where: { $0 != 1 }) else { return self }
    let kept = connections.indices.filter {
      !closed[connections[$0].from.index] && !closed[connections[$0].to.index]
    }
    var place = [ConnectionID?](repeating: nil, count: connections.count)
    for (new, old) in kept.enumerated() { place[old] = ConnectionID(new) }
    return try Network(
      junctions: junctions, links: links, lanes: lanes,
      connections: kept.map { reduced(connections[$0], by: factors) },
      conflicts: kept.map { index in
        conflicts[index].compactMap { conflict in
          place[conflict.other.index].map { other in
            var conflict = conflict
            conflict.other = other
            return conflict
          }
        }
      },
      crossings: crossings.map { crossing in
        var crossing = crossing
        crossing.crossedConnections = crossing.crossedConnections.compactMap { place[$0.index] }
        return crossing
      },
      controllers: controllers.indices.map { relieved(ControllerID($0), kept: place) }, side: side)
  }

  private func reduced(_ connection: LaneConnection, by factors: [Double]) -> LaneConnection {
    var connection = connection
    let (from, to) = (self[connection.from].link, self[connection.to].link)
    connection.saturationFlow *= factors[from.index]
    if isExit(to) { connection.saturationFlow *= factors[to.index] }
    return connection
  }

  /// A controller whose groups need no green where they had traffic and have none any more.
  private func relieved(_ id: ControllerID, kept place: [ConnectionID?]) -> SignalController {
    var controller = self[id]
    for (group, connections) in connectionsOfGroup[id.index].enumerated()
    where !connections.isEmpty && connections.allSatisfy({ place[$0.index] == nil }) {
      controller.groups[group].mustBeServed = false
    }
    return controller
  }
}
