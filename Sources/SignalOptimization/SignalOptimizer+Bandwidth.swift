internal import LinearProgramming
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
    progress(OptimizationProgress(.flows, 0))
    let flows = MovementFlows(network: network, demand: demand)
    let planner = OffsetPlanner(network: network, demand: demand, flows: flows.mean)
    let trace = ArterialTrace(planner: planner)
    guard let controllers = wish.arterial ?? trace.longestChain() else {
      throw .noGreenWaves(.noArterial)
    }
    let fixed = controllers.indices.filter { options.frozen.contains(controllers[$0]) }
    guard fixed.count < 2 else { throw .noGreenWaves(.frozen(fixed.map { controllers[$0] })) }
    progress(OptimizationProgress(.splits, 0))
    let splits = try planWithCommonCycle(controllers, flows: flows.mean)
    progress(OptimizationProgress(.offsets, 0))
    let waves: Waves
    do {
      waves = try GreenWaves(optimizer: self, planner: planner, wish: wish, controllers: controllers)
        .find(plan: splits, anchor: fixed.first ?? 0) { progress(OptimizationProgress(.offsets, $0)) }
    } catch {
      throw .noGreenWaves(error)
    }
    progress(OptimizationProgress(.judgement, 0))
    return BandwidthResult(
      optimization: await judged(waves.plan, splits: splits, controllers: controllers, flows: flows),
      bandwidth: waves.report)
  }

  private func judged(
    _ plan: TimingPlan, splits: TimingPlan, controllers: [ControllerID], flows: MovementFlows
  ) async -> OptimizationResult {
    var plans = [(kind: OptimizationStep.Kind.existing, plan: existing), (kind: .greenWaves, plan: plan)]
    if splits != existing { plans.insert((kind: .splitsAtOneCycle, plan: splits), at: 1) }
    let (comparison, _, steps) = await judgement(
      of: plans, simulator: Simulator(network: network, demand: demand))
    let difference = comparison.difference(\.totalDelay)
    let setting = PlanSetting(
      controllers: network.controllers.indices.compactMap { index in
        plan.programs[index].map { ControllerSetting($0, controller: network.controllers[index]) }
      })
    var certificate = certificate(for: setting, flows: flows)
    certificate.splits.removeAll { !controllers.contains($0.controller) }
    return OptimizationResult(
      plan: plan, isImprovement: difference.mean < 0 && difference.isCertain, comparison: comparison,
      steps: steps, certificate: certificate)
  }

  // MARK: Cycle

  /// The existing plan with one cycle for all `controllers`, with the splits that the cycle's choice asks for.
  private func planWithCommonCycle(
    _ controllers: [ControllerID], flows: [Double]
  ) throws(NoPlan) -> TimingPlan {
    switch options.cycle {
    case .existing:
      guard Set(controllers.map { existing[$0]?.cycle }).count == 1 else {
        throw .noGreenWaves(
          .existingCycles(controllers.map { existing[$0]?.cycle ?? 0 }, of: controllers))
      }
      return existing
    case .perJunction: throw .noGreenWaves(.cyclesOfTheirOwn)
    case .fixed(let cycle):
      return try plan(of: CommonSplits(optimizer: self, controllers: controllers, flows: flows).at(cycle))
    case .best, .common:
      return try plan(of: CommonSplits(optimizer: self, controllers: controllers, flows: flows).best())
    }
  }

  private func plan(of programs: [SignalProgram]) -> TimingPlan {
    var plan = existing
    for program in programs { plan[program.controller] = program }
    return plan
  }
}
