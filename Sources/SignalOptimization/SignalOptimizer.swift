public import TrafficModel
internal import TrafficSimulation

/// Tunes the signals of a network for one demand, and proves what it can about the result.
///
/// Flows from the demand; stages by mixed-integer programs and splits by linear programs at a range of cycles; whole
/// plans of them, the best of these by simulation; a search on the simulator that refines it; and a judgement against
/// the existing plan over other seeds.
public struct SignalOptimizer: Sendable {
  let problem: PlanningProblem

  /// - Parameter existingPlan: complete: a programme for each controller.
  public init(network: Network, demand: Demand, existingPlan: TimingPlan, options: OptimizationOptions) {
    problem = PlanningProblem(network: network, demand: demand, existing: existingPlan, options: options)
  }

  /// Finds the plan.
  ///
  /// - Parameters:
  ///   - shouldStop: asked now and then; when it says so, the best plan so far is judged and returned.
  ///   - progress: called as the work goes on.
  /// - Throws: `NoPlan` when the cycle asked for does not hold some junction's minimums.
  public func run(
    shouldStop: @escaping @Sendable () -> Bool = { false },
    progress: @Sendable (OptimizationProgress) -> Void
  ) async throws(NoPlan) -> OptimizationResult {
    // They came with the problem.
    progress(OptimizationProgress(.flows, 0))
    progress(OptimizationProgress(.splits, 0))
    let assembly = try await StagesAndSplits(problem: problem, shouldStop: shouldStop).assembly {
      progress(OptimizationProgress(.splits, $0))
    }
    let simulator = Simulator(network: problem.network, demand: problem.demand)
    let days = SearchDays(simulator: simulator, spread: problem.options.daySpread)
    let existing = await PlanComparison(
      of: [problem.existing], over: days.days(problem.options.searchSeeds))
    let search = CandidateSearch(
      problem, days: days, cost: SearchCost(problem, existing: existing.entries[0].runs),
      shouldStop: shouldStop)
    progress(OptimizationProgress(.search, 0))
    let (steps, finalists) = await steps(assembly, search, progress)
    progress(OptimizationProgress(.confirmation, 0))
    let ranked = await FinalChoice(problem: problem, search: search).ranked(
      steps.dropFirst().map(\.setting) + finalists
    ) { progress(OptimizationProgress(.confirmation, $0)) }
    // Where none may be proposed the best is shown all the same, beside the existing plan.
    let proposable = ranked.filter(\.mayBeProposed)
    let contenders = proposable.isEmpty ? Array(ranked.prefix(1)) : proposable
    progress(OptimizationProgress(.judgement, 0))
    let judgement = await Judgement(
      of: (shouldStop() ? Array(steps.prefix(1)) : steps).map { ($0.kind, problem.plan(of: $0.setting)) },
      candidates: contenders.isEmpty ? [problem.existing] : contenders.map { problem.plan(of: $0.setting) },
      on: simulator, options: problem.options, shouldStop: shouldStop)
    return result(of: judgement, contenders)
  }

  private func result(of judgement: Judgement, _ contenders: [FinalChoice.Contender]) -> OptimizationResult {
    let pair = judgement.comparison
    let proposed = pair.proposed.plan
    // Who asks for reserve has it judged by reserve, whatever it does to delay.
    let mayBeProposed = problem.options.objective == .reserve || contenders.first?.mayBeProposed ?? false
    let isImprovement = mayBeProposed && improves(judgement)
    // A stand-in is nobody's plan: what beats it on average is worth comparing with what runs.
    let isWorthwhile =
      !problem.network.controllersNotPlayed.isEmpty && mayBeProposed && judgement.isBetterOnAverage
    // Who asks for a cycle gets it, and hears what it does.
    var isAsAsked = false
    if case .fixed(let cycle) = problem.options.cycle {
      let runsIt = problem.existing.programs.allSatisfy { $0.map { $0.cycle == cycle } ?? true }
      isAsAsked = !isImprovement && !runsIt && proposed != problem.existing
    }
    let contender = contenders.isEmpty ? nil : contenders[judgement.chosen]
    return OptimizationResult(
      plan: isImprovement || isWorthwhile || isAsAsked ? proposed : problem.existing,
      isImprovement: isImprovement, comparison: pair, steps: judgement.steps, isAsAsked: isAsAsked,
      loading: contender.flatMap { contender in
        guard !contender.loading.isEmpty else { return nil }
        let present = ThroughputCurve.Point(
          scale: 1, comparison: PlanComparison(seeds: pair.seeds, entries: pair.both))
        return ThroughputCurve(points: [present] + contender.loading, duration: problem.demand.duration)
      },
      contenders: contenders.filter(\.mayBeProposed).map { problem.plan(of: $0.setting) },
      losses: MovementLoss.all(problem, existing: pair.existing.runs, proposed: pair.proposed.runs),
      certificate: Proof(problem: problem).certificate(
        for: contender?.setting ?? problem.setting(of: problem.existing)))
  }

