internal import TrafficModel
internal import TrafficSimulation

/// Whole plans, and the best of them by simulation.
extension SignalOptimizer {
  /// Factors by which the existing greens are scaled: the simplest way to a better cycle.
  private static let greenFactors = [0.5, 0.6, 0.7, 0.85, 1.15, 1.3, 1.5]

  /// Plans with the existing stages: their scaled greens, and the best splits at common cycles and junction by
  /// junction.
  func candidatesWithExistingStages(_ assembly: PlanAssembly) -> [PlanSetting] {
    var found: [PlanSetting] = []
    if options.cycle == .best, options.maximumChange == nil {
      found += Self.greenFactors.map { assembly.scaled(by: $0) }
    }
    let present = { (choice: ControllerChoices) in
      { (splits: CycleSplits) in splits.program.structure == choice.existing.structure }
    }
    return legal(found + candidates(assembly) { $0.filter(present($1)) })
  }

  /// Plans in which every controller runs the best of all its stage sequences.
  func candidatesWithChosenStages(_ assembly: PlanAssembly) -> [PlanSetting] {
    legal(candidates(assembly) { splits, _ in splits })
  }

  private func candidates(
    _ assembly: PlanAssembly, _ allowed: ([CycleSplits], ControllerChoices) -> [CycleSplits]
  ) -> [PlanSetting] {
    var found: [PlanSetting] = []
    if options.cycle != .common {
      found.append(assembly.setting { $0.best(of: allowed($0.sweep, $0), options.objective) })
    }
    for (index, cycle) in cyclesForAll.enumerated() {
      found.append(
        assembly.setting { choice in
          // A junction whose minimums do not fit runs its nearest cycle, uncoordinated.
          choice.best(of: allowed(choice.atCommonCycles[index], choice), options.objective)
            ?? ControllerChoices.nearest(to: cycle, among: allowed(choice.sweep, choice))
        })
    }
    return found
  }

  /// Those whose plans are legal; what only stands for a control that was not understood, and stays, is nobody's plan.
  func legal(_ settings: [PlanSetting]) -> [PlanSetting] {
    let kept = network.doubtfulControllers.subtracting(options.acceptedDoubtful)
    return settings.filter { setting in
      plan(of: setting).check(against: network).allSatisfy { kept.contains($0.controller) }
    }
  }

  /// Groups of signals, their cycles and offsets, for this network and demand.
  func zones(_ assembly: PlanAssembly, flows: MovementFlows) -> CoordinationZones {
    CoordinationZones(
      planner: OffsetPlanner(network: network, demand: demand, flows: flows.mean), assembly: assembly,
      cycles: cyclesForAll, objective: options.objective, frozen: options.frozen)
  }

  /// The finalists with better offsets, and the best plan with a common cycle cut into groups with their own cycles.
  func withOffsets(
    _ finalists: [PlanSetting], chosen: [PlanSetting], field: [PlanSetting], zones: CoordinationZones
  ) -> [PlanSetting] {
    guard network.controllers.count > 1 else { return [] }
    var found = finalists.map { zones.coordinated($0) }
    let common = Set(chosen.filter { Set($0.controllers.map(\.cycle)).count == 1 })
    if options.cycle == .best, let best = field.first(where: { common.contains($0) }) {
      found.append(zones.setting(groupedLike: best))
    }
    return found
  }

  /// The best of the field, refined on the simulator as long as the work allowed lasts.
  func refined(
    _ field: [PlanSetting], assembly: PlanAssembly, search: CandidateSearch,
    progress: @Sendable (OptimizationProgress) -> Void
  ) async -> PlanSetting {
    guard let start = field.first else { return assembly.existing }
    var refinement = Refinement(
      simulator: search.simulator, moves: moveMaker(assembly), cost: cost,
      budget: options.refinementWork ?? usualWork, overhead: Self.runStart + demand.duration,
      shouldStop: search.shouldStop)
    progress(OptimizationProgress(.refinement, 0))
    let stations = legal(
      await refinement.run(from: start) {
        progress(OptimizationProgress(.refinement, $0, bestDelay: $1))
      })
    // Stations far from the end are no longer in the race.
    let last = Array(stations.suffix(Self.lastStations))
    let close = await search.ranked(last + field) { _, _ in }.prefix(CandidateSearch.finalists)
    progress(OptimizationProgress(.confirmation, 0))
    // A plan that jams once in twenty days is found out by many seeds only.
    let confirmation = CandidateSearch(
      simulator: search.simulator, seeds: options.confirmationSeeds, cost: cost, shouldStop: search.shouldStop
    )
    let confirmed = await confirmation.ranked(Array(close)) {
      progress(OptimizationProgress(.confirmation, $0, bestDelay: $1))
    }
    return confirmed.first ?? start
  }

  private func moveMaker(_ assembly: PlanAssembly) -> MoveMaker {
    let backgrounds = network.controllers.indices.map { index in
      existing.programs[index].map {
        GroupCompatibility(network: network, id: ControllerID(index), program: $0).background
      } ?? []
    }
    return MoveMaker(
      network: network, choices: assembly.choices, existing: assembly.existing, backgrounds: backgrounds,
      options: options)
  }

  /// So many of the refinement's last stations are compared.
  private static let lastStations = 6

  /// Vehicle-seconds that the refinement simulates where nobody says otherwise: more for more signals and
  /// the pairs of them that have to be tuned to each other, up to what takes about `mostSeconds` on two present-day processors.
  private var usualWork: Double {
    let signals = Double(network.controllers.count)
    return Self.workPerSecond * min(Self.mostSeconds, 2.5 + 0.6 * signals + 0.06 * signals * signals)
  }

  private static let workPerSecond = 8e6
  /// Starting a run takes as long as so many vehicle-seconds; then each second counts as one more.
  private static let runStart = 1000.0
  private static let mostSeconds = 25.0
}
