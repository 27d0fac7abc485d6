import TestSupport
import Testing

@testable import TrafficModel

/// A ring of streets: from the west one comes to the east by the north or, more slowly, by the south.
///
/// Links: 0 entry, 1 north, 2 south, 3 exit, 4 another entry that leads to the north street only, 5 an exit at the fork.
/// Movements: entry → north, south and the exit at the fork; north → exit, south → exit; other entry → north.
private struct Fork {
  let network: Network
  static let names = ["entry", "north", "south", "exit", "side", "off"]

  init() throws {
    let ends = [(0, 1), (1, 2), (1, 2), (2, 3), (4, 1), (1, 5)]
    let lengths = [100.0, 200, 400, 100, 100, 100]
    let links = ends.indices.map {
      Link(
        name: Self.names[$0], from: JunctionID(ends[$0].0), to: JunctionID(ends[$0].1), length: lengths[$0],
        speed: 10)
    }
    // The north street has two lanes, the second of which only the first entry reaches.
    var lanes: [Lane] = []
    for (index, link) in links.enumerated() {
      for position in 0..<(index == 1 ? 2 : 1) {
        lanes.append(
          Lane(link: LinkID(index), position: position, sourceIndex: position, length: link.length, speed: 10)
        )
      }
    }
    // Lanes: 0 entry, 1 and 2 north, 3 south, 4 exit, 5 side, 6 off.
    let ways =
      [(0, 2, 0), (0, 3, 1), (0, 6, 1), (1, 4, nil), (2, 4, nil), (3, 4, nil), (5, 1, 2)]
      as [(Int, Int, Int?)]
    network = try Network(
      junctions: (0..<6).map {
        Junction(
          name: "\($0)", position: Point(x: Double($0), y: 0),
          control: $0 == 1 ? .signalled(ControllerID(0)) : .uncontrolled)
      },
      links: links, lanes: lanes,
      connections: ways.map { from, to, group in
        LaneConnection(
          from: LaneID(from), to: LaneID(to), turn: .through, length: 0, speed: 10,
          signal: group.map { SignalGroupReference(controller: ControllerID(0), group: $0) },
          saturationFlow: 0.5, startUpLostTime: 0, yellowUsed: 0)
      },
      conflicts: [
        [ConnectionConflict(other: ConnectionID(6), yields: false)], [], [],
        [ConnectionConflict(other: ConnectionID(5), yields: false)], [],
        [ConnectionConflict(other: ConnectionID(3), yields: true)],
        [ConnectionConflict(other: ConnectionID(0), yields: true)],
      ],
      crossings: [
        PedestrianCrossing(
          name: "zebra", junction: JunctionID(1), length: 7, walkingSpeed: 1, signal: nil,
          crossedConnections: [ConnectionID(0), ConnectionID(6)])
      ],
      controllers: [
        SignalController(
          name: "fork",
          groups: ["to north", "elsewhere", "side"].map { SignalGroup(name: $0, minimumGreen: 5, yellow: 3) },
          conflicts: [
            [.none, .none, .exclusive], [.none, .none, .none], [.exclusive, .none, .none],
          ], intergreens: [[0, 0, 4], [0, 0, 0], [4, 0, 0]])
      ])
  }

  var plan: TimingPlan {
    func row(_ duration: Double, _ states: [SignalState]) -> SignalInterval {
      SignalInterval(duration: duration, states: states)
    }
    return TimingPlan(
      name: "present",
      programs: [
        SignalProgram(
          controller: ControllerID(0), name: "present", offset: 0,
          intervals: [
            row(30, [.protectedGreen, .protectedGreen, .red]), row(3, [.yellow, .protectedGreen, .red]),
            row(1, [.red, .protectedGreen, .red]), row(20, [.red, .protectedGreen, .protectedGreen]),
            row(3, [.red, .yellow, .yellow]), row(1, [.red, .red, .red]),
          ])
      ])
  }

  func period(_ demand: Demand) -> Period { Period(name: "peak", demand: demand, existingPlan: plan) }

  func movement(_ network: Network, _ from: Int, _ to: Int) -> Int? {
    network.movement(from: LinkID(from), to: LinkID(to))?.index
  }

  /// Counts by the ends of movements.
  func counts(_ numbers: [(from: Int, to: Int, vehicles: Double)]) -> Demand {
    var vehicles = [Double?](repeating: nil, count: network.movements.count)
    for number in numbers {
      if let index = movement(network, number.from, number.to) { vehicles[index] = number.vehicles }
    }
    return Demand(
      begin: 0, end: 3600,
      counts: [CountSlice(begin: 0, end: 3600, vehicles: vehicles, pedestrians: [120])])
  }

  func counted(_ disruption: Disruption, _ from: Int, _ to: Int, slice: Int = 0) -> Double? {
    movement(disruption.network, from, to).flatMap { disruption.period.demand.counts[slice].vehicles[$0] }
  }

