internal import LinearProgramming
internal import TrafficModel

/// Greens that are best over several days, and the proof.
struct UncertainSolution: Hashable {
  /// s, by stage.
  var stages: [Double]
  /// The measure of the days' delays, veh·s per second.
  var value: Double
  /// Proven bound: no greens of this cycle and these stages have less.
  var bound: Double
}

/// The split program of one controller for several possible days: one set of greens for all.
///
/// Each day d has the lanes and delays of a `SplitProgram` of its own, those of weighted pedestrians too; they share the stages g. With probabilities
/// p_d and the share α of the worst days (Rockafellar and Uryasev 2000, "Optimization of conditional value-at-risk",
/// Journal of Risk 2, eq. 9 and 17):
///
///     expected:  min Σ p_d Σ_l D_dl
///     worst α:   min η + 1/α Σ p_d z_d,   z_d ≥ Σ_l D_dl − η,   z_d ≥ 0
///
/// D_dl ≥ its tangents, added until bound and value are 0.1 % apart, as with one day.
struct UncertainSplitProgram {
  /// By day; all of the same structure, cycle and stage bounds.
  let days: [SplitProgram]
  /// By day; they sum to 1.
  let weights: [Double]
  let risk: RiskMeasure

  /// Delay of each day for given stage durations, veh·s per second.
  func delays(stages: [Double]) -> [Double] { days.map { $0.delay(stages: stages) } }

  /// What is made small.
  func cost(stages: [Double]) -> Double { risk.value(of: delays(stages: stages), weights: weights) }

  /// The largest degree of saturation of any lane on any day, with the lane; nil without demand.
  func worstLane(stages: [Double]) -> (lane: LaneID, saturation: Double)? {
    var worst: (lane: LaneID, saturation: Double)?
    for day in days {
      for (lane, vehicles) in day.discharges(stages: stages).enumerated() {
        let saturation = day.flows[lane] * day.cycle / vehicles
        if saturation > worst?.saturation ?? 0 { worst = (day.laneIDs[lane], saturation) }
      }
    }
    return worst
  }

  /// The best whole-second greens near `stages`; nil when none keeps every minimum.
  func wholeSeconds(near stages: [Double]) -> [Double]? {
    days[0].wholeSeconds(near: stages) { cost(stages: $0) }
  }

  /// The greens with the least cost; nil when no greens fit the cycle.
  func leastCost() throws(LinearProgramError) -> UncertainSolution? {
    let parts = parts()
    return try parts.bases[0].program.withSession { (session) throws(LinearProgramError) in
      var best: UncertainSolution?
      for _ in 0..<SplitProgram.largestRounds {
        guard let optimum = try session.solve().optimum else { break }
        let stages = parts.bases[0].stages.map { optimum[$0] }
        let value = cost(stages: stages)
        if value < best?.value ?? .infinity {
          best = UncertainSolution(stages: stages, value: value, bound: optimum.objective)
        }
        best?.bound = optimum.objective
        guard let found = best, found.value - found.bound > SplitProgram.gap * found.value else { break }
        for day in days.indices {
          let vehicles = days[day].discharges(stages: stages)
          for lane in days[day].lanes.indices {
            let cut = days[day].cut(
              lane, at: vehicles[lane], delay: parts.delays[day][lane], base: parts.bases[day])
            session.addRow("cut", cut.terms, in: cut.least...(.infinity))
          }
          let durations = days[day].structure.durations(stages: stages)
          for (index, wait) in days[day].waits.enumerated() {
            let cut = days[day].cut(
              wait, at: wait.seconds(durations: durations),
              delay: parts.delays[day][days[day].lanes.count + index], base: parts.bases[day])
            session.addRow("walk_cut", cut.terms, in: cut.least...(.infinity))
          }
        }
      }
      return best
    }
  }

  /// The program before the first solve, in the first day's base; the other days' bases hold their variables.
  private func parts() -> (bases: [SplitProgram.Base], delays: [[Variable]]) {
    var base = days[0].base(.minimize, name: "delay over \(days.count) days")
    var bases = [base]
    for (day, splits) in days.enumerated().dropFirst() {
      base.discharges = []
      base.capacityRows = []
      splits.addLanes(to: &base, prefix: "day_\(day + 1)_")
      bases.append(base)
    }
    let weightOfDelay = days.indices.map { risk == .expected ? weights[$0] : 0 }
    let delays = days.indices.map { day -> [Variable] in
      let lanes = days[day].lanes.indices.map { "lane_\($0 + 1)" }
      let walks = days[day].waits.indices.map { "pedestrians_\($0 + 1)" }
      return (lanes + walks).map {
        base.program.addVariable(
          "delay_day_\(day + 1)_\($0)", in: 0...(.infinity), objective: weightOfDelay[day])
      }
    }
    if risk != .expected { addWorstDays(delays, to: &base.program) }
    for day in days.indices {
      for lane in days[day].lanes.indices {
        for ratio in SplitProgram.firstCuts {
          let vehicles = ratio * days[day].flows[lane] * days[day].cycle
          let cut = days[day].cut(lane, at: vehicles, delay: delays[day][lane], base: bases[day])
          base.program.addRow("cut_day_\(day + 1)_lane_\(lane + 1)", cut.terms, in: cut.least...(.infinity))
        }
      }
      for (index, wait) in days[day].waits.enumerated() {
        for share in SplitProgram.firstWaits {
          let cut = days[day].cut(
            wait, at: share * days[day].cycle, delay: delays[day][days[day].lanes.count + index],
            base: bases[day])
          base.program.addRow(
            "walk_cut_day_\(day + 1)_\(index + 1)", cut.terms, in: cut.least...(.infinity))
        }
      }
    }
    bases[0].program = base.program
    return (bases, delays)
  }

  private func addWorstDays(_ delays: [[Variable]], to program: inout LinearProgram) {
    let share = risk.share(weights: weights)
    let threshold = program.addVariable("threshold", in: 0...(.infinity), objective: 1)
    for day in days.indices {
      let excess = program.addVariable(
        "excess_day_\(day + 1)", in: 0...(.infinity), objective: weights[day] / share)
      program.addRow(
        "excess_day_\(day + 1)",
        [Term(excess, 1), Term(threshold, 1)] + delays[day].map { Term($0, -1) }, in: 0...(.infinity))
    }
  }
}
