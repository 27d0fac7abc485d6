/// An offset problem in its simplest form: nothing fixed, one edge at most between two nodes, every table over
/// the whole cycle. Then only differences count, so a common shift of all offsets changes nothing.
struct OffsetGraph {
  /// Cost of the difference of two nodes' offsets.
  struct Edge {
    let a: Int
    /// Above `a`.
    let b: Int
    /// By θ_b − θ_a, `cycle` of them.
    var costs: [Double]
    /// Mean less least cost: what it loses with random offsets.
    var gain: Double { costs.reduce(0, +) / Double(costs.count) - (costs.min() ?? 0) }
  }
  /// s.
  let cycle: Int
  let nodeCount: Int
  private(set) var edges: [Edge] = []
  /// Costs of links between nodes that cannot move against each other.
  private(set) var constant = 0.0
  /// By node: positions of its edges.
  private(set) var edgesOfNode: [[Int]]
  private var positions: [Pair: Int] = [:]

  private struct Pair: Hashable {
    let a: Int
    let b: Int
  }

  init(cycle: Int, nodeCount: Int) {
    self.cycle = cycle
    self.nodeCount = nodeCount
    edgesOfNode = [[Int]](repeating: [], count: nodeCount)
  }

  /// Adds the cost of θ_to − θ_from + shift.
  mutating func add(from: Int, to: Int, shift: Int, costs: [Double]) {
    let count = costs.count
    guard from != to else {
      constant += costs[modulo(shift, count)]
      return
    }
    let pair = Pair(a: min(from, to), b: max(from, to))
    let position: Int
    if let known = positions[pair] {
      position = known
    } else {
      position = edges.count
      positions[pair] = position
      edges.append(Edge(a: pair.a, b: pair.b, costs: [Double](repeating: 0, count: cycle)))
      edgesOfNode[from].append(position)
      edgesOfNode[to].append(position)
    }
    for difference in 0..<cycle {
      let own = from < to ? difference : -difference
      edges[position].costs[difference] += costs[modulo(own + shift, count)]
    }
  }

  /// The node at the other end of an edge.
  func neighbour(of node: Int, along edge: Int) -> Int {
    edges[edge].a == node ? edges[edge].b : edges[edge].a
  }

  func cost(of offsets: [Int]) -> Double {
    edges.reduce(constant) { $0 + $1.costs[modulo(offsets[$1.b] - offsets[$1.a], cycle)] }
  }

  /// The same costs while only `block` may move; the others stand still together as node 0, the block's nodes
  /// follow in order. Offsets of its nodes count from node 0's.
  func restricted(to block: [Int], at offsets: [Int]) -> OffsetGraph {
    var number = [Int](repeating: 0, count: nodeCount)
    for (index, node) in block.enumerated() { number[node] = index + 1 }
    var graph = OffsetGraph(cycle: cycle, nodeCount: block.count + 1)
    graph.constant = constant
    for edge in edges {
      // A free node's own offset is the variable; a standing one's is added to the shift.
      let shift = (number[edge.b] == 0 ? offsets[edge.b] : 0) - (number[edge.a] == 0 ? offsets[edge.a] : 0)
      graph.add(from: number[edge.a], to: number[edge.b], shift: shift, costs: edge.costs)
    }
    return graph
  }
}
