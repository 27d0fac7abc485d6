/// How far a solve of an offset problem may go, in steps and not in seconds, so that results do not depend on the
/// machine. A step is an addition and a comparison, about 1 ns in an optimized build.
struct OffsetEffort: Hashable, Sendable {
  /// Exact solves of at most so many steps are made at once; before longer ones, descent and a bound are tried,
  /// which often meet.
  var direct = 2e7
  /// Most steps of an exact solve; problems that need more are left to descent.
  var exact = 1e9
  /// Most steps for the bound of problems solved by descent.
  var bound = 2e9
  /// Most starting points of the descent, the best first.
  var descents = 2

  /// Good offsets at once, without a proof where none comes cheaply.
  static let quick = OffsetEffort(exact: 2e7, bound: 0, descents: 1)
}

extension OffsetProblem {
  /// The best offsets: exact, with a gap of 0, where elimination does it within the effort allowed (trees and
  /// arterials of any size, meshes of up to 4 × 4 signals and whatever else is narrow); otherwise descent over
  /// forests, and a bound from the circles of the mesh, which is a proof where the two meet.
  ///
  /// - Parameter start: offsets to start the descent from, beside its own; never worse than these.
  func solve(effort: OffsetEffort = OffsetEffort(), start: [Int]? = nil) -> OffsetSolution {
    let graph = graph()
    let elimination = OffsetElimination(graph, budget: effort.exact)
    if let elimination, elimination.steps <= effort.direct {
      return solution(elimination.solve(), bound: nil, in: graph)
    }
    let descent = OffsetDescent(graph: graph)
    let starts = [descent.spanningForest()] + (start.map { [moved($0, in: graph)] } ?? [])
    let best = starts.sorted { graph.cost(of: $0) < graph.cost(of: $1) }.prefix(effort.descents)
    let ends = best.map { descent.improved($0) }
    let moving = ends.min { graph.cost(of: $0) < graph.cost(of: $1) } ?? starts[0]
    var circles = OffsetCircleBound(graph)
    let bound = circles.raised(
      to: graph.cost(of: moving), budget: min(effort.bound, elimination?.steps ?? .infinity))
    let found = solution(moving, bound: bound, in: graph)
    guard let elimination, found.gap > Self.closed else { return found }
    return solution(elimination.solve(), bound: nil, in: graph)
  }

  /// A gap that is nothing but rounding.
  private static let closed = 1e-9

  /// - Parameter bound: nil for offsets that are proven to be the best.
  private func solution(_ moving: [Int], bound: Double?, in graph: OffsetGraph) -> OffsetSolution {
    let offsets = offsets(moving, in: graph)
    let objective = cost(of: offsets)
    return OffsetSolution(offsets: offsets, objective: objective, bound: min(bound ?? objective, objective))
  }

  /// The graph of the free nodes, in order, and of one node for all fixed ones, last.
  private func graph() -> OffsetGraph {
    let numbers = numbers
    var graph = OffsetGraph(cycle: cycle, nodeCount: numbers.count - fixedCount + (fixedCount > 0 ? 1 : 0))
    for link in links {
      graph.add(
        from: numbers[link.from], to: numbers[link.to],
        shift: (fixed[link.to] ?? 0) - (fixed[link.from] ?? 0), costs: link.costs)
    }
    return graph
  }

  private var fixedCount: Int { fixed.reduce(0) { $0 + ($1 == nil ? 0 : 1) } }

  /// By node: its number in the graph.
  private var numbers: [Int] {
    let last = fixed.count - fixedCount
    var next = 0
    return fixed.map { offset in
      guard offset == nil else { return last }
      defer { next += 1 }
      return next
    }
  }

  private func moved(_ offsets: [Int], in graph: OffsetGraph) -> [Int] {
    var moving = [Int](repeating: 0, count: graph.nodeCount)
    for (node, number) in numbers.enumerated() where fixed[node] == nil { moving[number] = offsets[node] }
    return moving
  }

  /// Offsets by node, brought to their reference: the fixed nodes, or each connected part's first.
  private func offsets(_ moving: [Int], in graph: OffsetGraph) -> [Int] {
    var reference = [Int?](repeating: nil, count: graph.nodeCount)
    let hasFixed = fixedCount > 0
    let heads = (hasFixed ? [graph.nodeCount - 1] : []) + Array(0..<graph.nodeCount)
    for head in heads where reference[head] == nil {
      var stack = [head]
      reference[head] = moving[head]
      while let node = stack.popLast() {
        for edge in graph.edgesOfNode[node] {
          let other = graph.neighbour(of: node, along: edge)
          guard reference[other] == nil else { continue }
          reference[other] = moving[head]
          stack.append(other)
        }
      }
    }
    return numbers.enumerated().map { node, number in
      fixed[node] ?? modulo(moving[number] - (reference[number] ?? 0), cycles[node])
    }
  }
}
