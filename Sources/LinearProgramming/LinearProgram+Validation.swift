/// Why a program could not be given to the solver.
public enum LinearProgramError: Error, Hashable, Sendable {
  /// Every mistake in the data, one sentence each.
  case invalid([String])
}

/// GLPK aborts the whole process on data that it dislikes, so everything is looked at here first.
extension LinearProgram {
  /// Costs and finite bounds beyond this size are taken for mistakes: the simplex method's tolerances mean
  /// nothing there.
  public static let largestNumber = 1e12
  /// The same for coefficients of rows. With coefficients further apart than from here to
  /// `smallestCoefficient`, GLPK has been seen to abort.
  public static let largestCoefficient = 1e9

  /// Every mistake in the data; empty when the program can be solved.
  var mistakes: [String] {
    var found = Self.isSensible(constant) ? [] : ["the objective's constant is \(constant)"]
    for index in columns.indices { found += mistakes(ofColumn: index) }
    for index in constraints.indices { found += mistakes(ofRow: index) }
    return found
  }

  func mistakes(ofColumn index: Int) -> [String] {
    let column = columns[index]
    var found: [String] = []
    if !Self.isSensible(column.objective) {
      found.append("variable '\(column.name)' has \(column.objective) in the objective")
    }
    if !Self.isSensible(column.bounds) {
      found.append("variable '\(column.name)' has the bounds \(column.bounds)")
    }
    return found
  }

  func mistakes(ofRow index: Int) -> [String] {
    let row = constraints[index]
    var found: [String] = []
    if !Self.isSensible(row.bounds) { found.append("row '\(row.name)' has the bounds \(row.bounds)") }
    for term in row.terms {
      if !columns.indices.contains(term.variable.index) {
        found.append("row '\(row.name)' has a variable of another program")
      } else if !(term.coefficient.magnitude <= Self.largestCoefficient) {
        found.append(
          "row '\(row.name)' has the coefficient \(term.coefficient) for '\(name(of: term.variable))'")
      }
    }
    return found
  }

  private static func isSensible(_ number: Double) -> Bool { number.magnitude <= largestNumber }

  private static func isSensible(_ bounds: ClosedRange<Double>) -> Bool {
    let lower = bounds.lowerBound
    let upper = bounds.upperBound
    // A range can be made unchecked, with its ends in the wrong order.
    return (lower == -.infinity || isSensible(lower)) && (upper == .infinity || isSensible(upper))
      && lower <= upper
  }
}

extension SolveOptions {
  /// Every option that GLPK would abort on or that means nothing.
  var mistakes: [String] {
    var found: [String] = []
    if iterationLimit < 0 { found.append("the iteration limit is \(iterationLimit)") }
    if nodeLimit < 0 { found.append("the node limit is \(nodeLimit)") }
    if !(relativeGap >= 0 && relativeGap.isFinite) { found.append("the relative gap is \(relativeGap)") }
    return found
  }
}
