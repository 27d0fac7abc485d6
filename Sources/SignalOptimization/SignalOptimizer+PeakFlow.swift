internal import TrafficModel

/// Greens for demand beyond what the signals can serve: where vehicles wait, and what they block.
extension SignalOptimizer {
  /// The rounds end here even where value and bound are not near yet: a start for the search needs no proof.
  private static let peakFlowSolving = PeakFlowSolveOptions(gap: 0.02, roundLimit: 1600)

  /// The settings with the greens of the peak-flow program at their own stages and cycles, as far as those differ; none
  /// where some setting serves the whole demand: then no queue outlasts a slice, and the split programs say it all.
  func withPeakFlowGreens(_ settings: [PlanSetting], _ assembly: PlanAssembly) -> [PlanSetting] {
    guard options.objective != .reserve, settings.allSatisfy({ isOversaturated($0, assembly) }) else {
      return []
    }
    return settings.map { withPeakFlowGreens($0, assembly) }.filter { !settings.contains($0) }
  }

  /// Whether some lane has less capacity than demand.
  private func isOversaturated(_ setting: PlanSetting, _ assembly: PlanAssembly) -> Bool {
    zip(assembly.choices, setting.controllers).contains { choice, controller in
      guard let choice else { return false }
      return choice.existing.with(controller.structure)
        .program(cycle: controller.cycle, stages: controller.stages)
        .reserveCapacity(stages: controller.stages) < 1
    }
  }

  private func withPeakFlowGreens(_ setting: PlanSetting, _ assembly: PlanAssembly) -> PlanSetting {
    var peak = PeakFlowOptions()
    peak.objective = options.objective == .throughput ? .throughput : .timeSpent
    var problem = PeakFlowProblem(network: network, demand: demand, plan: plan(of: setting), options: peak)
    for index in problem.controllers.indices
    where assembly.choices[problem.controllers[index].id.index] == nil {
      problem.controllers[index].keepGreens(of: setting.controllers[problem.controllers[index].id.index])
    }
    let greens = problem.solve(Self.peakFlowSolving).greens
    var found = setting
    for (controller, stages) in zip(problem.controllers, greens) {
      let index = controller.id.index
      guard let choice = assembly.choices[index] else { continue }
      let present = setting.controllers[index]
      let splits = choice.existing.with(present.structure)
      let program = splits.program(cycle: present.cycle, stages: stages)
      guard
        let whole = program.wholeSeconds(
          near: stages,
          cost: { zip($0, stages).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) } })
      else { continue }
      // Turns that wait for gaps have the rates of the greens before: where new ones starve them, the old ones stay.
      let limit = max(
        choice.turnSaturationLimit, splits.turnSaturation(of: present.structure, stages: present.stages))
      guard splits.turnSaturation(of: present.structure, stages: whole) <= limit else { continue }
      found.controllers[index].stages = whole
    }
    return found
  }
}

extension ControllerSplits {
  /// The same for other stages.
  fileprivate func with(_ structure: ProgramStructure) -> ControllerSplits {
    ControllerSplits(
      network: network, id: id, structure: structure, demand: initialDemand, period: period, options: options)
  }
}

extension PeakFlowProblem.Controller {
  /// Leaves nothing to choose.
  fileprivate mutating func keepGreens(of setting: ControllerSetting) {
    least = setting.stages
    green = setting.stages.reduce(0, +)
    minimums = []
  }
}
