/// Whether the objective is made small or large.
public enum Direction: Hashable, Sendable {
  case minimize, maximize
}

/// What values a variable may take.
public enum VariableKind: Hashable, Sendable {
  /// Any number within its bounds.
  case continuous
  /// Whole numbers within its bounds.
  case integer
  /// 0 or 1, within its bounds.
  case binary
}

/// A variable of a linear program: its position among the program's variables.
public struct Variable: Hashable, Sendable {
  /// Zero-based position in order of addition.
  public let index: Int
}

/// A row (constraint) of a linear program: its position among the program's rows.
public struct Row: Hashable, Sendable {
  /// Zero-based position in order of addition.
  public let index: Int
}

/// A variable times a coefficient.
public struct Term: Hashable, Sendable {
  /// The variable.
  public var variable: Variable
  /// What it is multiplied by.
  public var coefficient: Double

  /// `coefficient` times `variable`.
  public init(_ variable: Variable, _ coefficient: Double) {
    self.variable = variable
    self.coefficient = coefficient
  }
}

/// A linear or mixed-integer program: a plain value that can be printed, compared and sent anywhere.
///
///     minimize (or maximize)  Σ c_j x_j + constant
///     such that               lower_i ≤ Σ a_ij x_j ≤ upper_i   for each row i
///                             lower_j ≤ x_j ≤ upper_j          for each variable j
///
/// Infinite bounds stand for none. Building never fails; `solve` reports every mistake at once.
public struct LinearProgram: Hashable, Sendable {
  struct Column: Hashable, Sendable {
    var name: String
    var bounds: ClosedRange<Double>
    var objective: Double
    var kind: VariableKind

    /// The least and the largest value that the variable may take: of integers, the whole numbers within the
    /// bounds; least above largest where there is none.
    var limits: (lower: Double, upper: Double) {
      guard kind != .continuous else { return (bounds.lowerBound, bounds.upperBound) }
      let lower = (bounds.lowerBound - Self.wholeTolerance).rounded(.up)
      let upper = (bounds.upperBound + Self.wholeTolerance).rounded(.down)
      return kind == .binary ? (max(lower, 0), min(upper, 1)) : (lower, upper)
    }

    /// Whether no value is left.
    var isEmpty: Bool { limits.lower > limits.upper }

    /// A computed bound this near to a whole number means that number.
    private static let wholeTolerance = 1e-9
  }
  struct Constraint: Hashable, Sendable {
    var name: String
    /// Each variable once, ascending.
    var terms: [Term]
    var bounds: ClosedRange<Double>
  }

  /// Whether the objective is made small or large.
  public let direction: Direction
  /// What the program is called in messages and files.
  public let name: String
  /// Added to the objective.
  public var constant = 0.0
  private(set) var columns: [Column] = []
  private(set) var constraints: [Constraint] = []

  /// A program without variables and rows.
  public init(_ direction: Direction, name: String = "program") {
    self.direction = direction
    self.name = name
  }

  /// Number of variables.
  public var variableCount: Int { columns.count }
  /// Number of rows.
  public var rowCount: Int { constraints.count }
  /// Number of coefficients in all rows.
  public var coefficientCount: Int { constraints.reduce(0) { $0 + $1.terms.count } }
  /// Whether some variable must be whole.
  public var isMixedInteger: Bool { columns.contains { $0.kind != .continuous } }

  /// Whether some variable's bounds hold none of the values that it may take.
  var hasEmptyColumn: Bool { columns.contains(where: \.isEmpty) }

  /// Adds a variable with its bounds and its coefficient in the objective.
  ///
  /// A binary variable takes 0 or 1, whatever wider bounds it is given. An integer or binary variable whose
  /// bounds hold no whole number makes the program infeasible.
  public mutating func addVariable(
    _ name: String, in bounds: ClosedRange<Double>, objective: Double = 0, kind: VariableKind = .continuous
  ) -> Variable {
    columns.append(Column(name: name, bounds: bounds, objective: objective, kind: kind))
    return Variable(index: columns.count - 1)
  }

  /// Adds a row: the sum of `terms` lies in `bounds`. Terms of the same variable are added up; what then is
  /// smaller than `smallestCoefficient` counts as zero.
  @discardableResult
  public mutating func addRow(_ name: String, _ terms: [Term], in bounds: ClosedRange<Double>) -> Row {
    constraints.append(Constraint(name: name, terms: Self.merged(terms), bounds: bounds))
    return Row(index: constraints.count - 1)
  }

  /// Replaces the bounds of a variable.
  public mutating func setBounds(of variable: Variable, to bounds: ClosedRange<Double>) {
    columns[variable.index].bounds = bounds
  }

  /// Replaces the bounds of a row.
  public mutating func setBounds(of row: Row, to bounds: ClosedRange<Double>) {
    constraints[row.index].bounds = bounds
  }

  /// Replaces the coefficient of a variable in the objective.
  public mutating func setObjective(of variable: Variable, to coefficient: Double) {
    columns[variable.index].objective = coefficient
  }

  /// The name of a variable.
  public func name(of variable: Variable) -> String { columns[variable.index].name }
  /// The name of a row.
  public func name(of row: Row) -> String { constraints[row.index].name }
  /// The bounds of a variable.
  public func bounds(of variable: Variable) -> ClosedRange<Double> { columns[variable.index].bounds }
  /// The bounds of a row.
  public func bounds(of row: Row) -> ClosedRange<Double> { constraints[row.index].bounds }

  /// GLPK aborts the process on a variable that stands twice in a row, so each stands once.
  private static func merged(_ terms: [Term]) -> [Term] {
    var merged: [Term] = []
    for term in terms.sorted(by: { $0.variable.index < $1.variable.index }) {
      if merged.last?.variable == term.variable {
        merged[merged.count - 1].coefficient += term.coefficient
      } else {
        merged.append(term)
      }
    }
    return merged.filter { !($0.coefficient.magnitude < smallestCoefficient) }
  }

  /// Smaller coefficients of a row are what rounding leaves of zero: 0.1 + 0.2 − 0.3 gives 5.6e-17.
  public static let smallestCoefficient = 1e-9
}
