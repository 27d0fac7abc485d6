internal import LinearProgramming
internal import TrafficModel

/// The best timing of a ring-barrier controller at a cycle: orders of the phases, and splits.
///
/// For every order (lead and lag) and every way in which the rings may change after each other or together the split
/// program finds the greens; then single seconds move between phases of a ring, and between barriers in all rings at
/// once, as long as the objective improves. See Documentation/RingBarrier.md.
struct RingSearch {
  let model: RingModel

  /// Visits of barriers; more than two of each hardly ever find more.
  private static let roundsOfBarriers = 3
  /// Seconds of the stages with which a pattern begins.
  private static let firstGreen = 10.0
  /// Smaller gains than this share are rounding noise.
  private static let leastGain = 1e-9

  /// The best timing of whole seconds; nil when the minimums do not fit the cycle.
  func best(cycle: Double) throws(LinearProgramError) -> RingTiming? {
    guard let start = try bestPattern(cycle: cycle) else { return nil }
    return polished(start)
  }

  // MARK: Patterns

  /// How good a choice of patterns is: seconds of cycle that it lacks, then the objective.
  private struct Score: Comparable {
    var lack: Double
    var cost: Double

    static func < (left: Self, right: Self) -> Bool {
      if abs(left.lack - right.lack) > 1e-6 { return left.lack < right.lack }
      return left.cost < right.cost - leastGain * abs(right.cost)
    }
  }

  /// Barrier by barrier, the best pattern with those of the others, until none improves.
  private func bestPattern(cycle: Double) throws(LinearProgramError) -> RingTiming? {
    let patterns = model.rings.barriers.indices.map { barrier in
      RingPattern.all(
        model.rings.orders(
          barrier: barrier, present: model.present.order[barrier],
          mayChange: model.dependsOnOrder))
    }
    var chosen = patterns.map { $0[0] }
    var best = try score(chosen, cycle: cycle)
    // A barrier is visited again only when another one has changed since.
    var unchanged = 0
    for visit in 0..<Self.roundsOfBarriers * patterns.count where unchanged < patterns.count {
      let barrier = visit % patterns.count
      let before = chosen
      for pattern in patterns[barrier] where pattern != chosen[barrier] {
        var other = chosen
        other[barrier] = pattern
        let found = try score(other, cycle: cycle)
        if found.score < best.score { (chosen, best) = (other, found) }
      }
      unchanged = chosen == before ? unchanged + 1 : 1
    }
    return best.timing
  }

  private func timing(_ patterns: [RingPattern]) -> RingTiming {
    var timing = model.present
    timing.order = patterns.map(\.order)
    for pattern in patterns {
      for (phase, split) in pattern.splits(model.rings, green: Self.firstGreen) {
        timing.splits[phase] = split
      }
    }
    return timing
  }

  private func score(
    _ patterns: [RingPattern], cycle: Double
  ) throws(LinearProgramError) -> (score: Score, timing: RingTiming?) {
    let splits = model.splits(of: timing(patterns))
    guard let found = try splits.splits(cycle: cycle),
      let timing = model.timing(of: splits.structure, stages: found.stages), let cost = model.cost(of: timing)
    else { return (Score(lack: max(1, try splits.shortestCycle() - cycle), cost: 0), nil) }
    return (Score(lack: 0, cost: cost), timing)
  }

  // MARK: Single seconds

  private func polished(_ start: RingTiming) -> RingTiming {
    guard var cost = model.cost(of: start) else { return start }
    var timing = start
    var isBetter = true
    while isBetter {
      isBetter = false
      for other in neighbours(of: timing) {
        guard let found = model.cost(of: other), found < cost - Self.leastGain * abs(cost) else { continue }
        (timing, cost, isBetter) = (other, found, true)
        break
      }
    }
    return timing
  }

  /// The timings one second away: from phase to phase in a ring before a barrier, and from barrier to barrier in all
  /// rings at once.
  private func neighbours(of timing: RingTiming) -> [RingTiming] {
    var found: [RingTiming] = []
    func add(_ givers: [Int], _ takers: [Int]) {
      var moved = timing
      for phase in givers { moved.splits[phase] -= 1 }
      for phase in takers { moved.splits[phase] += 1 }
      found.append(moved)
    }
    for segment in timing.order.joined() {
      for giver in segment { for taker in segment where taker != giver { add([giver], [taker]) } }
    }
    // One phase of each ring.
    let choices = timing.order.map { barrier in
      barrier.filter { !$0.isEmpty }.reduce([[]]) { rows, segment in
        rows.flatMap { row in segment.map { row + [$0] } }
      }
    }
    for from in choices.indices {
      for to in choices.indices where to != from {
        for givers in choices[from] { for takers in choices[to] { add(givers, takers) } }
      }
    }
    return found
  }
}
