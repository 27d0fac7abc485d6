internal import LinearProgramming
public import TrafficModel

/// Adjusts the running plan to fresh counts: same stages, order and cycle, other greens and offsets.
///
/// Greens by the split programs, beginning from the running ones, junction by junction; offsets by the platoon model.
/// Nothing is simulated, so that an answer takes a second. Documentation/Retiming.md.
public struct SignalRetiming: Sendable {
  private let network: Network
  private let days: [DemandDay]
  private let running: TimingPlan
  private let options: RetimingOptions

  /// - Parameters:
  ///   - days: what was counted: one day or more, of the same time of day.
  ///   - runningPlan: complete: a programme for each controller.
  public init(network: Network, days: [DemandDay], runningPlan: TimingPlan, options: RetimingOptions) {
    precondition(!days.isEmpty, "a re-timing needs counts")
    self.network = network
    self.days = days
    running = runningPlan
    var options = options
    options.frozen.formUnion(network.doubtfulControllers.subtracting(options.acceptedDoubtful))
    self.options = options
  }

  /// Adjusts the plan; the same on any number of threads.
  ///
  /// - Throws: `NoPlan` when the cycle asked for does not hold some junction's minimums, or lies further
  ///   than the changes allowed.
  public func run() async throws(NoPlan) -> RetimingResult {
    let flows = days.map { MovementFlows(network: network, demand: $0.demand) }
    let found = try await junctions(flows)
    var plan = running
    for (index, junction) in found.enumerated() where junction.outcome == .adjusted {
      guard let program = running.programs[index] else { continue }
      plan.programs[index] = ProgramStructure(program: program, controller: network.controllers[index])
        .program(stages: junction.after.stages)
    }
    let reports = await coordinate(&plan, flows: flows)
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
      movementsWithoutDemand: flows[0].idle.filter { idle in
        flows.allSatisfy { $0.mean[idle.movement.index] <= 0 }
      })
  }

  // MARK: Greens

  private func junctions(_ flows: [MovementFlows]) async throws(NoPlan) -> [JunctionRetiming] {
    let demands = zip(flows, days).map { (flows: $0.mean, period: $1.demand.duration) }
    let programs: [SignalProgram] = running.programs.compactMap { $0 }
    return try await programs.mapInParallel { program in
      do throws(LinearProgramError) {
        return try retimed(program, demands)
      } catch {
        return .failure(JunctionObstacle(controller: program.controller, reason: .splitProgram(error)))
      }
    }.found()
  }

  /// Greens that save less than this share of the delay are not changed: every change costs work and a transition.
  private static let leastGain = 0.01

  private func retimed(
    _ program: SignalProgram, _ demands: [(flows: [Double], period: Double)]
  ) throws(LinearProgramError) -> Result<JunctionRetiming, JunctionObstacle> {
    let id = program.controller
    let structure = ProgramStructure(program: program, controller: network[id])
    let free = splits(structure, demands, maximumChange: nil)
    let stages = structure.stages.map { program.intervals[$0].duration }
    let now = free.measured(cycle: program.cycle, stages: stages)
    var junction = JunctionRetiming(
      controller: id, flow: flow(id, demands), now: timing(now, program), after: timing(now, program),
      best: timing(now, program), outcome: .kept,
      worstLane: free.program(cycle: program.cycle, stages: stages).worstLane(stages: stages)?.lane)
    guard free.isAdjustable else {
      junction.outcome = .idle
      return .success(junction)
    }
    let isFrozen = options.frozen.contains(id)
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
    guard let chosen = try limited(best, structure, demands) else {
      // Greens that are no whole seconds may have no whole ones within the limit.
      guard !isSameCycle else { return .success(junction) }
      return .failure(
        try splits(structure, demands, maximumChange: options.maximumChange).days[0].obstacle(cycle: cycle))
    }
    if !isSameCycle || chosen.cost < (1 - Self.leastGain) * now.cost {
      junction.after = timing(chosen, program)
      junction.outcome = .adjusted
    }
    return .success(junction)
  }

  /// The best greens if they are near enough, or else the best ones that are; nil where there are none.
  private func limited(
    _ best: UncertainCycleSplits, _ structure: ProgramStructure,
    _ demands: [(flows: [Double], period: Double)]
  ) throws(LinearProgramError) -> UncertainCycleSplits? {
    guard let limit = options.maximumChange else { return best }
    let now = structure.stages.map { structure.program.intervals[$0].duration }
    let isNear = zip(now, best.stages).allSatisfy { abs($0 - $1) <= limit }
    return isNear ? best : try splits(structure, demands, maximumChange: limit).splits(cycle: best.cycle)
  }

  private func splits(
    _ structure: ProgramStructure, _ demands: [(flows: [Double], period: Double)], maximumChange: Double?
  ) -> UncertainSplits {
    var limits = OptimizationOptions()
    limits.maximumChange = maximumChange
    return UncertainSplits(
      network: network, id: structure.program.controller, structure: structure, demands: demands,
      risk: options.risk, options: limits)
  }

  private func timing(_ splits: UncertainCycleSplits, _ program: SignalProgram) -> JunctionRetiming.Timing {
    JunctionRetiming.Timing(
      stages: splits.stages, cycle: splits.cycle, offset: program.offset, delay: splits.cost,
      saturation: splits.saturation)
  }

  /// Mean over the days of what a controller's signals serve, veh/s.
  private func flow(_ id: ControllerID, _ demands: [(flows: [Double], period: Double)]) -> Double {
    let served = network.movements.indices.filter { movement in
      network.movements[movement].connections.contains { network[$0].signal?.controller == id }
    }
    let total = demands.reduce(0) { sum, demand in served.reduce(sum) { $0 + demand.flows[$1] } }
    return total / Double(demands.count)
  }

  // MARK: Offsets

  /// Platoons that pass several signals are followed so often; more rounds change little and take longer.
  private static let offsetRounds = 2

  /// Gives groups of signals that gain from running together better offsets, where those change enough.
  private func coordinate(_ plan: inout TimingPlan, flows: [MovementFlows]) async -> [OffsetReport] {
    guard network.controllers.count > 1 else { return [] }
    let mean = flows[0].mean.indices.map { movement in
      flows.reduce(0) { $0 + $1.mean[movement] } / Double(flows.count)
    }
    var planner = OffsetPlanner(network: network, demand: days[0].demand, flows: mean)
    planner.rounds = Self.offsetRounds
    planner.effort = .quick
    let controllers = network.controllers.indices.map { ControllerID($0) }
    let groups = planner.pairs(for: plan).filter(\.hasCommonCycle)
      .groups(of: controllers, leastGain: CoordinationZones.leastGain).filter { $0.count > 1 }
    let found = await reports(of: groups, for: plan, planner: planner)
    return found.map { report in
      guard report.costAfter >= (1 - Self.leastGain) * report.costBefore else {
        for (id, offset) in zip(report.controllers, report.offsets) where !options.frozen.contains(id) {
          plan[id]?.offset = offset
        }
        return report
      }
      var kept = report
      kept.costAfter = report.costBefore
      return kept
    }
  }

  private func reports(
    of groups: [[ControllerID]], for plan: TimingPlan, planner: OffsetPlanner
  ) async -> [OffsetReport] {
    await groups.mapInParallel {
      planner.offsets(for: plan, groups: [$0], frozen: options.frozen).reports
    }.flatMap { $0 }
  }
}
