/// Offsets for signals with a common cycle: the sum over links of a cost that depends on the difference of two
/// offsets is to be small.
///
///     minimize  Σ over links of costs[(θ_to − θ_from) mod count],   θ in whole seconds
///
/// Hillier (1966), "Appendix to Glasgow's experiment in area traffic control", Traffic Engineering and Control 7.
struct OffsetProblem: Hashable, Sendable {
  /// A cost of the difference of two nodes' offsets.
  struct Link: Hashable, Sendable {
    /// A node.
    var from: Int
    /// The other node.
    var to: Int
    /// By θ_to − θ_from, whole seconds from 0: as many as the cycles of both nodes have in common.
    var costs: [Double]
  }
  /// The common cycle, s.
  let cycle: Int
  /// By node: its own cycle, s, a divisor of the common one; a node with half of it repeats twice.
  let cycles: [Int]
  /// By node: the offset that it must keep, s; nil where it is free.
  let fixed: [Int?]
  /// The links; several may join the same nodes.
  let links: [Link]

  /// - Precondition: nodes' cycles divide `cycle`; a link has as many costs as divide its nodes' cycles.
  init(cycle: Int, cycles: [Int], fixed: [Int?]? = nil, links: [Link]) {
    precondition(cycle > 0 && cycles.allSatisfy { $0 > 0 && cycle % $0 == 0 }, "cycles divide the common one")
    precondition(
      links.allSatisfy { link in
        !link.costs.isEmpty && cycles[link.from] % link.costs.count == 0
          && cycles[link.to] % link.costs.count == 0
      }, "costs repeat with both nodes")
    self.cycle = cycle
    self.cycles = cycles
    self.fixed = fixed ?? cycles.map { _ in nil }
    self.links = links
  }

  /// The sum of the links' costs.
  func cost(of offsets: [Int]) -> Double {
    links.reduce(0) { $0 + $1.costs[modulo(offsets[$1.to] - offsets[$1.from], $1.costs.count)] }
  }
}

/// Offsets, and what is proven about them.
struct OffsetSolution: Hashable, Sendable {
  /// By node, s, from 0 to below the node's cycle. In each connected part without a fixed offset the first node
  /// has 0.
  var offsets: [Int]
  /// The sum of the links' costs.
  var objective: Double
  /// No offsets have a smaller sum.
  var bound: Double

  /// (objective − bound) / |objective|: 0 is a proof of optimality.
  var gap: Double { max(0, objective - bound) / max(abs(objective), 1e-9) }
}

/// `number` brought into 0 ..< count.
func modulo(_ number: Int, _ count: Int) -> Int {
  let rest = number % count
  return rest < 0 ? rest + count : rest
}

/// What both numbers, above 0, can be divided by.
func greatestCommonDivisor(_ a: Int, _ b: Int) -> Int { b == 0 ? a : greatestCommonDivisor(b, a % b) }
