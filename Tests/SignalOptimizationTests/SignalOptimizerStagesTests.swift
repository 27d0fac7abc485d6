import Synchronization
import TestSupport
import Testing
import TrafficModel
import TrafficSimulation

@testable import SignalOptimization

@Suite("SignalOptimizer: stages, steps, stopping")
struct SignalOptimizerStagesTests {
  let street: SignalledStreet

  init() throws { street = try SignalledStreet() }

  private func optimize(
    _ change: (inout OptimizationOptions) -> Void = { _ in },
    shouldStop: @escaping @Sendable () -> Bool = { false },
    progress: @escaping @Sendable (OptimizationProgress) -> Void = { _ in }
  ) async throws -> OptimizationResult {
    var options = OptimizationOptions()
    options.cycle = .fixed(70)
    options.searchSeeds = [101, 102]
    options.judgementSeeds = [1, 2]
    options.refinementWork = 20 * street.simulator.run(street.existing, seed: 1).travelTime
    change(&options)
    return try await street.optimizer(options).run(shouldStop: shouldStop, progress: progress)
  }

  private func shown(_ plan: TimingPlan) throws -> [[[SignalState]]] {
    try plan.programs.map { program in
      let program = try #require(program)
      return program.stages.map { program.intervals[$0].states }
    }
  }

  @Test(
    "However free the stages, the best plan found is legal and as asked for", arguments: StageFreedom.allCases
  )
  func freedom(_ stages: StageFreedom) async throws {
    let result = try await optimize { $0.stages = stages }
    let best = result.comparison.proposed.plan
    #expect(best.check(against: street.network).map(\.message) == [])
    #expect(result.plan == (result.isImprovement ? best : street.existing))
    if best != street.existing { #expect(best.programs.allSatisfy { $0?.cycle == 70 }) }
    let present = try shown(street.existing)
    for (now, before) in zip(try shown(best), present) {
      switch stages {
      case .safe, .free: break
      case .existing: #expect(now == before)
      }
    }
  }

  @Test(
    "Steps come in their order, the existing plan first, and the proposed plan is that of some step or came close"
  )
  func steps() async throws {
    let result = try await optimize { $0.furtherJudgementSeeds = [] }
    #expect(
      result.steps.map(\.kind) == [.existing, .cyclesAndSplits, .stages, .groupsAndOffsets, .refinement])
    #expect(result.steps[0].difference.mean == 0)
    #expect(result.steps[0].totalDelay == result.comparison.existing.estimate(\.totalDelay))
    #expect(result.comparison.proposed.plan != street.existing)
    for step in result.steps {
      // Mean of differences and difference of means, summed in another order.
      #expect(isClose(step.difference.mean, step.totalDelay.mean - result.steps[0].totalDelay.mean, 1e-9))
    }
  }

  @Test("For reserve capacity nothing is refined")
  func reserve() async throws {
    let result = try await optimize { $0.objective = .reserve }
    #expect(result.steps.map(\.kind) == [.existing, .stagesCyclesAndSplits])
    #expect(result.comparison.proposed.plan.check(against: street.network).isEmpty)
    #expect(result.certificate.proposedReserveCapacity >= result.certificate.existingReserveCapacity)
  }

  @Test("Asked to stop at once, it judges and gives back a legal plan")
  func stops() async throws {
    let result = try await optimize({ $0.refinementWork = .infinity }, shouldStop: { true })
    #expect(result.plan.check(against: street.network).isEmpty)
    #expect(result.steps.map(\.kind) == [.existing])
    #expect(result.comparison.seeds == [1, 2])
    let again = try await optimize({ $0.refinementWork = .infinity }, shouldStop: { true })
    #expect(again.plan == result.plan)
  }

  @Test("Phases follow each other, each from its begin to its end")
  func progress() async throws {
    let seen = Mutex<[OptimizationProgress]>([])
    _ = try await optimize(progress: { progress in seen.withLock { $0.append(progress) } })
    let calls = seen.withLock { $0 }
    let phases = calls.map(\.phase).reduce(into: [OptimizationPhase]()) { if $0.last != $1 { $0.append($1) } }
    #expect(phases == [.flows, .splits, .search, .offsets, .refinement, .confirmation, .judgement])
    for phase in phases {
      let shares = calls.filter { $0.phase == phase }.map(\.share)
      #expect(shares[0] == 0 && shares == shares.sorted() && shares.allSatisfy { (0...1).contains($0) })
    }
  }

  @Test("The same input gives the same plan")
  func repeatable() async throws {
    let (first, second) = (try await optimize(), try await optimize())
    #expect(first.plan == second.plan && first.steps == second.steps)
  }
}
