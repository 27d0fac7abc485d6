internal import TrafficModel

/// Which stages each successor of an interval leads to: every stage counts for the successor that reaches it soonest.
struct ActuatedSuccessors {
  private let actuation: StageActuation
  /// By interval; empty where there is nothing to choose.
  private var found: [[(next: Int, stages: [Int])]] = []

  init(_ actuation: StageActuation) {
    self.actuation = actuation
    found = actuation.intervals.indices.map { index in
      actuation.intervals[index].successors.count > 1 ? stagesReached(from: index) : []
    }
  }

  /// The successors of an interval in order, with the stages that they lead to.
  func stages(from interval: Int) -> [(next: Int, stages: [Int])] { found[interval] }

  private func stagesReached(from interval: Int) -> [(next: Int, stages: [Int])] {
    let nexts = actuation.intervals[interval].successors
    let reached = nexts.map { times(over: $0, from: interval) }
    return nexts.indices.map { place in
      let stages = actuation.intervals.indices.filter { stage in
        guard let time = reached[place][stage] else { return false }
        return nexts.indices.allSatisfy { other in
          guard let others = reached[other][stage] else { return true }
          return (time, nexts[place], place) <= (others, nexts[other], other)
        }
      }
      return (nexts[place], stages)
    }
  }

  /// The least seconds of transitions to each stage that can be reached over `next`, and not through `origin`.
  private func times(over next: Int, from origin: Int) -> [Double?] {
    var times = [Double?](repeating: nil, count: actuation.intervals.count)
    var open = [(next: next, seconds: 0.0)]
    // First in, first out: no stage is looked at more often than there are stages.
    var place = 0
    while place < open.count {
      let (stage, transition) = stageBehind(open[place].next)
      let time = open[place].seconds + transition
      place += 1
      if stage == origin { continue }
      if let known = times[stage], known <= time { continue }
      times[stage] = time
      open += actuation.intervals[stage].successors.map { ($0, time) }
    }
    return times
  }

  /// The first stage from an interval on, and the seconds before it; the first interval where none comes.
  private func stageBehind(_ interval: Int) -> (stage: Int, seconds: Double) {
    var (stage, seconds) = (interval, 0.0)
    for _ in actuation.intervals {
      if actuation.intervals[stage].isStage { return (stage, seconds) }
      seconds += actuation.intervals[stage].usual
      stage = actuation.intervals[stage].successors.first { $0 != stage } ?? stage
    }
    return actuation.intervals[stage].isStage ? (stage, seconds) : (0, 0)
  }
}
