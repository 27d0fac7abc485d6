import NetworkFormats
import Testing
import TrafficModel
import TrafficSimulation

@testable import SignalOptimization

@Suite("Incidents in whole networks")
struct DisruptedNetworkTests {
  private let scenario: Scenario

  init() throws {
    scenario = try NativeReader.read(text: GridNetwork.yaml(rows: 2, columns: 2, seed: 3), file: "grid")
      .scenario
  }

  private func check(_ incidents: [Incident], _ comment: Comment) throws -> Disruption {
    let period = scenario.periods[0]
    let found = try Disruption(incidents, in: period, of: scenario.network)
    #expect(found.period.existingPlan.check(against: found.network).isEmpty, comment)
    let demand = found.period.demand
    for route in demand.routes {
      for (from, to) in zip(route, route.dropFirst()) {
        #expect(found.network.movement(from: from, to: to) != nil, comment)
      }
    }
    for slice in demand.counts {
      #expect(slice.vehicles.count == found.network.movements.count, comment)
      #expect(slice.vehicles.allSatisfy { ($0 ?? 0).isFinite && ($0 ?? 0) >= 0 }, comment)
    }
    let reserve = ReserveCapacity(of: period.existingPlan, network: found.network, demand: demand)
    #expect(reserve.network > 0, comment)
    return found
  }

  @Test("Any link closed leaves a network whose plan is legal, whose routes hold, and that can be played")
  func links() throws {
    for (index, link) in scenario.network.links.enumerated() {
      let found = try check([Incident(link: LinkID(index), effect: .closed)], "\(link.name)")
      var demand = found.period.demand
      demand.end = demand.begin + 240
      let measures = Simulator(network: found.network, demand: demand)
        .run(found.period.existingPlan, seed: 1)
      #expect(measures.links[index].entered == 0, "\(link.name)")
    }
  }

  @Test("Any lane closed, and any link closed for ten minutes, too")
  func lanesAndTimes() throws {
    let begin = scenario.periods[0].demand.begin
    for (index, lane) in scenario.network.lanes.enumerated() {
      let found = try check(
        [Incident(link: lane.link, effect: .laneClosed(LaneID(index)))], "lane \(index)")
      #expect(found.network.connectionsFromLane[index].isEmpty)
    }
    for (index, link) in scenario.network.links.enumerated() {
      let time = begin + 600..<begin + 1200
      let found = try check(
        [Incident(link: LinkID(index), effect: .closed, time: time)], "\(link.name)")
      #expect(found.network.connections == scenario.network.connections)
    }
  }

  @Test("Half the discharge everywhere halves the reserve capacity but for lost times")
  func reduced() throws {
    let period = scenario.periods[0]
    let whole = ReserveCapacity(
      of: period.existingPlan, network: scenario.network, demand: period.demand)
    let found = try check(
      scenario.network.links.indices.filter { !scenario.network.isExit(LinkID($0)) }.map {
        Incident(link: LinkID($0), effect: .reduced(0.5))
      }, "reduced")
    let half = ReserveCapacity(of: period.existingPlan, network: found.network, demand: period.demand)
    // Turns that wait for gaps feel their own discharge less than the opposing flow.
    #expect(half.network > 0.4 * whole.network && half.network < 0.65 * whole.network)
    #expect(half.limitingController != nil)
  }

  @Test("Reserve capacity is the optimizer's for the same plan")
  func reserve() async throws {
    let period = scenario.periods[0]
    var options = OptimizationOptions()
    options.objective = .reserve
    options.cycle = .existing
    options.stages = .existing
    options.judgementSeeds = [1]
    let result = try await SignalOptimizer(
      network: scenario.network, demand: period.demand, existingPlan: period.existingPlan, options: options
    ).run { _ in }
    let reserve = ReserveCapacity(
      of: period.existingPlan, network: scenario.network, demand: period.demand)
    #expect(reserve.network == result.certificate.existingReserveCapacity)
  }
}
