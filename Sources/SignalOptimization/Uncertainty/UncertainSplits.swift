internal import LinearProgramming
internal import TrafficModel

/// A controller's greens at one cycle for several possible days.
struct UncertainCycleSplits {
  /// s.
  let cycle: Double
  /// Whole-second stages, s.
  let stages: [Double]
  /// The measure of the days' delays with these stages, veh·s per second.
  let cost: Double
  /// The largest degree of saturation of any lane on any day.
  let saturation: Double
}

/// Finds greens of one controller, with its present stages, that are best over several possible days.
struct UncertainSplits {
  /// By day; of the same controller and structure.
  private(set) var days: [ControllerSplits]
  let risk: RiskMeasure

  /// All days are equally likely.
  private var weights: [Double] { days.map { _ in 1 / Double(days.count) } }

  /// The same where stages may change as they like.
  var withoutLimit: UncertainSplits {
    var free = self
    for day in days.indices { free.days[day].maximumChange = nil }
    return free
  }

  var structure: ProgramStructure { days[0].structure }

  /// Whether there is anything to decide, and anybody to decide it for.
  var isAdjustable: Bool { days.contains(where: \.isAdjustable) }

  /// Rounds of the fixed point between greens, lane use and permissive rates.
  private static let rounds = 3
  /// Where greens have settled, s.
  private static let settled = 0.5

  /// The program at given stage durations, which lane use and permissive rates follow from.
  func program(cycle: Double, stages: [Double]) -> UncertainSplitProgram {
    UncertainSplitProgram(
      days: days.map { $0.program(cycle: cycle, stages: stages) }, weights: weights, risk: risk)
  }

  /// What stages come to on the rates that they themselves bring about.
  func measured(cycle: Double, stages: [Double]) -> UncertainCycleSplits {
    let program = program(cycle: cycle, stages: stages)
    return UncertainCycleSplits(
      cycle: cycle, stages: stages, cost: program.cost(stages: stages),
      saturation: program.worstLane(stages: stages)?.saturation ?? 0)
  }

  /// The best greens at `cycle`, beginning from the present ones; nil when the minimums do not fit.
  func splits(cycle: Double) throws(LinearProgramError) -> UncertainCycleSplits? {
    let now = structure.stages.map { structure.program.intervals[$0].duration }
    let total = now.reduce(0, +)
    let available = cycle - structure.lostTime
    guard available > 0 else { return nil }
    var stages = now.map { $0 / total * available }
    var best: UncertainCycleSplits?
    for _ in 0..<Self.rounds {
      let program = program(cycle: cycle, stages: stages)
      guard let optimum = try program.leastCost(), let whole = program.wholeSeconds(near: optimum.stages)
      else { return best }
      let found = measured(cycle: cycle, stages: whole)
      if found.cost < best?.cost ?? .infinity { best = found }
      let moved = zip(stages, optimum.stages).reduce(0) { max($0, abs($1.0 - $1.1)) }
      if moved < Self.settled { break }
      // Half way: permissive rates and greens otherwise chase each other.
      stages = zip(stages, optimum.stages).map { ($0 + $1) / 2 }
    }
    return best
  }
}
