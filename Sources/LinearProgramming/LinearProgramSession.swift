/// A sequence of solves of one program with changes in between: each starts from the basis of the last.
///
/// Lent to a closure by `LinearProgram.withSession`; it can neither be copied nor leave the closure's thread.
public struct LinearProgramSession: ~Copyable {
  /// The program as it stands now.
  public private(set) var program: LinearProgram
  private var problem: GLPKProblem
  /// Mistakes met so far. Data with mistakes never reaches GLPK; `solve` tells them instead.
  private var mistakes: [String]

  fileprivate init(_ program: LinearProgram) {
    self.program = program
    mistakes = program.mistakes
    problem = GLPKProblem(mistakes.isEmpty ? program : LinearProgram(program.direction))
  }

  /// Adds a row, as `LinearProgram.addRow` does.
  @discardableResult
  public mutating func addRow(_ name: String, _ terms: [Term], in bounds: ClosedRange<Double>) -> Row {
    let row = program.addRow(name, terms, in: bounds)
    apply(program.mistakes(ofRow: row.index)) { $1.add($0.constraints[row.index]) }
    return row
  }

  /// Replaces the bounds of a variable.
  public mutating func setBounds(of variable: Variable, to bounds: ClosedRange<Double>) {
    program.setBounds(of: variable, to: bounds)
    applyColumn(variable.index)
  }

  /// Replaces the coefficient of a variable in the objective.
  public mutating func setObjective(of variable: Variable, to coefficient: Double) {
    program.setObjective(of: variable, to: coefficient)
    applyColumn(variable.index)
  }

  /// Replaces the bounds of a row.
  public mutating func setBounds(of row: Row, to bounds: ClosedRange<Double>) {
    program.setBounds(of: row, to: bounds)
    apply(program.mistakes(ofRow: row.index)) { $1.setBounds(ofRow: row.index, to: bounds) }
  }

  /// Solves the program as it stands now.
  ///
  /// - Throws: `LinearProgramError.invalid` with every mistake in the data and in the changes so far.
  public mutating func solve(_ options: SolveOptions = SolveOptions()) throws(LinearProgramError)
    -> LinearSolution
  {
    guard mistakes.isEmpty else { throw .invalid(mistakes) }
    return problem.solve(options)
  }

  private mutating func applyColumn(_ index: Int) {
    apply(program.mistakes(ofColumn: index)) { $1.setColumn(index, to: $0.columns[index]) }
  }

  private mutating func apply(
    _ found: [String], _ change: (LinearProgram, borrowing GLPKProblem) -> Void
  ) {
    mistakes += found
    if mistakes.isEmpty { change(program, problem) }
  }
}

extension LinearProgram {
  /// Solves the program with GLPK's simplex method, and branch and bound if variables must be whole.
  ///
  /// Synchronous and self-contained: any number of programs can be solved at once on different threads. The
  /// same program gives the same solution everywhere.
  /// - Throws: `LinearProgramError.invalid` with every mistake in the data. That a program is infeasible or
  ///   unbounded is an answer and not an error.
  public func solve(_ options: SolveOptions = SolveOptions()) throws(LinearProgramError) -> LinearSolution {
    try withSession { (session) throws(LinearProgramError) in try session.solve(options) }
  }

  /// Lends a session to `body`: a sequence of solves of this program with changes in between, each of which
  /// starts from the basis of the one before.
  public func withSession<Result, Failure: Error>(
    _ body: (inout LinearProgramSession) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    var session = LinearProgramSession(self)
    return try body(&session)
  }
}
