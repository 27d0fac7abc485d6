internal import LinearProgramming
public import TrafficModel

/// Adjusts the running plan to fresh counts: same stages, order and cycle, other greens and offsets.
///
/// Greens by the split programs, beginning from the running ones, junction by junction; offsets by the platoon model.
/// Nothing is simulated, so that an answer takes a second. Documentation/Retiming.md.
public struct SignalRetiming: Sendable {
  /// What was counted; the existing plan is the running one.
  private let days: [PlanningProblem]
  private let options: RetimingOptions

  private var network: Network { days[0].network }
  private var running: TimingPlan { days[0].existing }
  private var frozen: Set<ControllerID> { days[0].options.frozen }

  /// - Parameters:
  ///   - days: what was counted: one day or more, of the same time of day.
  ///   - runningPlan: complete: a programme for each controller.
  public init(network: Network, days: [DemandDay], runningPlan: TimingPlan, options: RetimingOptions) {
    precondition(!days.isEmpty, "a re-timing needs counts")
    self.options = options
    var limits = OptimizationOptions()
    limits.maximumChange = options.maximumChange
    limits.stages = .existing
    // The cycle stays, or is asked for.
    limits.rules.cycles = ProposalRules.none.cycles
    // There is nothing to adjust where traffic decides.
    limits.frozen = options.frozen.union(runningPlan.responding)
    limits.acceptedDoubtful = options.acceptedDoubtful
    self.days = days.map {
      PlanningProblem(network: network, demand: $0.demand, existing: runningPlan, options: limits)
    }
  }

  /// Adjusts the plan; the same on any number of threads.
  ///
  /// - Throws: `NoPlan` when the cycle asked for does not hold some junction's minimums, or lies further
  ///   than the changes allowed.
  public func run() async throws(NoPlan) -> RetimingResult {
    let found = try await retimedJunctions()
    var plan = running
    for (index, junction) in found.enumerated() where junction.outcome == .adjusted {
      guard let program = running.programs[index] else { continue }
      plan.programs[index] = ProgramStructure(program: program, controller: network.controllers[index])
        .program(stages: junction.after.stages)
    }
    let reports = await coordinate(&plan)
    var junctions = found
    for index in junctions.indices {
      junctions[index].after.offset = plan.programs[index]?.offset ?? junctions[index].after.offset
    }
    return RetimingResult(
      plan: plan, junctions: junctions,
      groups: reports.map {
        GroupRetiming(
          controllers: $0.controllers, cycle: $0.cycle, costBefore: $0.costBefore, costAfter: $0.costAfter)
      },
      movementsWithoutDemand: days[0].flows.idle.filter { idle in
        days.allSatisfy { $0.flows.mean[idle.movement.index] <= 0 }
      })
  }

  // MARK: Greens

  private func retimedJunctions() async throws(NoPlan) -> [JunctionRetiming] {
    let programs: [SignalProgram] = running.programs.compactMap { $0 }
    return try await programs.mapInParallel { program in
      do throws(LinearProgramError) {
        return try retimed(program)
      } catch {
        return .failure(JunctionObstacle(controller: program.controller, reason: .splitProgram(error)))
      }
    }.found()
  }

  /// Greens that save less than this share of the delay are not changed: every change costs work and a transition.
  private static let leastGain = 0.01

  private func retimed(
    _ program: SignalProgram
  ) throws(LinearProgramError) -> Result<JunctionRetiming, JunctionObstacle> {
    let id = program.controller
    let limited = UncertainSplits(days: days.map { ControllerSplits($0, program) }, risk: options.risk)
    let free = limited.withoutLimit
    let stages = free.structure.stages.map { program.intervals[$0].duration }
    let now = free.measured(cycle: program.cycle, stages: stages)
    var junction = JunctionRetiming(
      controller: id, flow: flow(id), now: timing(now, program), after: timing(now, program),
      best: timing(now, program), outcome: .kept,
      worstLane: free.program(cycle: program.cycle, stages: stages).worstLane(stages: stages)?.lane)
    guard free.isAdjustable else {
      junction.outcome = .idle
      return .success(junction)
    }
    let isFrozen = frozen.contains(id)
    let cycle = isFrozen ? program.cycle : options.cycle ?? program.cycle
    guard let best = try free.splits(cycle: cycle), network[id].cycleBounds.contains(cycle) else {
      // Only a programme that breaks its own minimums has no greens at its own cycle.
      guard cycle != program.cycle else { return .success(junction) }
      return .failure(try free.days[0].obstacle(cycle: cycle))
    }
    let isSameCycle = cycle == program.cycle
    if best.cost < now.cost || !isSameCycle { junction.best = timing(best, program) }
    guard !isFrozen else {
      junction.outcome = .frozen
      return .success(junction)
    }
    let limit = options.maximumChange ?? .infinity
    let isNear = zip(stages, best.stages).allSatisfy { abs($0 - $1) <= limit }
    guard let chosen = isNear ? best : try limited.splits(cycle: best.cycle) else {
      // Greens that are no whole seconds may have no whole ones within the limit.
      guard !isSameCycle else { return .success(junction) }
      return .failure(try limited.days[0].obstacle(cycle: cycle))
    }
    if !isSameCycle || chosen.cost < (1 - Self.leastGain) * now.cost {
      junction.after = timing(chosen, program)
      junction.outcome = .adjusted
    }
    return .success(junction)
  }

  private func timing(_ splits: UncertainCycleSplits, _ program: SignalProgram) -> JunctionRetiming.Timing {
    JunctionRetiming.Timing(
      stages: splits.stages, cycle: splits.cycle, offset: program.offset, delay: splits.cost,
      saturation: splits.saturation)
  }

  /// Mean over the days of what a controller's signals serve, veh/s.
  private func flow(_ id: ControllerID) -> Double {
    let served = network.movements.indices.filter { movement in
      network.movements[movement].connections.contains { network[$0].signal?.controller == id }
    }
    let total = days.reduce(0) { sum, day in served.reduce(sum) { $0 + day.flows.mean[$1] } }
    return total / Double(days.count)
  }

  // MARK: Offsets

  /// Platoons that pass several signals are followed so often; more rounds change little and take longer.
  private static let offsetRounds = 2

  /// Gives groups of signals that gain from running together better offsets, where those change enough.
  private func coordinate(_ plan: inout TimingPlan) async -> [OffsetReport] {
    guard network.controllers.count > 1 else { return [] }
    var planner = OffsetPlanner(
      network: network, demand: days[0].demand, flows: days.map(\.flows).mean)
    planner.rounds = Self.offsetRounds
    planner.effort = .quick
    let groups = planner.pairs(for: plan).filter(\.hasCommonCycle)
      .groups(of: days[0].controllers, leastGain: CoordinationZones.leastGain).filter { $0.count > 1 }
    let (base, frozen) = (plan, frozen)
    let found = await groups.mapInParallel { [planner] in
      planner.offsets(for: base, groups: [$0], frozen: frozen).reports
    }.flatMap { $0 }
    return found.map { report in
      guard report.costAfter >= (1 - Self.leastGain) * report.costBefore else {
        for (id, offset) in zip(report.controllers, report.offsets) where !frozen.contains(id) {
          plan[id]?.offset = offset
        }
        return report
      }
      var kept = report
      kept.costAfter = report.costBefore
      return kept
    }
  }
}
