internal import LinearProgramming
internal import TrafficModel

/// A controller's splits at one cycle, with the model they were found on.
struct CycleSplits {
  /// s.
  let cycle: Double
  /// The program of the last round.
  let program: SplitProgram
  /// Its optimum, before rounding.
  let optimum: SplitSolution
  /// Whole-second stages, s.
  let stages: [Double]
  /// Delay with these stages, veh·s per second.
  let delay: Double
  /// Whether lanes are no more saturated than they may be.
  let isWithinLimits: Bool
}

/// Finds splits for one controller, cycle by cycle.
struct ControllerSplits {
  let problem: PlanningProblem
  let id: ControllerID
  private(set) var structure: ProgramStructure
  /// Length of the demand's period, s.
  let period: Double
  let initialDemand: ControllerDemand
  /// Largest change of any stage against the structure's programme, s; nil for no limit.
  var maximumChange: Double?
  /// How saturated its lanes may be; nil where nothing runs now.
  private(set) var limits: SaturationLimits?

  private var network: Network { problem.network }
  private var options: OptimizationOptions { problem.options }

  /// - Parameters:
  ///   - demand: that the controller has to serve; nil for the problem's.
  ///   - period: its length, s; nil for the problem's.
  init(
    _ problem: PlanningProblem, _ id: ControllerID, structure: ProgramStructure,
    demand: ControllerDemand? = nil, period: Double? = nil
  ) {
    self.problem = problem
    self.id = id
    self.structure = structure
    self.period = period ?? problem.demand.duration
    initialDemand =
      demand
      ?? ControllerDemand(
        controller: id, network: problem.network, flows: problem.flows.mean, people: problem.flows.people)
    maximumChange = problem.options.maximumChange
    if let now = problem.existing[id] {
      let structure = ProgramStructure(program: now, controller: problem.network[id])
      limits = SaturationLimits(
        highest: problem.options.rules.highestSaturation,
        existing: loads(of: structure, stages: structure.stages.map { now.intervals[$0].duration }))
    }
  }

  /// With the structure of a programme.
  init(_ problem: PlanningProblem, _ program: SignalProgram) {
    let id = program.controller
    self.init(
      problem, id, structure: ProgramStructure(program: program, controller: problem.network[id]))
  }

  /// The same for other stages.
  func with(_ structure: ProgramStructure) -> ControllerSplits {
    var other = self
    other.structure = structure
    return other
  }

  /// Whether there is anything to decide, and anybody to decide it for.
  var isAdjustable: Bool { !structure.stages.isEmpty && !initialDemand.lanes.isEmpty }

  /// Rounds of the fixed point between greens, lane use and permissive rates.
  private static let rounds = 3

  private var stageBounds: [ClosedRange<Double>] {
    structure.stages.map { stage in
      guard let change = maximumChange else { return ProgramStructure.shortestStage...(.infinity) }
      let now = structure.program.intervals[stage].duration
      let shortest = ProgramStructure.shortestStage
      return max(shortest, now - change)...max(shortest, now + change)
    }
  }

  /// The shortest cycle that holds every minimum, s.
  func shortestCycle() throws(LinearProgramError) -> Double {
    var program = LinearProgram(.minimize, name: "shortest cycle")
    let stages = structure.stages.enumerated().map { index, stage in
      program.addVariable("stage_\(stage + 1)", in: stageBounds[index], objective: 1)
    }
    for (name, minimum) in zip(structure.minimumNames, structure.minimums) {
      let terms = zip(structure.stages, stages).filter { minimum.intervals.contains($0.0) }.map {
        Term($0.1, 1)
      }
      let needed = minimum.seconds - structure.fixedTime(of: minimum.intervals)
      guard !terms.isEmpty else { continue }
      program.addRow(name, terms, in: needed...(.infinity))
    }
    guard let optimum = try program.solve().optimum else { return .infinity }
    return optimum.objective + structure.lostTime
  }

  /// The split program at given stage durations: lane use and permissive rates follow from them.
  func program(cycle: Double, stages: [Double]) -> SplitProgram {
    let (demand, capacities) = lanes(stages: stages)
    let used = demand.lanes.indices.filter { demand.flow(ofLane: $0) > 0 }
    return SplitProgram(
      structure: structure, lanes: used.map { capacities[$0] }, laneIDs: used.map { demand.lanes[$0].id },
      flows: used.map { demand.flow(ofLane: $0) }, cycle: cycle, period: period, stageBounds: stageBounds,
      limits: used.map { limits?.highest(demand.lanes[$0].id) ?? .infinity }, waits: waits)
  }

