internal import NetworkBuilding
internal import TrafficModel

/// Legs of junctions that names of links tell of, as in networks of Greenwave's own; directions where they do not.
struct LegNames {
  /// By link: the leg by which it leaves its first junction, and by which it comes to its last; nil where no name tells.
  private(set) var from: [Compass?]
  private(set) var to: [Compass?]

  init(_ network: Network) {
    to = network.links.map { Self.leg($0.name, network[$0.to].name, suffix: "") }
    from = network.links.map { Self.leg($0.name, network[$0.from].name, suffix: " out") }
    // A road leaves by the leg that the opposite direction comes in by.
    struct Ends: Hashable {
      var from: JunctionID
      var to: JunctionID
    }
    var opposite: [Ends: [Int]] = [:]
    for (index, link) in network.links.enumerated() where to[index] != nil {
      opposite[Ends(from: link.from, to: link.to), default: []].append(index)
    }
    for (index, link) in network.links.enumerated() where from[index] == nil && to[index] != nil {
      let back = opposite[Ends(from: link.to, to: link.from)] ?? []
      if back.count == 1 { from[index] = to[back[0]] }
    }
  }

  private static func leg(_ name: String, _ junction: String, suffix: String) -> Compass? {
    guard name.hasPrefix(junction + "."), name.hasSuffix(suffix) else { return nil }
    return Compass(name: String(name.dropFirst(junction.count + 1).dropLast(suffix.count)))
  }

  /// The leg by which a link comes to its last junction, from its direction where its name does not tell.
  func arriving(_ link: LinkID, _ network: Network) -> Compass {
    if let leg = to[link.index] { return leg }
    let way = JunctionLegs.direction(ofEnd: network[link], network.junctions)
    return Compass(nearestTo: Point(x: -way.x, y: -way.y)) ?? .n
  }

  /// The leg that a crossing lies on; nil where it cannot be told.
  func leg(of crossing: PedestrianCrossing, _ network: Network) -> Compass? {
    let parts = crossing.name.split(separator: ".")
    if parts.count > 2, parts.last == "P", let leg = Compass(name: String(parts[parts.count - 2])) {
      return leg
    }
    var links: [LinkID: Int] = [:]
    for connection in crossing.crossedConnections {
      links[network[network[connection].from].link, default: 0] += 1
    }
    let best = links.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.first
    return best.map { arriving($0.key, network) }
  }
}
