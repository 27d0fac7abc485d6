internal import TrafficModel
internal import TrafficSimulation

/// Whether the plan found is better than the existing one.
///
/// A plan is taken when its mean is below the existing plan's with 97.5 % certainty on the judgement seeds. Where these
/// leave it open, as on networks that jam on some days, further seeds are added five at a time; every further look
/// asks for the certainty that Bonferroni's inequality asks of one of six. All looks together err in less than 5 % of
/// the plans that are no better.
extension SignalOptimizer {
  /// Plays the steps' plans with the judgement seeds and decides whether the last is better than the first.
  func judged(
    _ steps: [(kind: OptimizationStep.Kind, setting: PlanSetting)], simulator: Simulator,
    flows: MovementFlows,
    shouldStop: @Sendable () -> Bool
  ) async -> OptimizationResult {
    let plans = steps.map { (kind: $0.kind, plan: plan(of: $0.setting)) }
    let (comparison, improves, played) = await judgement(
      of: plans, simulator: simulator, shouldStop: shouldStop)
    let proposed = comparison.proposed.plan
    let isImprovement = proposed != existing && improves
    // A stand-in is nobody's plan: what beats it on average is worth comparing with what runs.
    let isWorthwhile =
      !network.controllersNotPlayed.isEmpty && comparison.difference(judgedCost).mean < 0
    return OptimizationResult(
      plan: isImprovement || isWorthwhile ? proposed : existing, isImprovement: isImprovement,
      comparison: comparison,
      steps: played, certificate: certificate(for: steps[steps.count - 1].setting, flows: flows))
  }

  /// Plays plans with the judgement seeds: the comparison of the first and the last, whether the last is better with
  /// certainty, and every step's figures.
  func judgement(
    of plans: [(kind: OptimizationStep.Kind, plan: TimingPlan)], simulator: Simulator,
    shouldStop: @Sendable () -> Bool = { false }
  ) async -> (comparison: PlanPair, improves: Bool, steps: [OptimizationStep]) {
    let all = await PlanComparison(of: plans.map(\.plan), on: simulator, seeds: options.judgementSeeds)
    var comparison = PlanComparison(
      seeds: all.seeds, entries: [all.entries[0], all.entries[plans.count - 1]])
    var further = options.furtherJudgementSeeds[...]
    while !further.isEmpty, !shouldStop(), comparison.difference(1, judgedCost).mean < 0,
      !improves(comparison)
    {
      await comparison.play(Array(further.prefix(PlanComparison.seedsPerLook)), on: simulator)
      further = further.dropFirst(PlanComparison.seedsPerLook)
    }
    let steps = plans.indices.map { index in
      OptimizationStep(
        kind: plans[index].kind, seeds: all.seeds.count, totalDelay: all.estimate(index, \.totalDelay),
        difference: all.difference(index, \.totalDelay))
    }
    return (PlanPair(comparison), improves(comparison), steps)
  }

  private func improves(_ comparison: PlanComparison) -> Bool {
    let difference = comparison.difference(1, judgedCost)
    let isFirstLook = comparison.seeds.count <= options.judgementSeeds.count
    return difference.mean < 0
      && (isFirstLook ? difference.isCertain : comparison.isSignCertain(1, judgedCost))
  }

  /// What the judgement compares.
  private var judgedCost: (Measures) -> Double {
    let weight = options.pedestrianWeight
    return switch options.objective {
    case .delay, .reserve: { $0.totalDelay + weight * $0.pedestrianDelay }
    case .throughput: { -Double($0.served) }
    }
  }
}
