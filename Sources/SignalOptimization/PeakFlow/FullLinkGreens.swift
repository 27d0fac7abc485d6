internal import TrafficModel

/// Greens for demand beyond what the signals can serve: what waits where, and what that blocks.
struct FullLinkGreens {
  let assembly: PlanAssembly

  private var problem: PlanningProblem { assembly.problem }

  /// The rounds end here even where value and bound are not near yet: a start for the search needs no proof.
  private static let solving = PeakFlowSolveOptions(gap: 0.02, roundLimit: 800)

  /// More greens for the finalists of a field, each with its own stages and cycles: those of the peak-flow program, and
  /// those of the split programs for the flows that it lets through. The first keep full links from blocking others, but
  /// count on vehicles that are held back at green; the second know what comes past the bottlenecks upstream.
  ///
  /// None where some plan of the field serves the whole demand: then the split programs say it all.
  func plans(from finalists: [PlanSetting], in field: [PlanSetting]) async -> [PlanSetting] {
    guard field.allSatisfy(isOversaturated) else { return [] }
    return assembly.proposable(await finalists.mapInParallel(greens).flatMap { $0 })
  }

  /// Whether some lane has less capacity than demand.
  private func isOversaturated(_ setting: PlanSetting) -> Bool {
    problem.controllers.contains { id in
      assembly.choices[id.index] != nil
        && problem.reserveCapacity(of: setting.controllers[id.index], at: id) < 1
    }
  }

  private func greens(_ start: PlanSetting) -> [PlanSetting] {
    var peak = PeakFlowOptions()
    peak.objective = problem.options.objective == .throughput ? .throughput : .timeSpent
    var program = PeakFlowProblem(
      network: problem.network, demand: problem.demand, plan: problem.plan(of: start), options: peak)
    for position in program.controllers.indices {
      let index = program.controllers[position].id.index
      if assembly.choices[index] == nil {
        program.controllers[position].keepGreens(of: start.controllers[index])
      }
    }
    let solution = program.solve(Self.solving)
    var (direct, metered) = (start, start)
    let passing = passing(solution, program)
    for (controller, greens) in zip(program.controllers, solution.greens) {
      let index = controller.id.index
      guard let choice = assembly.choices[index] else { continue }
      let setting = start.controllers[index]
      let splits = choice.existing.with(setting.structure)
      // Turns that wait for gaps have the rates of the greens before in the one, and too little demand in the other:
      // where new greens would starve them, or any lane, the old ones stay.
      func isSafe(_ stages: [Double]) -> Bool {
        var tried = setting
        tried.stages = stages
        return assembly.keepsSaturationLimits(tried, index)
      }
      if let whole = splits.wholeSeconds(near: greens, cycle: setting.cycle), isSafe(whole) {
        direct.controllers[index].stages = whole
      }
      let reached = ControllerSplits(
        problem, controller.id, structure: setting.structure,
        demand: ControllerDemand(
          controller: controller.id, network: problem.network, flows: passing, people: problem.flows.people))
      // What the solver refuses leaves the greens as they are.
      if let found = try? reached.splits(cycle: setting.cycle), isSafe(found.stages) {
        metered.controllers[index].stages = found.stages
      }
    }
    return [direct, metered].filter { $0 != start }
  }

  /// By movement: what passes the stop line in a solution, mean over the period, veh/s.
  private func passing(_ solution: PeakFlowPlan, _ program: PeakFlowProblem) -> [Double] {
    var flows = [Double](repeating: 0, count: problem.network.movements.count)
    for (queue, leaving) in zip(program.queues, solution.leaving) {
      if let movement = queue.movement {
        flows[movement.index] = leaving.reduce(0, +) / problem.demand.duration
      }
    }
    return flows
  }
}

extension ControllerSplits {
  /// The whole-second stages nearest to `stages`; nil when none keeps every minimum.
  fileprivate func wholeSeconds(near stages: [Double], cycle: Double) -> [Double]? {
    program(cycle: cycle, stages: stages).wholeSeconds(near: stages) {
      zip($0, stages).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
    }
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
