internal import LinearProgramming
internal import TrafficModel

/// The splits that one of the objectives found, with its proof.
struct SplitSolution {
  /// s, by stage.
  var stages: [Double]
  /// Value of the objective.
  var value: Double
  /// Proven bound on it: no greens of this cycle and these stages are better.
  var bound: Double
  /// What one more second would change of the objective, by lane (a second of its green) and by minimum
  /// (a second less of it).
  var lanePrices: [Double]
  var minimumPrices: [Double]
  /// What one more second of cycle, spent on green, would change of the objective.
  var cyclePrice: Double
}

extension SplitProgram {
  /// The greens that are best for an objective; nil when no greens fit the cycle.
  func solve(_ objective: Objective) throws(LinearProgramError) -> SplitSolution? {
    switch objective {
    case .delay: try leastDelay()
    case .reserve: try largestReserve()
    case .throughput: try largestThroughput()
    }
  }

  /// The linear program that decides the greens for an objective, the delay's with all its cuts; nil when no greens
  /// fit the cycle.
  func linearProgram(_ objective: Objective) throws(LinearProgramError) -> LinearProgram? {
    switch objective {
    case .reserve: return reserveProgram().program
    case .throughput: return try throughputProgram()?.base.program
    case .delay:
      let (base, delays) = delayProgram()
      return try base.program.withSession { (session) throws(LinearProgramError) in
        let found = try tightenCuts(base, delays: delays, session: &session)
        return found == nil ? nil : session.program
      }
    }
  }

  /// (a) Reserve capacity: max μ with v_l ≥ μ q_l C. Allsop (1972), "Estimating the traffic capacity of a
  /// signalized road junction", Transportation Research 6.
  func largestReserve() throws(LinearProgramError) -> SplitSolution? {
    let base = reserveProgram()
    return try solution(of: base.program.solve(), base: base, evaluate: reserveCapacity)
  }

  private func reserveProgram() -> Base {
    var base = base(.maximize, name: "reserve capacity")
    let factor = base.program.addVariable("reserve_capacity", in: Self.factors, objective: 1)
    for (lane, flow) in flows.enumerated() {
      base.program.addRow(
        "demand_lane_\(lane + 1)", [Term(base.discharges[lane], 1), Term(factor, -flow * cycle)],
        in: 0...(.infinity))
    }
    return base
  }

  /// Without demand every factor would do; none larger than this is told. Below zero, because a lane whose green
  /// is all lost in starting up must not make the others' program infeasible.
  private static let factors = -1000.0...1000

  /// (c) Throughput: max Σ min(v_l, q_l C) / C, such that no lane serves a smaller share of its demand than
  /// half the share that all can have at once; among equals, the largest reserve.
  func largestThroughput() throws(LinearProgramError) -> SplitSolution? {
    guard let (base, served, reserve) = try throughputProgram() else { return nil }
    return try base.program.withSession { (session) throws(LinearProgramError) in
      guard var found = try solution(of: session.solve(), base: base, evaluate: throughput) else {
        return nil
      }
      // In a second solve and not by a small weight, which the simplex method's tolerance would swallow.
      let least = found.bound * cycle
      session.addRow(
        "throughput", served.map { Term($0, 1) }, in: (least - Self.throughputSlack * least)...(.infinity))
      for vehicles in served { session.setObjective(of: vehicles, to: 0) }
      session.setObjective(of: reserve, to: 1)
      if let spread = try session.solve().optimum {
        found.stages = base.stages.map { spread[$0] }
        found.value = throughput(stages: found.stages)
      }
      return found
    }
  }

  private func throughputProgram() throws(LinearProgramError) -> (
    base: Base, served: [Variable], reserve: Variable
  )? {
    guard let fair = try largestReserve() else { return nil }
    let floor = Self.fairShare * min(1, fair.bound)
    var base = base(.maximize, name: "throughput")
    let reserve = base.program.addVariable("reserve_capacity", in: Self.factors)
    var served: [Variable] = []
    for (lane, flow) in flows.enumerated() {
      let demand = flow * cycle
      let vehicles = base.program.addVariable(
        "served_lane_\(lane + 1)", in: (floor > 0 ? floor * demand : -.infinity)...demand,
        objective: 1 / cycle)
      served.append(vehicles)
      base.program.addRow(
        "serve_lane_\(lane + 1)", [Term(base.discharges[lane], 1), Term(vehicles, -1)], in: 0...(.infinity))
      base.program.addRow(
        "demand_lane_\(lane + 1)", [Term(base.discharges[lane], 1), Term(reserve, -demand)],
        in: 0...(.infinity))
    }
    return (base, served, reserve)
  }

  /// Share of the throughput that may be lost to the solver's tolerance when reserve decides.
  private static let throughputSlack = 1e-9
  /// Share of the best common service that every lane keeps when throughput is maximised.
  static let fairShare = 0.5
  /// Small against any flow, so that in roundings reserve only decides between equal throughputs; veh/s.
  static let reserveWeight = 1e-6

