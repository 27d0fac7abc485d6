import LinearProgramming
import Testing

/// A program small enough to solve by hand, and its answer; what is not unique is nil.
struct TinyProgram: CustomTestStringConvertible, Sendable {
  let testDescription: String
  let program: LinearProgram
  var status = SolutionStatus.optimal
  var objective = 0.0
  var values: [Double]?
  var duals: [Double]?
  var reducedCosts: [Double]?

  init(
    _ name: String, _ program: LinearProgram, _ status: SolutionStatus = .optimal, objective: Double = 0,
    values: [Double]? = nil, duals: [Double]? = nil, reducedCosts: [Double]? = nil
  ) {
    testDescription = name
    self.program = program
    self.status = status
    self.objective = objective
    self.values = values
    self.duals = duals
    self.reducedCosts = reducedCosts
  }

  static let solvable = [
    TinyProgram(
      "two products, three plants",
      LinearProgram(
        .maximize, [(.nonNegative, 3), (.nonNegative, 5)],
        [([1, 0], .atMost(4)), ([0, 2], .atMost(12)), ([3, 2], .atMost(18))]),
      objective: 36, values: [2, 6], duals: [0, 1.5, 1], reducedCosts: [0, 0]),
    TinyProgram(
      "the same with the sign turned round",
      LinearProgram(
        .minimize, [(.nonNegative, -3), (.nonNegative, -5)],
        [([1, 0], .atMost(4)), ([0, 2], .atMost(12)), ([3, 2], .atMost(18))]),
      objective: -36, values: [2, 6], duals: [0, -1.5, -1], reducedCosts: [0, 0]),
    TinyProgram(
      "diet: two foods, two nutrients",
      LinearProgram(
        .minimize, [(.nonNegative, 2), (.nonNegative, 3)], [([1, 1], .atLeast(4)), ([1, 3], .atLeast(6))]),
      objective: 9, values: [3, 1], duals: [1.5, 0.5], reducedCosts: [0, 0]),
    TinyProgram(
      "range row bound from below",
      LinearProgram(.minimize, [(.nonNegative, 1), (.nonNegative, 2)], [([1, 1], 1...3)]),
      objective: 1, values: [1, 0], duals: [1], reducedCosts: [0, 1]),
    TinyProgram(
      "range row bound from above",
      LinearProgram(.maximize, [(.nonNegative, 1), (.nonNegative, 2)], [([1, 1], 1...3)]),
      objective: 6, values: [0, 3], duals: [2], reducedCosts: [-1, 0]),
    TinyProgram(
      "equality row, variable at its upper bound",
      LinearProgram(.minimize, [(0...3, 1), (.nonNegative, 2)], [([1, 1], .exactly(5))]),
      objective: 7, values: [3, 2], duals: [2], reducedCosts: [-1, 0]),
    TinyProgram(
      "free variable held by a row",
      LinearProgram(.minimize, [(.free, 1)], [([1], .atLeast(-7))]),
      objective: -7, values: [-7], duals: [1], reducedCosts: [0]),
    TinyProgram(
      "free variables along a line",
      LinearProgram(.maximize, [(.free, 1), (.free, -1)], [([1, -1], .atMost(4))]),
      objective: 4, duals: [1], reducedCosts: [0, 0]),
    TinyProgram(
      "degenerate: three rows through one vertex",
      LinearProgram(
        .maximize, [(.nonNegative, 1), (.nonNegative, 1)],
        [([1, 0], .atMost(1)), ([0, 1], .atMost(1)), ([1, 1], .atMost(2))]),
      objective: 2, values: [1, 1], reducedCosts: [0, 0]),
    TinyProgram(
      "degenerate: Beale's cycling example (1955)",
      LinearProgram(
        .minimize, [-0.75, 150, -0.02, 6].map { (.nonNegative, $0) },
        [
          ([0.25, -60, -0.04, 9], .atMost(0)), ([0.5, -90, -0.02, 3], .atMost(0)),
          ([0, 0, 1, 0], .atMost(1)),
        ]),
      objective: -0.05, values: [0.04, 0, 1, 0]),
    TinyProgram(
      "Klee and Minty's cube (1972)",
      LinearProgram(
        .maximize, [100, 10, 1].map { (.nonNegative, $0) },
        [([1, 0, 0], .atMost(1)), ([20, 1, 0], .atMost(100)), ([200, 20, 1], .atMost(10_000))]),
      objective: 10_000, values: [0, 0, 10_000], duals: [0, 0, 1], reducedCosts: [-100, -10, 0]),
    TinyProgram(
      "fixed variable",
      LinearProgram(.maximize, [(.exactly(2), 5), (.nonNegative, 1)], [([1, 1], .atMost(4))]),
      objective: 12, values: [2, 2], duals: [1], reducedCosts: [4, 0]),
    TinyProgram(
      "negative upper bound",
      LinearProgram(.maximize, [(.atMost(-2), 3)], [([1], .atLeast(-9))]),
      objective: -6, values: [-2], duals: [0], reducedCosts: [3]),
    TinyProgram("empty", LinearProgram(.minimize, [], [], constant: 4), objective: 4, values: [], duals: []),
    TinyProgram(
      "variables without rows",
      LinearProgram(.minimize, [(0...3, -1), (-2...5, 1), (.free, 0)], [], constant: 10),
      objective: 5, duals: [], reducedCosts: [-1, 1, 0]),
    TinyProgram(
      "row without terms that holds",
      LinearProgram(.maximize, [(0...3, 2)], [([0], -1...1)]),
      objective: 6, values: [3], duals: [0], reducedCosts: [2]),
    TinyProgram(
      "rows without variables", LinearProgram(.minimize, [], [([], -1...1)]), values: [], duals: [0]),
  ]