  func routed() -> Demand {
    var demand = Demand(begin: 0, end: 3600)
    demand.routes = [[0, 1, 3], [4, 1, 3], [0, 5]].map { $0.map { LinkID($0) } }
    demand.departures = (0..<360).map { Departure(time: Double($0) * 10, route: $0 % 3) }
    return demand
  }
}

@Suite("Incidents")
struct DisruptionTests {
  private let fork: Fork
  private let closed = Incident(link: LinkID(1), effect: .closed)

  init() throws { fork = try Fork() }

  private func disruption(_ incidents: [Incident], _ demand: Demand) throws -> Disruption {
    try Disruption(incidents, in: fork.period(demand), of: fork.network)
  }

  @Test("Routes through a closed link take the quickest other way; those without one are told")
  func routes() throws {
    let found = try disruption([closed], fork.routed())
    let demand = found.period.demand
    #expect(found.effects.rerouted == 120)
    // 400 m instead of 200 m, at 10 m/s, and 1.5 s for yielding at its end.
    #expect(abs(found.effects.detourTime - 21.5) < 1e-9)
    #expect(found.effects.detourLength == 200)
    #expect(
      found.effects.stranded == [
        Disruption.Stranded(ends: Disruption.LinkPair(from: LinkID(4), to: LinkID(3)), vehicles: 120)
      ])
    #expect(demand.departures.count == 240)
    let used = Set(demand.departures.map { demand.routes[$0.route] })
    #expect(used == [[LinkID(0), LinkID(2), LinkID(3)], [LinkID(0), LinkID(5)]])
    for route in demand.routes {
      #expect(zip(route, route.dropFirst()).allSatisfy { found.network.movement(from: $0, to: $1) != nil })
    }
  }

  @Test("Streams are diverted like single vehicles")
  func streams() throws {
    var demand = fork.routed()
    demand.departures = []
    demand.flows = [
      RouteFlow(begin: 0, end: 3600, rate: 0.1, process: .poisson, route: 0),
      RouteFlow(begin: 0, end: 3600, rate: 0.05, process: .poisson, route: 1),
    ]
    let found = try disruption([closed], demand)
    #expect(found.period.demand.flows.count == 1)
    #expect(abs(found.effects.rerouted - 360) < 1e-9)
    #expect(abs((found.effects.stranded.first?.vehicles ?? 0) - 180) < 1e-9)
  }

  @Test("The signals stay legal: programmes fit, and what lost its traffic need not be served")
  func legality() throws {
    #expect(fork.plan.check(against: fork.network).isEmpty)
    let found = try disruption([closed], fork.routed())
    #expect(found.period.existingPlan.check(against: found.network).isEmpty)
    #expect(found.network.controllers[0].groups.map(\.mustBeServed) == [false, true, false])
    #expect(found.network.links == fork.network.links)
    #expect(found.network.lanes == fork.network.lanes)
    #expect(found.network.crossings[0].crossedConnections.isEmpty)
    // Conflicts follow their connections.
    #expect(found.network.connections.count == 3)
    #expect(found.network.conflicts.allSatisfy { $0.isEmpty })
  }

  @Test("Counts into a closed link turn as the others do, and go on from there")
  func counts() throws {
    let demand = fork.counts([
      (0, 1, 300), (0, 2, 100), (0, 5, 200), (1, 3, 350), (2, 3, 100), (4, 1, 50),
    ])
    let found = try disruption([closed], demand)
    #expect(abs((fork.counted(found, 0, 2) ?? 0) - 200) < 1e-6)
    #expect(abs((fork.counted(found, 0, 5) ?? 0) - 400) < 1e-6)
    #expect(abs((fork.counted(found, 2, 3) ?? 0) - 200) < 1e-6)
    #expect(abs(found.effects.diverted - 300) < 1e-6)
    // The side street leads nowhere else.
    #expect(abs(found.effects.endingEarly - 50) < 1e-6)
    #expect(found.effects.withheld == 0)
    #expect(found.period.demand.counts[0].pedestrians == [120])
  }

  @Test("Where vehicles start and end between counts stays, unless they start on the closed link")
  func imbalances() throws {
    // On the south street 80 more leave than enter, on the north street 60.
    let demand = fork.counts([(0, 1, 100), (0, 2, 100), (1, 3, 160), (2, 3, 180)])
    let found = try disruption([closed], demand)
    #expect(abs((fork.counted(found, 0, 2) ?? 0) - 200) < 1e-6)
    #expect(abs((fork.counted(found, 2, 3) ?? 0) - 280) < 1e-6)
    #expect(abs(found.effects.withheld - 60) < 1e-6)
  }

  @Test("Nothing closed leaves counts, routes and the network as they are")
  func nothing() throws {
    let demand = fork.counts([(0, 1, 300), (1, 3, 280)])
    let found = try disruption([], demand)
    #expect(found.period == fork.period(demand))
    #expect(found.network.connections == fork.network.connections)
    #expect(found.effects == Disruption.Effects())
    let elsewhere = Incident(link: LinkID(1), effect: .closed, time: 4000..<5000)
    #expect(try disruption([elsewhere], demand).period == fork.period(demand))
    #expect(try disruption([elsewhere], demand).effects.elsewhere == [0])
  }

  @Test("A lane closed: its ways go, the others stay, and movements that have no lane left are told")
  func lane() throws {
    let found = try disruption(
      [Incident(link: LinkID(1), effect: .laneClosed(LaneID(1)))], fork.routed())
    #expect(found.effects.lostMovements == [Disruption.LinkPair(from: LinkID(4), to: LinkID(1))])
    #expect(fork.movement(found.network, 0, 1) != nil)
    #expect(fork.movement(found.network, 1, 3) != nil)
    #expect(found.network.connections.count == 5)
    #expect(found.effects.stranded.map(\.vehicles) == [120])
    #expect(found.effects.rerouted == 0)
    let both = [1, 2].map { Incident(link: LinkID(1), effect: .laneClosed(LaneID($0))) }
    let whole = try disruption([closed], fork.routed())
    #expect(try disruption(both, fork.routed()).period == whole.period)
  }

  @Test("Reduced links discharge less at their stop line, exits at their begin")
  func reduced() throws {
    let found = try disruption(
      [Incident(link: LinkID(1), effect: .reduced(0.6)), Incident(link: LinkID(3), effect: .reduced(0.5))],
      fork.routed())
    let flows = found.network.connections.map(\.saturationFlow)
    for (flow, wanted) in zip(flows, [0.5, 0.5, 0.5, 0.15, 0.15, 0.25, 0.5]) {
      #expect(abs(flow - wanted) < 1e-12)
    }
    #expect(found.period == fork.period(fork.routed()))
  }

  @Test("Closed for a part of the period: only who would be there then takes another way")
  func temporary() throws {
    let closure = Incident(link: LinkID(1), effect: .closed, time: 1200..<1800)
    let found = try disruption([closure], fork.routed())
    let demand = found.period.demand
    #expect(found.network.connections == fork.network.connections)
    // 10 s on the entry before the closed link; route 0 departs every 30 s.
    #expect(found.effects.rerouted == 20)
    for departure in demand.departures where demand.routes[departure.route][0] == LinkID(0) {
      let isThrough = demand.routes[departure.route].contains(LinkID(1))
      if (1190..<1790).contains(departure.time) { #expect(!isThrough) }
    }
    #expect(found.effects.stranded.map(\.vehicles) == [20])
    #expect(found.effects.extended.isEmpty)
  }

  @Test("Streams and counts are cut where a link closes and opens")
  func temporaryParts() throws {
    var demand = fork.routed()
    demand.departures = []
    demand.flows = [RouteFlow(begin: 0, end: 3600, rate: 0.1, process: .poisson, route: 0)]
    let closure = Incident(link: LinkID(1), effect: .closed, time: 1200..<1800)
    let flows = try disruption([closure], demand).period.demand.flows
    #expect(flows.map(\.begin) == [0, 1190, 1790])
    #expect(flows.map(\.end) == [1190, 1790, 3600])
    #expect(flows[0].route == flows[2].route && flows[0].route != flows[1].route)

    let counted = fork.counts([(0, 1, 300), (0, 2, 60), (1, 3, 300), (2, 3, 60)])
    let found = try disruption([closure], counted)
    #expect(found.period.demand.counts.map(\.begin) == [0, 1200, 1800])
    #expect(found.period.demand.counts.map(\.end) == [1200, 1800, 3600])
    #expect(abs((fork.counted(found, 0, 1, slice: 0) ?? 0) - 100) < 1e-6)
    #expect(fork.counted(found, 0, 1, slice: 1) == 0)
    #expect(abs((fork.counted(found, 0, 2, slice: 1) ?? 0) - 60) < 1e-6)
    let pedestrians = found.period.demand.counts.reduce(0) { $0 + $1.pedestrians[0] }
    #expect(abs(pedestrians - 120) < 1e-9)
  }

  @Test("Lanes and reductions for a part of the period are taken to hold for all of it, and that is told")
  func extended() throws {
    let found = try disruption(
      [Incident(link: LinkID(1), effect: .reduced(0.5), time: 0..<900)], fork.routed())
    #expect(found.effects.extended == [0])
    #expect(found.network.connections[3].saturationFlow == 0.25)
  }

  @Test("Who chooses his way keeps choosing, but for links that close for a time")
  func choosing() throws {
    var demand = fork.routed()
    for index in demand.departures.indices { demand.departures[index].choosesRoute = true }
    let permanent = try disruption([closed], demand).period.demand.departures
    #expect(permanent.allSatisfy { $0.choosesRoute })
    let closure = Incident(link: LinkID(1), effect: .closed, time: 1200..<1800)
    for departure in try disruption([closure], demand).period.demand.departures {
      let meets = departure.time >= 1190 && departure.time < 1800
      #expect(departure.choosesRoute == !meets || (departure.time >= 1190 && departure.time < 1200))
    }
  }
}
