/// A sequence of solves of one program with changes in between: each starts from the basis of the last.
///
/// Lent to a closure by `LinearProgram.withSession`; it can neither be copied nor leave the closure's thread.
public struct LinearProgramSession: ~Copyable {
  /// The program as it stands now.
  public private(set) var program: LinearProgram
  private var problem: GLPKProblem
  /// Whether `problem` holds what `program` says. Data with mistakes never reaches GLPK: from the first mistake
  /// on changes are made to `program` alone, and `solve` begins anew or tells what is wrong.
  private var isInStep: Bool

  fileprivate init(_ program: LinearProgram) {
    self.program = program
    isInStep = program.mistakes.isEmpty
    problem = GLPKProblem(isInStep ? program : LinearProgram(program.direction))
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
    apply(program.mistakes(ofColumn: variable.index)) {
      $1.setBounds(ofColumn: variable.index, to: $0.columns[variable.index].limits)
    }
  }

  /// Replaces the coefficient of a variable in the objective.
  public mutating func setObjective(of variable: Variable, to coefficient: Double) {
    program.setObjective(of: variable, to: coefficient)
    apply(program.mistakes(ofColumn: variable.index)) {
      $1.setObjective(ofColumn: variable.index, to: coefficient)
    }
  }

  /// Replaces the bounds of a row.
  public mutating func setBounds(of row: Row, to bounds: ClosedRange<Double>) {
    program.setBounds(of: row, to: bounds)
    apply(program.mistakes(ofRow: row.index)) { $1.setBounds(ofRow: row.index, to: bounds) }
  }

  /// Solves the program as it stands now.
  ///
  /// - Throws: `LinearProgramError.invalid` with every mistake in the program as it stands and in the options.
  public mutating func solve(_ options: SolveOptions = SolveOptions()) throws(LinearProgramError)
    -> LinearSolution
  {
    let mistakes = options.mistakes + (isInStep ? [] : program.mistakes)
    guard mistakes.isEmpty else { throw .invalid(mistakes) }
    if !isInStep {
      problem = GLPKProblem(program)
      isInStep = true
    }
    // GLPK takes no variable without values.
    guard !program.hasEmptyColumn else { return .infeasible }
    return problem.solve(options)
  }

  private mutating func apply(_ found: [String], _ change: (LinearProgram, inout GLPKProblem) -> Void) {
    if !found.isEmpty { isInStep = false }
    if isInStep { change(program, &problem) }
  }
}

extension LinearProgram {
  /// Solves the program with GLPK's simplex method, and branch and bound if variables must be whole.
  ///
  /// Synchronous and self-contained: any number of programs can be solved at once on different threads. The
  /// same program gives the same solution everywhere.
  /// - Throws: `LinearProgramError.invalid` with every mistake in the data and the options. That a program is infeasible or
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
