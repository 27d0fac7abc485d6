import Testing
import TrafficModel
import TrafficSimulation

@Suite("Turn pockets")
struct TurnPocketTests {
  /// A road of 300 m with one lane and a pocket of 60 m for left turns, no signals, and an exit for each turn.
  private func network() throws -> Network {
    let places = [Point(x: 0, y: -300), Point(x: 0, y: 0), Point(x: 0, y: 300), Point(x: -300, y: 0)]
    let junctions = places.enumerated().map {
      Junction(name: "\($0)", position: $1, control: .uncontrolled)
    }
    let links = [(0, 1), (1, 2), (1, 3)].enumerated().map { index, ends in
      Link(
        name: "\(index)", from: JunctionID(ends.0), to: JunctionID(ends.1), length: 300, speed: 13.9)
    }
    let lanes = [(0, 0, 300.0), (0, 1, 60), (1, 0, 300), (2, 0, 300)].map { link, position, length in
      Lane(link: LinkID(link), position: position, sourceIndex: position, length: length, speed: 13.9)
    }
    let connections = [(0, 2, Turn.through), (1, 3, .left)].map { from, to, turn in
      LaneConnection(
        from: LaneID(from), to: LaneID(to), turn: turn, length: 15, speed: turn == .left ? 8 : 13.9,
        saturationFlow: 0.5, startUpLostTime: 0, yellowUsed: 0)
    }
    return try Network(
      junctions: junctions, links: links, lanes: lanes, connections: connections,
      conflicts: connections.map { _ in [] }, controllers: [])
  }

  @Test("vehicles enter a pocket where it begins, not at the road's begin, and reach their turn unhindered")
  func reached() throws {
    let network = try network()
    var demand = Demand(begin: 0, end: 900, routes: [[LinkID(0), LinkID(1)], [LinkID(0), LinkID(2)]])
    demand.departures = (0..<80).map { Departure(time: Double($0) * 10, route: $0 % 2) }
    let measures = Simulator(network: network, demand: demand).run(
      TimingPlan(name: "none", programs: []), seed: 1)
    #expect(measures.served == 80)
    // A road of 600 m without traffic lights or queues: drivers lose a few seconds to slower ones and the turn.
    #expect(measures.delayPerVehicle < 8)
    #expect(measures.movements.map(\.served) == [40, 40])
  }
}
