extension SignalProgram {
  /// The times between the greens of its groups.
  public var clearances: ProgramClearances { ProgramClearances(self) }

  fileprivate func greenPeriods(ofGroup group: Int) -> [GreenPeriod] {
    let runs = runs(ofGroup: group, where: \.isGreen)
    guard runs != [IntervalRun(first: 0, count: intervals.count)] else { return [] }
    return runs.map { run in
      GreenPeriod(
        begin: intervals[..<run.first].reduce(0) { $0 + $1.duration }, length: duration(of: run))
    }
  }
}

/// The times that a programme leaves between the greens of its groups.
public struct ProgramClearances: Sendable {
  /// By group.
  private let greens: [[GreenPeriod]]
  private let cycle: Double

  fileprivate init(_ program: SignalProgram) {
    greens = (program.intervals.first?.states.indices ?? 0..<0).map(program.greenPeriods)
    cycle = program.cycle
  }

  /// Shortest time from the end of a green of group `a` to the next start of a green of group `b`, s, over
  /// the repeating cycle. Starts while `a` is green do not count.
  ///
  /// - Returns: nil when either group is never, or always, green, or when `b` only starts during `a`'s green.
  public func shortest(from a: Int, to b: Int) -> Double? {
    var shortest: Double?
    for start in greens[b] where !greens[a].contains(where: { $0.holds(start.begin, in: cycle) }) {
      for end in greens[a] {
        let gap = wrapped(start.begin - (end.begin + end.length), in: cycle)
        shortest = min(shortest ?? .infinity, gap)
      }
    }
    return shortest
  }
}

/// A green of a group within the cycle.
fileprivate struct GreenPeriod {
  let begin: Double
  let length: Double

  /// Whether `time` lies inside, its begin excluded.
  func holds(_ time: Double, in cycle: Double) -> Bool {
    let since = wrapped(time - begin, in: cycle)
    return since > 0 && since < length
  }
}

/// `time` brought into 0 ..< cycle.
private func wrapped(_ time: Double, in cycle: Double) -> Double {
  let rest = time.truncatingRemainder(dividingBy: cycle)
  // A tiny negative remainder is rounding of a zero gap, not almost a whole cycle.
  if rest < 0 { return rest > -1e-9 ? 0 : rest + cycle }
  return rest
}
