import LinearProgramming
import Testing

@Suite("LinearProgram validation")
struct LinearProgramValidationTests {
  func mistakes(_ program: LinearProgram, _ options: SolveOptions = SolveOptions()) -> [String] {
    do {
      _ = try program.solve(options)
      return []
    } catch {
      guard case .invalid(let mistakes) = error else { return [] }
      return mistakes
    }
  }

  @Test("All mistakes of a program are told at once, each with the name of what is wrong")
  func allAtOnce() {
    var other = LinearProgram(.minimize)
    for index in 0..<9 { _ = other.addVariable("o\(index)", in: 0...1) }
    let stranger = other.addVariable("stranger", in: 0...1)
    var program = LinearProgram(.minimize)
    program.constant = .infinity
    let x = program.addVariable("x", in: 0...1, objective: .nan)
    let y = program.addVariable("路口", in: 0...1e13, objective: 1e13)
    _ = program.addVariable("w", in: .infinity...(.infinity))
    program.addRow("a", [Term(x, .infinity), Term(y, 1)], in: 0...1)
    program.addRow("b", [Term(stranger, 1)], in: (-.infinity)...(-.infinity))
    program.addRow("c", [Term(x, 6e8), Term(x, 6e8)], in: 0...1e20)
    #expect(
      mistakes(program, SolveOptions(iterationLimit: -1, nodeLimit: -2, relativeGap: .nan)) == [
        "the iteration limit is -1", "the node limit is -2", "the relative gap is nan",
        "the objective's constant is inf", "variable 'x' has nan in the objective",
        "variable '路口' has 10000000000000.0 in the objective",
        "variable '路口' has the bounds 0.0...10000000000000.0",
        "variable 'w' has the bounds inf...inf",
        "row 'a' has the coefficient inf for 'x'", "row 'b' has the bounds -inf...-inf",
        "row 'b' has a variable of another program", "row 'c' has the bounds 0.0...1e+20",
        "row 'c' has the coefficient 1200000000.0 for 'x'",
      ])
  }

  @Test("Each of a program's numbers is looked at", arguments: [Double.nan, .infinity, -.infinity, 1e300])
  func eachNumber(bad: Double) {
    // A range cannot be made of NaN.
    let bounds = bad.isNaN ? 0...1e300 : bad...bad
    func program(
      cost: Double = 1, coefficient: Double = 1, column: ClosedRange<Double> = 0...1,
      row: ClosedRange<Double> = 0...1, constant: Double = 0
    ) -> LinearProgram {
      LinearProgram(.minimize, [(column, cost)], [([coefficient], row)], constant: constant)
    }
    #expect(mistakes(program()).isEmpty)
    #expect(mistakes(program(cost: bad)).count == 1)
    #expect(mistakes(program(coefficient: bad)).count == 1)
    #expect(mistakes(program(column: bounds)).count == 1)
    #expect(mistakes(program(row: bounds)).count == 1)
    #expect(mistakes(program(constant: bad)).count == 1)
  }

  @Test("Infinite bounds on their own side mean no bound, and are no mistake")
  func infiniteBounds() {
    #expect(mistakes(LinearProgram(.minimize, [(.free, 0)], [([1], .free)])).isEmpty)
  }
}
