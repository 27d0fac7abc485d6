import NetworkBuilding
import Testing
import TrafficModel

@testable import TrafficSimulation

@Suite("Changing lanes")
struct LaneChangingTests {
  /// Three roads of two lanes one after the other, a signal after the first; at the end of the last the lane at
  /// the kerb turns right, the other one goes straight on.
  private func corridor() throws -> Network {
    var settings = DraftSettings()
    settings.speed = 13.9
    settings.saturationFlow = [.through: 0.5, .right: 0.5]
    settings.startUpLostTime = 0
    settings.yellowUsed = 0
    func junction(_ name: Located<String>, _ lanes: [Turn], exits: [Compass]) -> JunctionDraft {
      var junction = JunctionDraft(
        name,
        approaches: [ApproachDraft(.w, lanes: lanes.map { LaneDraft([$0]) }, settings: settings)]
          + exits.map { ApproachDraft($0, settings: settings) })
      junction.control = .rightBeforeLeft
      return junction
    }
    var junctions = [
      junction("1", [.through, .through], exits: [.e]), junction("2", [.through, .through], exits: [.e]),
      junction("3", [.through, .right], exits: [.e, .s]),
    ]
    junctions[0].control = .signals
    junctions[0].signals = SignalsDraft(stages: [["W.T"]])
    for exit in 1...2 { junctions[2].approaches[exit].exitLanes = Located(1) }
    let roads = [
      RoadDraft(["1.E", "2.W"], length: settings.length), RoadDraft(["2.E", "3.W"], length: settings.length),
    ]
    return try NetworkDraft(junctions: junctions, roads: roads).scenario().network
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
