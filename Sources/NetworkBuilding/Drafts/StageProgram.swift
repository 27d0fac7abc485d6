internal import TrafficModel

/// Builds the intervals of a programme from stages: what is green in each, and for how long.
///
/// Between two stages come a yellow for what ends, and an all-red as long as what begins must wait for it; what is
/// green in both stays green. Pedestrians' green ends before their stage does, so early that the longest crossing
/// is clear when conflicting vehicles start.
struct StageProgram {
  let controller: SignalController
  /// By stage: the groups that are green, ascending.
  let stages: [[Int]]
  /// By stage: what follows it.
  private var changes: [StageChange] = []

  init(controller: SignalController, stages: [[Int]]) {
    self.controller = controller
    self.stages = stages
    changes = stages.indices.map { change(after: $0) }
  }

  /// Seconds of all changes together.
  var lostTime: Double { changes.reduce(0) { $0 + $1.duration } }

  private func isGreen(_ group: Int, in stage: Int) -> Bool { stages[stage % stages.count].contains(group) }

  private func starts(_ group: Int, in stage: Int) -> Bool {
    isGreen(group, in: stage) && !isGreen(group, in: stage + stages.count - 1)
  }

  private func change(after stage: Int) -> StageChange {
    // Pedestrians are cleared by then.
    StageChange(
      from: clearing(stage), to: states(in: (stage + 1) % stages.count), of: controller, starts: .together)
  }

  /// The seconds before the end of a stage at which its pedestrians' green ends, where all stages last `greens`.
  private func earlyEnd(of stage: Int, greens: [Double]) -> Double {
    let ending = walks(endingIn: stage)
    var early = 0.0
    for group in ending {
      for other in controller.groups.indices where controller.conflicts[group][other] != .none {
        var gap = changes[stage].duration
        var next = stage + 1
        while next < stage + stages.count, !starts(other, in: next), !isGreen(group, in: next) {
          gap += greens[next % stages.count] + changes[next % stages.count].duration
          next += 1
        }
        if starts(other, in: next) { early = max(early, controller.intergreens[group][other] - gap) }
      }
    }
    // Whole seconds, as controllers count them; a sum that rounding lifts over one does not cost the next.
    return (early - 1e-9).rounded(.up)
  }

  private func walks(endingIn stage: Int) -> [Int] {
    stages[stage].filter { !isGreen($0, in: stage + 1) && controller.groups[$0].kind == .pedestrian }
  }

  /// A stage lasts as long as any all-red, so that what ended before it has left when what follows it begins.
  private var shortestStage: Double {
    let vehicles = controller.groups.indices.filter { controller.groups[$0].kind == .vehicle }
    let allReds = vehicles.flatMap { group in
      controller.intergreens[group].map { $0 - controller.groups[group].yellow }
    }
    return max(1, allReds.max() ?? 1)
  }

  /// By stage: how long it must last, with a reason for each that the minimum green alone does not give.
  ///
  /// A group that is green through several stages needs its minimum from them together: what is missing is given
  /// to the last of them.
  func minimums() -> [(seconds: Double, reason: String)] {
    var minimums = stages.map { _ in (seconds: shortestStage, reason: "") }
    let count = stages.count
    for group in controller.groups.indices {
      for first in 0..<count where starts(group, in: first) {
        var run = [first]
        while run.count < count, isGreen(group, in: first + run.count) {
          run.append((first + run.count) % count)
        }
        let last = run[run.count - 1]
        let others = run.dropLast().reduce(0) { $0 + minimums[$1].seconds + changes[$1].duration }
        var needed = controller.groups[group].minimumGreen - others
        var reason =
          "minimum green of \(plainNumber(needed + others)) s of '\(controller.groups[group].name)'"
        if controller.groups[group].kind == .pedestrian {
          let early = earlyEnd(of: last, greens: minimums.map(\.seconds))
          reason =
            "walk of \(plainNumber(needed + others)) s of '\(controller.groups[group].name)' and \(plainNumber(early)) s to clear the crossing"
          // Walking goes on for a moment in its last stage: what starts in it starts beside pedestrians.
          needed = max(needed, 1) + early
        }
        if needed > minimums[last].seconds { minimums[last] = (needed, reason) }
      }
    }
    return minimums
  }

  /// The rows for stages that last `greens` seconds.
  func intervals(greens: [Double]) -> [SignalInterval] {
    var intervals: [SignalInterval] = []
    for (stage, green) in greens.enumerated() {
      let early = walks(endingIn: stage).isEmpty ? 0 : min(earlyEnd(of: stage, greens: greens), green)
      if early < green {
        intervals.append(SignalInterval(duration: green - early, states: states(in: stage)))
      }
      if early > 0 {
        intervals.append(SignalInterval(duration: early, states: clearing(stage)))
      }
      intervals += changes[stage].intervals
    }
    return intervals
  }

  private func states(in stage: Int) -> [SignalState] {
    controller.groups.indices.map { group in
      guard isGreen(group, in: stage) else { return .red }
      let yields = stages[stage].contains { controller.conflicts[group][$0].makesRowYield }
      return yields ? .permissiveGreen : .protectedGreen
    }
  }

  /// What is shown at the end of a stage, when its pedestrians' green has ended.
  private func clearing(_ stage: Int) -> [SignalState] {
    var states = states(in: stage)
    for group in walks(endingIn: stage) { states[group] = .red }
    return states
  }
}
