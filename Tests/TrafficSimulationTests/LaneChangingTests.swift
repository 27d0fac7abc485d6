import Testing
import TrafficModel

@testable import TrafficSimulation

@Suite("Changing lanes")
struct LaneChangingTests {
  /// Three roads of two lanes one after the other, a signal after the first; at the end of the last the lane at
  /// the kerb turns right, the other one goes straight on.
  private func corridor() throws -> Network {
    let length = 300.0
    let speed = 13.9
    let junctions = (0..<6).map { index in
      Junction(
        name: "\(index)", position: Point(x: Double(index) * length, y: index == 5 ? -length : 0),
        control: index == 1 ? .signalled(ControllerID(0)) : .uncontrolled)
    }
    let ends = [(0, 1), (1, 2), (2, 3), (3, 4), (3, 5)]
    let links = ends.enumerated().map { index, ends in
      Link(
        name: "\(index)", from: JunctionID(ends.0), to: JunctionID(ends.1), length: length, speed: speed)
    }
    // Lanes 0 to 5 are those of the three roads, two each; 6 leads straight on, 7 to the right.
    let lanes = [(0, 0), (0, 1), (1, 0), (1, 1), (2, 0), (2, 1), (3, 0), (4, 0)].map { link, position in
      Lane(link: LinkID(link), position: position, sourceIndex: position, length: length, speed: speed)
    }
    let ways: [(Int, Int, Turn)] = [
      (0, 2, .through), (1, 3, .through), (2, 4, .through), (3, 5, .through), (4, 7, .right),
      (5, 6, .through),
    ]
    let connections = ways.enumerated().map { index, way in
      LaneConnection(
        from: LaneID(way.0), to: LaneID(way.1), turn: way.2, length: 10, speed: speed,
        signal: index < 2 ? SignalGroupReference(controller: ControllerID(0), group: 0) : nil,
        saturationFlow: 0.5, startUpLostTime: 0, yellowUsed: 0)
    }
    let controller = SignalController(
      name: "1", groups: [SignalGroup(name: "through", minimumGreen: 5, yellow: 3)],
      conflicts: [[.none]], intergreens: [[0]], cycleBounds: 20...180)
    return try Network(
      junctions: junctions, links: links, lanes: lanes, connections: connections,
      conflicts: connections.map { _ in [] }, controllers: [controller])
  }

  /// Vehicles that pass the signal in a cycle of 100 s with 20 s of green, from a queue that never ends.
  private func discharge(of network: Network, routes: [[LinkID]]) -> Double {
    var demand = Demand(begin: 0, end: 2000)
    demand.routes = routes
    demand.departures = (0..<1000).map { Departure(time: Double($0) * 2, route: $0 % routes.count) }
    let program = SignalProgram(
      controller: ControllerID(0), name: "present", offset: 80,
      intervals: [(20.0, SignalState.protectedGreen), (3, .yellow), (77, .red)].map {
        SignalInterval(duration: $0, states: [$1])
      })
    let measures = Simulator(network: network, demand: demand)
      .run(TimingPlan(name: "present", programs: [program]), seed: 1)
    return Double(measures.links[0].left) / 20
  }

  /// One lane discharges 10 vehicles in 20 s at 0.5 veh/s; two, all but a vehicle or so of 20.
  private static let more = 1.6

  @Test("Who turns right three roads on uses both lanes until the last of them")
  func lanesAhead() throws {
    let network = try corridor()
    let right = [0, 1, 2, 4].map { LinkID($0) }
    let straight = [0, 1, 2, 3].map { LinkID($0) }
    let single = 0.5 * 20
    #expect(discharge(of: network, routes: [straight, right]) > Self.more * single)
    #expect(discharge(of: network, routes: [right]) > Self.more * single)
  }
}
