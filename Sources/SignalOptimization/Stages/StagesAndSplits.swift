internal import LinearProgramming
internal import TrafficModel

/// Stages and splits of every controller, by linear programs.
struct StagesAndSplits {
  let problem: PlanningProblem
  /// Asked now and then; controllers whose turn has not come when it says so stay as they are.
  var shouldStop: @Sendable () -> Bool = { false }

  /// What plans can be made of.
  ///
  /// - Parameter progress: called with the share of the controllers that are done.
  /// - Throws: `NoPlan` where the cycle asked for does not hold some junction's minimums.
  func assembly(progress: (Double) -> Void) async throws(NoPlan) -> PlanAssembly {
    let found = try await problem.controllers.mapInParallel(progress: progress, choices).found()
    return PlanAssembly(problem: problem, choices: found)
  }

  /// nil for a controller that stays as it is.
  func choices(of id: ControllerID) -> Result<ControllerChoices?, JunctionObstacle> {
    let (network, options) = (problem.network, problem.options)
    guard !shouldStop(), !options.frozen.contains(id), let program = problem.existing[id] else {
      return .success(nil)
    }
    let present = ControllerSplits(problem, program)
    guard present.isAdjustable else { return .success(nil) }
    do throws(LinearProgramError) {
      let others = try sequences(beside: present)
      var structures = [present] + others
      if case .fixed(let cycle) = options.cycle {
        let isWithin = network[id].cycleBounds.contains(cycle)
        let fitting = try isWithin ? present.splits(cycle: cycle) : nil
        if fitting == nil {
          // Rings may change in other ways than now where those need less time.
          guard isWithin, network[id].rings != nil, !others.isEmpty else {
            return .failure(try present.obstacle(cycle: cycle))
          }
          structures = others
        }
      }
      var sweep: [CycleSplits] = []
      for splits in structures {
        switch options.cycle {
        case .fixed(let cycle): sweep += try splits.splits(cycle: cycle).map { [$0] } ?? []
        case .existing: sweep += try splits.splits(cycle: program.cycle).map { [$0] } ?? []
        case .best, .common, .perJunction: sweep += try splits.sweep()
        }
      }
      var common: [[CycleSplits]] = []
      for cycle in problem.commonCycles {
        var found: [CycleSplits] = []
        for splits in structures where network[id].cycleBounds.contains(cycle) {
          if let fitting = try splits.splits(cycle: cycle) { found.append(fitting) }
        }
        common.append(found)
      }
      return .success(
        ControllerChoices(structures: structures, sweep: sweep, atCommonCycles: common))
    } catch {
      return .failure(JunctionObstacle(controller: id, reason: .splitProgram(error)))
    }
  }

  /// Stage sequences beside the present one; of a ring-barrier controller only such as its rings can run.
  private func sequences(beside present: ControllerSplits) throws(LinearProgramError) -> [ControllerSplits] {
    guard problem.network[present.id].rings != nil else {
      return try StageShortlist(present: present).sequences()
    }
    guard let model = RingModel(present) else { return [] }
    return try RingShortlist(model: model).sequences()
  }
}
