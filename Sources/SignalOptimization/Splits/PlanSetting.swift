internal import TrafficModel

/// What one controller runs: stages with their durations, and an offset.
struct ControllerSetting: Hashable, Sendable {
  var structure: ProgramStructure
  /// s, by stage of the structure.
  var stages: [Double]
  /// s.
  var offset: Double

  /// The setting of a programme as it stands.
  init(_ program: SignalProgram, controller: SignalController) {
    self.init(
      structure: ProgramStructure(program: program, controller: controller), offset: program.offset)
  }

  /// A structure with its own durations.
  init(structure: ProgramStructure, offset: Double) {
    self.structure = structure
    stages = structure.stages.map { structure.program.intervals[$0].duration }
    self.offset = offset
  }

  init(_ splits: CycleSplits, offset: Double) {
    structure = splits.program.structure
    stages = splits.stages
    self.offset = offset
  }

  /// s.
  var cycle: Double { stages.reduce(structure.lostTime, +) }

  var program: SignalProgram {
    var program = structure.program(stages: stages)
    program.offset = offset
    return program
  }

  /// Whether minimum greens, walks, intergreens and the controller's cycle bounds hold.
  func isWithinLimits(_ controller: SignalController) -> Bool {
    guard stages.allSatisfy({ $0 >= ProgramStructure.shortestStage }),
      controller.cycleBounds.contains(cycle)
    else { return false }
    let durations = structure.durations(stages: stages)
    return structure.minimums.allSatisfy { minimum in
      minimum.intervals.reduce(0) { $0 + durations[$1] } >= minimum.seconds - 1e-9
    }
  }
}

/// What every controller of the network runs.
struct PlanSetting: Hashable, Sendable {
  /// By controller index.
  var controllers: [ControllerSetting]

  /// The plan with these settings.
  func plan(named name: String) -> TimingPlan {
    TimingPlan(name: name, programs: controllers.map(\.program))
  }
}

extension PlanningProblem {
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

  /// The settings of a plan that has a programme for each controller.
  func setting(of plan: TimingPlan) -> PlanSetting {
    PlanSetting(
      controllers: controllers.compactMap { id in
        plan[id].map { ControllerSetting($0, controller: network[id]) }
      })
  }

  /// Those whose plans are legal; what only stands for a control that was not understood, and stays, is nobody's plan, and
  /// neither is what responds to traffic, and stays.
  func legal(_ settings: [PlanSetting]) -> [PlanSetting] {
    let kept = network.doubtfulControllers.subtracting(options.acceptedDoubtful)
    return settings.filter { setting in
      let plan = plan(of: setting)
      return plan.check(against: network).allSatisfy {
        kept.contains($0.controller) || plan[$0.controller]?.actuation != nil
      }
    }
  }
}
