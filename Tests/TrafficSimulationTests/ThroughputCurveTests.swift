import TestSupport
import Testing
import TrafficModel

@testable import TrafficSimulation

@Suite("Throughput curves")
struct ThroughputCurveTests {
  /// Points of one plan with made-up measures: demand, served, and the mean number on the road, over an hour.
  private func curve(_ numbers: [(scale: Double, demand: Int, served: Int, onTheRoad: Double)])
    throws -> ThroughputCurve
  {
    let plan = TimingPlan(name: "plan", programs: [])
    return ThroughputCurve(
      points: numbers.map { number in
        var measures = Measures()
        measures.demand = number.demand
        measures.served = number.served
        measures.travelTime = number.onTheRoad * 3600
        return ThroughputCurve.Point(
          scale: number.scale,
          comparison: PlanComparison(seeds: [1], entries: [.init(plan: plan, runs: [measures])]))
      }, duration: 3600)
  }

  @Test("A steady state keeps up: as many at the end as travel on average once the network has filled")
  func steady() throws {
    // 1800 veh/h that take 200 s: 100 on the road from second 200 on, 50 on average before.
    let mean = (100 * 3400 + 50 * 200) / 3600.0
    let curve = try curve([(1, 1800, 1700, mean)])
    // The correction is of first order in travel time / period.
    #expect(abs(curve.shortfall(0, at: 0)) < 0.001)
    #expect(curve.breakdown(of: 0) == nil)
  }

  @Test("A queue that grows all the time is a shortfall of half its length at least")
  func growing() throws {
    // 180 of 1800 more at the end than at the begin, growing from 0: 90 on average.
    let curve = try curve([(1, 1800, 1620, 90)])
    #expect(curve.shortfall(0, at: 0) > 0.045)
    #expect(!curve.keepsUp(0, at: 0))
  }

  @Test("The breakdown lies where the shortfall passes the tolerance, by linear interpolation")
  func interpolation() throws {
    let curve = try curve([(0.9, 900, 900, 0), (1.0, 1000, 990, 0), (1.2, 1200, 1128, 0)])
    // Shortfalls 0, 1 % and 6 %: 2 % a fifth of the way from 1.0 to 1.2.
    let found = try #require(curve.breakdown(of: 0))
    #expect(abs(found.scale - 1.04) < 1e-9)
    #expect(!found.isBelow)
    #expect(curve.bestPoint(of: 0) == 2)
    #expect(abs(curve.servedPerHour(0, at: 1).mean - 990) < 1e-9)
    #expect(abs(curve.demandPerHour(at: 2) - 1200) < 1e-9)
    let below = try #require(try self.curve([(0.6, 600, 500, 0), (1, 1000, 500, 0)]).breakdown(of: 0))
    #expect(below == ThroughputCurve.Breakdown(scale: 0.6, isBelow: true))
  }

  @Test("A signal breaks down where its capacity ends, and the one with more green later")
  func capacity() async throws {
    let following = CarFollowing(types: [], vehicles: [])
    let flow = following.saturationFlow(speed: 15, laneSpeed: 15, isTurn: false)
    let star = try StarNetwork(
      approaches: 2, saturationFlow: [flow, flow],
      startUpLostTime: following.startUpLostTime(speed: 15, isTurn: false))
    var demand = Demand(begin: 0, end: 3600, routes: [[LinkID(0), LinkID(2)]])
    demand.departures = (0..<720).map { Departure(time: Double($0) * 5, route: 0) }
    let scales = [0.8, 1.0, 1.2, 1.4, 1.6]
    let curve = await ThroughputCurve(
      of: [star.plan(greens: [24, 30]), star.plan(greens: [34, 20])], network: star.network, demand: demand,
      scales: scales, seeds: [1, 2])
    let breakdowns = (0...1).map { curve.breakdown(of: $0)?.scale ?? .infinity }
    let loss = following.startUpLostTime(speed: 15, isTurn: false)
    for (breakdown, green) in zip(breakdowns, [24.0, 34]) {
      let capacity = flow * (green - loss) / 60
      // The tolerance of 2 % is passed a little above capacity; discharge is as exact as QueueDischargeTests has it,
      // and points are 20 % apart.
      #expect(breakdown * 0.2 > 0.93 * capacity && breakdown * 0.2 < 1.15 * capacity)
    }
    #expect(breakdowns[0] < breakdowns[1])
    // Beyond its breakdown a single signal serves what it can: no less at more demand.
    #expect(curve.servedPerHour(0, at: 4).mean > 0.97 * curve.servedPerHour(0, at: 3).mean)
    #expect(curve.points.map(\.scale) == scales)
  }
}