  static let unsolvable = [
    TinyProgram(
      "rows that exclude each other",
      LinearProgram(.minimize, [(.free, 0)], [([1], .atMost(1)), ([1], .atLeast(2))]), .infeasible),
    TinyProgram(
      "row against a bound", LinearProgram(.maximize, [(0...1, 1)], [([1], .atLeast(2))]), .infeasible),
    TinyProgram("row without terms", LinearProgram(.minimize, [(0...1, 1)], [([0], 1...2)]), .infeasible),
    TinyProgram("row without variables", LinearProgram(.minimize, [], [([], 1...2)]), .infeasible),
    TinyProgram(
      "infeasible, and unbounded were it not",
      LinearProgram(.maximize, [(.nonNegative, 1), (0...1, 0)], [([0, 1], .atLeast(2))]), .infeasible),
    TinyProgram(
      "unbounded ray",
      LinearProgram(.maximize, [(.nonNegative, 1), (.nonNegative, 0)], [([1, -1], .atMost(1))]), .unbounded),
    TinyProgram("unbounded without rows", LinearProgram(.minimize, [(.free, 1)], []), .unbounded),
    TinyProgram(
      "unbounded downwards", LinearProgram(.minimize, [(.atMost(3), 1)], [([1], .atMost(1))]), .unbounded),
    TinyProgram(
      "integer without a whole number in its bounds",
      LinearProgram(.minimize, [(0.2...0.8, 1)], [], kind: .integer), .infeasible),
    TinyProgram(
      "binary beyond 1", LinearProgram(.minimize, [(3...5, 1)], [], kind: .binary), .infeasible),
    TinyProgram(
      "integers that miss an odd sum",
      LinearProgram(
        .minimize, [(0...9, 1), (0...9, 1)], [([2, 2], .exactly(7))], kind: .integer), .infeasible),
    TinyProgram(
      "integer that grows for ever", LinearProgram(.maximize, [(.nonNegative, 1)], [], kind: .integer),
      .unbounded),
  ]
}

@Suite("Tiny programs")
struct TinyProgramTests {
  @Test("Optimum, values, duals and reduced costs are those found by hand", arguments: TinyProgram.solvable)
  func solvable(_ tiny: TinyProgram) throws {
    let solution = try tiny.program.solve()
    #expect(solution.stop == .finished)
    let optimum = try #require(solution.optimum)
    #expect(isClose(optimum.objective, tiny.objective))
    #expect(solution.bound.map { isClose($0, tiny.objective) } == true)
    #expect((solution.gap ?? 1) < Tolerance.simplex)
    for (found, expected) in [
      (optimum.values, tiny.values), (optimum.duals, tiny.duals), (optimum.reducedCosts, tiny.reducedCosts),
    ] {
      guard let expected else { continue }
      #expect(
        found.count == expected.count && zip(found, expected).allSatisfy { isClose($0, $1) },
        "\(found) is not \(expected)")
    }
  }

  @Test("What has no optimum says why, and has no numbers", arguments: TinyProgram.unsolvable)
  func unsolvable(_ tiny: TinyProgram) throws {
    let solution = try tiny.program.solve()
    #expect(solution.status == tiny.status)
    #expect(solution.stop == .finished)
    #expect(solution.point == nil)
    #expect(solution.bound == nil)
    #expect(solution.gap == nil)
  }

  @Test("Terms of the same variable count together")
  func sameVariable() throws {
    var program = LinearProgram(.maximize)
    let x = program.addVariable("x", in: .nonNegative, objective: 1)
    let row = program.addRow("twice", [Term(x, 1), Term(x, 2), Term(x, -1)], in: .atMost(8))
    let optimum = try #require(try program.solve().optimum)
    #expect(program.coefficientCount == 1)
    #expect(isClose(optimum[x], 4))
    #expect(isClose(optimum.activity(of: row), 8))
    #expect(isClose(optimum.dual(of: row), 0.5))
    #expect(isClose(optimum.reducedCost(of: x), 0))
  }

  @Test("What rounding leaves of a zero coefficient is zero")
  func roundedZero() throws {
    var program = LinearProgram(.maximize)
    let x = program.addVariable("x", in: 0...1, objective: 1)
    program.addRow("nothing", [Term(x, 0.1), Term(x, 0.2), Term(x, -0.3)], in: .atMost(0))
    #expect(program.coefficientCount == 0)
    #expect(try program.solve().optimum?.objective == 1)
  }
}
