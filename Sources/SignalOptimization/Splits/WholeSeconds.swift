internal import TrafficModel

/// Rounding: whole-second stages whose sum is exactly the cycle less the lost time.
extension SplitProgram {
  /// The best whole-second stages near `stages`; nil when none keeps every minimum.
  ///
  /// Largest remainders first (Hamilton's method), then single seconds move from stage to stage as long as
  /// that heals a broken minimum or betters the objective. For a convex objective no such move is left
  /// only at an optimum up to exchanges of several seconds at once.
  func wholeSeconds(near stages: [Double], objective: Objective) -> [Double]? {
    wholeSeconds(near: stages) { cost(stages: $0, objective: objective) }
  }

  /// The whole-second stages near `stages` that make `cost` small; nil when none keeps every minimum.
  func wholeSeconds(near stages: [Double], cost: ([Double]) -> Double) -> [Double]? {
    var current = largestRemainders(stages)
    var score = score(current, cost)
    while let better = bestMove(from: current, score: score, cost: cost) {
      current = better.stages
      score = better.score
    }
    return score.shortfall <= 1e-9 ? current : nil
  }

  /// Seconds that minimums lack, then a cost to make small.
  private struct Score: Comparable {
    var shortfall: Double
    var cost: Double

    static func < (left: Self, right: Self) -> Bool {
      if abs(left.shortfall - right.shortfall) > 1e-9 { return left.shortfall < right.shortfall }
      // Smaller gains than this are rounding noise and could move a second to and fro for ever.
      return left.cost < right.cost - 1e-12 * max(1, abs(right.cost))
    }
  }

  private func score(_ stages: [Double], _ cost: ([Double]) -> Double) -> Score {
    let durations = structure.durations(stages: stages)
    let shortfall = structure.minimums.reduce(0) { sum, minimum in
      sum + max(0, minimum.seconds - minimum.intervals.reduce(0) { $0 + durations[$1] })
    }
    let outside = zip(stages, stageBounds).reduce(0) {
      $0 + max(0, $1.1.lowerBound - $1.0) + max(0, $1.0 - $1.1.upperBound)
    }
    return Score(shortfall: shortfall + outside, cost: cost(stages))
  }

  /// What an objective makes small, for given stage durations.
  func cost(stages: [Double], objective: Objective) -> Double {
    switch objective {
    case .delay: delay(stages: stages) + Self.excessDelay * excess(stages: stages)
    case .reserve: -reserveCapacity(stages: stages)
    case .throughput: -throughput(stages: stages) - Self.reserveWeight * reserveCapacity(stages: stages)
    }
  }

  private func largestRemainders(_ stages: [Double]) -> [Double] {
    var whole = stages.map { $0.rounded(.down) }
    let total = cycle - structure.lostTime
    let order = stages.indices.sorted { (stages[$0] - whole[$0], -$0) > (stages[$1] - whole[$1], -$1) }
    var rest = total - whole.reduce(0, +)
    var next = 0
    while rest > 0.5 {
      whole[order[next % order.count]] += 1
      rest -= 1
      next += 1
    }
    // What is left is the fraction of a lost time that is not whole; one stage takes it.
    if let last = whole.indices.last { whole[last] += rest }
    return whole
  }

  private func bestMove(
    from stages: [Double], score: Score, cost: ([Double]) -> Double
  ) -> (stages: [Double], score: Score)? {
    var best: (stages: [Double], score: Score)?
    for giver in stages.indices where stages[giver] - 1 >= ProgramStructure.shortestStage {
      for taker in stages.indices where taker != giver {
        var moved = stages
        moved[giver] -= 1
        moved[taker] += 1
        let movedScore = self.score(moved, cost)
        if movedScore < best?.score ?? score { best = (moved, movedScore) }
      }
    }
    return best
  }
}
