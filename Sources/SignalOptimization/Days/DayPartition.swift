/// What candidate plans cost in consecutive slices of a day, summed up for any run of slices.
struct SliceCosts: Sendable {
  /// By candidate: sums of the first 0, 1, 2 … slices.
  private let sums: [[Double]]
  /// How many slices there are.
  let sliceCount: Int

  /// - Parameter costs: candidates × slices; at least one candidate.
  init(_ costs: [[Double]]) {
    sliceCount = costs[0].count
    sums = costs.map { costs in
      var sum = 0.0
      return [0]
        + costs.map { cost in
          sum += cost
          return sum
        }
    }
  }

  /// The cheapest candidate for a run of slices, the first of equals, with its cost.
  func cheapest(in slices: Range<Int>) -> (candidate: Int, cost: Double) {
    var best = (candidate: 0, cost: Double.infinity)
    for (index, sums) in sums.enumerated() {
      let cost = sums[slices.upperBound] - sums[slices.lowerBound]
      if cost < best.cost { best = (index, cost) }
    }
    return best
  }
}

/// A day cut into segments with one candidate plan each, so that the costs of all slices together are least.
///
/// A shortest path: the cheapest way to reach the end of slice j with k segments continues a cheapest way to the
/// begin of its last segment with k − 1. Exact for the costs given (Bellman 1961, "On the approximation of curves by
/// line segments using dynamic programming", is the same recursion for curves).
struct DayPartition: Hashable, Sendable {
  /// Consecutive slices with one plan.
  struct Segment: Hashable, Sendable {
    var slices: Range<Int>
    var candidate: Int
  }
  /// In order of time; together all slices.
  var segments: [Segment]
  /// Sum over the segments.
  var cost: Double

  /// For each number of segments from 1 to `most`, the cheapest way to cut the day into so many or fewer.
  ///
  /// Costs never grow along the list.
  /// - Parameter isLongEnough: whether a run of slices may be a segment; asked for all but the whole day.
  /// - Complexity: O(slices² × (candidates + most)).
  static func all(
    of costs: SliceCosts, most: Int, isLongEnough: (Range<Int>) -> Bool
  ) -> [DayPartition] {
    let count = costs.sliceCount
    let whole = costs.cheapest(in: 0..<count)
    var found = [
      DayPartition(
        segments: [Segment(slices: 0..<count, candidate: whole.candidate)], cost: whole.cost)
    ]
    var steps: [(from: Int, to: Int, candidate: Int, cost: Double)] = []
    for to in 1...count {
      for from in 0..<to where isLongEnough(from..<to) {
        let (candidate, cost) = costs.cheapest(in: from..<to)
        steps.append((from, to, candidate, cost))
      }
    }
    // reach[k][j]: the cheapest way to cover the first j slices with k + 1 segments, by its last step.
    var reach: [[(cost: Double, step: Int)]] = []
    for number in 0..<max(1, most) {
      var row = [(cost: Double, step: Int)](repeating: (.infinity, -1), count: count + 1)
      for (index, step) in steps.enumerated() {
        let before = number == 0 ? (step.from == 0 ? 0 : .infinity) : reach[number - 1][step.from].cost
        if before + step.cost < row[step.to].cost { row[step.to] = (before + step.cost, index) }
      }
      reach.append(row)
      guard number > 0 else { continue }
      var best = found[number - 1]
      if row[count].cost < best.cost {
        best = DayPartition(segments: [], cost: row[count].cost)
        var (end, level) = (count, number)
        while level >= 0 {
          let step = steps[reach[level][end].step]
          best.segments.insert(Segment(slices: step.from..<step.to, candidate: step.candidate), at: 0)
          (end, level) = (step.from, level - 1)
        }
      }
      found.append(best)
    }
    return found
  }

  /// Of partitions as `all` gives them, the one with the least cost when each change of plan costs `changeCost`, the
  /// one with fewer segments where two cost the same.
  static func cheapest(of partitions: [DayPartition], changeCost: Double) -> DayPartition {
    partitions.dropFirst().reduce(partitions[0]) { best, next in
      func total(_ partition: DayPartition) -> Double {
        partition.cost + Double(partition.segments.count - 1) * changeCost
      }
      return total(next) < total(best) ? next : best
    }
  }
}
