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
    let simulators = days.map { Simulator(network: network, demand: $0.demand) }
    let candidates = await candidates(days: days, risk: risk, best: best)
    let chosen = await ranked(candidates, simulators: simulators, risk: risk) {
      progress(OptimizationProgress(.days, $0))
    }
    progress(OptimizationProgress(.judgement, 0))
    var delays = [[[Double]]](repeating: [], count: 3)
    for simulator in simulators {
      let played = await PlanComparison(
        of: [existing, best, chosen], on: simulator, seeds: options.judgementSeeds)
      for plan in delays.indices { delays[plan].append(played.entries[plan].runs.map(\.totalDelay)) }
    }
    let comparison = DayComparison(
      days: days.map(\.name), risk: risk, seeds: options.judgementSeeds, delays: delays)
    let difference = comparison.difference(.robust, to: .existing, risk)
    let isImprovement = chosen != existing && difference.mean < 0 && difference.isCertain
    return RobustResult(
      plan: isImprovement ? chosen : existing, isImprovement: isImprovement, comparison: comparison)
  }

  // MARK: Candidates

  /// Cycles that are tried beside a plan's own, as factors: bad days need longer ones.
  private static let cycleFactors = [1, 1.15, 1.3]

  private func candidates(days: [DemandDay], risk: RiskMeasure, best: TimingPlan) async -> [TimingPlan] {
    let flows = days.map { MovementFlows(network: network, demand: $0.demand).mean }
    let demands = zip(flows, days).map { (flows: $0, period: $1.demand.duration) }
    let mayStretch = options.cycle == .best || options.cycle == .common || options.cycle == .perJunction
    var plans = [existing, best]
    for factor in mayStretch ? Self.cycleFactors : [1] {
      plans.append(await split(best, cycleFactor: factor, demands: demands, risk: risk))
    }
    plans.append(await split(existing, cycleFactor: 1, demands: demands, risk: risk))
    let mean = network.movements.indices.map { movement in
      flows.reduce(0) { $0 + $1[movement] } / Double(flows.count)
    }
    plans += coordinated(plans.dropFirst(2), flows: mean)
    var seen: Set<TimingPlan> = []
    return plans.filter { seen.insert($0).inserted && $0.check(against: network).isEmpty }
  }

  /// `plan` with the best greens for all days, at its cycles times a factor.
  private func split(
    _ plan: TimingPlan, cycleFactor: Double, demands: [(flows: [Double], period: Double)], risk: RiskMeasure
  ) async -> TimingPlan {
    let programs = await plan.programs.mapInParallel {
      split($0, cycleFactor: cycleFactor, demands: demands, risk: risk)
    }
    return TimingPlan(name: plan.name, programs: programs)
  }

  /// The programme as it is where it may not change, or where nothing else fits.
  private func split(
    _ program: SignalProgram?, cycleFactor: Double, demands: [(flows: [Double], period: Double)],
    risk: RiskMeasure
  ) -> SignalProgram? {
    guard let program, !options.frozen.contains(program.controller) else { return program }
    let id = program.controller
    // Changes are counted from the existing greens, whose stages then are the plan's, too.
    let origin = options.maximumChange == nil ? program : existing[id] ?? program
    let structure = ProgramStructure(program: origin, controller: network[id])
    let splits = UncertainSplits(
      network: network, id: id, structure: structure, demands: demands, risk: risk, options: options)
    let cycle = (program.cycle * cycleFactor).rounded()
    let isStretched = cycleFactor != 1 && network[id].cycleBounds.contains(cycle)
    guard splits.isAdjustable,
      let found = try? splits.splits(cycle: isStretched ? cycle : program.cycle)
    else { return program }
    var changed = structure.program(stages: found.stages)
    changed.offset = program.offset
    return changed
  }

  /// The plans with offsets for some flows, where they share cycles and gain by it.
  private func coordinated(_ plans: ArraySlice<TimingPlan>, flows: [Double]) -> [TimingPlan] {
    guard network.controllers.count > 1 else { return [] }
    var planner = OffsetPlanner(network: network, demand: demand, flows: flows)
    planner.effort = .quick
    let controllers = network.controllers.indices.map { ControllerID($0) }
    return plans.map { plan in
      let groups = planner.pairs(for: plan).filter(\.hasCommonCycle)
        .groups(of: controllers, leastGain: CoordinationZones.leastGain)
      return planner.offsets(for: plan, groups: groups, frozen: options.frozen).plan
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
    let first = await costs(candidates, seeds: Array(options.searchSeeds.prefix(1)), begin: 0)
    let order = candidates.indices.sorted { (first[$0], $0) < (first[$1], $1) }
    let field = order.prefix(Self.finalists).map { candidates[$0] }
    let second = await costs(field, seeds: Array(options.searchSeeds.prefix(Self.finalSeeds)), begin: 0.5)
    let best = field.indices.min { (second[$0], $0) < (second[$1], $1) }
    return best.map { field[$0] } ?? existing
  }
}
