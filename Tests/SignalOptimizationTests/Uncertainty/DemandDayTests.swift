import TestSupport
import Testing
import TrafficModel

@testable import SignalOptimization

@Suite("DemandDay")
struct DemandDayTests {
  private func junction() throws -> StageNetwork {
    try StageNetwork(stages: [[0.5, 0.5], [0.5]], cycle: 60)
  }

  private func flows(_ days: [DemandDay], _ network: Network) -> [[Double]] {
    days.map { MovementFlows(network: network, demand: $0.demand).mean }
  }

  @Test("the mean of the days is the base", arguments: [0.05, 0.2, 0.5])
  func mean(spread: Double) throws {
    let junction = try junction()
    let base = [0.1, 0.2, 0.3]
    let days = DemandDay.days(around: junction.demand(base), network: junction.network, spread: spread)
    let flows = flows(days, junction.network)
    #expect(days.count == 10)
    #expect(Set(days.map(\.name)).count == 10)
    for (index, flow) in base.enumerated() {
      #expect(isClose(flows.reduce(0) { $0 + $1[index] } / 10, flow, Tolerance.arithmetic))
      #expect(flows.allSatisfy { $0[index] > 0 })
    }
    #expect(Set(flows).count == 10)
  }

  // Standard error of a standard deviation of 2,000 numbers, half of them mirror images: about 2 %.
  @Test("links vary by the spread, and half of their variance is common")
  func spread() throws {
    let junction = try junction()
    let spread = 0.2
    let days = DemandDay.days(
      around: junction.demand([1, 1, 1]), network: junction.network, spread: spread, count: 2000)
    let flows = flows(days, junction.network).map { $0.map { $0 - 1 } }
    func covariance(_ a: Int, _ b: Int) -> Double { flows.reduce(0) { $0 + $1[a] * $1[b] } / 2000 }
    #expect(abs(covariance(0, 0) / (spread * spread) - 1) < 0.1)
    #expect(abs(covariance(0, 1) / (spread * spread) - 0.5) < 0.1)
  }

  @Test("a seed gives the same days again, another seed others")
  func seeds() throws {
    let junction = try junction()
    let base = junction.demand([0.1, 0.2, 0.3])
    let make = { seed in
      DemandDay.days(around: base, network: junction.network, spread: 0.2, seed: seed).map(\.demand)
    }
    #expect(make(7) == make(7))
    #expect(make(7) != make(8))
  }

  @Test("routed vehicles come more or less often, streams at other rates")
  func routes() throws {
    let junction = try junction()
    let exit = LinkID(junction.network.links.count - 1)
    let departures = (0..<2000).map { Departure(time: Double($0), route: $0 % 2) }
    let demand = Demand(
      begin: 0, end: 3600, routes: [[LinkID(0), exit], [LinkID(1), exit], [LinkID(2), exit]],
      departures: departures,
      flows: [RouteFlow(begin: 0, end: 3600, rate: 0.2, process: .poisson, route: 2)])
    let days = DemandDay.days(around: demand, network: junction.network, spread: 0.3)
    for (first, second) in zip(days, days.dropFirst()).enumerated().filter({ $0.offset % 2 == 0 }).map(
      \.element)
    {
      #expect(isClose(first.demand.flows[0].rate + second.demand.flows[0].rate, 0.4, Tolerance.arithmetic))
      // Mirror images: what one day lacks the other has, up to a chance of half a vehicle each.
      #expect(abs(first.demand.departures.count + second.demand.departures.count - 4000) < 250)
      #expect(first.demand.departures.map(\.time) == first.demand.departures.map(\.time).sorted())
    }
    #expect(Set(days.map(\.demand.departures.count)).count > 5)
  }
}
