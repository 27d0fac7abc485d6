import TestSupport
import Testing
import TrafficModel

@testable import TrafficSimulation

@Suite("Simulator")
struct SimulatorTests {
  /// A driver without imperfection, who keeps to the limit exactly.
  private let exact = VehicleType(name: "exact", imperfection: 0, speedDeviation: 0)

  private func star(_ approaches: Int, length: Double = 300) throws -> StarNetwork {
    let following = CarFollowing(types: [exact], vehicles: [1])
    let flow = following.saturationFlow(speed: 15, laneSpeed: 15, isTurn: false)
    return try StarNetwork(
      approaches: approaches, saturationFlow: Array(repeating: flow, count: approaches), length: length,
      startUpLostTime: following.startUpLostTime(speed: 15, isTurn: false))
  }

  private func demand(_ star: StarNetwork, departures: [(time: Double, approach: Int)], end: Double = 3600)
    -> Demand
  {
    let exit = LinkID(star.network.links.count - 1)
    var demand = Demand(begin: 0, end: end, vehicleTypes: [exact])
    demand.routes = (0..<(star.network.links.count - 1)).map { [LinkID($0), exit] }
    demand.departures = departures.map { Departure(time: $0.time, route: $0.approach) }
    return demand
  }

  @Test("A vehicle that meets nobody and no red has no delay, and its travel time is the free-flow time")
  func freeFlow() throws {
    let star = try star(2)
    let measures = Simulator(network: star.network, demand: demand(star, departures: [(0, 0)]))
      .run(star.plan(greens: [100, 14]), seed: 1)
    #expect(measures.served == 1)
    #expect(measures.totalDelay < 1e-9)
    // 300 m + 10 m + 300 m at 15 m/s from 5 m (its own length) on; whole seconds.
    #expect(measures.travelTime == (605.0 / 15).rounded(.down) + 1)
    #expect(measures.stops == 0)
  }

  @Test("A vehicle that comes at red waits for green and stops once")
  func red() throws {
    let star = try star(2)
    // Approach 0 is red from 13 s to 60 s; the vehicle arrives at about 20 s.
    let measures = Simulator(network: star.network, demand: demand(star, departures: [(0, 0)]))
      .run(star.plan(greens: [10, 44]), seed: 1)
    #expect(measures.served == 1)
    #expect(measures.stops == 1)
    // From the stop line at 60 s instead of 20 s, and some seconds for braking and starting up.
    #expect(measures.totalDelay > 40 && measures.totalDelay < 46)
    #expect(measures.movements[0].stops == 1)
    #expect(abs(measures.movements[0].delay + measures.links[2].delay - measures.totalDelay) < 1e-9)
  }

  @Test("Vehicles are conserved and measures add up, whatever the plan and the seed", arguments: 0..<12)
  func conservation(_ seed: Int) throws {
    let star = try star(3, length: 120)
    var random = SplitMix64(seed: UInt64(seed))
    let departures = (0..<600).map { _ in
      (time: random.nextUnit() * 1200, approach: Int(random.next() % 3))
    }.sorted { $0.time < $1.time }
    let greens = (0..<3).map { _ in 5 + (random.nextUnit() * 40).rounded() }
    let measures = Simulator(network: star.network, demand: demand(star, departures: departures, end: 1200))
      .run(star.plan(greens: greens), seed: UInt64(seed))
    #expect(measures.demand == 600)
    #expect(measures.served + measures.unserved == 600)
    #expect(measures.unserved >= measures.waitingOutside)
    let exit = measures.links[3]
    #expect(measures.links[..<3].reduce(0) { $0 + $1.left } >= exit.entered)
    #expect(measures.served == exit.left)
    #expect(measures.links[..<3].reduce(0) { $0 + $1.entered } + measures.waitingOutside == 600)
    let linkDelay = measures.links.reduce(0) { $0 + $1.delay }
    #expect(abs(linkDelay - measures.totalDelay) < 1e-6 * max(1, measures.totalDelay))
    for (index, movement) in measures.movements.enumerated() {
      #expect(movement.demand >= movement.served)
      #expect(movement.demand == measures.links[index].entered)
    }
  }

