internal import TrafficModel
internal import TrafficSimulation

/// Whether a plan is better than the existing one.
///
/// Up to three plans are tried, one after the other. One is taken when its mean is below the existing plan's with
/// certainty on the judgement seeds, and no more of its runs lock up. Where these leave it open, as on networks that jam
/// on some days, further seeds are added five at a time; every look at every plan asks for the certainty that
/// Bonferroni's inequality asks of one of eighteen, so that all together err in less than 5 % of the networks on which no
/// plan is better.
struct Judgement {
  /// The existing plan and the one that was taken, or the first that was tried.
  let comparison: PlanPair
  /// What the steps came to.
  let steps: [OptimizationStep]
  /// Position of that plan among those tried.
  let chosen: Int
  /// Whether it is better with certainty.
  let isImprovement: Bool
  /// Whether it is better on average.
  let isBetterOnAverage: Bool

  /// So many plans are tried.
  static let mostTried = 3

  /// Plays plans with the judgement seeds.
  ///
  /// - Parameters:
  ///   - steps: the plans of the work's steps, the existing one first.
  ///   - candidates: plans to be taken, the best first; at least one.
  init(
    of steps: [(kind: OptimizationStep.Kind, plan: TimingPlan)], candidates: [TimingPlan],
    on simulator: Simulator, options: OptimizationOptions, shouldStop: @Sendable () -> Bool = { false }
  ) async {
    precondition(!candidates.isEmpty, "a judgement needs a plan")
    let cost = options.judgedCost
    let candidates = Array(candidates.prefix(Self.mostTried))
    let existing = steps[0].plan
    let played = await PlanComparison(
      of: steps.map(\.plan) + candidates, on: simulator, seeds: options.judgementSeeds)
    var pairs = candidates.indices.map {
      PlanComparison(seeds: played.seeds, entries: [played.entries[0], played.entries[steps.count + $0]])
    }
    func isImprovement(_ pair: PlanComparison) -> Bool {
      pair.entries[1].plan.programs != existing.programs && pair.difference(1, cost).mean < 0
        && pair.isSignCertain(1, isOneOfThree: true, cost)
        && pair.entries[1].lockUps <= pair.entries[0].lockUps
    }
    var chosen: Int?
    for index in pairs.indices where chosen == nil {
      var further = options.furtherJudgementSeeds[...]
      while !further.isEmpty, !shouldStop(), pairs[index].difference(1, cost).mean < 0,
        !isImprovement(pairs[index])
      {
        await pairs[index].play(Array(further.prefix(PlanComparison.seedsPerLook)), on: simulator)
        further = further.dropFirst(PlanComparison.seedsPerLook)
      }
      if isImprovement(pairs[index]) { chosen = index }
    }
    self.chosen = chosen ?? 0
    let pair = pairs[chosen ?? 0]
    comparison = PlanPair(pair)
    self.isImprovement = chosen != nil
    isBetterOnAverage = pair.difference(1, cost).mean < 0
    self.steps = zip(steps, played.entries).map { step, entry in
      OptimizationStep(
        kind: step.kind, seeds: played.seeds.count, totalDelay: entry.estimate(\.totalDelay),
        difference: entry.difference(to: played.entries[0], \.totalDelay))
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
