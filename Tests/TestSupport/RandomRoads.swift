public import TrafficModel

/// A small random road network without signals: links of one lane between random junctions.
public struct RandomRoads {
  /// The network.
  public let network: Network

  /// The network of a seed.
  public init(seed: UInt64) throws {
    var random = LinearCongruential(seed: Int(seed))
    let junctions = (0..<6).map {
      Junction(name: "j\($0)", position: Point(x: Double($0), y: 0), control: .priority)
    }
    let links = (0..<12).map { index in
      Link(
        name: "l\(index)", from: JunctionID(random.below(6)), to: JunctionID(random.below(6)),
        length: Double(50 + random.below(500)), speed: Double(5 + random.below(20)))
    }
    let lanes = links.enumerated().map { index, link in
      Lane(link: LinkID(index), position: 0, sourceIndex: 0, length: link.length, speed: link.speed)
    }
    var connections: [LaneConnection] = []
    for (a, from) in links.enumerated() {
      for (b, to) in links.enumerated() where a != b && from.to == to.from && random.below(4) > 0 {
        connections.append(
          LaneConnection(
            from: LaneID(a), to: LaneID(b), turn: .through, length: Double(random.below(30)), speed: 10,
            saturationFlow: 0.5, startUpLostTime: 0, yellowUsed: 0))
      }
    }
    network = try Network(
      junctions: junctions, links: links, lanes: lanes, connections: connections,
      conflicts: connections.map { _ in [] }, controllers: [])
  }
}
