import Testing
import TrafficModel

@testable import TrafficSimulation

/// Two signals in a row, a street of `length` m between them: entry → street → exit.
struct TwoSignals {
  let network: Network

  init(length: Double, queueLimit: Double? = nil) throws {
    let car = CarFollowing(types: [], vehicles: [])
    let lengths = [300, length, 300]
    let links = (0..<3).map {
      Link(
        name: ["entry", "street", "exit"][$0], from: JunctionID($0), to: JunctionID($0 + 1),
        length: lengths[$0], speed: 13.9, queueLimit: $0 == 1 ? queueLimit : nil)
    }
    network = try Network(
      junctions: (0..<4).map {
        Junction(
          name: "\($0)", position: Point(x: Double($0), y: 0),
          control: $0 == 1 || $0 == 2 ? .signalled(ControllerID($0 - 1)) : .uncontrolled)
      },
      links: links,
      lanes: links.indices.map {
        Lane(link: LinkID($0), position: 0, sourceIndex: 0, length: lengths[$0], speed: 13.9)
      },
      connections: (0..<2).map {
        LaneConnection(
          from: LaneID($0), to: LaneID($0 + 1), turn: .through, length: 15, speed: 13.9,
          signal: SignalGroupReference(controller: ControllerID($0), group: 0),
          saturationFlow: car.saturationFlow(speed: 13.9, laneSpeed: 13.9, isTurn: false),
          startUpLostTime: car.startUpLostTime(speed: 13.9, isTurn: false), yellowUsed: 0)
      },
      conflicts: [[], []],
      controllers: (0..<2).map {
        SignalController(
          name: "signal \($0)", groups: [SignalGroup(name: "through", minimumGreen: 5, yellow: 3)],
          conflicts: [[.none]], intergreens: [[0]])
      })
  }

  /// Greens of the two signals, of a cycle of 60 s.
  func plan(_ first: Double, _ second: Double) -> TimingPlan {
    TimingPlan(
      name: "plan",
      programs: [first, second].enumerated().map { index, green in
        SignalProgram(
          controller: ControllerID(index), name: "fixed", offset: 0,
          intervals: [(green, SignalState.protectedGreen), (3, .yellow), (57 - green, .red)].map {
            SignalInterval(duration: $0.0, states: [$0.1])
          })
      })
  }

  /// A vehicle every `headway` s through both, for 20 minutes.
  func measures(_ plan: TimingPlan, headway: Double) -> Measures {
    var demand = Demand(begin: 0, end: 1200, routes: [(0..<3).map { LinkID($0) }])
    demand.departures = (0..<Int(1200 / headway)).map { Departure(time: Double($0) * headway, route: 0) }
    return Simulator(network: network, demand: demand).run(plan, seed: 1)
  }
}

@Suite("Spillback and queue limits")
struct SpillbackTests {
  @Test("A short street behind a scarce green blocks the signal before it, a long one does not")
  func blocked() throws {
    let short = try TwoSignals(length: 60)
    let long = try TwoSignals(length: 2000)
    let plan = short.plan(40, 15)
    let blocked = short.measures(plan, headway: 4)
    // The street fills within some cycles and then stays full; while the first signal is green somebody waits.
    #expect(blocked.links[1].spillbackTime > 200)
    #expect(blocked.links[1].spillbackTime <= 1200 * 43 / 60 + 60)
    #expect(blocked.links[2].spillbackTime == 0)
    #expect(blocked.spillbackTime == blocked.links.reduce(0) { $0 + $1.spillbackTime })
    #expect(long.measures(plan, headway: 4).spillbackTime == 0)
  }

  @Test("Metering further out prevents spillback, and more green at the street never makes more of it")
  func metering() throws {
    let street = try TwoSignals(length: 60)
    #expect(street.measures(street.plan(12, 15), headway: 4).links[1].spillbackTime == 0)
    let times = [10.0, 20, 30, 40].map {
      street.measures(street.plan(40, $0), headway: 4).links[1].spillbackTime
    }
    #expect(times == times.sorted(by: >))
    #expect(times.first != times.last)
  }

  @Test("A full entry holds up those outside, second by second")
  func outside() throws {
    let street = try TwoSignals(length: 300)
    let measures = street.measures(street.plan(5, 50), headway: 2)
    #expect(measures.waitingOutside > 100)
    // It takes 40 vehicles to fill the entry; then somebody waits all the time, but for seconds in which the queue
    // at its begin moves.
    #expect(measures.links[0].spillbackTime > 700)
  }

  @Test("Time above the limit: all of the time that the queue is longer, none where it never is")
  func limit() throws {
    func street(_ limit: Double?) throws -> LinkMeasures {
      let street = try TwoSignals(length: 200, queueLimit: limit)
      return street.measures(street.plan(40, 15), headway: 4).links[1]
    }
    let free = try street(nil)
    #expect(free.timeAboveLimit == 0)
    let largest = Double(free.maximumQueue)
    #expect(try street(largest).timeAboveLimit == 0)
    #expect(try street(largest - 0.5).timeAboveLimit > 0)
    let times = try [0.0, 5, 10, 15, 20].map { try street($0).timeAboveLimit }
    #expect(times == times.sorted(by: >))
    #expect(times[0] > times[4])
    // The limit is for reports: it changes nothing on the road.
    var limited = try street(5)
    limited.timeAboveLimit = 0
    #expect(limited == free)
  }
}
