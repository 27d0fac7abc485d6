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
  /// - Throws: `InfeasibleJunctions` when the signals are no arterial or have no cycle in common.
  public func widestBands(
    _ wish: BandwidthOptions, progress: @Sendable (OptimizationProgress) -> Void
  ) async throws(InfeasibleJunctions) -> BandwidthResult {
    progress(OptimizationProgress(.flows, 0))
    let flows = MovementFlows(network: network, demand: demand)
    let planner = OffsetPlanner(network: network, demand: demand, flows: flows.mean)
    let trace = ArterialTrace(planner: planner)
    guard let controllers = wish.arterial ?? trace.longestChain() else {
      throw InfeasibleJunctions(reasons: [
        "no two neighbouring signals have traffic from each to the other: there is no arterial to find"
      ])
    }
    let fixed = controllers.indices.filter { options.frozen.contains(controllers[$0]) }
    guard fixed.count < 2 else {
      throw InfeasibleJunctions(reasons: [
        "\(names(fixed.map { controllers[$0] })) are frozen, but only one signal of an arterial can keep its offset"
      ])
    }
    progress(OptimizationProgress(.splits, 0))
    let splits = try planWithCommonCycle(controllers, flows: flows.mean)
    progress(OptimizationProgress(.offsets, 0))
    let waves: Waves
    do {
      waves = try GreenWaves(optimizer: self, planner: planner, wish: wish, controllers: controllers)
        .find(plan: splits, anchor: fixed.first ?? 0) { progress(OptimizationProgress(.offsets, $0)) }
    } catch let failure as Arterial.Failure {
      throw InfeasibleJunctions(reasons: [words(failure, trace: trace)])
    } catch {
      throw InfeasibleJunctions(reasons: ["the bandwidth program failed: \(error)"])
    }
    progress(OptimizationProgress(.judgement, 0))
    return BandwidthResult(
      optimization: await judged(waves.plan, splits: splits, controllers: controllers, flows: flows),
      bandwidth: waves.report)
  }

  private func judged(
    _ plan: TimingPlan, splits: TimingPlan, controllers: [ControllerID], flows: MovementFlows
  ) async -> OptimizationResult {
    var plans = [(name: "existing plan", plan: existing), (name: "green waves", plan: plan)]
    if splits != existing { plans.insert((name: "splits at one cycle", plan: splits), at: 1) }
    let (comparison, steps) = await judgement(
      of: plans, simulator: Simulator(network: network, demand: demand))
    let difference = comparison.difference(1, \.totalDelay)
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
  ) throws(InfeasibleJunctions) -> TimingPlan {
    switch options.cycle {
    case .existing:
      guard Set(controllers.map { existing[$0]?.cycle }).count == 1 else {
        let cycles = controllers.map { "'\(network[$0].name)' \(existing[$0]?.cycle ?? 0) s" }
        throw InfeasibleJunctions(reasons: [
          "green waves need one cycle, but the existing ones differ: \(cycles.joined(separator: ", ")); '--cycle common' finds one"
        ])
      }
      return existing
    case .perJunction:
      throw InfeasibleJunctions(reasons: [
        "green waves need one cycle for the whole arterial: '--cycle common', or one in seconds"
      ])
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

  // MARK: Words

  private func names(_ controllers: [ControllerID]) -> String {
    controllers.map { "'\(network[$0].name)'" }.joined(separator: ", ")
  }

  private func words(_ failure: Arterial.Failure, trace: ArterialTrace) -> String {
    switch failure {
    case .tooFew: return "an arterial has two signals at least, each of them once"
    case .cycles: return "green waves need one cycle for the whole arterial: '--cycle common' finds one"
    case .noTraffic(let from, let to):
      let next = trace.neighbours(of: from)
      let hint =
        next.isEmpty
        ? "traffic from there comes to no other signal" : "traffic from there comes to \(names(next)) next"
      return
        "no traffic goes from '\(network[from].name)' to '\(network[to].name)' without another signal on its way; \(hint)"
    case .noGreen(let controller):
      return "the traffic along the arterial never has green at '\(network[controller].name)'"
    }
  }
}
