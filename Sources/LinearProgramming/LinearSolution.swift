/// How far a solve may go, in counts and not in seconds, so that results do not depend on the machine.
public struct SolveOptions: Hashable, Sendable {
  /// Most simplex iterations of the linear program, or of a mixed-integer program's root.
  public var iterationLimit: Int
  /// Most nodes of the branch and bound tree.
  public var nodeLimit: Int
  /// Branch and bound stops when |objective − bound| / max(|objective|, tiny) falls to this.
  public var relativeGap: Double

  /// Limits that only a runaway program meets; integer programs are solved to proof.
  public init(iterationLimit: Int = 1_000_000, nodeLimit: Int = 1_000_000, relativeGap: Double = 0) {
    self.iterationLimit = iterationLimit
    self.nodeLimit = nodeLimit
    self.relativeGap = relativeGap
  }
}

/// Why the solver stopped. Says nothing about the numbers; `SolutionStatus` does.
public enum StopReason: Hashable, Sendable {
  /// It came to an answer.
  case finished
  /// The iteration limit.
  case iterationLimit
  /// The node limit.
  case nodeLimit
  /// The relative gap asked for was reached.
  case gapReached
  /// The numbers went bad: a singular or ill-conditioned basis, or no progress.
  case numericalTrouble
}

/// What the numbers of a solution mean.
public enum SolutionStatus: Hashable, Sendable {
  /// Proven optimal (within `relativeGap` for mixed-integer programs).
  case optimal
  /// All bounds hold, optimality is not proven.
  case feasible
  /// Proven that no values keep all bounds.
  case infeasible
  /// The objective has no limit (for mixed-integer programs: that of the continuous relaxation).
  case unbounded
  /// Nothing is known; there are no numbers.
  case unknown
}

/// Values of a program's variables that keep all bounds, with what the solver knows of them.
public struct LinearPoint: Hashable, Sendable {
  /// Value of the objective, its constant included.
  public var objective: Double
  /// By variable.
  public var values: [Double]
  /// By row: the sum of its terms.
  public var activities: [Double]
  /// By row: change of the objective per unit of the row's binding bound; empty for mixed-integer programs.
  public var duals: [Double]
  /// By variable: change of the objective per unit of its binding bound; empty for mixed-integer programs.
  public var reducedCosts: [Double]

  /// Whether all of it are numbers: programs at the edge of what doubles hold may give infinities.
  var isFinite: Bool {
    objective.isFinite && [values, activities, duals, reducedCosts].allSatisfy { $0.allSatisfy(\.isFinite) }
  }

  /// The value of a variable.
  public subscript(variable: Variable) -> Double { values[variable.index] }
  /// The sum of a row's terms.
  public func activity(of row: Row) -> Double { activities[row.index] }
  /// What one unit more of the row's binding bound would change of the objective; 0 where neither bound
  /// binds. Continuous programs only.
  public func dual(of row: Row) -> Double {
    precondition(!duals.isEmpty, "a mixed-integer program has no duals")
    return duals[row.index]
  }
  /// What one unit more of the variable's binding bound would change of the objective; 0 where neither
  /// binds. Continuous programs only.
  public func reducedCost(of variable: Variable) -> Double {
    precondition(!reducedCosts.isEmpty, "a mixed-integer program has no reduced costs")
    return reducedCosts[variable.index]
  }
}

/// The answer to a linear or mixed-integer program.
public struct LinearSolution: Hashable, Sendable {
  /// Why the solver stopped.
  public var stop: StopReason
  /// What the numbers mean.
  public var status: SolutionStatus
  /// The best values known; nil when there are none.
  public var point: LinearPoint?
  /// Proven bound on the objective: no feasible values are better. Nil when nothing is proven.
  public var bound: Double?
  /// Simplex iterations made, those of the root only for mixed-integer programs.
  public var iterations: Int

  /// What is known without a solve of a program with a variable that can take no value.
  static let infeasible = LinearSolution(
    stop: .finished, status: .infeasible, point: nil, bound: nil, iterations: 0)

  /// Numbers so bad that they mean nothing.
  static func numericalTrouble(iterations: Int) -> LinearSolution {
    LinearSolution(stop: .numericalTrouble, status: .unknown, point: nil, bound: nil, iterations: iterations)
  }

  /// The values, when they are proven optimal.
  public var optimum: LinearPoint? { status == .optimal ? point : nil }

  /// |objective − bound| / max(|objective|, 1e-9); nil when either is unknown.
  public var gap: Double? {
    guard let point, let bound else { return nil }
    return abs(point.objective - bound) / max(abs(point.objective), 1e-9)
  }
}
