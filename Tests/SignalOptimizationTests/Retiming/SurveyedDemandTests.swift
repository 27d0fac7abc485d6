import TestSupport
import Testing
import TrafficModel

@testable import SignalOptimization

@Suite("SurveyedDemand")
struct SurveyedDemandTests {
  private func entry(_ movement: Int, _ begin: Double, _ end: Double, _ vehicles: Double)
    -> TurningCounts.Entry
  {
    TurningCounts.Entry(movement: MovementID(movement), begin: begin, end: end, vehicles: vehicles)
  }

  private func surveyed(
    _ entries: [TurningCounts.Entry], _ junction: StageNetwork, _ known: Demand
  ) -> SurveyedDemand? {
    SurveyedDemand(TurningCounts(name: "", entries: entries), replacing: known, network: junction.network)
  }

  private func flows(_ demand: Demand, _ junction: StageNetwork) -> [Double] {
    MovementFlows(network: junction.network, demand: demand).mean.map { $0 * 3600 }
  }

  @Test("fresh counts replace the old, movements left out keep theirs")
  func replaces() throws {
    let junction = try StageNetwork(stages: [[0.5, 0.5], [0.5]], cycle: 60)
    let known = junction.demand([0.1, 0.2, 0.3])
    let found = try #require(
      surveyed([entry(0, 0, 1800, 100), entry(0, 1800, 3600, 300), entry(2, 0, 3600, 0)], junction, known))
    #expect(
      zip(flows(found.demand, junction), [400, 720, 0]).allSatisfy { isClose($0, $1, Tolerance.arithmetic) })
    #expect(found.kept == [MovementID(1)])
    #expect(found.coverage == 1)
    #expect(found.demand.counts.map(\.begin) == [0, 1800])
    let halves = found.demand.counts.map { $0.vehicles[0] ?? -1 }
    #expect(halves == [100, 300])
  }

  @Test("what was counted in a part of the period stands for the rest")
  func partly() throws {
    let junction = try StageNetwork(stages: [[0.5], [0.5]], cycle: 60)
    // Counts that reach beyond the period count with the part inside it.
    let found = try #require(
      surveyed([entry(0, -900, 900, 200), entry(1, 0, 3600, 90)], junction, junction.demand([0.1, 0.1])))
    #expect(
      zip(flows(found.demand, junction), [400, 90]).allSatisfy { isClose($0, $1, Tolerance.arithmetic) })
    #expect(found.coverage == (0.25 + 1) / 2)
  }

  @Test("counts of another time are none")
  func elsewhere() throws {
    let junction = try StageNetwork(stages: [[0.5], [0.5]], cycle: 60)
    #expect(surveyed([entry(0, 3600, 7200, 200)], junction, junction.demand([0.1, 0.1])) == nil)
    #expect(surveyed([], junction, junction.demand([0.1, 0.1])) == nil)
  }

  @Test("a period past midnight finds what was counted after it")
  func midnight() throws {
    let junction = try StageNetwork(stages: [[0.5], [0.5]], cycle: 60)
    var known = junction.demand([0.1, 0.1])
    (known.begin, known.end) = (84_600, 88_200)
    (known.counts[0].begin, known.counts[0].end) = (84_600, 88_200)
    let found = try #require(
      surveyed([entry(0, 84_600, 86_400, 10), entry(0, 0, 1800, 30), entry(1, 0, 1800, 20)], junction, known))
    #expect(
      zip(flows(found.demand, junction), [40, 40]).allSatisfy { isClose($0, $1, Tolerance.arithmetic) })
  }

  @Test("routes become counts where a survey takes their place")
  func routes() throws {
    let junction = try StageNetwork(stages: [[0.5], [0.5]], cycle: 60)
    let exit = LinkID(junction.network.links.count - 1)
    let truck = VehicleType(name: "truck", length: 12)
    let known = Demand(
      begin: 0, end: 3600, vehicleTypes: [VehicleType(name: "car"), truck],
      routes: [[LinkID(0), exit], [LinkID(1), exit]],
      flows: [
        RouteFlow(begin: 0, end: 3600, rate: 0.1, process: .poisson, route: 0, type: 1),
        RouteFlow(begin: 0, end: 1800, rate: 0.1, process: .poisson, route: 1, type: 1),
      ])
    let found = try #require(surveyed([entry(0, 0, 3600, 500)], junction, known))
    #expect(found.kept == [MovementID(1)])
    #expect(found.demand.routes.isEmpty && found.demand.flows.isEmpty)
    #expect(found.demand.vehicleTypes == [truck])
    // The stream is laid into slices in steps of a minute.
    let flows = flows(found.demand, junction)
    #expect(isClose(flows[0], 500, Tolerance.arithmetic))
    #expect(isClose(flows[1], 180, Tolerance.arithmetic))
    #expect(found.demand.counts.last?.vehicles[1].map { $0 < 10 } == true)
  }
}
