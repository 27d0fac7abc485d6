internal import TrafficModel
internal import TrafficSimulation

/// Whether a plan is better than the existing one.
///
/// A plan is taken when its mean is below the existing plan's with 97.5 % certainty on the judgement seeds. Where these
/// leave it open, as on networks that jam on some days, further seeds are added five at a time; every further look
/// asks for the certainty that Bonferroni's inequality asks of one of six. All looks together err in less than 5 % of
/// the plans that are no better.
struct Judgement {
  /// The existing plan and the last one of the work.
  let comparison: PlanPair
  /// What the steps came to.
  let steps: [OptimizationStep]
  /// Whether the last plan is better with certainty.
  let isImprovement: Bool
  /// Whether the last plan is better on average.
  let isBetterOnAverage: Bool

  /// Plays the plans of the work's steps with the judgement seeds, the existing plan first.
  init(
    of plans: [(kind: OptimizationStep.Kind, plan: TimingPlan)], on simulator: Simulator,
    options: OptimizationOptions, shouldStop: @Sendable () -> Bool = { false }
  ) async {
    let cost = options.judgedCost
    let first = await PlanComparison(of: plans.map(\.plan), on: simulator, seeds: options.judgementSeeds)
    var pair = PlanComparison(
      seeds: first.seeds, entries: [first.entries[0], first.entries[plans.count - 1]])
    func isImprovement() -> Bool {
      let difference = pair.difference(1, cost)
      let isFirstLook = pair.seeds.count <= options.judgementSeeds.count
      return difference.mean < 0 && (isFirstLook ? difference.isCertain : pair.isSignCertain(1, cost))
    }
    var further = options.furtherJudgementSeeds[...]
    while !further.isEmpty, !shouldStop(), pair.difference(1, cost).mean < 0, !isImprovement() {
      await pair.play(Array(further.prefix(PlanComparison.seedsPerLook)), on: simulator)
      further = further.dropFirst(PlanComparison.seedsPerLook)
    }
    comparison = PlanPair(pair)
    self.isImprovement = isImprovement()
    isBetterOnAverage = comparison.difference(cost).mean < 0
    steps = zip(plans, first.entries).map { step, played in
      OptimizationStep(
        kind: step.kind, seeds: first.seeds.count, totalDelay: played.estimate(\.totalDelay),
        difference: played.difference(to: first.entries[0], \.totalDelay))
    }
  }
}

extension OptimizationOptions {
  /// What the judgement compares.
  fileprivate var judgedCost: (Measures) -> Double {
    let weight = pedestrianWeight
    return switch objective {
    case .delay, .reserve: { $0.totalDelay + weight * $0.pedestrianDelay }
    case .throughput: { -Double($0.served) }
    }
  }
}
