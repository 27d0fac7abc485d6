internal import LinearProgramming
public import TrafficModel
internal import TrafficSimulation

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
    self.options = options
  }

  /// Finds the plan.
  ///
  /// - Parameters:
  ///   - shouldStop: asked now and then; when it says so, the best plan so far is judged and returned.
  ///   - progress: called as the work goes on with its phase and the share of it that is done.
  /// - Throws: `InfeasibleJunctions` when the cycle asked for does not hold some junction's minimums.
  public func run(
    shouldStop: @escaping @Sendable () -> Bool = { false },
    progress: @Sendable (OptimizationPhase, Double) -> Void
  ) async throws(InfeasibleJunctions) -> OptimizationResult {
    progress(.flows, 0)
    let flows = MovementFlows(network: network, demand: demand)
    progress(.splits, 0)
    let assembly = try await assembly(flows: flows.mean, progress: progress)
    let simulator = Simulator(network: network, demand: demand)
    progress(.search, 0)
    let search = CandidateSearch(
      simulator: simulator, seeds: options.searchSeeds, cost: cost, shouldStop: shouldStop)
    var chosen = assembly.existing
    if options.objective == .reserve {
      chosen = candidates(assembly).first ?? chosen
    } else {
      let field = await search.best(among: candidates(assembly) + [assembly.existing]) { progress(.search, $0) }
      chosen = await refined(field, assembly: assembly, search: search, shouldStop: shouldStop, progress: progress)
    }
    progress(.judgement, 0)
    let plan = plan(of: chosen)
    let comparison = await PlanComparison(
      of: [existing, plan], on: simulator, seeds: options.judgementSeeds)
    let isImprovement = plan != existing && improves(comparison)
    return OptimizationResult(
      plan: isImprovement ? plan : existing, isImprovement: isImprovement, comparison: comparison,
      certificate: certificate(for: chosen, flows: flows))
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
    let now = network.controllers.indices.compactMap { index in
      existing.programs[index].map { ControllerSetting($0, controller: network.controllers[index]) }
    }
    return PlanAssembly(
      existing: PlanSetting(controllers: now), choices: outcomes.map { (try? $0.get()) ?? nil })
  }

  private func choices(
    of id: ControllerID, flows: [Double]
  ) -> Result<ControllerChoices?, InfeasibleJunctions> {
    guard !options.frozen.contains(id), let program = existing[id] else { return .success(nil) }
    let demand = ControllerDemand(controller: id, network: network, flows: flows)
    let present = ControllerSplits(
      network: network, id: id, structure: ProgramStructure(program: program, controller: network[id]),
      demand: demand, period: self.demand.duration, options: options)
    guard present.isAdjustable else { return .success(nil) }
    do {
      if case .fixed(let cycle) = options.cycle {
        guard network[id].cycleBounds.contains(cycle), try present.splits(cycle: cycle) != nil else {
          return .failure(try present.explanation(cycle: cycle))
        }
      }
      let shortlist = StageShortlist(
        network: network, id: id, existing: program, demand: demand, period: self.demand.duration,
        options: options)
      let structures = [present] + (try shortlist.sequences())
      var sweep: [CycleSplits] = []
      for splits in structures {
        switch options.cycle {
        case .fixed(let cycle): sweep += try splits.splits(cycle: cycle).map { [$0] } ?? []
        case .existing: sweep += try splits.splits(cycle: program.cycle).map { [$0] } ?? []
        case .best, .common, .perJunction: sweep += try splits.sweep()
        }
      }
      var common: [[CycleSplits]] = []
      for cycle in cyclesForAll {
        var found: [CycleSplits] = []
        for splits in structures { if let fitting = try splits.splits(cycle: cycle) { found.append(fitting) } }
        common.append(found)
      }
      return .success(ControllerChoices(structures: structures, sweep: sweep, atCommonCycles: common))
    } catch {
      return .failure(
        InfeasibleJunctions(reasons: ["junction '\(network[id].name)': the split program failed: \(error)"]))
    }
  }

  // MARK: Choice by simulation

  /// Factors by which the existing greens are scaled: the simplest way to a better cycle.
  private static let greenFactors = [0.5, 0.6, 0.7, 0.85, 1.15, 1.3, 1.5]

  private func candidates(_ assembly: PlanAssembly) -> [PlanSetting] {
    var found: [PlanSetting] = []
    let objective = options.objective
    if options.cycle != .common {
      found.append(assembly.setting { ControllerChoices.best(of: $0.sweep, objective) })
    }
    for index in cyclesForAll.indices {
      // A junction whose minimums do not fit runs its nearest cycle, uncoordinated.
      let cycle = cyclesForAll[index]
      found.append(
        assembly.setting {
          ControllerChoices.best(of: $0.atCommonCycles[index], objective) ?? $0.nearest(to: cycle)
        })
      // The same with the existing stages.
      found.append(
        assembly.setting { choice in
          let present = choice.existing.structure
          return choice.atCommonCycles[index].first { $0.program.structure == present }
            ?? choice.nearest(to: cycle)
        })
    }
    if options.cycle == .best, options.maximumChange == nil {
      found += Self.greenFactors.map { assembly.scaled(by: $0) }
    }
    return found.filter { plan(of: $0).check(against: network).isEmpty }
  }

  /// The best of the field, refined on the simulator as long as the work allowed lasts.
  private func refined(
    _ field: [PlanSetting], assembly: PlanAssembly, search: CandidateSearch,
    shouldStop: @escaping @Sendable () -> Bool, progress: @Sendable (OptimizationPhase, Double) -> Void
  ) async -> PlanSetting {
    guard let start = field.first else { return assembly.existing }
    let moves = MoveMaker(
      network: network, choices: assembly.choices,
      backgrounds: network.controllers.indices.map { index in
        existing.programs[index].map {
          GroupCompatibility(network: network, id: ControllerID(index), program: $0).background
        } ?? []
      }, options: options)
    var refinement = Refinement(
      network: network, simulator: search.simulator, moves: moves,
      neighbourhoods: Neighbourhoods(network: network), cost: cost, budget: refinementBudget,
      shouldStop: shouldStop)
    progress(.refinement, 0)
    let stations = await refinement.run(from: start) { progress(.refinement, $0) }
    let legal = stations.filter { plan(of: $0).check(against: network).isEmpty }
    // Stations far from the end are no longer in the race.
    let last = await search.best(among: Array(legal.suffix(Self.lastStations)) + field) { _ in }
    return last.first ?? start
  }

  private static let lastStations = 6

  /// Vehicle-seconds that the refinement may simulate: grows with the number of signals.
  private var refinementBudget: Double {
    Self.workPerSecond * min(40, 2.5 + 1.1 * Double(network.controllers.count))
  }

  /// Vehicle-seconds simulated in a second on two present-day processors.
  private static let workPerSecond = 10e6

  /// What simulation makes small.
  private var cost: @Sendable (Measures) -> Double {
    switch options.objective {
    case .delay, .reserve: { $0.totalDelay }
    case .throughput: { -Double($0.served) }
    }
  }

  private func improves(_ comparison: PlanComparison) -> Bool {
    let difference = comparison.difference(1, cost)
    return difference.mean < 0 && difference.isCertain
  }

  // MARK: Certificate

  private func certificate(for chosen: PlanSetting, flows: MovementFlows) -> Certificate {
    let splits = network.controllers.indices.compactMap { index -> SplitCertificate? in
      let id = ControllerID(index)
      guard !options.frozen.contains(id) else { return nil }
      let setting = chosen.controllers[index]
      let splits = ControllerSplits(
        network: network, id: id, structure: setting.structure,
        demand: ControllerDemand(controller: id, network: network, flows: flows.mean),
        period: demand.duration, options: options)
      guard splits.isAdjustable else { return nil }
      let program = splits.program(cycle: setting.cycle, stages: setting.stages)
      guard let optimum = try? program.solve(options.objective) else { return nil }
      let found = CycleSplits(
        cycle: setting.cycle, program: program, optimum: optimum, stages: setting.stages,
        delay: program.delay(stages: setting.stages))
      return found.certificate(network: network, controller: id, objective: options.objective)
    }
    return Certificate(
      objective: options.objective, splits: splits, reserves: reserves(of: chosen, flows: flows),
      movementsWithoutDemand: flows.idle)
  }

  /// Of every controller, frozen ones too: demand cannot grow beyond what they carry either.
  private func reserves(of setting: PlanSetting, flows: MovementFlows) -> [ControllerReserve] {
    network.controllers.indices.compactMap { index in
      let id = ControllerID(index)
      guard let program = existing[id] else { return nil }
      let demand = ControllerDemand(controller: id, network: network, flows: flows.mean)
      let reserve = { (setting: ControllerSetting) in
        let splits = ControllerSplits(
          network: network, id: id, structure: setting.structure, demand: demand,
          period: self.demand.duration, options: options)
        return splits.program(cycle: setting.cycle, stages: setting.stages)
          .reserveCapacity(stages: setting.stages)
      }
      return ControllerReserve(
        controller: id, existing: reserve(ControllerSetting(program, controller: network[id])),
        proposed: reserve(setting.controllers[index]))
    }
  }
}
