internal import TrafficModel

/// The links that pedestrian crossings lead over.
struct SUMOCrossingLegs {
  /// By crossing: the links that it leads over, the one into the junction first; none where that cannot be told.
  let links: [[LinkID]]

  init(_ network: Network) {
    links = network.crossings.map { Self.links(of: $0, network) }
  }

  /// A crossing's ways are all those of the links that it leads over: where several pairs of links have just these, it is the
  /// pair whose other ends are nearest to each other.
  private static func links(of crossing: PedestrianCrossing, _ network: Network) -> [LinkID] {
    let crossed = Set(crossing.crossedConnections)
    func ways(_ movements: [MovementID]) -> Set<ConnectionID> {
      Set(movements.flatMap { network[$0].connections })
    }
    let incoming = network.links.indices.filter { network.links[$0].to == crossing.junction }
      .map { (link: LinkID($0), ways: ways(network.movementsFromLink[$0])) }
      .filter { !$0.ways.isEmpty && $0.ways.isSubset(of: crossed) }
    let outgoing = network.links.indices.filter { network.links[$0].from == crossing.junction }
      .map { (link: LinkID($0), ways: ways(network.movementsIntoLink[$0])) }
      .filter { !$0.ways.isEmpty && $0.ways.isSubset(of: crossed) }
    var best: (links: [LinkID], distance: Double)?
    for one in incoming {
      for other in outgoing where one.ways.union(other.ways) == crossed {
        let (from, to) = (network[network[one.link].from].position, network[network[other.link].to].position)
        let distance = (from.x - to.x) * (from.x - to.x) + (from.y - to.y) * (from.y - to.y)
        if best.map({ distance < $0.distance }) ?? true { best = ([one.link, other.link], distance) }
      }
    }
    if let best { return best.links }
    return (incoming + outgoing).first { $0.ways == crossed }.map { [$0.link] } ?? []
  }
}
