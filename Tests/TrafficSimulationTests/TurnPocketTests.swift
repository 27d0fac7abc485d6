import NetworkBuilding
import Testing
import TrafficModel
import TrafficSimulation

@Suite("Turn pockets")
struct TurnPocketTests {
  /// A road of 300 m with one lane and a pocket of 60 m for left turns, no signals, and an exit for each turn.
  private func network() throws -> Network {
    var settings = DraftSettings()
    settings.speed = 13.9
    var junction = JunctionDraft(
      "X",
      approaches: [
        ApproachDraft(
          .s, lanes: [LaneDraft([.left], pocket: 60), LaneDraft([.through])], settings: settings),
        ApproachDraft(.n, settings: settings), ApproachDraft(.w, settings: settings),
      ])
    junction.control = .rightBeforeLeft
    for exit in 1...2 { junction.approaches[exit].exitLanes = Located(1) }
    return try NetworkDraft(junctions: [junction]).scenario().network
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
