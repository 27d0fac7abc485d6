/// A lower bound on the costs of offsets in a mesh: the linear relaxation in which every circle of links must
/// close, but the circles need not agree on more than each link's difference.
///
/// Every edge's costs are shared out among the circles that hold it; the circles' least costs, each found exactly
/// by min-plus convolution, add up to a bound, whatever the shares. Edge by edge the shares are set so that all
/// circles value its differences alike, which never lowers the bound (block-coordinate ascent of the Lagrangian
/// dual: Globerson and Jaakkola 2007, "Fixing max-product", NIPS 20; Wainwright et al. 2005).
struct OffsetCircleBound {
  /// A step along an edge.
  private struct Step: Hashable {
    let edge: Int
    /// Whether from `a` to `b`.
    let isForward: Bool
  }
  private let graph: OffsetGraph
  private var circles: [[Step]] = []
  /// By circle and step: its share of the edge's costs, by difference along the edge.
  private var shares: [[[Double]]] = []
  /// By edge: the circles and steps that hold it.
  private var places: [[(circle: Int, step: Int)]]

  init(_ graph: OffsetGraph) {
    self.graph = graph
    places = [[(circle: Int, step: Int)]](repeating: [], count: graph.edges.count)
    var known: Set<[Int]> = []
    for middle in 0..<graph.nodeCount {
      let around = graph.edgesOfNode[middle]
      for (index, first) in around.enumerated() {
        for second in around[(index + 1)...] {
          guard let circle = circle(through: first, middle, second) else { continue }
          guard known.insert(circle.map(\.edge).sorted()).inserted else { continue }
          for (step, edge) in circle.enumerated() { places[edge.edge].append((circles.count, step)) }
          circles.append(circle)
        }
      }
    }
    shares = circles.map { circle in
      circle.map { step in
        graph.edges[step.edge].costs.map { $0 / Double(places[step.edge].count) }
      }
    }
  }

  /// Longer circles bind little and cost much.
  private static let longestCircle = 12

  /// The shortest circle that passes `middle` by two of its edges.
  private func circle(through first: Int, _ middle: Int, _ second: Int) -> [Step]? {
    let start = graph.neighbour(of: middle, along: second)
    let goal = graph.neighbour(of: middle, along: first)
    var arrival: [Int: Int] = [start: second]
    var frontier = [start]
    var length = 2
    while arrival[goal] == nil, !frontier.isEmpty, length < Self.longestCircle {
      length += 1
      var next: [Int] = []
      for node in frontier {
        for edge in graph.edgesOfNode[node] {
          let other = graph.neighbour(of: node, along: edge)
          guard other != middle, arrival[other] == nil else { continue }
          arrival[other] = edge
          next.append(other)
        }
      }
      frontier = next
    }
    guard arrival[goal] != nil else { return nil }
    // From the goal back to the start, on to the middle and to the goal again.
    var steps: [Step] = []
    var node = goal
    while let edge = arrival[node], node != middle {
      let other = graph.neighbour(of: node, along: edge)
      steps.append(Step(edge: edge, isForward: graph.edges[edge].a == node))
      node = other
    }
    steps.append(Step(edge: first, isForward: graph.edges[first].a == middle))
    return steps
  }

  /// The bound as it stands.
  func value() -> Double {
    let free = graph.edges.indices.filter { places[$0].isEmpty }
    let sum = free.reduce(graph.constant) { $0 + (graph.edges[$1].costs.min() ?? 0) }
    return circles.indices.reduce(sum) { total, circle in
      let rest = rest(of: circle, without: 0)
      return total + (zip(shares[circle][0], rest).map { $0 + $1 }.min() ?? 0)
    }
  }

  /// The bound after rounds over the edges; they end early at `goal` or when a round brings next to nothing.
  ///
  /// - Parameter budget: most steps, an addition and a comparison each.
  mutating func raised(to goal: Double, budget: Double) -> Double {
    var value = value()
    let perRound = circles.reduce(0.0) { sum, circle in
      sum + Double(circle.count * max(1, circle.count - 2) * graph.cycle * graph.cycle)
    }
    var left = budget
    while left >= perRound, value < goal - 1e-9 * abs(goal), !circles.isEmpty {
      left -= perRound
      for edge in graph.edges.indices where places[edge].count > 0 { agree(on: edge) }
      let raised = self.value()
      defer { value = max(value, raised) }
      if raised - value < Self.leastRise * max(abs(goal), 1e-9) { break }
    }
    return value
  }

  private static let leastRise = 1e-4

  /// Sets an edge's shares so that all its circles value its differences alike.
  private mutating func agree(on edge: Int) {
    let rests = places[edge].map { rest(of: $0.circle, without: $0.step) }
    let count = Double(rests.count)
    for difference in 0..<graph.cycle {
      let total = rests.reduce(graph.edges[edge].costs[difference]) { $0 + $1[difference] }
      for (place, rest) in zip(places[edge], rests) {
        shares[place.circle][place.step][difference] = total / count - rest[difference]
      }
    }
  }

  /// Least cost of a circle's other steps, by the difference along the edge of `step`.
  private func rest(of circle: Int, without step: Int) -> [Double] {
    var sum: [Double]?
    for (index, other) in circles[circle].enumerated() where index != step {
      let costs = other.isForward ? shares[circle][index] : turned(shares[circle][index])
      sum = sum.map { convolved($0, costs) } ?? costs
    }
    // All steps of a circle add up to 0.
    let rest = sum ?? []
    return circles[circle][step].isForward ? turned(rest) : rest
  }

  /// By the difference the other way round.
  private func turned(_ costs: [Double]) -> [Double] {
    costs.indices.map { costs[modulo(-$0, costs.count)] }
  }

  /// Least cost of two steps by the sum of their differences.
  private func convolved(_ first: [Double], _ second: [Double]) -> [Double] {
    let count = first.count
    var result = [Double](repeating: .infinity, count: count)
    first.withUnsafeBufferPointer { first in
      second.withUnsafeBufferPointer { second in
        result.withUnsafeMutableBufferPointer { result in
          for (shift, cost) in first.enumerated() {
            for index in 0..<(count - shift) {
              result[index + shift] = min(result[index + shift], cost + second[index])
            }
            for index in (count - shift)..<count {
              result[index + shift - count] = min(result[index + shift - count], cost + second[index])
            }
          }
        }
      }
    }
    return result
  }
}
