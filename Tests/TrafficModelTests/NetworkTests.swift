import TestSupport
import Testing
import TrafficModel

@Suite("Network")
struct NetworkTests {
  @Test("Movements, entries and exits follow from the connections")
  func derived() throws {
    let network = try StarNetwork(approaches: 3, saturationFlow: [0.5, 0.5, 0.5]).network
    #expect(network.movements.count == 3)
    for (index, movement) in network.movements.enumerated() {
      #expect(movement.from == LinkID(index))
      #expect(movement.to == LinkID(3))
      #expect(network.isEntry(movement.from))
      #expect(network.movement(from: movement.from, to: movement.to) == MovementID(index))
      #expect(network.movementOfConnection[movement.connections[0].index] == MovementID(index))
    }
    #expect(network.isExit(LinkID(3)))
    #expect(network.movement(from: LinkID(3), to: LinkID(0)) == nil)
    #expect(network.lanes(of: LinkID(3)) == [LaneID(3), LaneID(4), LaneID(5)])
    #expect(network.connectionsOfGroup[0] == [[ConnectionID(0)], [ConnectionID(1)], [ConnectionID(2)]])
  }

  @Test("Every problem of the arrays is reported at once")
  func problems() throws {
    let good = try StarNetwork(approaches: 2, saturationFlow: [0.5, 0.5]).network
    var links = good.links
    links[0].length = -5
    links[1].name = "exit"
    links[1].speed = .nan
    var connections = good.connections
    connections[0].to = LaneID(99)
    connections[1].saturationFlow = 0
    var controllers = good.controllers
    controllers[0].intergreens.removeLast()
    let failure = #expect(throws: InvalidNetwork.self) {
      try good.replacing(links: links, connections: connections, controllers: controllers)
    }
    let subjects = failure?.problems.map(\.subject)
    #expect(
      subjects == [
        .link(LinkID(2)), .link(LinkID(0)), .link(LinkID(1)), .connection(ConnectionID(0)),
        .connection(ConnectionID(1)), .controller(ControllerID(0)),
      ])
  }

  @Test("The shortest path is the cheapest of all paths on a random network", arguments: 0..<20)
  func shortestPath(_ seed: Int) throws {
    let network = try RandomRoads(seed: UInt64(seed)).network
    for from in network.links.indices {
      for to in network.links.indices {
        let path = network.shortestPath(from: LinkID(from), to: LinkID(to))
        let best = cheapest(network, from: LinkID(from), to: LinkID(to))
        #expect((path == nil) == (best == nil))
        if let path, let best {
          #expect(abs(cost(network, path) - best) < 1e-9)
          #expect(path.first == LinkID(from) && path.last == LinkID(to))
        }
      }
    }
  }

  @Test("A path through stops passes them in order")
  func via() throws {
    let network = try RandomRoads(seed: 1).network
    let stops = [LinkID(0), LinkID(4), LinkID(2)]
    if let path = network.shortestPath(through: stops) {
      let positions = stops.map { path.firstIndex(of: $0) ?? -1 }
      #expect(positions[0] == 0)
      #expect(path.contains(LinkID(4)) && path.last == LinkID(2))
    } else {
      #expect(
        network.shortestPath(from: stops[0], to: stops[1]) == nil
          || network.shortestPath(from: stops[1], to: stops[2]) == nil)
    }
  }

  private func cost(_ network: Network, _ path: [LinkID]) -> Double {
    path.reduce(0) { $0 + network[$1].freeFlowTime }
      + zip(path, path.dropFirst()).reduce(0) { sum, pair in
        guard let movement = network.movement(from: pair.0, to: pair.1) else { return .infinity }
        return sum + network.passageTime(movement)
      }
  }

  /// Bellman and Ford's method as an oracle.
  private func cheapest(_ network: Network, from: LinkID, to: LinkID) -> Double? {
    var best = network.links.map { _ in Double.infinity }
    best[from.index] = network[from].freeFlowTime
    for _ in network.links {
      for (index, movement) in network.movements.enumerated() {
        let passage = network.passageTime(MovementID(index))
        let time = best[movement.from.index] + passage + network[movement.to].freeFlowTime
        best[movement.to.index] = min(best[movement.to.index], time)
      }
    }
    return best[to.index].isFinite ? best[to.index] : nil
  }
}
