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
        "junction '\(name)': the cycle is \(Self.words(cycle)) s, it must be in \(Self.words(bounds.lowerBound)) … \(Self.words(bounds.upperBound)) s"
      ])
    }
    let reason =
      options.maximumChange.map { "with changes of at most \(Self.words($0)) s, " } ?? ""
    if let rings = network[id].rings, cycle < rings.shortestCycle {
      return InfeasibleJunctions(reasons: [
        "junction '\(name)': minimum splits need \(Self.words(rings.shortestCycle)) s, the cycle is \(Self.words(cycle)) s"
      ])
    }
    guard shortest.isFinite else {
      return InfeasibleJunctions(reasons: ["junction '\(name)': \(reason)its minimums cannot all be kept"])
    }
    return InfeasibleJunctions(reasons: [
      "junction '\(name)': \(reason)minimum greens, walks and intergreens need \(Self.words(shortest)) s, the cycle is \(Self.words(cycle)) s"
    ])
  }

  /// Seconds as people write them: tenths at most, rounded up, since what is needed is needed.
  private static func words(_ seconds: Double) -> String {
    let tenths = (seconds * 10 - 1e-6).rounded(.up) / 10
    return tenths == tenths.rounded() && abs(tenths) < 1e9 ? String(Int(tenths)) : String(tenths)
  }
}
