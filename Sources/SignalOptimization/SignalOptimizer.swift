internal import LinearProgramming
public import TrafficModel
internal import TrafficSimulation

/// Tunes the signals of a network for one demand, and proves what it can about the result.
///
/// Flows from the demand, splits by linear programs at a range of cycles, whole plans of them, the best of
/// these by simulation, and a judgement of it against the existing plan over other seeds. Stages and their
/// order stay as they are; offsets too.
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
    self.options = options
  }

  /// Finds the plan.
  ///
  /// - Parameter progress: called as the work goes on with its phase and the share of it that is done.
  /// - Throws: `InfeasibleJunctions` when the cycle asked for does not hold some junction's minimums.
  public func run(
    progress: @Sendable (OptimizationPhase, Double) -> Void
  ) async throws(InfeasibleJunctions) -> OptimizationResult {
    progress(.flows, 0)
    let flows = MovementFlows(network: network, demand: demand)
    progress(.splits, 0)
    let assembly = try await assembly(flows: flows.mean, progress: progress)
    let simulator = Simulator(network: network, demand: demand)
    progress(.search, 0)
    let candidates = candidates(assembly)
    let chosen = await choose(among: candidates, simulator: simulator, progress: progress) { plan in
      reserves(of: plan, flows: flows).map(\.proposed).min() ?? .infinity
    }
    progress(.judgement, 0)
    let comparison = await PlanComparison(
      of: [existing, chosen.plan], on: simulator, seeds: options.judgementSeeds)
    let isImprovement = chosen.plan != existing && improves(comparison)
    return OptimizationResult(
      plan: isImprovement ? chosen.plan : existing, isImprovement: isImprovement, comparison: comparison,
      certificate: certificate(for: chosen, flows: flows))
  }

  // MARK: Splits

  /// Common cycles to try, s: geometric steps of 10 % over the range of practice.
  private static let commonCycles: [Double] = {
    var cycles: [Double] = []
    var next = 30.0
    while next <= ControllerSplits.longestSensibleCycle {
      cycles.append(next.rounded())
      next *= 1.1
    }
    return cycles
  }()

  private var cyclesForAll: [Double] {
    switch options.cycle {
    case .best, .common: Self.commonCycles
    case .fixed(let cycle): [cycle]
    case .perJunction, .existing: []
    }
  }

  private func assembly(
    flows: [Double], progress: @Sendable (OptimizationPhase, Double) -> Void
  ) async throws(InfeasibleJunctions) -> PlanAssembly {
    let count = network.controllers.count
    let outcomes = await withTaskGroup(of: (Int, Result<ControllerChoices?, InfeasibleJunctions>).self) {
      group in
      for index in 0..<count { group.addTask { (index, choices(of: ControllerID(index), flows: flows)) } }
      var outcomes = [Result<ControllerChoices?, InfeasibleJunctions>](repeating: .success(nil), count: count)
      var done = 0
      for await (index, outcome) in group {
        outcomes[index] = outcome
        done += 1
        progress(.splits, Double(done) / Double(count))
      }
      return outcomes
    }
    let failures = outcomes.flatMap { outcome -> [String] in
      if case .failure(let failure) = outcome { failure.reasons } else { [] }
    }
    guard failures.isEmpty else { throw InfeasibleJunctions(reasons: failures) }
    return PlanAssembly(
      existing: existing, choices: outcomes.map { (try? $0.get()) ?? nil }, objective: options.objective)
  }

  private func choices(
    of id: ControllerID, flows: [Double]
  ) -> Result<ControllerChoices?, InfeasibleJunctions> {
    guard !options.frozen.contains(id), let program = existing[id] else { return .success(nil) }
    let splits = ControllerSplits(
      network: network, id: id, program: program, flows: flows, period: demand.duration, options: options)
    guard splits.isAdjustable else { return .success(nil) }
    do {
      let sweep: [CycleSplits]
      switch options.cycle {
      case .fixed(let cycle):
        guard network[id].cycleBounds.contains(cycle), let fixed = try splits.splits(cycle: cycle) else {
          return .failure(try splits.explanation(cycle: cycle))
        }
        sweep = [fixed]
      case .existing: sweep = try splits.splits(cycle: program.cycle).map { [$0] } ?? []
      case .best, .common, .perJunction: sweep = try splits.sweep()
      }
      var common: [CycleSplits?] = []
      for cycle in cyclesForAll { common.append(try splits.splits(cycle: cycle)) }
      return .success(ControllerChoices(splits: splits, sweep: sweep, atCommonCycles: common))
    } catch {
      return .failure(
        InfeasibleJunctions(reasons: ["junction '\(network[id].name)': the split program failed: \(error)"]))
    }
  }

  // MARK: Choice by simulation

  /// Factors by which the existing greens are scaled: the simplest way to a better cycle.
  private static let greenFactors = [0.5, 0.6, 0.7, 0.85, 1.15, 1.3, 1.5]

  private func candidates(_ assembly: PlanAssembly) -> [CandidatePlan] {
    var found: [CandidatePlan] = []
    let objective = options.objective
    if options.cycle != .common { found.append(assembly.plan { $0.best(objective) }) }
    for (index, cycle) in cyclesForAll.enumerated() {
      // A junction whose minimums do not fit runs its nearest cycle, uncoordinated.
      found.append(assembly.plan { $0.atCommonCycles[index] ?? $0.nearest(to: cycle) })
    }
    if options.cycle == .best, options.maximumChange == nil {
      found += Self.greenFactors.map { assembly.scaled(by: $0) }
    }
    return found.filter { $0.plan.check(against: network).isEmpty }
  }

  /// The candidate with the best mean plus standard deviation over the search seeds: of two that do alike on the
  /// average, the steadier, for a plan that works on the brink of a jam is not the one to run. The field is halved
  /// after each seed, down to a few that play all; of those that the seeds cannot tell from the best, the one with
  /// the largest reserve capacity is chosen.
  private func choose(
    among candidates: [CandidatePlan], simulator: Simulator,
    progress: @Sendable (OptimizationPhase, Double) -> Void, reserve: (TimingPlan) -> Double
  ) async -> CandidatePlan {
    let stay = CandidatePlan(plan: existing, splits: network.controllers.map { _ in nil })
    guard options.objective != .reserve else { return candidates.first ?? stay }
    // Frozen or limited controllers make many candidates the same.
    var seen: Set<TimingPlan> = []
    var field = (candidates + [stay]).filter { seen.insert($0.plan).inserted }
    var costs = [[Double]](repeating: [], count: field.count)
    for (round, seed) in options.searchSeeds.enumerated() {
      let comparison = await PlanComparison(of: field.map(\.plan), on: simulator, seeds: [seed])
      for index in field.indices { costs[index].append(cost(comparison.entries[index].runs[0])) }
      progress(.search, Double(round + 1) / Double(options.searchSeeds.count))
      let risks = costs.map(Self.risk)
      let order = field.indices.sorted { (risks[$0], $0) < (risks[$1], $1) }
      let kept = order.prefix(max(Self.finalists, field.count / 2))
      (field, costs) = (kept.map { field[$0] }, kept.map { costs[$0] })
    }
    guard let best = costs.first, best.count > 1 else { return field.first ?? stay }
    let alike = field.indices.filter { index in
      index == 0 || !Estimate(of: zip(costs[index], best).map { $0 - $1 }).isCertain
    }
    let reserves = alike.map { reserve(field[$0].plan) }
    let largest = reserves.indices.max { (reserves[$0], -$0) < (reserves[$1], -$1) } ?? 0
    return field[alike[largest]]
  }

  /// So many candidates play all search seeds.
  private static let finalists = 4

  /// Mean plus standard deviation.
  private static func risk(_ costs: [Double]) -> Double {
    let count = Double(costs.count)
    let mean = costs.reduce(0, +) / count
    guard costs.count > 1 else { return mean }
    let variance = costs.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (count - 1)
    return mean + variance.squareRoot()
  }

  /// What simulation makes small.
  private func cost(_ measures: Measures) -> Double {
    switch options.objective {
    case .delay, .reserve: measures.totalDelay
    case .throughput: -Double(measures.served)
    }
  }

  private func improves(_ comparison: PlanComparison) -> Bool {
    let difference = comparison.difference(1, cost)
    return difference.mean < 0 && difference.isCertain
  }

  // MARK: Certificate

  private func certificate(
    for chosen: CandidatePlan, flows: MovementFlows
  ) -> Certificate {
    return Certificate(
      objective: options.objective,
      splits: chosen.splits.enumerated().compactMap { index, splits in
        splits?.certificate(
          network: network, controller: ControllerID(index), objective: options.objective)
      },
      reserves: reserves(of: chosen.plan, flows: flows), movementsWithoutDemand: flows.idle)
  }

  /// Of every controller, frozen ones too: demand cannot grow beyond what they carry either.
  private func reserves(of plan: TimingPlan, flows: MovementFlows) -> [ControllerReserve] {
    network.controllers.indices.compactMap { index in
      let id = ControllerID(index)
      guard let program = existing[id], let proposed = plan[id] else { return nil }
      let splits = ControllerSplits(
        network: network, id: id, program: program, flows: flows.mean, period: demand.duration,
        options: options)
      return ControllerReserve(
        controller: id, existing: splits.reserveCapacity(of: program),
        proposed: splits.reserveCapacity(of: proposed))
    }
  }
}

extension ControllerSplits {
  /// Largest factor by which all demand can grow under a programme of this structure.
  func reserveCapacity(of program: SignalProgram) -> Double {
    let stages = structure.stages.map { program.intervals[$0].duration }
    return self.program(cycle: program.cycle, stages: stages).reserveCapacity(stages: stages)
  }

  /// Why no splits fit a cycle, in words of traffic.
  func explanation(cycle: Double) throws(LinearProgramError) -> InfeasibleJunctions {
    let shortest = try shortestCycle()
    let name = network[id].name
    let bounds = network[id].cycleBounds
    guard bounds.contains(cycle) else {
      return InfeasibleJunctions(reasons: [
        "junction '\(name)': the cycle is \(cycle) s, it must be in \(bounds.lowerBound) … \(bounds.upperBound) s"
      ])
    }
    let reason =
      options.maximumChange.map { "with changes of at most \($0) s, " } ?? ""
    guard shortest.isFinite else {
      return InfeasibleJunctions(reasons: ["junction '\(name)': \(reason)its minimums cannot all be kept"])
    }
    return InfeasibleJunctions(reasons: [
      "junction '\(name)': \(reason)minimum greens, walks and intergreens need \(shortest) s, the cycle is \(cycle) s"
    ])
  }
}
