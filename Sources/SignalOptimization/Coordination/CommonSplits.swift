internal import LinearProgramming
internal import TrafficModel

/// Splits of some controllers at one cycle, with their existing stages.
struct CommonSplits {
  let problem: PlanningProblem
  let controllers: [ControllerID]

  private typealias Found = (programs: [SignalProgram], delay: Double)

  /// The programmes at `cycle`.
  ///
  /// - Throws: `NoPlan` with every signal that cannot run it.
  func at(_ cycle: Double) throws(NoPlan) -> [SignalProgram] {
    var obstacles: [JunctionObstacle] = []
    let found = try programs(at: cycle, obstacles: &obstacles)
    guard let found else { throw .junctions(obstacles) }
    return found.programs
  }

  /// The programmes at the cycle with the least delay by the splits.
  ///
  /// - Throws: `NoPlan` where no cycle suits all.
  func best() throws(NoPlan) -> [SignalProgram] {
    let existing = controllers.compactMap { problem.existing[$0]?.cycle }
    var best: Found?
    for cycle in Set(problem.options.rules.commonCycles + existing).sorted() {
      var obstacles: [JunctionObstacle] = []
      guard let found = try programs(at: cycle, obstacles: &obstacles) else { continue }
      if found.delay < best?.delay ?? .infinity { best = found }
    }
    if let best { return best.programs }
    var limits: [JunctionObstacle] = []
    for id in controllers { limits.append(try limit(of: id)) }
    throw .noCommonCycle(limits)
  }

  /// nil where some signal cannot run the cycle.
  private func programs(
    at cycle: Double, obstacles: inout [JunctionObstacle]
  ) throws(NoPlan) -> Found? {
    var programs: [SignalProgram] = []
    var delay = 0.0
    for id in controllers {
      guard let program = problem.existing[id] else { continue }
      let splits = ControllerSplits(problem, program)
      guard !problem.options.frozen.contains(id), splits.isAdjustable else {
        if program.cycle == cycle {
          programs.append(program)
        } else {
          obstacles.append(try limit(of: id))
        }
        continue
      }
      do {
        let isAllowed = problem.network[id].cycleBounds.contains(cycle)
        if isAllowed, let found = try splits.splits(cycle: cycle) {
          delay += found.delay
          programs.append(ControllerSetting(found, offset: program.offset).program)
        } else {
          obstacles.append(try splits.obstacle(cycle: cycle))
        }
      } catch {
        throw .junctions([JunctionObstacle(controller: id, reason: .splitProgram(error))])
      }
    }
    return obstacles.isEmpty ? (programs, delay) : nil
  }

  /// The cycles that a signal can run.
  private func limit(of id: ControllerID) throws(NoPlan) -> JunctionObstacle {
    guard let program = problem.existing[id] else {
      return JunctionObstacle(controller: id, reason: .noProgram)
    }
    let splits = ControllerSplits(problem, program)
    let isFrozen = problem.options.frozen.contains(id)
    guard !isFrozen, splits.isAdjustable else {
      return JunctionObstacle(controller: id, reason: .keepsCycle(program.cycle, isFrozen: isFrozen))
    }
    let bounds = problem.network[id].cycleBounds
    do {
      let shortest = max(bounds.lowerBound, try splits.shortestCycle())
      return JunctionObstacle(
        controller: id, reason: .onlyCycles(shortest: shortest, longest: bounds.upperBound))
    } catch {
      throw .junctions([JunctionObstacle(controller: id, reason: .splitProgram(error))])
    }
  }
}