  @Test("The same seed gives the same measures, alone or among others, and another seed gives others")
  func determinism() async throws {
    let network = try OpposedLeft(green: 30, cycle: 60)
    let simulator = Simulator(network: network.network, demand: network.demand(opposing: 500, hours: 0.3))
    let alone = (1...6).map { simulator.run(network.plan, seed: UInt64($0)) }
    let comparison = await PlanComparison(
      of: [network.plan, network.plan], on: simulator, seeds: Array(1...6))
    #expect(comparison.entries[0].runs == alone)
    #expect(comparison.entries[1].runs == alone)
    #expect(alone[0].totalDelay != alone[1].totalDelay)
    #expect(comparison.difference(1, \.totalDelay).mean == 0)
  }

  @Test("More green for a saturated approach never serves fewer")
  func monotone() throws {
    let star = try star(2)
    let departures = (0..<1500).map { (time: Double($0) * 2.4, approach: 0) }
    let simulator = Simulator(network: star.network, demand: demand(star, departures: departures))
    let served = stride(from: 10.0, through: 50, by: 5).map { green in
      simulator.run(star.plan(greens: [green, 74 - green]), seed: 1).served
    }
    #expect(served == served.sorted())
    #expect((served.last ?? 0) > (served.first ?? 0))
  }

  @Test("Shifting demand and offset together by any time changes nothing")
  func timeShift() throws {
    let star = try star(2)
    let departures = (0..<200).map { (time: Double($0) * 4, approach: $0 % 2) }
    let base = Simulator(network: star.network, demand: demand(star, departures: departures, end: 900))
      .run(star.plan(greens: [20, 34]), seed: 3)
    var later = demand(star, departures: departures.map { ($0.time + 7000, $0.approach) }, end: 7900)
    later.begin = 7000
    let shifted = Simulator(network: star.network, demand: later)
      .run(star.plan(greens: [20, 34], offset: 7000), seed: 3)
    #expect(shifted == base)
  }

  @Test("A full link keeps vehicles waiting outside, and their wait is delay")
  func outside() throws {
    let star = try star(2, length: 60)
    let departures = (0..<300).map { (time: Double($0), approach: 0) }
    let measures = Simulator(network: star.network, demand: demand(star, departures: departures, end: 300))
      .run(star.plan(greens: [5, 169]), seed: 1)
    #expect(measures.waitingOutside > 250)
    #expect(measures.links[0].fullestLane > 0.8)
    #expect(measures.links[0].spillbackTime > 100)
    // 300 vehicles, one a second, of whom almost none gets through: close to 300² / 2 veh·s.
    #expect(measures.totalDelay > 0.85 * 45000 && measures.totalDelay < 45000)
  }

  @Test("Travellers that are drawn once are those that every run draws for itself, on any number of days")
  func drawnDays() async throws {
    let star = try star(2)
    var demand = Demand(begin: 0, end: 600, vehicleTypes: [exact])
    let exit = LinkID(star.network.links.count - 1)
    demand.routes = [[LinkID(0), exit], [LinkID(1), exit]]
    demand.flows = [0, 1].map { RouteFlow(begin: 0, end: 600, rate: 0.2, process: .poisson, route: $0) }
    let simulator = Simulator(network: star.network, demand: demand)
    let plans = [star.plan(greens: [30, 20]), star.plan(greens: [20, 30])]
    let seeds = (1...27).map { UInt64($0) }
    let days = await SimulatedDay.drawn(seeds.map { SimulatedDay(simulator: simulator, seed: $0) })
    let (together, drawn) = (
      await PlanComparison(of: plans, on: simulator, seeds: seeds),
      await PlanComparison(of: plans, over: days)
    )
    for (index, plan) in plans.enumerated() {
      let alone = seeds.map { simulator.run(plan, seed: $0).totalDelay }
      #expect(together.entries[index].runs.map(\.totalDelay) == alone)
      #expect(drawn.entries[index].runs.map(\.totalDelay) == alone)
    }
  }
}
