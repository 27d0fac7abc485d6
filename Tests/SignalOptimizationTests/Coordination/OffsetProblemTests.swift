import LinearProgramming
import TestSupport
import Testing

@testable import SignalOptimization

/// Offset problems with random costs.
enum RandomOffsets {
  static func problem(
    _ pairs: [(Int, Int)], nodes: Int, cycle: Int, seed: Int, fixed: [Int?]? = nil, halves: Set<Int> = []
  ) -> OffsetProblem {
    var numbers = LinearCongruential(seed: seed)
    let links = pairs.map { pair in
      let count = halves.contains(pair.0) || halves.contains(pair.1) ? cycle / 2 : cycle
      return OffsetProblem.Link(
        from: pair.0, to: pair.1, costs: (0..<count).map { _ in numbers.number(in: 0...100) })
    }
    return OffsetProblem(
      cycle: cycle, cycles: (0..<nodes).map { halves.contains($0) ? cycle / 2 : cycle }, fixed: fixed,
      links: links)
  }

  /// A tree: every node hangs on an earlier one.
  static func tree(nodes: Int, seed: Int) -> [(Int, Int)] {
    var numbers = LinearCongruential(seed: seed)
    return (1..<nodes).map { node in
      let other = numbers.below(node)
      return numbers.once(in: 2) ? (node, other) : (other, node)
    }
  }

  /// Streets between neighbours of a grid.
  static func grid(_ rows: Int, _ columns: Int) -> [(Int, Int)] {
    (0..<rows * columns).flatMap { node -> [(Int, Int)] in
      (node % columns + 1 < columns ? [(node, node + 1)] : [])
        + (node + columns < rows * columns ? [(node + columns, node)] : [])
    }
  }
}

extension OffsetProblem {
  /// The least cost of all offsets there are.
  func leastCostByEnumeration() -> Double {
    var best = Double.infinity
    var offsets = fixed.map { $0 ?? 0 }
    func descend(_ node: Int) {
      guard node < cycles.count else {
        best = min(best, cost(of: offsets))
        return
      }
      guard fixed[node] == nil else { return descend(node + 1) }
      for offset in 0..<cycles[node] {
        offsets[node] = offset
        descend(node + 1)
      }
    }
    descend(0)
    return best
  }
}

extension OffsetProblem {
  /// The least cost by a mixed-integer program: each link has one difference, and around every circle they add up to
  /// whole cycles.
  ///
  /// - Parameter circles: each a list of links with the direction in which they are passed.
  func leastCostByProgram(circles: [[(link: Int, sign: Double)]]) throws -> Double? {
    var program = LinearProgram(.minimize, name: "offsets")
    let choices = links.enumerated().map { index, link in
      link.costs.enumerated().map { difference, cost in
        program.addVariable("link_\(index)_\(difference)", in: 0...1, objective: cost, kind: .binary)
      }
    }
    for (index, choice) in choices.enumerated() {
      program.addRow("one_of_\(index)", choice.map { Term($0, 1) }, in: 1...1)
    }
    for (index, circle) in circles.enumerated() {
      let rounds = program.addVariable("rounds_\(index)", in: -10...10, kind: .integer)
      let terms = circle.flatMap { step in
        choices[step.link].enumerated().map { Term($1, step.sign * Double($0)) }
      }
      program.addRow("circle_\(index)", terms + [Term(rounds, -Double(cycle))], in: 0...0)
    }
    return try program.solve().optimum?.objective
  }
}

@Suite("OffsetProblem")
struct OffsetProblemTests {
  /// Sums of a few costs up to 100.
  static let rounding = 1e-9

  @Test("On trees the dynamic program equals brute force", arguments: 0..<12)
  func trees(seed: Int) {
    let nodes = 2 + seed % 5
    let problem = RandomOffsets.problem(
      RandomOffsets.tree(nodes: nodes, seed: seed), nodes: nodes, cycle: 6, seed: seed)
    let solution = problem.solve()
    #expect(isClose(solution.objective, problem.leastCostByEnumeration(), Self.rounding))
    #expect(isClose(problem.cost(of: solution.offsets), solution.objective, Self.rounding))
    #expect(solution.gap == 0)
  }

  @Test("Trees with offsets that must stay equal brute force", arguments: 0..<12)
  func fixedTrees(seed: Int) {
    let nodes = 4 + seed % 3
    let fixed: [Int?] = (0..<nodes).map { ($0 + seed) % 3 == 0 ? ($0 * 5 + seed) % 6 : nil }
    let problem = RandomOffsets.problem(
      RandomOffsets.tree(nodes: nodes, seed: seed), nodes: nodes, cycle: 6, seed: seed, fixed: fixed)
    let solution = problem.solve()
    #expect(zip(solution.offsets, fixed).allSatisfy { $1 == nil || $0 == $1 })
    #expect(isClose(solution.objective, problem.leastCostByEnumeration(), Self.rounding))
  }

