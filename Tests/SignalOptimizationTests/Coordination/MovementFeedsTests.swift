import TestSupport
import Testing
import TrafficModel

@testable import SignalOptimization

@Suite("MovementFeeds")
struct MovementFeedsTests {
  /// Sums over some thousand ways.
  private static let rounding = 1e-9
  private static let width = 8
  private static let levels = 11
  /// veh/s.
  private static let flow = 0.4

  /// Two signals with a street between them that parts into eight links at each of eleven junctions, any of which leads to
  /// any of the next: 8¹⁰ ways from each link of the first junction to each of the last.
  private func braid() throws -> Network {
    let (width, levels) = (Self.width, Self.levels)
    let junctions = (0...levels + 2).map { index in
      Junction(
        name: "\(index)", position: Point(x: Double(index), y: 0),
        control: index == 1
          ? .signalled(ControllerID(0)) : index == levels + 1 ? .signalled(ControllerID(1)) : .uncontrolled)
    }
    var links = [Link(name: "in", from: JunctionID(0), to: JunctionID(1), length: 10, speed: 10)]
    for level in 1...levels {
      links += (0..<width).map {
        Link(
          name: "\(level).\($0)", from: JunctionID(level), to: JunctionID(level + 1), length: 10, speed: 10)
      }
    }
    links.append(
      Link(name: "out", from: JunctionID(levels + 1), to: JunctionID(levels + 2), length: 10, speed: 10))
    let lanes = links.indices.map {
      Lane(link: LinkID($0), position: 0, sourceIndex: 0, length: 10, speed: 10)
    }
    func connection(_ from: Int, _ to: Int, _ controller: Int?) -> LaneConnection {
      LaneConnection(
        from: LaneID(from), to: LaneID(to), turn: .through, length: 10, speed: 10,
        signal: controller.map { SignalGroupReference(controller: ControllerID($0), group: 0) },
        saturationFlow: 0.5, startUpLostTime: 0, yellowUsed: 0)
    }
    func link(_ level: Int, _ side: Int) -> Int { 1 + (level - 1) * width + side }
    var connections = (0..<width).map { connection(0, link(1, $0), 0) }
    for level in 1..<levels {
      for from in 0..<width {
        connections += (0..<width).map { connection(link(level, from), link(level + 1, $0), nil) }
      }
    }
    connections += (0..<width).map { connection(link(levels, $0), links.count - 1, 1) }
    let controllers = ["first", "second"].map {
      SignalController(
        name: $0, groups: [SignalGroup(name: "cars", minimumGreen: 5, yellow: 3)], conflicts: [[.none]],
        intergreens: [[0]])
    }
    return try Network(
      junctions: junctions, links: links, lanes: lanes, connections: connections,
      conflicts: connections.map { _ in [] }, controllers: controllers)
  }

  @Test("a thousand million ways from signal to signal are followed as so many links, and no vehicle is lost")
  func braided() throws {
    let network = try braid()
    let width = Double(Self.width)
    let flows = network.movements.map { movement in
      let (from, to) = (network[movement.from].name, network[movement.to].name)
      return from == "in" || to == "out" ? Self.flow / width : Self.flow / (width * width)
    }
    let counts = CountSlice(
      begin: 0, end: 3600, vehicles: flows.map { $0 * 3600 }, pedestrians: [])
    var demand = Demand(begin: 0, end: 3600)
    demand.counts = [counts]
    let feeds = MovementFeeds(network: network, demand: demand, flows: flows)
    // 1 s on each link and 1 s through each junction, from the first stop line to the last.
    let time = Double(2 * Self.levels)
    for (index, movement) in network.movements.enumerated() where network[movement.to].name == "out" {
      let found = feeds.ofMovement[index]
      #expect(isClose(found.reduce(0) { $0 + $1.flow }, Self.flow / width, Self.rounding))
      #expect(found.count == Self.width)
      #expect(found.allSatisfy { isClose($0.time, time, Self.rounding) && $0.controller == ControllerID(0) })
    }
  }
}
