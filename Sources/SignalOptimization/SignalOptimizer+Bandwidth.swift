internal import TrafficModel
internal import TrafficSimulation

/// A plan with green waves, and what it does.
public struct BandwidthResult: Sendable {
  /// The plan with the green waves as `plan`, whatever it does to delay; `isImprovement` says whether simulation shows
  /// with certainty that it has less delay than the existing plan.
  public var optimization: OptimizationResult
  /// The green waves.
  public var bandwidth: BandwidthReport
}

/// Green waves instead of least delay.
extension SignalOptimizer {
  /// Finds the plan with the widest bands on an arterial, and judges it against the existing plan. Signals off the
  /// arterial keep their programmes.
  ///
  /// Greens are the existing plan's (`CycleChoice.existing`), or those that the split programs find for the existing
  /// stages at one cycle; stages change places where that widens the bands and `OptimizationOptions.stages` is free.
  ///
  /// - Parameter progress: called as the work goes on.
  /// - Throws: `NoPlan` when the signals are no arterial or have no cycle in common.
  public func widestBands(
    _ wish: BandwidthOptions, progress: @Sendable (OptimizationProgress) -> Void
  ) async throws(NoPlan) -> BandwidthResult {
    // They came with the problem.
    progress(OptimizationProgress(.flows, 0))
    let planner = OffsetPlanner(problem)
    guard let controllers = wish.arterial ?? ArterialTrace(planner: planner).longestChain() else {
      throw .noGreenWaves(.noArterial)
    }
    let fixed = controllers.indices.filter { problem.options.frozen.contains(controllers[$0]) }
    guard fixed.count < 2 else { throw .noGreenWaves(.frozen(fixed.map { controllers[$0] })) }
    progress(OptimizationProgress(.splits, 0))
    let splits = try planWithCommonCycle(controllers)
    progress(OptimizationProgress(.offsets, 0))
    let waves: Waves
    do {
      waves = try GreenWaves(problem: problem, planner: planner, wish: wish, controllers: controllers)
        .find(plan: splits, anchor: fixed.first ?? 0) { progress(OptimizationProgress(.offsets, $0)) }
    } catch {
      throw .noGreenWaves(error)
    }
    progress(OptimizationProgress(.judgement, 0))
    return BandwidthResult(
      optimization: await judged(waves.plan, splits: splits, controllers: controllers),
      bandwidth: waves.report)
  }

  private func judged(
    _ plan: TimingPlan, splits: TimingPlan, controllers: [ControllerID]
  ) async -> OptimizationResult {
    let between =
      splits == problem.existing ? [] : [(kind: OptimizationStep.Kind.splitsAtOneCycle, plan: splits)]
    let judgement = await Judgement(
      of: [(.existing, problem.existing)] + between + [(.greenWaves, plan)], candidates: [plan],
      on: Simulator(network: problem.network, demand: problem.demand), options: problem.options)
    let difference = judgement.comparison.difference(\.totalDelay)
    var certificate = Proof(problem: problem).certificate(for: problem.setting(of: plan))
    certificate.splits.removeAll { !controllers.contains($0.controller) }
    return OptimizationResult(
      plan: plan, isImprovement: difference.mean < 0 && difference.isCertain,
      comparison: judgement.comparison, steps: judgement.steps, certificate: certificate)
  }

  /// The existing plan with one cycle for all `controllers`, with the splits that the cycle's choice asks for.
  private func planWithCommonCycle(_ controllers: [ControllerID]) throws(NoPlan) -> TimingPlan {
    var existing = problem.existing
    for id in controllers where !problem.options.frozen.contains(id) {
      existing[id] = existing[id]?.fixedTime
    }
    let splits = CommonSplits(problem: problem, controllers: controllers)
    let programs: [SignalProgram]
    switch problem.options.cycle {
    case .existing:
      guard Set(controllers.map { existing[$0]?.cycle }).count == 1 else {
        throw .noGreenWaves(
          .existingCycles(controllers.map { existing[$0]?.cycle ?? 0 }, of: controllers))
      }
      return existing
    case .perJunction: throw .noGreenWaves(.cyclesOfTheirOwn)
    case .fixed(let cycle): programs = try splits.at(cycle)
    case .best, .common: programs = try splits.best()
    }
    var plan = existing
    for program in programs { plan[program.controller] = program }
    return plan
  }
}
