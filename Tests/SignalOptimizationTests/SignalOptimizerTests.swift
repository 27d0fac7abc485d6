import SignalOptimization
import TestSupport
import Testing
import TrafficModel
import TrafficSimulation

@Suite("SignalOptimizer")
struct SignalOptimizerTests {
  /// Three stages of one lane whose present equal greens suit no demand like this.
  let junction: StageNetwork
  let demand: Demand

  init() throws {
    junction = try StageNetwork(stages: [[0.5], [0.5], [0.5]], cycle: 90)
    let flows = [0.25, 0.06, 0.05]
    demand = Demand(
      begin: 0, end: 900, routes: flows.indices.map { [LinkID($0), LinkID(3)] },
      flows: flows.enumerated().map {
        RouteFlow(begin: 0, end: 900, rate: $0.element, process: .poisson, route: $0.offset)
      })
  }

  /// veh·s to refine with: a few rounds, for debug builds play slowly.
  private static let littleWork = 200_000.0

  func optimize(
    _ change: (inout OptimizationOptions) -> Void = { _ in }
  ) async throws(NoPlan) -> OptimizationResult {
    var options = OptimizationOptions()
    options.searchSeeds = [101]
    options.judgementSeeds = [1, 2, 3]
    options.refinementWork = Self.littleWork
    change(&options)
    let optimizer = SignalOptimizer(
      network: junction.network, demand: demand, existingPlan: junction.plan, options: options)
    return try await optimizer.run { #expect((0...1).contains($0.share)) }
  }

  @Test("Whatever is asked for, the plan is legal and complete", arguments: Objective.allCases)
  func legal(_ objective: Objective) async throws {
    for cycle in [CycleChoice.perJunction, .fixed(75), .existing] {
      let result = try await optimize {
        $0.objective = objective
        $0.cycle = cycle
      }
      #expect(result.plan.check(against: junction.network).isEmpty)
      #expect(result.plan.programs.allSatisfy { $0 != nil })
      #expect(result.comparison.existing.plan == junction.plan)
      #expect(
        result.plan == (result.isImprovement ? result.comparison.proposed : result.comparison.existing).plan)
      if case .fixed(let seconds) = cycle, result.isImprovement {
        #expect(result.plan.programs[0]?.cycle == seconds)
      }
      for splits in result.certificate.splits { #expect(splits.gap.isFinite) }
    }
  }

  @Test(
    "Peak-flow greens join the search only where no plan serves the whole demand", arguments: [false, true])
  func peakFlow(isOversaturated: Bool) async throws {
    var demand = demand
    // 0.72 of the junction's time is wanted at first, 2.2 of it then.
    if isOversaturated { demand = demand.scaled(by: 3, seed: 1) }
    var options = OptimizationOptions()
    options.searchSeeds = [101]
    options.judgementSeeds = [1]
    options.confirmationSeeds = [201]
    options.refinementWork = 0
    let result = try await SignalOptimizer(
      network: junction.network, demand: demand, existingPlan: junction.plan, options: options
    ).run { _ in }
    #expect(result.steps.contains { $0.kind == .fullLinkGreens } == isOversaturated)
    #expect(result.plan.check(against: junction.network).isEmpty)
  }

  @Test("Equal greens for unequal traffic are improved, and simulation shows it")
  func improvement() async throws {
    let result = try await optimize()
    #expect(result.isImprovement)
    let difference = result.comparison.difference(\.totalDelay)
    #expect(difference.mean < 0 && difference.isCertain)
    #expect(result.certificate.existingReserveCapacity < 1)
    #expect(result.certificate.proposedReserveCapacity > 1.1)
  }

  @Test("The same input gives the same result")
  func repeatable() async throws {
    let (first, second) = (
      try await optimize { $0.cycle = .perJunction }, try await optimize { $0.cycle = .perJunction }
    )
    #expect(first.plan == second.plan)
    #expect(first.certificate == second.certificate)
    #expect(first.comparison.both.map(\.runs) == second.comparison.both.map(\.runs))
  }

  @Test("A frozen controller keeps its programme")
  func frozen() async throws {
    let result = try await optimize { $0.frozen = [ControllerID(0)] }
    #expect(result.plan == junction.plan)
    #expect(!result.isImprovement && result.certificate.splits.isEmpty)
  }

  @Test("No stage changes by more than allowed")
  func maximumChange() async throws {
    let result = try await optimize { $0.maximumChange = 3 }
    let program = try #require(result.plan.programs[0])
    #expect(
      zip(program.intervals, junction.program.intervals).allSatisfy { abs($0.duration - $1.duration) <= 3 })
  }

  @Test("A cycle that does not hold the minimums is refused by name")
  func infeasible() async throws {
    do {
      _ = try await optimize { $0.cycle = .fixed(20) }
      Issue.record("20 s hold no three greens of 5 s")
    } catch {
      #expect(error == .junctions([obstacle(.minimums(needed: 24, cycle: 20, maximumChange: nil))]))
    }
  }

  @Test("Movements without demand are named")
  func idle() async throws {
    var demand = demand
    demand.flows.removeLast()
    var options = OptimizationOptions()
    options.cycle = .existing
    options.judgementSeeds = [1]
    options.refinementWork = Self.littleWork
    let optimizer = SignalOptimizer(
      network: junction.network, demand: demand, existingPlan: junction.plan, options: options)
    let result = try await optimizer.run { _ in }
    #expect(result.certificate.movementsWithoutDemand.map(\.movement.index) == [2])
  }
}
