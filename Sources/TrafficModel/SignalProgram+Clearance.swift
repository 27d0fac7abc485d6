extension SignalProgram {
  /// The times between the greens of its groups.
  public var clearances: ProgramClearances { ProgramClearances(self) }
}

/// The times that a programme leaves between the greens of its groups.
public struct ProgramClearances: Sendable {
  /// By group; none for those that are always green.
  private let greens: [[GreenSpan]]
  private let cycle: Double

  fileprivate init(_ program: SignalProgram) {
    let cycle = program.cycle
    self.cycle = cycle
    greens = (program.intervals.first?.states.indices ?? 0..<0).map { group in
      let runs = program.runs(ofGroup: group, where: \.isGreen)
      guard runs != [IntervalRun(first: 0, count: program.intervals.count)] else { return [] }
      return program.greens(ofGroup: group)
    }
  }

  /// Shortest time from the end of a green of group `a` to the next start of a green of group `b`, s, over
  /// the repeating cycle. Starts while `a` is green do not count.
  ///
  /// - Returns: nil when either group is never, or always, green, or when `b` only starts during `a`'s green.
  public func shortest(from a: Int, to b: Int) -> Double? {
    var shortest: Double?
    for start in greens[b] where !greens[a].contains(where: { $0.holds(start.begin, in: cycle) }) {
      for end in greens[a] {
        shortest = min(shortest ?? .infinity, (start.begin - end.end).wrapped(in: cycle))
      }
    }
    return shortest
  }
}

extension GreenSpan {
  /// Whether `time` lies inside, its begin excluded.
  fileprivate func holds(_ time: Double, in cycle: Double) -> Bool {
    let since = (time - begin).positiveRemainder(cycle)
    return since > 0 && since < length
  }
}