  @Test(
    "Small meshes equal brute force, with parallel links, half cycles and fixed offsets",
    arguments: 0..<16)
  func smallMeshes(seed: Int) {
    let pairs = [(0, 1), (1, 2), (2, 0), (2, 3), (3, 4), (4, 0), (1, 3), (1, 0), (4, 2)]
    let problem = RandomOffsets.problem(
      pairs, nodes: 5, cycle: 6, seed: seed, fixed: seed % 3 == 0 ? [nil, 4, nil, nil, nil] : nil,
      halves: seed % 2 == 0 ? [2, 3] : [])
    let solution = problem.solve()
    #expect(isClose(solution.objective, problem.leastCostByEnumeration(), Self.rounding))
    #expect(isClose(problem.cost(of: solution.offsets), solution.objective, Self.rounding))
    #expect(zip(solution.offsets, problem.cycles).allSatisfy { $0 >= 0 && $0 < $1 })
  }

  @Test("On meshes of up to 9 signals the gap is closed", arguments: 0..<4)
  func meshes(seed: Int) {
    let problem = RandomOffsets.problem(RandomOffsets.grid(3, 3), nodes: 9, cycle: 20, seed: seed)
    let solution = problem.solve()
    #expect(solution.gap == 0)
    #expect(isClose(problem.cost(of: solution.offsets), solution.objective, Self.rounding))
    // Descent, whatever it finds, finds nothing better; the circles' bound is never above.
    let descent = problem.solve(effort: OffsetEffort(exact: 0, bound: 1e7))
    #expect(descent.objective >= solution.objective - Self.rounding)
    #expect(descent.bound <= solution.objective + Self.rounding)
  }

  @Test("A mesh has the cost of the mixed-integer program with cycle constraints", arguments: 0..<4)
  func program(seed: Int) throws {
    // 0 – 1 – 2
    // |   |   |
    // 3 – 4 – 5
    let pairs = [(0, 1), (1, 2), (3, 4), (4, 5), (0, 3), (1, 4), (2, 5)]
    let problem = RandomOffsets.problem(pairs, nodes: 6, cycle: 8, seed: 40 + seed)
    let circles = [[(0, 1.0), (5, 1), (2, -1), (4, -1)], [(1, 1.0), (6, 1), (3, -1), (5, -1)]]
    let least = try problem.leastCostByProgram(circles: circles.map { $0.map { (link: $0.0, sign: $0.1) } })
    #expect(isClose(problem.solve().objective, try #require(least)))
  }

  @Test("A mesh of nine equals brute force at a short cycle")
  func nineByEnumeration() {
    let problem = RandomOffsets.problem(
      RandomOffsets.grid(3, 3), nodes: 9, cycle: 4, seed: 3, fixed: [0] + [Int?](repeating: nil, count: 8))
    #expect(isClose(problem.solve().objective, problem.leastCostByEnumeration(), Self.rounding))
  }

  @Test("Adding a constant to all offsets changes nothing", arguments: [1, 7, 19])
  func shift(by seconds: Int) {
    let problem = RandomOffsets.problem(RandomOffsets.grid(2, 4), nodes: 8, cycle: 20, seed: 5)
    let offsets = problem.solve().offsets
    let shifted = offsets.map { ($0 + seconds) % 20 }
    #expect(isClose(problem.cost(of: offsets), problem.cost(of: shifted), Self.rounding))
    let kept = OffsetProblem(
      cycle: 20, cycles: problem.cycles, fixed: [seconds] + [Int?](repeating: nil, count: 7),
      links: problem.links)
    #expect(isClose(kept.solve().objective, problem.cost(of: offsets), Self.rounding))
  }

  @Test("Turning every link round, or renaming the nodes, changes no optimum")
  func turned() {
    let problem = RandomOffsets.problem(RandomOffsets.grid(2, 3), nodes: 6, cycle: 12, seed: 8)
    let turned = OffsetProblem(
      cycle: 12, cycles: problem.cycles,
      links: problem.links.reversed().map { link in
        .init(
          from: 5 - link.to, to: 5 - link.from, costs: (0..<12).map { link.costs[$0] })
      })
    #expect(isClose(problem.solve().objective, turned.solve().objective, Self.rounding))
  }

  @Test("Large meshes: never worse than the start, never below the bound, the same twice")
  func largeMesh() {
    let problem = RandomOffsets.problem(RandomOffsets.grid(5, 6), nodes: 30, cycle: 10, seed: 11)
    let start = (0..<30).map { $0 % 10 }
    let effort = OffsetEffort(exact: 1e4, bound: 1e6)
    let solution = problem.solve(effort: effort, start: start)
    #expect(solution.objective <= problem.cost(of: start))
    #expect(solution.bound <= solution.objective + Self.rounding && solution.bound > 0)
    #expect(isClose(problem.cost(of: solution.offsets), solution.objective, Self.rounding))
    #expect(problem.solve(effort: effort, start: start) == solution)
    // The trivial bound: every link at its least cost.
    let trivial = problem.links.reduce(0) { $0 + ($1.costs.min() ?? 0) }
    #expect(solution.bound >= trivial)
    let exact = problem.solve()
    #expect(exact.gap == 0)
    #expect(exact.objective <= solution.objective + Self.rounding)
    #expect(exact.objective >= solution.bound - Self.rounding)
  }

  @Test("Problems without links or nodes have answers")
  func empty() {
    #expect(OffsetProblem(cycle: 60, cycles: [], links: []).solve().offsets.isEmpty)
    let alone = OffsetProblem(cycle: 60, cycles: [60, 30], fixed: [nil, 12], links: []).solve()
    #expect(alone.offsets == [0, 12] && alone.objective == 0 && alone.gap == 0)
  }
}
