internal import LinearProgramming
internal import TrafficModel
internal import TrafficSimulation

/// One plan for several days.
extension SignalOptimizer {
  /// Finds a plan for several days, beginning from the best one for the base day.
  ///
  /// Candidates are the plans at hand, and these with the greens that the split programs give for all days
  /// (`UncertainSplitProgram`), at their own cycles and longer ones, with their own offsets and with those for the mean
  /// of the days. The one with the least measure of simulated delay over the days is judged against the existing plan
  /// on other seeds.
  ///
  /// - Parameters:
  ///   - days: the base day first; all are equally likely.
  ///   - result: the outcome of the optimization for the base day.
  public func robust(
    over days: [DemandDay], risk: RiskMeasure, from result: OptimizationResult,
    progress: @Sendable (OptimizationProgress) -> Void
  ) async -> RobustResult {
    precondition(!days.isEmpty, "a plan for several days needs days")
    progress(OptimizationProgress(.days, 0))
    let best = result.comparison.proposed.plan
    let simulators = days.map { Simulator(network: problem.network, demand: $0.demand) }
    let candidates = await candidates(days: days, risk: risk, best: best)
    let chosen = await ranked(candidates, simulators: simulators, risk: risk) {
      progress(OptimizationProgress(.days, $0))
    }
    progress(OptimizationProgress(.judgement, 0))
    var delays = [[[Double]]](repeating: [], count: 3)
    for simulator in simulators {
      let played = await PlanComparison(
        of: [problem.existing, best, chosen], on: simulator, seeds: problem.options.judgementSeeds)
      for plan in delays.indices { delays[plan].append(played.entries[plan].runs.map(\.totalDelay)) }
    }
    let comparison = DayComparison(
      days: days.map(\.name), risk: risk, seeds: problem.options.judgementSeeds, delays: delays)
    let difference = comparison.difference(.robust, to: .existing, risk)
    let isImprovement = chosen != problem.existing && difference.mean < 0 && difference.isCertain
    return RobustResult(
      plan: isImprovement ? chosen : problem.existing, isImprovement: isImprovement, comparison: comparison)
  }

  // MARK: Candidates

  /// Cycles that are tried beside a plan's own, as factors: bad days need longer ones.
  private static let cycleFactors = [1, 1.15, 1.3]

  private func candidates(days: [DemandDay], risk: RiskMeasure, best: TimingPlan) async -> [TimingPlan] {
    let days = days.map { problem.on($0.demand) }
    let cycle = problem.options.cycle
    let mayStretch = cycle == .best || cycle == .common || cycle == .perJunction
    var plans = [problem.existing, best]
    for factor in mayStretch ? Self.cycleFactors : [1] {
      plans.append(await split(best, cycleFactor: factor, days: days, risk: risk))
    }
    plans.append(await split(problem.existing, cycleFactor: 1, days: days, risk: risk))
    plans += coordinated(plans.dropFirst(2), flows: days.map(\.flows).mean)
    var seen: Set<TimingPlan> = []
    return plans.filter { seen.insert($0).inserted && $0.check(against: problem.network).isEmpty }
  }

  /// `plan` with the best greens for all days, at its cycles times a factor.
  private func split(
    _ plan: TimingPlan, cycleFactor: Double, days: [PlanningProblem], risk: RiskMeasure
  ) async -> TimingPlan {
    let programs = await plan.programs.mapInParallel {
      split($0, cycleFactor: cycleFactor, days: days, risk: risk)
    }
    return TimingPlan(name: plan.name, programs: programs)
  }

  /// The programme as it is where it may not change, or where nothing else fits.
  private func split(
    _ program: SignalProgram?, cycleFactor: Double, days: [PlanningProblem], risk: RiskMeasure
  ) -> SignalProgram? {
    let options = problem.options
    guard let program, !options.frozen.contains(program.controller) else { return program }
    let id = program.controller
    // Changes are counted from the existing greens, whose stages then are the plan's, too.
    let origin = options.maximumChange == nil ? program : problem.existing[id] ?? program
    let splits = UncertainSplits(days: days.map { ControllerSplits($0, origin) }, risk: risk)
    let cycle = (program.cycle * cycleFactor).rounded()
    let isStretched = cycleFactor != 1 && problem.network[id].cycleBounds.contains(cycle)
    // What the solver refuses fits nothing.
    guard splits.isAdjustable,
      let found = try? splits.splits(cycle: isStretched ? cycle : program.cycle)
    else { return program }
    var changed = splits.structure.program(stages: found.stages)
    changed.offset = program.offset
    return changed
  }

  /// The plans with offsets for some flows, where they share cycles and gain by it.
  private func coordinated(_ plans: ArraySlice<TimingPlan>, flows: [Double]) -> [TimingPlan] {
    guard problem.controllers.count > 1 else { return [] }
    var planner = OffsetPlanner(network: problem.network, demand: problem.demand, flows: flows)
    planner.effort = .quick
    return plans.map { plan in
      let groups = planner.pairs(for: plan).filter(\.hasCommonCycle)
        .groups(of: problem.controllers, leastGain: CoordinationZones.leastGain)
      return planner.offsets(for: plan, groups: groups, frozen: problem.options.frozen).plan
    }
  }

  // MARK: Ranking

  /// So many candidates play more than the first seed.
  private static let finalists = 4
  /// So many seeds the finalists play.
  private static let finalSeeds = 4

  /// The candidate with the least measure of simulated delay over the days.
  private func ranked(
    _ candidates: [TimingPlan], simulators: [Simulator], risk: RiskMeasure, progress: (Double) -> Void
  ) async -> TimingPlan {
    let weights = simulators.map { _ in 1 / Double(simulators.count) }
    func costs(_ plans: [TimingPlan], seeds: [UInt64], begin: Double) async -> [Double] {
      var delays = plans.map { _ in [Double]() }
      for (day, simulator) in simulators.enumerated() {
        let played = await PlanComparison(of: plans, on: simulator, seeds: seeds)
        for plan in plans.indices {
          delays[plan].append(played.estimate(plan, \.totalDelay).mean)
        }
        progress(begin + 0.5 * Double(day + 1) / Double(simulators.count))
      }
      return delays.map { risk.value(of: $0, weights: weights) }
    }
    let first = await costs(candidates, seeds: Array(problem.options.searchSeeds.prefix(1)), begin: 0)
    let order = candidates.indices.sorted { (first[$0], $0) < (first[$1], $1) }
    let field = order.prefix(Self.finalists).map { candidates[$0] }
    let second = await costs(
      field, seeds: Array(problem.options.searchSeeds.prefix(Self.finalSeeds)), begin: 0.5)
    let best = field.indices.min { (second[$0], $0) < (second[$1], $1) }
    return best.map { field[$0] } ?? problem.existing
  }
}