  /// A result with another plan in the place of the one that it compares: played on the same seeds, and judged alike.
  ///
  /// - Parameter result: of this optimizer.
  public func judged(_ plan: TimingPlan, after result: OptimizationResult) async -> OptimizationResult {
    let judgement = await Judgement(
      of: [(.existing, problem.existing)], candidates: [plan],
      on: Simulator(network: problem.network, demand: problem.demand), options: problem.options)
    let pair = judgement.comparison
    var other = result
    (other.plan, other.isImprovement, other.comparison) = (plan, judgement.isImprovement, pair)
    (other.isAsAsked, other.loading) = (false, nil)
    other.losses = MovementLoss.all(problem, existing: pair.existing.runs, proposed: pair.proposed.runs)
    other.certificate = Proof(problem: problem).certificate(for: problem.setting(of: plan))
    return other
  }

  /// Whether a judged plan is better by the objective. Reserve capacity is a matter of the linear programs alone.
  private func improves(_ judgement: Judgement) -> Bool {
    let (existing, proposed) = (problem.existing, judgement.comparison.proposed.plan)
    guard problem.options.objective == .reserve else { return judgement.isImprovement }
    func reserve(_ plan: TimingPlan) -> Double {
      ReserveCapacity(of: plan, network: problem.network, demand: problem.demand, flows: problem.flows)
        .network
    }
    return proposed != existing && reserve(proposed) > reserve(existing) + SignalProgram.slack
  }

  private typealias Step = (kind: OptimizationStep.Kind, setting: PlanSetting)

  /// The best plan after each step of the work, the existing one first; and those that came close to the last.
  private func steps(
    _ assembly: PlanAssembly, _ search: CandidateSearch, _ progress: @Sendable (OptimizationProgress) -> Void
  ) async -> (steps: [Step], finalists: [PlanSetting]) {
    var steps: [Step] = [(.existing, assembly.existing)]
    func reached(_ kind: OptimizationStep.Kind, _ setting: PlanSetting?) {
      if let setting { steps.append((kind, setting)) }
    }
    let candidates = CandidatePlans(assembly)
    guard problem.options.objective != .reserve else {
      // Reserve capacity is a matter of the linear programs alone.
      reached(.stagesCyclesAndSplits, candidates.withChosenStages.first ?? assembly.existing)
      return (steps, [])
    }
    let field = await search.ranked(
      candidates.withExistingStages + candidates.withChosenStages + [assembly.existing]
    ) { progress(OptimizationProgress(.search, $0, bestDelay: $1)) }
    let present = Set(candidates.withExistingStages + [assembly.existing])
    reached(.cyclesAndSplits, field.first { present.contains($0) })
    reached(.stages, field.first)

    progress(OptimizationProgress(.offsets, 0))
    var finalists = Array(field.prefix(CandidateSearch.finalists))
    let metering =
      search.shouldStop() ? [] : await FullLinkGreens(assembly: assembly).plans(from: finalists, in: field)
    if !metering.isEmpty {
      finalists = Array(
        await search.ranked(finalists + metering) { _, _ in }.prefix(CandidateSearch.finalists))
      reached(.fullLinkGreens, finalists.first)
    }
    if problem.controllers.count > 1, !search.shouldStop() {
      let coordinated = CoordinationZones(assembly).plans(
        from: finalists, in: field, withChosenStages: candidates.withChosenStages)
      finalists = await search.ranked(finalists + coordinated) {
        progress(OptimizationProgress(.offsets, $0, bestDelay: $1))
      }
      reached(.groupsAndOffsets, finalists.first)
    }
    let refined = await PlanRefinement(assembly: assembly, search: search)
      .best(of: Array(finalists.prefix(CandidateSearch.finalists)), progress: progress)
    reached(.refinement, refined.first)
    return (steps, refined)
  }
}
