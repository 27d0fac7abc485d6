internal import SignalOptimization
internal import TrafficModel
internal import TrafficSimulation

extension OptimizationReport {
  /// What each step of the work came to; empty where there was nothing to do.
  var stepTable: [String] {
    guard result.steps.count > 1, let first = result.steps.first else { return [] }
    var table = TextTable([.left(), .right(), .right(), .left(gap: 1)])
    table.add(["step", "total delay, veh·h"] + (presentControl.isPlayed ? ["change"] : []))
    for step in result.steps {
      let hours = step.totalDelay.mean / Quantities.secondsPerHour
      let name = step == first && !presentControl.isPlayed ? "stand-in" : step.kind.name
      var cells = [name, NumberText.fixed(hours, decimals: 1)]
      if step != first, first.totalDelay.mean > 0, presentControl.isPlayed {
        let percent = 100 / first.totalDelay.mean
        cells.append(
          Measure.totalDelayHours.painted(
            NumberText.percentChange(percent * step.difference.mean), change: step.difference))
        cells.append(NumberText.plusMinus(percent * step.difference.halfWidth, decimals: 1))
      }
      table.add(cells)
    }
    guard first.seeds < result.comparison.seeds.count else { return table.lines }
    // The sign was open, and only the comparison was played on.
    return table.lines + ["Steps over the first \(first.seeds) of the seeds."]
  }
}

extension OptimizationStep.Kind {
  /// What reports call it.
  var name: String {
    switch self {
    case .existing: "existing plan"
    case .cyclesAndSplits: "cycles and splits"
    case .stages: "stages"
    case .stagesCyclesAndSplits: "stages, cycles and splits"
    case .fullLinkGreens: "greens for full links"
    case .groupsAndOffsets: "groups and offsets"
    case .refinement: "refinement"
    case .splitsAtOneCycle: "splits at one cycle"
    case .greenWaves: "green waves"
    }
  }
}
