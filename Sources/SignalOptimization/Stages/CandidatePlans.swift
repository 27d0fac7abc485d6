internal import TrafficModel

/// One controller's possible programmes, from one or several stage sequences.
struct ControllerChoices: Sendable {
  /// The existing stages first, then what the stage choice proposes.
  let structures: [ControllerSplits]
  /// Best splits by cycle, ascending in cycle within each structure.
  let sweep: [CycleSplits]
  /// For each common cycle, the splits of every structure whose minimums fit, the existing one first.
  let atCommonCycles: [[CycleSplits]]

  /// Largest degree of saturation of turns that wait for gaps.
  let turnSaturationLimit: Double

  /// The existing stages.
  var existing: ControllerSplits { structures[0] }

  /// The best of `candidates` by the objective; those whose turns find enough gaps come before the others.
  func best(of candidates: [CycleSplits], _ objective: Objective) -> CycleSplits? {
    let safe = candidates.filter { $0.turnSaturation <= turnSaturationLimit }
    let candidates = safe.isEmpty ? candidates : safe
    return switch objective {
    case .delay:
      candidates.min { $0.delay < $1.delay }
    case .reserve:
      candidates.max {
        $0.program.reserveCapacity(stages: $0.stages) < $1.program.reserveCapacity(stages: $1.stages)
      }
    case .throughput:
      candidates.max {
        ($0.program.throughput(stages: $0.stages), -$0.delay) < (
          $1.program.throughput(stages: $1.stages), -$1.delay
        )
      }
    }
  }

  /// The splits whose cycle is nearest to `cycle`.
  static func nearest(to cycle: Double, among candidates: [CycleSplits]) -> CycleSplits? {
    candidates.min { abs($0.cycle - cycle) < abs($1.cycle - cycle) }
  }
}

/// Makes settings of the whole network from the controllers' choices.
struct PlanAssembly {
  let existing: PlanSetting
  /// By controller index; nil for controllers that stay as they are.
  let choices: [ControllerChoices?]

  /// The settings in which every controller runs what `choose` picks for it, or its existing programme.
  func setting(_ choose: (ControllerChoices) -> CycleSplits?) -> PlanSetting {
    var setting = existing
    for (index, choice) in choices.enumerated() {
      guard let choice, let chosen = choose(choice) else { continue }
      setting.controllers[index] = ControllerSetting(chosen, offset: existing.controllers[index].offset)
    }
    return setting
  }

  /// The existing greens multiplied by one factor, raised where a minimum asks for more.
  func scaled(by factor: Double) -> PlanSetting {
    var setting = existing
    for (index, choice) in choices.enumerated() {
      guard let splits = choice?.existing else { continue }
      let structure = splits.structure
      var scaled = existing.controllers[index]
      scaled.stages = structure.raised(scaled.stages.map { $0 * factor })
      if splits.cycleBounds.contains(scaled.cycle) { setting.controllers[index] = scaled }
    }
    return setting
  }
}

extension ControllerSplits {
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
