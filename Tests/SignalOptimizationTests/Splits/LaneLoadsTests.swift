import TestSupport
import Testing
import TrafficModel

@testable import SignalOptimization

@Suite("Loads of lanes")
struct LaneLoadsTests {
  @Test("A lane's capacity is its saturation flow by the share of the cycle that is green")
  func capacity() throws {
    // Greens of 30 s and 20 s and twice 3 s of unused yellow in a cycle of 56 s.
    let star = try StarNetwork(approaches: 2, saturationFlow: [0.5, 0.4])
    let exit = LinkID(2)
    let rates = [0.2, 0.12]
    let demand = Demand(
      begin: 0, end: 3600, routes: (0..<2).map { [LinkID($0), exit] },
      flows: rates.indices.map {
        RouteFlow(begin: 0, end: 3600, rate: rates[$0], process: .poisson, route: $0)
      })
    let plan = star.plan(greens: [30, 20])
    let loads = LaneLoads(of: plan, network: star.network, demand: demand)
    #expect(loads.lanes.map(\.id) == [LaneID(0), LaneID(1)])
    for (lane, (flow, capacity)) in zip(loads.lanes, [(0.2, 0.5 * 30 / 56), (0.12, 0.4 * 20 / 56)]) {
      #expect(isClose(lane.flow, flow) && isClose(lane.capacity, capacity))
      #expect(isClose(lane.saturation, flow / capacity))
      #expect(lane.streams.count == 1)
    }
    #expect(isClose(loads.saturationFlow(of: loads.lanes[0].streams[0].movement), 0.5))
    #expect(loads[LaneID(1)]?.saturationFlow == 0.4)
    #expect(loads[LaneID(2)] == nil)
    // The fullest lane is what limits the growth of all demand.
    let reserve = ReserveCapacity(of: plan, network: star.network, demand: demand).network
    #expect(isClose(1 / reserve, loads.lanes.map(\.saturation).max() ?? 0))
  }
}
