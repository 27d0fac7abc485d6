/// Good offsets for large meshes: block-coordinate descent, each block a forest of signals that is solved exactly
/// while the others stand still.
struct OffsetDescent {
  let graph: OffsetGraph

  /// The best offsets of the spanning forest of the edges that have most to gain (Kruskal), where each of its
  /// edges gets its least cost.
  func spanningForest() -> [Int] {
    let gains = graph.edges.map(\.gain)
    let order = graph.edges.indices.sorted { (-gains[$0], $0) < (-gains[$1], $1) }
    var part = Array(0..<graph.nodeCount)
    var members = (0..<graph.nodeCount).map { [$0] }
    var offsets = [Int](repeating: 0, count: graph.nodeCount)
    for index in order {
      let edge = graph.edges[index]
      guard part[edge.a] != part[edge.b] else { continue }
      let best = edge.costs.indices.min { edge.costs[$0] < edge.costs[$1] } ?? 0
      // The smaller part moves as a whole, so that the edge has its least cost.
      let isFirstLarger = members[part[edge.a]].count >= members[part[edge.b]].count
      let (stays, moves) = isFirstLarger ? (part[edge.a], part[edge.b]) : (part[edge.b], part[edge.a])
      let error = best - (offsets[edge.b] - offsets[edge.a])
      let shift = isFirstLarger ? error : -error
      for node in members[moves] {
        offsets[node] = modulo(offsets[node] + shift, graph.cycle)
        part[node] = stays
      }
      members[stays] += members[moves]
      members[moves] = []
    }
    return offsets
  }

  /// Most rounds over all seeds of blocks.
  private static let rounds = 20
  /// A gain below this share of the costs is rounding.
  private static let leastGain = 1e-9

  /// Offsets that no block of the ones tried betters, from `start` on.
  func improved(_ start: [Int]) -> [Int] {
    var offsets = start
    var cost = graph.cost(of: offsets)
    let blocks = (0..<graph.nodeCount).filter { !graph.edgesOfNode[$0].isEmpty }.map(forest)
    for _ in 0..<Self.rounds {
      let before = cost
      for block in blocks {
        let restricted = graph.restricted(to: block, at: offsets)
        guard let elimination = OffsetElimination(restricted, budget: .infinity) else { continue }
        let best = elimination.solve()
        var moved = offsets
        for (index, node) in block.enumerated() {
          moved[node] = modulo(best[index + 1] - best[0], graph.cycle)
        }
        let movedCost = graph.cost(of: moved)
        if movedCost < cost - Self.leastGain * abs(cost) { (offsets, cost) = (moved, movedCost) }
      }
      if cost >= before - Self.leastGain * abs(before) { break }
    }
    return offsets
  }

  /// Most signals of a block: what lies further away hardly matters to each other, and blocks overlap.
  private static let blockSize = 60

  /// A set of nodes around `seed` without a circle among themselves, nearest first.
  private func forest(around seed: Int) -> [Int] {
    // Part of the forest that a node belongs to; nil outside it.
    var part = [Int?](repeating: nil, count: graph.nodeCount)
    var block: [Int] = []
    var isSeen = [Bool](repeating: false, count: graph.nodeCount)
    var queue = [seed]
    isSeen[seed] = true
    var next = 0
    while next < queue.count, block.count < Self.blockSize {
      let node = queue[next]
      next += 1
      let neighbours = graph.edgesOfNode[node].map { graph.neighbour(of: node, along: $0) }
      let parts = neighbours.compactMap { part[$0] }
      if Set(parts).count == parts.count {
        for other in block where parts.contains(part[other] ?? -1) { part[other] = node }
        part[node] = node
        block.append(node)
      }
      for neighbour in neighbours where !isSeen[neighbour] {
        isSeen[neighbour] = true
        queue.append(neighbour)
      }
    }
    return block
  }
}
