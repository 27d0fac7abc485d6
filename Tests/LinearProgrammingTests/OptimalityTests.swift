import TestSupport
import Testing

@testable import LinearProgramming

@Suite("Optimality conditions")
struct OptimalityTests {
  /// Asserts the conditions of Karush, Kuhn and Tucker: nothing else is optimal, and nothing optimal fails them.
  func expectOptimal(_ program: LinearProgram, _ point: LinearPoint) {
    #expect(program.allows(point.values))
    #expect(isClose(point.objective, program.objective(at: point.values)))
    let sign = program.direction == .minimize ? 1.0 : -1
    var dualObjective = program.constant
    func check(_ price: Double, at value: Double, in bounds: ClosedRange<Double>, _ what: String) {
      guard abs(price) > Tolerance.simplex else { return }
      // A bound that holds the objective back is kept exactly: the lower one, if more of it costs.
      let bound = sign * price > 0 ? bounds.lowerBound : bounds.upperBound
      #expect(isClose(value, bound), "\(what) has the price \(price) and is not at its bound")
      dualObjective += price * bound
    }
    var reduced = program.columns.map(\.objective)
    for (index, row) in program.constraints.enumerated() {
      let activity = program.activity(ofRow: index, at: point.values)
      #expect(isClose(point.activities[index], activity))
      check(point.duals[index], at: activity, in: row.bounds, row.name)
      for term in row.terms { reduced[term.variable.index] -= term.coefficient * point.duals[index] }
    }
    for (index, column) in program.columns.enumerated() {
      #expect(isClose(point.reducedCosts[index], reduced[index]))
      check(point.reducedCosts[index], at: point.values[index], in: column.bounds, column.name)
    }
    #expect(isClose(dualObjective, point.objective), "the dual objective is \(dualObjective)")
  }

  /// The program that makes the violation of the rows as small as can be: above zero only without a solution.
  func elastic(_ program: LinearProgram) -> LinearProgram {
    var elastic = LinearProgram(.minimize)
    let variables = program.columns.map { elastic.addVariable($0.name, in: $0.bounds) }
    for row in program.constraints {
      let over = elastic.addVariable("over", in: .nonNegative, objective: 1)
      let under = elastic.addVariable("under", in: .nonNegative, objective: 1)
      let terms = row.terms.map { Term(variables[$0.variable.index], $0.coefficient) }
      elastic.addRow(row.name, terms + [Term(over, -1), Term(under, 1)], in: row.bounds)
    }
    return elastic
  }

  @Test("Random programs are solved to proof, or proven to have no optimum", arguments: 0..<400)
  func random(seed: Int) throws {
    var numbers = LinearCongruential(seed: seed)
    let program = numbers.program(columns: 12, rows: 12)
    let solution = try program.solve()
    switch solution.status {
    case .optimal:
      expectOptimal(program, try #require(solution.point))
    case .infeasible:
      let elastic = elastic(program)
      let point = try #require(try elastic.solve().optimum)
      expectOptimal(elastic, point)
      #expect(point.objective > Tolerance.simplex)
    case .unbounded:
      // In a box it is not; and a larger box gives more.
      let optima = try [1e4, 2e4].map { size -> Double in
        var boxed = program
        for (index, column) in program.columns.enumerated() {
          boxed.setBounds(of: Variable(index: index), to: column.bounds.clamped(to: -size...size))
        }
        return try #require(try boxed.solve().optimum).objective
      }
      #expect(program.prefers(optima[1], to: optima[0]))
    case .feasible, .unknown:
      Issue.record("the answer is \(solution.status)")
    }
  }

  @Test("The random programs are of all kinds")
  func kinds() throws {
    let found = try (0..<400).map { seed in
      var numbers = LinearCongruential(seed: seed)
      return try numbers.program(columns: 12, rows: 12).solve().status
    }
    #expect(found.filter { $0 == .optimal }.count > 100)
    #expect(found.filter { $0 == .infeasible }.count > 20)
    #expect(found.filter { $0 == .unbounded }.count > 20)
  }

  @Test("The optimum in a box is the best of all vertices", arguments: 0..<200)
  func vertices(seed: Int) throws {
    var numbers = LinearCongruential(seed: 1000 + seed)
    let program = numbers.program(columns: 4, rows: 5, areBoxed: true)
    let solution = try program.solve()
    let best = VertexEnumeration(program).best()
    #expect(solution.status == (best == nil ? .infeasible : .optimal))
    if let best, let optimum = solution.optimum { #expect(isClose(optimum.objective, best)) }
  }
}

/// Solves a bounded program the slow way: every choice of as many active bounds as there are variables.
struct VertexEnumeration {
  let program: LinearProgram
  /// Hyperplanes: coefficients and right-hand side.
  private var planes: [(normal: [Double], side: Double)] = []

  init(_ program: LinearProgram) {
    self.program = program
    let count = program.columns.count
    for (index, column) in program.columns.enumerated() {
      var normal = [Double](repeating: 0, count: count)
      normal[index] = 1
      add(normal, column.bounds)
    }
    for row in program.constraints {
      var normal = [Double](repeating: 0, count: count)
      for term in row.terms { normal[term.variable.index] = term.coefficient }
      add(normal, row.bounds)
    }
  }

  private mutating func add(_ normal: [Double], _ bounds: ClosedRange<Double>) {
    for side in Set([bounds.lowerBound, bounds.upperBound]).sorted() where side.isFinite {
      planes.append((normal, side))
    }
  }

  /// The best objective of all feasible vertices; nil when there are none.
  func best() -> Double? {
    var best: Double?
    visit(chosen: [], from: 0) { vertex in
      guard program.allows(vertex) else { return }
      let objective = program.objective(at: vertex)
      if best.map({ program.prefers(objective, to: $0) }) ?? true { best = objective }
    }
    return best
  }

  private func visit(chosen: [Int], from first: Int, _ body: ([Double]) -> Void) {
    if chosen.count == program.columns.count {
      if let vertex = intersection(chosen) { body(vertex) }
      return
    }
    for index in first..<max(first, planes.count) {
      visit(chosen: chosen + [index], from: index + 1, body)
    }
  }

  /// Gaussian elimination with pivoting; nil for planes that meet in no single point.
  private func intersection(_ chosen: [Int]) -> [Double]? {
    var rows = chosen.map { planes[$0].normal + [planes[$0].side] }
    let count = rows.count
    for column in 0..<count {
      guard let pivot = (column..<count).max(by: { abs(rows[$0][column]) < abs(rows[$1][column]) }),
        abs(rows[pivot][column]) > 1e-9
      else { return nil }
      rows.swapAt(column, pivot)
      for row in 0..<count where row != column {
        let factor = rows[row][column] / rows[column][column]
        for entry in column...count { rows[row][entry] -= factor * rows[column][entry] }
      }
    }
    return (0..<count).map { rows[$0][count] / rows[$0][$0] }
  }
}
