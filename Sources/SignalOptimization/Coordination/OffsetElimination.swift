/// Exact offsets by dynamic programming: node after node is eliminated, and the best that it can do is written
/// down as a cost of its neighbours' offsets.
///
/// Because only differences count, a node with k neighbours takes C^k steps and leaves C^(k−1) numbers: a tree is
/// solved edge by edge, series and parallel links as in Hillier's combination method, and a mesh in the order
/// that keeps k small (at most 3 for 3 × 3 signals). Bertelè and Brioschi (1972), "Nonserial dynamic programming".
struct OffsetElimination {
  /// A cost of the offsets of some nodes: of their differences to the first one's.
  private struct Factor {
    /// Ascending.
    let nodes: [Int]
    /// Row-major over the differences of the other nodes.
    let values: [Double]
  }
  /// What is left to know of an eliminated node: the costs that it took part in, each over the differences of
  /// its other nodes to the first of them, and last the node itself.
  private struct Bucket {
    let node: Int
    let neighbours: [Int]
    let rows: [Rows]
  }
  private struct Rows {
    /// Without the eliminated node; ascending.
    let others: [Int]
    let values: [Double]
  }

  let cycle: Int
  private let graph: OffsetGraph
  private let order: [Int]
  /// Additions and comparisons that a solve takes.
  let steps: Double

  /// - Parameter budget: most steps, an addition and a comparison each.
  /// - Returns: nil when the graph needs more.
  init?(_ graph: OffsetGraph, budget: Double) {
    guard let (order, steps) = Self.order(graph, budget: budget) else { return nil }
    cycle = graph.cycle
    self.graph = graph
    self.order = order
    self.steps = steps
  }

  /// The node with fewest neighbours goes first; of these the first. Nil when that takes too many steps.
  private static func order(_ graph: OffsetGraph, budget: Double) -> (order: [Int], steps: Double)? {
    var neighbours = (0..<graph.nodeCount).map { node in
      Set(graph.edgesOfNode[node].map { graph.neighbour(of: node, along: $0) })
    }
    var left = Set(0..<graph.nodeCount)
    var order: [Int] = []
    var steps = 0.0
    while let next = left.min(by: { (neighbours[$0].count, $0) < (neighbours[$1].count, $1) }) {
      var step = 1.0
      for _ in neighbours[next] { step *= Double(graph.cycle) }
      steps += step
      // Tables of 2^25 numbers fill 256 MB.
      guard steps <= budget, step / Double(graph.cycle) <= Double(1 << 25) else { return nil }
      for node in neighbours[next] {
        neighbours[node].formUnion(neighbours[next])
        neighbours[node].subtract([node, next])
      }
      left.remove(next)
      order.append(next)
    }
    return (order, steps)
  }

  /// The offsets of least cost; 0 for the last node eliminated of each connected part.
  func solve() -> [Int] {
    var factorsOfNode = [[Int]](repeating: [], count: graph.nodeCount)
    var factors: [Factor?] = []
    func add(_ factor: Factor) {
      for node in factor.nodes { factorsOfNode[node].append(factors.count) }
      factors.append(factor)
    }
    for edge in graph.edges { add(Factor(nodes: [edge.a, edge.b], values: edge.costs)) }
    var buckets: [Bucket] = []
    for node in order {
      let own = factorsOfNode[node].filter { factors[$0] != nil }
      let rows = own.compactMap { factors[$0].map { self.rows($0, without: node) } }
      for index in own { factors[index] = nil }
      let neighbours = Set(rows.flatMap(\.others)).sorted()
      let bucket = Bucket(node: node, neighbours: neighbours, rows: rows)
      buckets.append(bucket)
      if neighbours.count > 1 { add(Factor(nodes: neighbours, values: best(bucket))) }
    }
    var offsets = [Int](repeating: 0, count: graph.nodeCount)
    for bucket in buckets.reversed() where !bucket.neighbours.isEmpty {
      offsets[bucket.node] = bestOffset(of: bucket, given: offsets)
    }
    return offsets
  }

  /// A factor's values with `node` as the last axis and the first other node as the reference.
  private func rows(_ factor: Factor, without node: Int) -> Rows {
    let others = factor.nodes.filter { $0 != node }
    let axes = others + [node]
    // Place of each of the factor's nodes among the axes.
    let places = factor.nodes.map { node in axes.firstIndex(of: node) ?? 0 }
    guard places != Array(axes.indices) else { return Rows(others: others, values: factor.values) }
    var values = factor.values
    var digits = [Int](repeating: 0, count: axes.count)
    for index in values.indices {
      // Digits of the index are the axes' offsets, the reference's being 0.
      var rest = index
      for axis in (1..<axes.count).reversed() {
        digits[axis] = rest % cycle
        rest /= cycle
      }
      let reference = digits[places[0]]
      var source = 0
      for place in places.dropFirst() { source = source * cycle + modulo(digits[place] - reference, cycle) }
      values[index] = factor.values[source]
    }
    return Rows(others: others, values: values)
  }

