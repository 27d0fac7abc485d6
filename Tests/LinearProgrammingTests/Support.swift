import TestSupport

@testable import LinearProgramming

enum Tolerance {
  /// GLPK takes a bound for kept within 1e-7, relative to its size; sums of a dozen terms lose another digit.
  static let simplex = 1e-6
}

func isClose(_ a: Double, _ b: Double, _ tolerance: Double = Tolerance.simplex) -> Bool {
  abs(a - b) <= tolerance * (1 + max(abs(a), abs(b)))
}

extension ClosedRange<Double> {
  static let nonNegative = 0...Double.infinity
  static let free = -Double.infinity...Double.infinity
  static func atLeast(_ bound: Double) -> Self { bound...(.infinity) }
  static func atMost(_ bound: Double) -> Self { (-.infinity)...bound }
  static func exactly(_ value: Double) -> Self { value...value }

  func holds(_ value: Double) -> Bool {
    value >= lowerBound - Tolerance.simplex * (1 + abs(lowerBound))
      && value <= upperBound + Tolerance.simplex * (1 + abs(upperBound))
  }
}

extension LinearProgram {
  /// A program by its matrix: a bound, cost and kind for each column, coefficients and bounds for each row.
  init(
    _ direction: Direction, _ columns: [(bounds: ClosedRange<Double>, cost: Double)],
    _ rows: [(coefficients: [Double], bounds: ClosedRange<Double>)], kind: VariableKind = .continuous,
    constant: Double = 0
  ) {
    self.init(direction)
    self.constant = constant
    let variables = columns.enumerated().map {
      addVariable("x\($0.offset + 1)", in: $0.element.bounds, objective: $0.element.cost, kind: kind)
    }
    for (index, row) in rows.enumerated() {
      addRow("r\(index + 1)", zip(variables, row.coefficients).map { Term($0.0, $0.1) }, in: row.bounds)
    }
  }

  /// The sum of a row's terms at some values.
  func activity(ofRow row: Int, at values: [Double]) -> Double {
    constraints[row].terms.reduce(0) { $0 + $1.coefficient * values[$1.variable.index] }
  }

  func objective(at values: [Double]) -> Double {
    zip(columns, values).reduce(constant) { $0 + $1.0.objective * $1.1 }
  }

  func allows(_ values: [Double]) -> Bool {
    zip(columns, values).allSatisfy { $0.bounds.holds($1) }
      && constraints.indices.allSatisfy { constraints[$0].bounds.holds(activity(ofRow: $0, at: values)) }
  }

  /// Whether objective `a` is better than `b`.
  func prefers(_ a: Double, to b: Double) -> Bool { direction == .minimize ? a < b : a > b }
}

extension LinearCongruential {
  /// Bounds of a random kind about 0.
  mutating func bounds() -> ClosedRange<Double> {
    let lower = Double(whole(in: -6...2))
    switch below(6) {
    case 0: return .free
    case 1: return .atLeast(lower)
    case 2: return .atMost(-lower)
    case 3: return .exactly(lower)
    default: return lower...(lower + Double(below(9)))
    }
  }

  /// A random program of up to `columns` variables and rows; most are feasible, because the rows' bounds are
  /// laid around the activities of one point.
  mutating func program(columns: Int, rows: Int, areBoxed: Bool = false) -> LinearProgram {
    let count = whole(in: 1...columns)
    let box = (0..<count).map { _ -> ClosedRange<Double> in
      let bounds = bounds()
      return areBoxed ? max(bounds.lowerBound, -7)...max(-7, min(bounds.upperBound, 7)) : bounds
    }
    let inside = box.map { min(max(Double(whole(in: -3...3)), $0.lowerBound), $0.upperBound) }
    let matrix = (0..<below(rows + 1)).map { _ in
      (0..<count).map { _ in once(in: 2) ? Double(whole(in: -9...9)) : 0 }
    }
    let limits = matrix.map { coefficients in
      let activity = zip(coefficients, inside).reduce(0) { $0 + $1.0 * $1.1 }
      // One row in twenty has nothing to do with the point.
      let center = once(in: 20) ? activity + Double(whole(in: -30...30)) : activity
      let around = bounds()
      return (around.lowerBound > 0 || around.upperBound < 0)
        ? .exactly(center) : (center + around.lowerBound)...(center + around.upperBound)
    }
    return LinearProgram(
      once(in: 2) ? .minimize : .maximize, box.map { ($0, Double(whole(in: -9...9))) },
      zip(matrix, limits).map { ($0, $1) }, constant: Double(below(3)))
  }
}
