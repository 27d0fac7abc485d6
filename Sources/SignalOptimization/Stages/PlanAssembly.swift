internal import TrafficModel

/// Makes settings of the whole network from the controllers' choices.
struct PlanAssembly {
  let problem: PlanningProblem
  /// By controller index; nil for controllers that stay as they are.
  let choices: [ControllerChoices?]
  let existing: PlanSetting

  init(problem: PlanningProblem, choices: [ControllerChoices?]) {
    self.problem = problem
    self.choices = choices
    existing = problem.setting(of: problem.existing)
  }

  /// The settings in which every controller runs what `choose` picks for it, or its existing programme.
  func setting(_ choose: (ControllerChoices) -> CycleSplits?) -> PlanSetting {
    var setting = existing
    for (index, choice) in choices.enumerated() {
      guard let choice, let chosen = choose(choice) else { continue }
      setting.controllers[index] = ControllerSetting(chosen, offset: existing.controllers[index].offset)
    }
    return setting
  }

  /// Whether a controller's lanes are no more saturated than they may be; nothing is wrong with what runs now.
  func keepsSaturationLimits(_ setting: ControllerSetting, _ index: Int) -> Bool {
    guard let choice = choices[index], let limits = choice.existing.limits,
      setting.structure != existing.controllers[index].structure
        || setting.stages != existing.controllers[index].stages
    else { return true }
    return limits.hold(choice.existing.loads(of: setting.structure, stages: setting.stages))
  }

  /// Those of some settings that may be proposed: legal, and no lane more saturated than it may be.
  func proposable(_ settings: [PlanSetting]) -> [PlanSetting] {
    problem.legal(settings).filter { setting in
      setting.controllers.indices.allSatisfy { keepsSaturationLimits(setting.controllers[$0], $0) }
    }
  }

  /// The existing greens multiplied by one factor, raised where a minimum asks for more.
  func scaled(by factor: Double) -> PlanSetting {
    var setting = existing
    for (index, choice) in choices.enumerated() {
      guard let structure = choice?.existing.structure else { continue }
      var scaled = existing.controllers[index]
      scaled.stages = structure.raised(scaled.stages.map { $0 * factor })
      if problem.network.controllers[index].cycleBounds.contains(scaled.cycle) {
        setting.controllers[index] = scaled
      }
    }
    return setting
  }
}

extension ProgramStructure {
  /// Whole seconds nearest to `stages`, raised until every minimum holds.
  func raised(_ stages: [Double]) -> [Double] {
    var raised = stages.map { max(Self.shortestStage, $0.rounded()) }
    for minimum in minimums {
      let members = self.stages.indices.filter { minimum.intervals.contains(self.stages[$0]) }
      guard let longest = members.max(by: { raised[$0] < raised[$1] }) else { continue }
      let total = members.reduce(fixedTime(of: minimum.intervals)) { $0 + raised[$1] }
      if total < minimum.seconds { raised[longest] += (minimum.seconds - total).rounded(.up) }
    }
    return raised
  }
}