  /// (b) Delay: min Σ D_l(v_l / C) + Σ W_i(r_i), D and W convex, by tangent cuts until bound and value are 0.1 % apart.
  /// Kelley (1960), "The cutting-plane method for solving convex programs", J. SIAM 8.
  func leastDelay() throws(LinearProgramError) -> SplitSolution? {
    let (base, delays) = delayProgram()
    return try base.program.withSession { (session) throws(LinearProgramError) in
      try tightenCuts(base, delays: delays, session: &session)
    }
  }

  private func delayProgram() -> (base: Base, delays: [Variable]) {
    var base = base(.minimize, name: "delay")
    var delays = lanes.indices.map {
      base.program.addVariable("delay_lane_\($0 + 1)", in: 0...(.infinity), objective: 1)
    }
    for lane in lanes.indices {
      for ratio in Self.firstCuts {
        let cut = cut(lane, at: ratio * flows[lane] * cycle, delay: delays[lane], base: base)
        base.program.addRow("cut_\(lane + 1)", cut.terms, in: cut.least...(.infinity))
      }
    }
    for (lane, limit) in limits.enumerated() where limit.isFinite {
      let excess = base.program.addVariable(
        "excess_lane_\(lane + 1)", in: 0...(.infinity), objective: Self.excessDelay)
      base.program.addRow(
        "saturation_lane_\(lane + 1)", [Term(base.discharges[lane], 1), Term(excess, 1)],
        in: (flows[lane] * cycle / limit)...(.infinity))
    }
    for index in waits.indices {
      let delay = base.program.addVariable(
        "delay_pedestrians_\(index + 1)", in: 0...(.infinity), objective: 1)
      for share in Self.firstWaits {
        let cut = cut(waits[index], at: share * cycle, delay: delay, base: base)
        base.program.addRow("walk_cut_\(index + 1)", cut.terms, in: cut.least...(.infinity))
      }
      delays.append(delay)
    }
    return (base, delays)
  }

  /// Where the first tangents touch, as capacity over flow.
  static let firstCuts = [0.5, 0.8, 0.95, 1.05, 1.25, 2]
  /// The same for pedestrians, as time without green over cycle.
  static let firstWaits = [0.25, 0.5, 0.75, 0.9]
  /// Where Kelley's method stops: (value − bound) / value.
  static let gap = 1e-3
  static let largestRounds = 60

  private func tightenCuts(
    _ base: Base, delays: [Variable], session: inout LinearProgramSession
  ) throws(LinearProgramError) -> SplitSolution? {
    var best: SplitSolution?
    for _ in 0..<Self.largestRounds {
      guard
        let round = try solution(
          of: session.solve(), base: base, evaluate: { cost(stages: $0, objective: .delay) })
      else {
        break
      }
      // Each relaxation holds all cuts of the one before, so its optimum is the best bound so far.
      var found = best.flatMap { $0.value <= round.value ? $0 : nil } ?? round
      found.bound = round.bound
      best = found
      if found.value - found.bound <= Self.gap * found.value { break }
      let vehicles = discharges(stages: round.stages)
      for lane in lanes.indices {
        let cut = cut(lane, at: vehicles[lane], delay: delays[lane], base: base)
        session.addRow("cut_\(lane + 1)", cut.terms, in: cut.least...(.infinity))
      }
      let durations = structure.durations(stages: round.stages)
      for (index, wait) in waits.enumerated() {
        let cut = cut(
          wait, at: wait.seconds(durations: durations), delay: delays[lanes.count + index], base: base)
        session.addRow("walk_cut_\(index + 1)", cut.terms, in: cut.least...(.infinity))
      }
    }
    return best
  }

  /// The tangent of a lane's delay at `vehicles` per cycle: D − slope v ≥ least.
  func cut(
    _ lane: Int, at vehicles: Double, delay: Variable, base: Base
  ) -> (terms: [Term], least: Double) {
    let function = self.delay(ofLane: lane)
    let capacity = max(vehicles, LaneCapacity.least) / cycle
    let slope = function.slope(at: capacity)
    return (
      [Term(delay, 1), Term(base.discharges[lane], -slope / cycle)],
      function.value(at: capacity) - slope * capacity
    )
  }

  private func solution(
    of result: LinearSolution, base: Base, evaluate: ([Double]) -> Double
  ) -> SplitSolution? {
    guard let optimum = result.optimum else { return nil }
    let stages = base.stages.map { optimum[$0] }
    return SplitSolution(
      stages: stages, value: evaluate(stages), bound: optimum.objective,
      lanePrices: lanes.indices.map { optimum.dual(of: base.capacityRows[$0]) * secondValue(ofLane: $0) },
      minimumPrices: base.minimumRows.map { -optimum.dual(of: $0) },
      cyclePrice: base.cycleRow.map { optimum.dual(of: $0) } ?? 0)
  }

  /// Vehicles that one more second of its best interval would discharge on a lane.
  private func secondValue(ofLane lane: Int) -> Double { lanes[lane].rates.max() ?? 0 }
}
