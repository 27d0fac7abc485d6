internal import LinearProgramming
internal import TrafficModel

extension ControllerSplits {
  /// Largest factor by which all demand can grow under a programme of this structure.
  func reserveCapacity(of program: SignalProgram) -> Double {
    let stages = structure.stages.map { program.intervals[$0].duration }
    return self.program(cycle: program.cycle, stages: stages).reserveCapacity(stages: stages)
  }

  /// Why no splits fit a cycle, in words of traffic.
  func explanation(cycle: Double) throws(LinearProgramError) -> InfeasibleJunctions {
    let shortest = try shortestCycle()
    let name = network[id].name
    let bounds = network[id].cycleBounds
    guard bounds.contains(cycle) else {
      return InfeasibleJunctions(reasons: [
        "junction '\(name)': the cycle is \(cycle) s, it must be in \(bounds.lowerBound) … \(bounds.upperBound) s"
      ])
    }
    let reason =
      options.maximumChange.map { "with changes of at most \($0) s, " } ?? ""
    if let rings = network[id].rings, cycle < rings.shortestCycle {
      return InfeasibleJunctions(reasons: [
        "junction '\(name)': minimum splits need \(rings.shortestCycle) s, the cycle is \(cycle) s"
      ])
    }
    guard shortest.isFinite else {
      return InfeasibleJunctions(reasons: ["junction '\(name)': \(reason)its minimums cannot all be kept"])
    }
    return InfeasibleJunctions(reasons: [
      "junction '\(name)': \(reason)minimum greens, walks and intergreens need \(shortest) s, the cycle is \(cycle) s"
    ])
  }
}
