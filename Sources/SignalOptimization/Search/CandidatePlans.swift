internal import TrafficModel

/// Whole plans of what the linear programs found for each controller.
struct CandidatePlans {
  /// Those with the existing stages: their scaled greens, and the best splits at common cycles and junction by
  /// junction.
  let withExistingStages: [PlanSetting]
  /// Those in which every controller runs the best of all its stage sequences.
  let withChosenStages: [PlanSetting]

  /// Factors by which the existing greens are scaled: the simplest way to a better cycle.
  private static let greenFactors = [0.5, 0.6, 0.7, 0.85, 1.15, 1.3, 1.5]

  init(_ assembly: PlanAssembly) {
    let problem = assembly.problem
    var scaled: [PlanSetting] = []
    if problem.options.cycle == .best, problem.options.maximumChange == nil {
      scaled = Self.greenFactors.map { assembly.scaled(by: $0) }
    }
    let present = Self.plans(assembly) { splits, choice in
      splits.filter { $0.program.structure == choice.existing.structure }
    }
    withExistingStages = assembly.proposable(scaled + present)
    withChosenStages = assembly.proposable(Self.plans(assembly) { splits, _ in splits })
  }

  private static func plans(
    _ assembly: PlanAssembly, _ allowed: ([CycleSplits], ControllerChoices) -> [CycleSplits]
  ) -> [PlanSetting] {
    let options = assembly.problem.options
    var found: [PlanSetting] = []
    if options.cycle != .common {
      found.append(assembly.setting { $0.best(of: allowed($0.sweep, $0), options.objective) })
    }
    for (index, cycle) in assembly.problem.commonCycles.enumerated() {
      found.append(
        assembly.setting { choice in
          // A junction whose minimums or lanes ask for another cycle runs the nearest, uncoordinated.
          let common = choice.best(of: allowed(choice.atCommonCycles[index], choice), options.objective)
          if let common, common.isWithinLimits { return common }
          let sweep = allowed(choice.sweep, choice)
          return ControllerChoices.nearest(to: cycle, among: sweep.filter(\.isWithinLimits))
            ?? common ?? ControllerChoices.nearest(to: cycle, among: sweep)
        })
    }
    return found
  }
}
