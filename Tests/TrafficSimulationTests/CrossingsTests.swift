import Testing
import TrafficModel

@testable import TrafficSimulation

@Suite("Crossings")
struct CrossingsTests {
  /// Four ways, each of which crosses those of both neighbours and yields to the next; all have green, so that four
  /// vehicles that enter together could wait for each other in a ring.
  private func ring() throws -> Network {
    let sides = 4
    let length = 200.0
    let speed = 13.9
    let junctions =
      [Junction(name: "middle", position: Point(x: 0, y: 0), control: .signalled(ControllerID(0)))]
      + (0..<2 * sides).map {
        Junction(name: "end \($0)", position: Point(x: Double($0), y: length), control: .uncontrolled)
      }
    let links = (0..<2 * sides).map { index in
      let (middle, end) = (JunctionID(0), JunctionID(index + 1))
      return Link(
        name: "\(index)", from: index < sides ? end : middle, to: index < sides ? middle : end,
        length: length, speed: speed)
    }
    let lanes = links.indices.map {
      Lane(link: LinkID($0), position: 0, sourceIndex: 0, length: length, speed: speed)
    }
    let connections = (0..<sides).map {
      LaneConnection(
        from: LaneID($0), to: LaneID(sides + $0), turn: .through, length: 30, speed: speed,
        signal: SignalGroupReference(controller: ControllerID(0), group: 0), saturationFlow: 0.5,
        startUpLostTime: 0, yellowUsed: 0)
    }
    let conflicts = (0..<sides).map { index in
      [
        ConnectionConflict(other: ConnectionID((index + 1) % sides), yields: true, meeting: 20),
        ConnectionConflict(other: ConnectionID((index + sides - 1) % sides), yields: false, meeting: 10),
      ]
    }
    return try Network(
      junctions: junctions, links: links, lanes: lanes, connections: connections, conflicts: conflicts,
      controllers: [
        SignalController(
          name: "middle", groups: [SignalGroup(name: "all", minimumGreen: 5, yellow: 3)],
          conflicts: [[.none]], intergreens: [[0]], cycleBounds: 20...180)
      ])
  }

  @Test(
    "Vehicles whose ways cross in a ring do not lock inside the junction", arguments: [1, 2, 3] as [UInt64])
  func ringDoesNotLock(seed: UInt64) throws {
    var demand = Demand(begin: 0, end: 1800)
    demand.routes = (0..<4).map { [LinkID($0), LinkID(4 + $0)] }
    // One vehicle a side every 20 s, all at once; the last come 300 s before the end.
    demand.departures = (0..<300).map { Departure(time: Double($0 / 4) * 20, route: $0 % 4) }
    let program = SignalProgram(
      controller: ControllerID(0), name: "all green", offset: 0,
      intervals: [SignalInterval(duration: 60, states: [.protectedGreen])])
    let measures = Simulator(network: try ring(), demand: demand)
      .run(TimingPlan(name: "all green", programs: [program]), seed: seed)
    #expect(measures.served == demand.departures.count)
  }
}
