internal import TrafficModel

/// One controller's possible programmes.
struct ControllerChoices: Sendable {
  let splits: ControllerSplits
  /// Best splits by cycle, ascending.
  let sweep: [CycleSplits]
  /// Splits at the common cycles, in their order; nil where the minimums do not fit.
  let atCommonCycles: [CycleSplits?]

  /// The best by the objective, over the cycles of the sweep.
  func best(_ objective: Objective) -> CycleSplits? {
    switch objective {
    case .delay: sweep.min { $0.delay < $1.delay }
    case .reserve:
      sweep.max {
        $0.program.reserveCapacity(stages: $0.stages) < $1.program.reserveCapacity(stages: $1.stages)
      }
    case .throughput:
      sweep.max {
        ($0.program.throughput(stages: $0.stages), -$0.delay) < (
          $1.program.throughput(stages: $1.stages), -$1.delay
        )
      }
    }
  }

  /// The splits whose cycle is nearest to `cycle`.
  func nearest(to cycle: Double) -> CycleSplits? {
    sweep.min { abs($0.cycle - cycle) < abs($1.cycle - cycle) }
  }
}

/// A plan that simulation may choose, and where its splits come from.
struct CandidatePlan: Sendable {
  let plan: TimingPlan
  /// By controller index; nil where the plan keeps or scales the existing programme.
  let splits: [CycleSplits?]
}

/// Makes whole plans of the controllers' choices.
struct PlanAssembly {
  let existing: TimingPlan
  /// By controller index; nil for controllers that stay as they are.
  let choices: [ControllerChoices?]
  let objective: Objective

  /// The plan in which every controller runs what `choose` picks for it, or its existing programme.
  func plan(_ choose: (ControllerChoices) -> CycleSplits?) -> CandidatePlan {
    var plan = existing
    var splits = [CycleSplits?](repeating: nil, count: choices.count)
    for (index, choice) in choices.enumerated() {
      guard let choice, let chosen = choose(choice) else { continue }
      plan.programs[index] = choice.splits.program(of: chosen)
      splits[index] = chosen
    }
    return CandidatePlan(plan: plan, splits: splits)
  }

  /// The existing greens multiplied by one factor, raised where a minimum asks for more.
  func scaled(by factor: Double) -> CandidatePlan {
    var plan = existing
    for (index, choice) in choices.enumerated() {
      guard let structure = choice?.splits.structure else { continue }
      let stages = structure.stages.map { structure.program.intervals[$0].duration * factor }
      let program = structure.program(stages: structure.raised(stages))
      if choice?.splits.cycleBounds.contains(program.cycle) == true { plan.programs[index] = program }
    }
    return CandidatePlan(plan: plan, splits: choices.map { _ in nil })
  }
}

extension ControllerSplits {
  /// The programme with some splits.
  func program(of splits: CycleSplits) -> SignalProgram { structure.program(stages: splits.stages) }

  /// Shortest and longest cycle of the controller, s.
  var cycleBounds: ClosedRange<Double> { network[id].cycleBounds }
}

extension ProgramStructure {
  /// Whole seconds nearest to `stages`, raised until every minimum holds.
  func raised(_ stages: [Double]) -> [Double] {
    var raised = stages.map { max(Self.shortestStage, $0.rounded()) }
    for minimum in minimums {
      let members = self.stages.indices.filter { minimum.intervals.contains(self.stages[$0]) }
      guard let longest = members.max(by: { raised[$0] < raised[$1] }) else { continue }
      let total = members.reduce(fixedTime(of: minimum.intervals)) { $0 + raised[$1] }
      if total < minimum.seconds { raised[longest] += (minimum.seconds - total).rounded(.up) }
    }
    return raised
  }
}
