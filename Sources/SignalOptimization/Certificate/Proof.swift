internal import TrafficModel

/// What can be proved about a plan.
struct Proof {
  let problem: PlanningProblem

  func certificate(for chosen: PlanSetting) -> Certificate {
    Certificate(
      objective: problem.options.objective, splits: splits(chosen), reserves: reserves(chosen),
      coordination: coordination(chosen), movementsWithoutDemand: problem.flows.idle)
  }

  private func splits(_ chosen: PlanSetting) -> [SplitCertificate] {
    problem.controllers.compactMap { id in
      guard !problem.options.frozen.contains(id) else { return nil }
      let setting = chosen.controllers[id.index]
      let splits = ControllerSplits(problem, id, structure: setting.structure)
      guard splits.isAdjustable else { return nil }
      let program = splits.program(cycle: setting.cycle, stages: setting.stages)
      // What the solver refuses has no proof.
      guard let optimum = try? program.solve(problem.options.objective) else { return nil }
      let found = CycleSplits(
        cycle: setting.cycle, program: program, optimum: optimum, stages: setting.stages,
        delay: program.delay(stages: setting.stages),
        isWithinLimits: true)
      return found.certificate(controller: id, objective: problem.options.objective)
    }
  }

  private func coordination(_ chosen: PlanSetting) -> [CoordinationCertificate] {
    guard problem.controllers.count > 1 else { return [] }
    return OffsetPlanner(problem).certificates(for: problem.plan(of: chosen))
  }

  /// Of every controller, frozen ones too: demand cannot grow beyond what they carry either.
  private func reserves(_ chosen: PlanSetting) -> [ControllerReserve] {
    zip(problem.controllers, problem.setting(of: problem.existing).controllers).map { id, existing in
      ControllerReserve(
        controller: id, existing: problem.reserveCapacity(of: existing, at: id),
        proposed: problem.reserveCapacity(of: chosen.controllers[id.index], at: id))
    }
  }
}
