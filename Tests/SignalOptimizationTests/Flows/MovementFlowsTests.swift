import SignalOptimization
import TestSupport
import Testing
import TrafficModel

@Suite("MovementFlows")
struct MovementFlowsTests {
  let roads: Network
  /// Routes along the roads, as long as they go.
  let routes: [[LinkID]]

  init() throws {
    let network = try RandomRoads(seed: 11).network
    roads = network
    routes = network.links.indices.map { first in
      var route = [LinkID(first)]
      while route.count < 5, let last = route.last, let next = network.movementsFromLink[last.index].last {
        route.append(network[next].to)
      }
      return route
    }
  }

  /// Vehicles of all slices, by movement.
  func vehicles(_ flows: MovementFlows) -> [Double] {
    roads.movements.indices.map { movement in
      flows.bySlice.indices.reduce(0) {
        $0 + flows.bySlice[$1][movement] * (flows.sliceBounds[$1 + 1] - flows.sliceBounds[$1])
      }
    }
  }

  /// Passages of `amount` vehicles on each route, by movement.
  func passages(_ amount: (Int) -> Double) -> [Double] {
    var sum = [Double](repeating: 0, count: roads.movements.count)
    for (index, route) in routes.enumerated() {
      for (from, to) in zip(route, route.dropFirst()) {
        if let movement = roads.movement(from: from, to: to) { sum[movement.index] += amount(index) }
      }
    }
    return sum
  }

  @Test("Every routed vehicle counts once on each movement of its route, however late it gets there")
  func departures() {
    let departures = (0..<240).map { Departure(time: 3600 + Double($0) * 11.2, route: $0 % routes.count) }
    let demand = Demand(begin: 3600, end: 6300, routes: routes, departures: departures)
    let flows = MovementFlows(network: roads, demand: demand)
    #expect(flows.sliceBounds == [3600, 4500, 5400, 6300])
    let expected = passages { _ in 240 / Double(routes.count) }
    #expect(zip(vehicles(flows), expected).allSatisfy { isClose($0, $1, Tolerance.arithmetic) })
    #expect(zip(flows.mean, expected).allSatisfy { isClose($0 * 2700, $1, Tolerance.arithmetic) })
  }

  @Test("A stream counts with its mean rate over its time")
  func streams() {
    let streams = routes.indices.map { index in
      RouteFlow(begin: 0, end: 1234, rate: 0.01 * Double(index + 1), process: .poisson, route: index)
    }
    let flows = MovementFlows(
      network: roads, demand: Demand(begin: 0, end: 2000, routes: routes, flows: streams))
    let expected = passages { 12.34 * Double($0 + 1) }
    #expect(zip(vehicles(flows), expected).allSatisfy { isClose($0, $1, Tolerance.arithmetic) })
    #expect(flows.sliceBounds == [0, 900, 1800, 2000])
  }

  @Test("Vehicles count in the slice in which they reach the stop line")
  func arrivalTime() throws {
    let star = try StarNetwork(approaches: 1, saturationFlow: [0.5])
    // 300 m at 15 m/s take 20 s: the first arrives in the first slice, the second in the next.
    let demand = Demand(
      begin: 0, end: 1800, routes: [[LinkID(0), LinkID(1)]],
      departures: [Departure(time: 879, route: 0), Departure(time: 881, route: 0)])
    let flows = MovementFlows(network: star.network, demand: demand)
    #expect(flows.bySlice.map { ($0[0] * 900).rounded() } == [1, 1])
    #expect(flows.idle.isEmpty)
  }

  @Test("Counts are taken as they stand, and movements without demand say why")
  func counts() throws {
    let junction = try StageNetwork(stages: [[0.5, 0.5], [0.5]], cycle: 60)
    let slices = [
      CountSlice(begin: 0, end: 900, vehicles: [90, 0, nil], pedestrians: []),
      CountSlice(begin: 900, end: 2700, vehicles: [60, 0, nil], pedestrians: []),
    ]
    let demand = Demand(begin: 0, end: 2700, counts: slices)
    let flows = MovementFlows(network: junction.network, demand: demand)
    #expect(flows.sliceBounds == [0, 900, 2700])
    #expect(isClose(flows.bySlice[0][0], 0.1) && isClose(flows.bySlice[1][0], 60 / 1800))
    #expect(isClose(flows.mean[0], 150 / 2700))
    #expect(flows.idle.map(\.movement.index) == [1, 2])
    #expect(flows.idle.map(\.reason) == [.countedZero, .notCounted])
  }

  @Test("Movements on nobody's route are named")
  func unused() {
    let flows = MovementFlows(
      network: roads, demand: Demand(begin: 0, end: 900, routes: routes, departures: []))
    #expect(flows.idle.count == roads.movements.count)
    #expect(flows.idle.allSatisfy { $0.reason == .noRoute })
  }
}
