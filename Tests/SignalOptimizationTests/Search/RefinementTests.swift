import Synchronization
import TestSupport
import Testing
import TrafficModel
import TrafficSimulation

@testable import SignalOptimization

@Suite("Refinement")
struct RefinementTests {
  let street: SignalledStreet
  static let overhead = 300.0

  init() throws { street = try SignalledStreet() }

  /// veh·s that one run can take at most: everybody on the road all the time.
  private var longestRun: Double {
    let vehicles = street.demand.counts.reduce(0.0) { $0 + $1.vehicles.reduce(0) { $0 + ($1 ?? 0) } }
    // Random arrivals may be more than those counted; twice as many are out of reach.
    return 2 * vehicles * street.demand.duration + Self.overhead
  }

  private func refinement(
    budget: Double, options: OptimizationOptions = OptimizationOptions(),
    shouldStop: @escaping @Sendable () -> Bool = { false }
  ) async throws -> Refinement {
    let moves = try await street.moves(options)
    return Refinement(
      days: days(street.simulator), moves: moves, cost: cost(moves), budget: budget, overhead: Self.overhead,
      shouldStop: shouldStop)
  }

  private func days(_ simulator: Simulator) -> SearchDays { SearchDays(simulator: simulator, spread: 0.08) }

  /// Total delay: no movement is known that could lose.
  private func cost(_ moves: MoveMaker) -> SearchCost {
    var problem = moves.assembly.problem
    problem.options.rules.largestLoss = nil
    return SearchCost(problem, existing: [])
  }

  /// veh·s of one run of the existing plan.
  private func work() -> Double { street.simulator.run(street.existing, seed: 1001).travelTime }

  @Test("The same start and budget lead to the same plans")
  func repeatable() async throws {
    let start = street.setting
    var (first, second) = (
      try await refinement(budget: 60 * work()), try await refinement(budget: 60 * work())
    )
    let stations = await first.run(from: start) { #expect($0 > 0 && $0 <= 1 && $1 > 0) }
    #expect(await second.run(from: start) { _, _ in } == stations)
    #expect(first.spent == second.spent && first.rounds == second.rounds && first.accepted == second.accepted)
    #expect(stations[0] == start)
    for station in stations { #expect(station.plan(named: "").check(against: street.network).isEmpty) }
  }

  @Test("Nothing is simulated without a budget, and no more than a round beyond it")
  func budget() async throws {
    let start = street.setting
    var none = try await refinement(budget: 0)
    #expect(await none.run(from: start) { _, _ in } == [start])
    #expect(none.spent == 0 && none.rounds == 0)
    for runs in [1.0, 15, 40] {
      let budget = runs * work()
      var some = try await refinement(budget: budget)
      _ = await some.run(from: start) { _, _ in }
      #expect(some.spent >= budget)
      // A round plays six runs at most: two to look, four to confirm; the block before it, four.
      #expect(some.spent < budget + 10 * longestRun)
    }
  }

  @Test("Without a move, or without a vehicle, it ends all the same")
  func nothingToDo() async throws {
    var options = OptimizationOptions()
    options.maximumChange = 0
    let alone = try SignalledStreet(signals: 1)
    let start = alone.setting
    let fixed = try await alone.moves(options)
    var still = Refinement(
      days: days(alone.simulator), moves: fixed, cost: cost(fixed), budget: .infinity,
      overhead: Self.overhead, shouldStop: { false })
    #expect(await still.run(from: start) { _, _ in } == [start])
    let nobody = Simulator(network: street.network, demand: Demand(begin: 0, end: 300))
    let moves = try await street.moves()
    var idle = Refinement(
      days: days(nobody), moves: moves, cost: cost(moves), budget: 100 * Self.overhead,
      overhead: Self.overhead, shouldStop: { false })
    #expect(await idle.run(from: street.setting) { _, _ in } == [street.setting])
    #expect(idle.spent >= 100 * Self.overhead)
  }

  @Test("Asked to stop, it stops: at once, or after the round that it is in")
  func stops() async throws {
    let start = street.setting
    var stopped = try await refinement(budget: .infinity) { true }
    #expect(await stopped.run(from: start) { _, _ in } == [start])
    #expect(stopped.spent == 0)
    let asked = Atomic<Int>(0)
    var later = try await refinement(budget: .infinity) {
      asked.wrappingAdd(1, ordering: .relaxed).newValue > 5
    }
    _ = await later.run(from: start) { _, _ in }
    #expect(later.rounds <= 5)
  }

  @Test("On the days that it was played on, the plan of a block is never worse than the start")
  func improvement() async throws {
    let start = street.setting
    var one = try await refinement(budget: 50 * work())
    let stations = await one.run(from: start) { _, _ in }
    try #require(one.rounds > 0)
    var costs: [Double] = []
    for setting in [start, stations[min(1, stations.count - 1)]] {
      let comparison = await PlanComparison(
        of: [setting.plan(named: "")], over: one.days(0))
      costs.append(comparison.estimate(0, \.totalDelay).mean)
    }
    #expect(costs[1] <= costs[0])
    // What was accepted, changed the plan, and for the better.
    if one.accepted > 0, one.rounds <= Refinement.roundsPerBlock { #expect(costs[1] < costs[0]) }
  }

  @Test("Seeds change with the block, and are neither the search's nor the judge's")
  func seeds() async throws {
    let refinement = try await refinement(budget: 0)
    let options = OptimizationOptions()
    let others = Set(options.searchSeeds + options.judgementSeeds + options.furtherJudgementSeeds)
    for block in 0..<8 {
      #expect(others.isDisjoint(with: refinement.seeds(block)))
      #expect(Set(refinement.seeds(block)).isDisjoint(with: refinement.seeds(block + 1)))
    }
  }

  @Test("Frozen signals stay as they are")
  func frozen() async throws {
    var options = OptimizationOptions()
    options.frozen = [ControllerID(1)]
    let start = street.setting
    var some = try await refinement(budget: 50 * work(), options: options)
    let stations = await some.run(from: start) { _, _ in }
    for station in stations {
      #expect(station.controllers[1] == start.controllers[1])
    }
    options.frozen = [ControllerID(0), ControllerID(1)]
    var none = try await refinement(budget: .infinity, options: options)
    #expect(await none.run(from: start) { _, _ in } == [start])
  }
}
