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
    let assembly = try await StagesAndSplits(problem: problem).assembly {
      progress(OptimizationProgress(.splits, $0))
    }
    let simulator = Simulator(network: problem.network, demand: problem.demand)
    let search = CandidateSearch(problem, simulator: simulator, shouldStop: shouldStop)
    progress(OptimizationProgress(.search, 0))
    let steps = await steps(assembly, search, progress)
    progress(OptimizationProgress(.judgement, 0))
    let judgement = await Judgement(
      of: steps.map { ($0.kind, problem.plan(of: $0.setting)) }, on: simulator, options: problem.options,
      shouldStop: shouldStop)
    let proposed = judgement.comparison.proposed.plan
    let isImprovement = proposed != problem.existing && judgement.isImprovement
    // A stand-in is nobody's plan: what beats it on average is worth comparing with what runs.
    let isWorthwhile = !problem.network.controllersNotPlayed.isEmpty && judgement.isBetterOnAverage
    return OptimizationResult(
      plan: isImprovement || isWorthwhile ? proposed : problem.existing, isImprovement: isImprovement,
      comparison: judgement.comparison, steps: judgement.steps,
      certificate: Proof(problem: problem).certificate(for: steps[steps.count - 1].setting))
  }

  private typealias Step = (kind: OptimizationStep.Kind, setting: PlanSetting)

  /// The best plan after each step of the work, the existing one first.
  private func steps(
    _ assembly: PlanAssembly, _ search: CandidateSearch, _ progress: @Sendable (OptimizationProgress) -> Void
  ) async -> [Step] {
    var steps: [Step] = [(.existing, assembly.existing)]
    func reached(_ kind: OptimizationStep.Kind, _ setting: PlanSetting?) {
      if let setting { steps.append((kind, setting)) }
    }
    let candidates = CandidatePlans(assembly)
    guard problem.options.objective != .reserve else {
      // Reserve capacity is a matter of the linear programs alone.
      reached(.stagesCyclesAndSplits, candidates.withChosenStages.first ?? assembly.existing)
      return steps
    }
    let field = await search.ranked(
      candidates.withExistingStages + candidates.withChosenStages + [assembly.existing]
    ) { progress(OptimizationProgress(.search, $0, bestDelay: $1)) }
    let present = Set(candidates.withExistingStages + [assembly.existing])
    reached(.cyclesAndSplits, field.first { present.contains($0) })
    reached(.stages, field.first)

    progress(OptimizationProgress(.offsets, 0))
    var finalists = Array(field.prefix(CandidateSearch.finalists))
    let metering = await FullLinkGreens(assembly: assembly).plans(from: finalists, in: field)
    if !metering.isEmpty {
      finalists = Array(
        await search.ranked(finalists + metering) { _, _ in }.prefix(CandidateSearch.finalists))
      reached(.fullLinkGreens, finalists.first)
    }
    if problem.controllers.count > 1 {
      let coordinated = CoordinationZones(assembly).plans(
        from: finalists, in: field, withChosenStages: candidates.withChosenStages)
      finalists = await search.ranked(finalists + coordinated) {
        progress(OptimizationProgress(.offsets, $0, bestDelay: $1))
      }
      reached(.groupsAndOffsets, finalists.first)
    }
    reached(
      .refinement,
      await PlanRefinement(assembly: assembly, search: search)
        .best(of: Array(finalists.prefix(CandidateSearch.finalists)), progress: progress))
    return steps
  }
}