  /// Least cost of the node for all differences of its neighbours' offsets to the first one's.
  private func best(_ bucket: Bucket) -> [Double] {
    let depth = bucket.neighbours.count
    // Costs enter as soon as the last of their nodes has its offset.
    var rowsOfDepth = [[(rows: Rows, places: [Int])]](repeating: [], count: depth)
    for rows in bucket.rows {
      let places = rows.others.map { node in bucket.neighbours.firstIndex(of: node) ?? 0 }
      rowsOfDepth[places[places.count - 1]].append((rows, places))
    }
    var sums = [[Double]](repeating: [Double](repeating: 0, count: cycle), count: depth)
    for (rows, _) in rowsOfDepth[0] {
      for time in 0..<cycle { sums[0][time] += rows.values[time] }
    }
    var results: [Double] = []
    var offsets = [Int](repeating: 0, count: depth)
    func descend(_ level: Int) {
      for offset in 0..<cycle {
        offsets[level] = offset
        guard level == depth - 1, rowsOfDepth[level].count == 1 else {
          sums[level] = sums[level - 1]
          for (rows, places) in rowsOfDepth[level] {
            let (start, turn) = place(places, offsets)
            rows.values.withUnsafeBufferPointer { row in
              sums[level].withUnsafeMutableBufferPointer { sum in
                for time in 0..<turn { sum[time] += row[start + time - turn + cycle] }
                for time in turn..<cycle { sum[time] += row[start + time - turn] }
              }
            }
          }
          if level == depth - 1 { results.append(sums[level].min() ?? 0) } else { descend(level + 1) }
          continue
        }
        let (rows, places) = rowsOfDepth[level][0]
        let (start, turn) = place(places, offsets)
        results.append(leastSum(sums[level - 1], rows.values, start: start, turn: turn))
      }
    }
    results.reserveCapacity(Int(power(cycle, depth - 1)))
    descend(1)
    return results
  }

  /// Where the row of given offsets begins, and how far it is turned.
  private func place(_ places: [Int], _ offsets: [Int]) -> (start: Int, turn: Int) {
    let reference = offsets[places[0]]
    var start = 0
    for place in places.dropFirst() { start = start * cycle + modulo(offsets[place] - reference, cycle) }
    return (start * cycle, reference)
  }

  /// The least sum of `sum` and the row at `start` turned by `turn`.
  private func leastSum(_ sum: [Double], _ row: [Double], start: Int, turn: Int) -> Double {
    sum.withUnsafeBufferPointer { sum in
      row.withUnsafeBufferPointer { row in
        min(
          leastSum(sum, from: 0, to: turn, row, start + cycle - turn),
          leastSum(sum, from: turn, to: cycle, row, start - turn))
      }
    }
  }

  private func leastSum(
    _ sum: UnsafeBufferPointer<Double>, from: Int, to: Int, _ row: UnsafeBufferPointer<Double>, _ shift: Int
  ) -> Double {
    // Four at a time: one comparison need not wait for the other.
    var (a, b, c, d) = (Double.infinity, Double.infinity, Double.infinity, Double.infinity)
    var time = from
    while time + 3 < to {
      a = min(a, sum[time] + row[time + shift])
      b = min(b, sum[time + 1] + row[time + 1 + shift])
      c = min(c, sum[time + 2] + row[time + 2 + shift])
      d = min(d, sum[time + 3] + row[time + 3 + shift])
      time += 4
    }
    while time < to {
      a = min(a, sum[time] + row[time + shift])
      time += 1
    }
    return min(min(a, b), min(c, d))
  }

  /// The node's best offset when its neighbours' are known; of equals the first after the first neighbour's.
  private func bestOffset(of bucket: Bucket, given offsets: [Int]) -> Int {
    let reference = offsets[bucket.neighbours[0]]
    var best = (offset: 0, cost: Double.infinity)
    for time in 0..<cycle {
      let offset = modulo(reference + time, cycle)
      let cost = bucket.rows.reduce(0.0) { sum, rows in
        let first = offsets[rows.others[0]]
        var index = 0
        for other in rows.others.dropFirst() { index = index * cycle + modulo(offsets[other] - first, cycle) }
        return sum + rows.values[index * cycle + modulo(offset - first, cycle)]
      }
      if cost < best.cost { best = (offset, cost) }
    }
    return best.offset
  }

  private func power(_ base: Int, _ exponent: Int) -> Double {
    (0..<exponent).reduce(1) { product, _ in product * Double(base) }
  }
}
