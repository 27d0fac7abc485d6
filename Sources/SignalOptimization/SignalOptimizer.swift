internal import LinearProgramming
public import TrafficModel
internal import TrafficSimulation

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// Tunes the signals of a network for one demand, and proves what it can about the result.
///
/// Flows from the demand; stages by mixed-integer programs and splits by linear programs at a range of cycles; whole
/// plans of them, the best of these by simulation; a search on the simulator that refines it; and a judgement against
/// the existing plan over other seeds.
public struct SignalOptimizer: Sendable {
  let network: Network
  let demand: Demand
  let existing: TimingPlan
  let options: OptimizationOptions

  /// - Parameter existingPlan: complete: a programme for each controller.
  public init(network: Network, demand: Demand, existingPlan: TimingPlan, options: OptimizationOptions) {
    self.network = network
    self.demand = demand
    existing = existingPlan
    var options = options
    options.frozen.formUnion(network.doubtfulControllers.subtracting(options.acceptedDoubtful))
    options.weightedPedestrians = WeightedPedestrians.all(
      network: network, demand: demand, weight: options.pedestrianWeight)
    self.options = options
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
    progress(OptimizationProgress(.flows, 0))
    let flows = MovementFlows(network: network, demand: demand)
    progress(OptimizationProgress(.splits, 0))
    let assembly = try await assembly(flows: flows.mean, progress: progress)
    let simulator = Simulator(network: network, demand: demand)
    progress(OptimizationProgress(.search, 0))
    let search = CandidateSearch(
      simulator: simulator, seeds: options.searchSeeds, cost: cost, shouldStop: shouldStop)
    var steps: [(kind: OptimizationStep.Kind, setting: PlanSetting)] = [(.existing, assembly.existing)]
    if options.objective == .reserve {
      // Reserve capacity is a matter of the linear programs alone.
      let best = candidatesWithChosenStages(assembly).first ?? assembly.existing
      steps.append((.stagesCyclesAndSplits, best))
    } else {
      let present = candidatesWithExistingStages(assembly)
      let chosen = candidatesWithChosenStages(assembly)
      let field = await search.ranked(present + chosen + [assembly.existing]) {
        progress(OptimizationProgress(.search, $0, bestDelay: $1))
      }
      let presentSet = Set(present + [assembly.existing])
      if let best = field.first(where: { presentSet.contains($0) }) {
        steps.append((.cyclesAndSplits, best))
      }
      if let best = field.first { steps.append((.stages, best)) }
      progress(OptimizationProgress(.offsets, 0))
      let zones = zones(assembly, flows: flows)
      var finalists = Array(field.prefix(CandidateSearch.finalists))
      let metering = legal(await withPeakFlowGreens(field, assembly))
      if !metering.isEmpty {
        let ranked = await search.ranked(finalists + metering) { _, _ in }
        finalists = Array(ranked.prefix(CandidateSearch.finalists))
        if let best = finalists.first { steps.append((.fullLinkGreens, best)) }
      }
      var coordinated = finalists
      if network.controllers.count > 1 {
        coordinated = await search.ranked(
          finalists + legal(withOffsets(finalists, chosen: chosen, field: field, zones: zones))
        ) { progress(OptimizationProgress(.offsets, $0, bestDelay: $1)) }
        if let best = coordinated.first { steps.append((.groupsAndOffsets, best)) }
      }
      let refined = await refined(
        Array(coordinated.prefix(CandidateSearch.finalists)), assembly: assembly, search: search,
        progress: progress)
      steps.append((.refinement, refined))
    }
    progress(OptimizationProgress(.judgement, 0))
    return await judged(steps, simulator: simulator, flows: flows, shouldStop: shouldStop)
  }

  /// The plan of settings; controllers that run what they did keep their programme as it is written.
  func plan(of setting: PlanSetting) -> TimingPlan {
    var plan = existing
    for (index, controller) in setting.controllers.enumerated() {
      guard let program = existing.programs[index],
        controller != ControllerSetting(program, controller: network.controllers[index])
      else { continue }
      plan.programs[index] = controller.program
    }
    return plan
  }

  /// What the search makes small. The mean of logarithms weighs what a plan changes by its share: one jam among many
  /// seeds counts, but does not drown all else.
  var cost: @Sendable (Measures) -> Double {
    let weight = options.pedestrianWeight
    return switch options.objective {
    case .delay, .reserve: { log(1 + $0.totalDelay + weight * $0.pedestrianDelay) }
    case .throughput: { -Double($0.served) }
    }
  }
}