  /// How traffic shares the lanes out at given stage durations, and what each of the demand's lanes can carry.
  func lanes(stages: [Double]) -> (demand: ControllerDemand, capacities: [LaneCapacity]) {
    let (demand, model) = shared(stages: stages)
    return (demand, model.lanes())
  }

  /// How traffic shares the lanes out at given stage durations, and the model of what they carry then.
  func shared(stages: [Double]) -> (demand: ControllerDemand, model: CapacityModel) {
    var demand = initialDemand
    let durations = structure.durations(stages: stages)
    let first = CapacityModel(network: network, demand: demand, structure: structure, durations: durations)
    demand.shareLanes(capacities: first.streamCapacities())
    return (
      demand, CapacityModel(network: network, demand: demand, structure: structure, durations: durations)
    )
  }

  /// Times without green of the crossings whose pedestrians have a weight.
  private var waits: [PedestrianWait] {
    problem.pedestrians.filter { $0.signal.controller == id }.flatMap { crossing in
      PedestrianWait.all(ofGroup: crossing.signal.group, flow: crossing.flow, program: structure.program)
    }
  }

  /// The best splits at `cycle`; nil when the minimums do not fit.
  func splits(cycle: Double) throws(LinearProgramError) -> CycleSplits? {
    let now = structure.stages.map { structure.program.intervals[$0].duration }
    let total = now.reduce(0, +)
    let available = cycle - structure.lostTime
    guard available > 0 else { return nil }
    var stages = now.map { $0 / total * available }
    var best: (splits: CycleSplits, cost: Double)?
    for _ in 0..<Self.rounds {
      let program = program(cycle: cycle, stages: stages)
      guard let optimum = try program.solve(options.objective),
        let whole = program.wholeSeconds(near: optimum.stages, objective: options.objective)
      else { return best?.splits }
      // The rates that the greens themselves bring about decide which round was best.
      let actual = self.program(cycle: cycle, stages: whole)
      let found = CycleSplits(
        cycle: cycle, program: program, optimum: optimum, stages: whole, delay: actual.delay(stages: whole),
        isWithinLimits: limits?.hold(loads(of: structure, stages: whole)) ?? true)
      let cost = actual.cost(stages: whole, objective: options.objective)
      if cost < best?.cost ?? .infinity { best = (found, cost) }
      let moved = zip(stages, optimum.stages).reduce(0) { max($0, abs($1.0 - $1.1)) }
      if moved < 0.5 { break }
      // Half way: permissive rates and greens otherwise chase each other.
      stages = zip(stages, optimum.stages).map { ($0 + $1) / 2 }
    }
    return best?.splits
  }

  /// What keeps the controller from a cycle, s, that no splits fit.
  func obstacle(cycle: Double) throws(LinearProgramError) -> JunctionObstacle {
    let bounds = network[id].cycleBounds
    let reason: JunctionObstacle.Reason
    if !bounds.contains(cycle) {
      reason = .cycleBounds(bounds, cycle: cycle)
    } else if let rings = network[id].rings, cycle < rings.shortestCycle {
      reason = .minimumSplits(needed: rings.shortestCycle, cycle: cycle)
    } else {
      reason = .minimums(needed: try shortestCycle(), cycle: cycle, maximumChange: maximumChange)
    }
    return JunctionObstacle(controller: id, reason: reason)
  }

  /// Cycles worth trying, ascending, s: geometric steps of about 8 % within the controller's bounds, each
  /// with a whole number of seconds for the stages.
  func candidateCycles() throws(LinearProgramError) -> [Double] {
    let bounds = network[id].cycleBounds
    let least = max(bounds.lowerBound, try shortestCycle())
    guard least <= bounds.upperBound else { return [] }
    var cycles: [Double] = []
    var next = least
    while next <= bounds.upperBound {
      let cycle = structure.lostTime + (next - structure.lostTime).rounded(.up)
      if cycle <= bounds.upperBound, cycle != cycles.last { cycles.append(cycle) }
      next = max(next + 1, next * 1.08)
    }
    return cycles
  }

  /// Splits at every candidate cycle, ascending.
  func sweep() throws(LinearProgramError) -> [CycleSplits] {
    var found: [CycleSplits] = []
    for cycle in try candidateCycles() {
      if let splits = try splits(cycle: cycle) { found.append(splits) }
    }
    return found
  }
}
