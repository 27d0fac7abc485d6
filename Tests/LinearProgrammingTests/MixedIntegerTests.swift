import TestSupport
import Testing

@testable import LinearProgramming

@Suite("Mixed-integer programs")
struct MixedIntegerTests {
  /// A knapsack of binaries: values and weights that a greedy choice gets wrong.
  func knapsack(items: Int, seed: Int) -> LinearProgram {
    var numbers = LinearCongruential(seed: seed)
    let weights = (0..<items).map { _ in Double(numbers.whole(in: 20...60)) }
    let total = weights.reduce(0, +)
    return LinearProgram(
      .maximize, weights.map { (0...1, $0 + Double(numbers.whole(in: 0...5))) },
      [(weights, .atMost((total / 2).rounded()))], kind: .binary)
  }

  /// The best objective of all whole points of the variables' boxes; nil when none is allowed.
  func enumerated(_ program: LinearProgram) -> Double? {
    var best: Double?
    func visit(_ values: [Double]) {
      guard values.count < program.columns.count else {
        guard program.allows(values) else { return }
        let objective = program.objective(at: values)
        if best.map({ program.prefers(objective, to: $0) }) ?? true { best = objective }
        return
      }
      let bounds = program.columns[values.count].bounds
      for value in Int(bounds.lowerBound.rounded(.up))...Int(bounds.upperBound.rounded(.down)) {
        visit(values + [Double(value)])
      }
    }
    visit([])
    return best
  }

  func expectBest(_ program: LinearProgram) throws {
    let solution = try program.solve()
    let best = enumerated(program)
    #expect(solution.status == (best == nil ? .infeasible : .optimal))
    guard let best else { return }
    let optimum = try #require(solution.optimum)
    #expect(isClose(optimum.objective, best))
    #expect(program.allows(optimum.values))
    #expect(optimum.values.allSatisfy { $0 == $0.rounded() })
    #expect(solution.bound.map { isClose($0, best) } == true)
    #expect(solution.stop == .finished)
    #expect(optimum.duals.isEmpty && optimum.reducedCosts.isEmpty)
  }

  @Test("Knapsacks are packed as enumeration packs them", arguments: 0..<20)
  func knapsacks(seed: Int) throws {
    try expectBest(knapsack(items: 10, seed: seed))
  }

  @Test("Assignments are those of the best permutation", arguments: 0..<20)
  func assignment(seed: Int) throws {
    var numbers = LinearCongruential(seed: seed)
    let size = 4
    let costs = (0..<size * size).map { _ in Double(numbers.below(30)) }
    func line(_ holds: (Int) -> Bool) -> ([Double], ClosedRange<Double>) {
      ((0..<size * size).map { holds($0) ? 1 : 0 }, .exactly(1))
    }
    let rows = (0..<size).flatMap { index in
      [line { $0 / size == index }, line { $0 % size == index }]
    }
    let program = LinearProgram(.minimize, costs.map { (0...1, $0) }, rows, kind: .binary)
    var best = Double.infinity
    func visit(_ row: Int, _ taken: Set<Int>, _ cost: Double) {
      if row == size { best = min(best, cost) }
      guard row < size else { return }
      for column in 0..<size where !taken.contains(column) {
        visit(row + 1, taken.union([column]), cost + costs[row * size + column])
      }
    }
    visit(0, [], 0)
    let optimum = try #require(try program.solve().optimum)
    #expect(isClose(optimum.objective, best))
  }

  @Test("General integers in a box are the best whole points", arguments: 0..<60)
  func integers(seed: Int) throws {
    var numbers = LinearCongruential(seed: 500 + seed)
    var boxes: [(ClosedRange<Double>, Double)] = []
    for _ in 0..<numbers.whole(in: 1...4) {
      let lower = numbers.number(in: -3...1)
      boxes.append((lower...(lower + numbers.number(in: 1...5)), Double(numbers.whole(in: -9...9))))
    }
    let rows = (0..<numbers.below(4)).map { _ in
      (
        boxes.map { _ in Double(numbers.whole(in: -5...5)) },
        ClosedRange<Double>.atMost(numbers.number(in: -6...9))
      )
    }
    let direction: Direction = numbers.once(in: 2) ? .minimize : .maximize
    try expectBest(LinearProgram(direction, boxes, rows, kind: .integer))
  }

  @Test("Whole and other variables mix")
  func mixed() throws {
    // Open a plant (fixed cost 10, capacity 8) or buy outside at 3 each: 5 units are cheaper from the plant.
    var program = LinearProgram(.minimize)
    let opens = program.addVariable("opens", in: 0...1, objective: 10, kind: .binary)
    let made = program.addVariable("made", in: .nonNegative, objective: 0.5)
    let bought = program.addVariable("bought", in: .nonNegative, objective: 3)
    program.addRow("capacity", [Term(made, 1), Term(opens, -8)], in: .atMost(0))
    let need = program.addRow("need", [Term(made, 1), Term(bought, 1)], in: .atLeast(5))
    #expect(program.isMixedInteger)
    var optimum = try #require(try program.solve().optimum)
    #expect(isClose(optimum.objective, 12.5) && optimum[opens] == 1 && isClose(optimum[made], 5))
    program.setBounds(of: need, to: .atLeast(3))
    optimum = try #require(try program.solve().optimum)
    #expect(isClose(optimum.objective, 9) && optimum[opens] == 0 && isClose(optimum[bought], 3))
  }

  @Test("At the node limit the bound still holds, and so do the values if there are any", arguments: 0..<8)
  func nodeLimit(seed: Int) throws {
    let program = knapsack(items: 12, seed: 100 + seed)
    let best = try #require(enumerated(program))
    for limit in [0, 1, 5] {
      let solution = try program.solve(SolveOptions(nodeLimit: limit))
      guard solution.stop == .nodeLimit else {
        // So few nodes may be enough for a proof.
        #expect(solution.optimum.map { isClose($0.objective, best) } == true)
        continue
      }
      #expect(solution.status == (solution.point == nil ? .unknown : .feasible))
      let bound = try #require(solution.bound)
      #expect(bound >= best - Tolerance.simplex * best)
      guard let point = solution.point else { continue }
      #expect(program.allows(point.values))
      #expect(point.objective <= best + Tolerance.simplex * best)
      #expect(try #require(solution.gap) >= 0)
    }
  }

  @Test("A gap asked for is kept, and proven", arguments: 0..<8)
  func relativeGap(seed: Int) throws {
    let program = knapsack(items: 12, seed: 200 + seed)
    let best = try #require(enumerated(program))
    let solution = try program.solve(SolveOptions(relativeGap: 0.05))
    let point = try #require(solution.optimum)
    #expect([.finished, .gapReached].contains(solution.stop))
    #expect(try #require(solution.gap) <= 0.05 + Tolerance.simplex)
    #expect(try #require(solution.bound) >= best - Tolerance.simplex * best)
    #expect(point.objective >= best * (1 - 0.05 - Tolerance.simplex))
  }

  @Test("Without bounds integers are as whole as with them")
  func open() throws {
    var program = LinearProgram(.minimize)
    let x = program.addVariable("x", in: .free, objective: 1, kind: .integer)
    let y = program.addVariable("y", in: .free, objective: 1, kind: .integer)
    program.addRow("sum", [Term(x, 2), Term(y, 2)], in: .atLeast(7))
    program.addRow("difference", [Term(x, 1), Term(y, -1)], in: .exactly(1))
    let optimum = try #require(try program.solve().optimum)
    // x + y is odd and at least 3.5.
    #expect(optimum.objective == 5 && optimum[x] == 3 && optimum[y] == 2)
  }
}
