extension LinearProgram {
  /// The program as text in the CPLEX LP format, which most solvers read (`glpsol --lp`).
  ///
  /// Names become identifiers of that format and unique; a row with two different bounds becomes two rows; the
  /// objective's constant, which the format does not have, becomes a variable that is fixed to 1.
  public func writeLP() -> String {
    let variables = Self.identifiers(columns.map(\.name), prefix: "x")
    let rows = Self.identifiers(constraints.map(\.name), prefix: "r")
    let title = String(name.map { $0.isNewline ? " " : $0 })
    var lines = ["\\ \(title)", direction == .minimize ? "Minimize" : "Maximize"]
    let spare = variables.first ?? Self.one
    var costs = zip(columns, variables).filter { $0.0.objective != 0 }.map { ($0.0.objective, $0.1) }
    if constant != 0 { costs.append((constant, Self.one)) }
    lines += Self.row("objective", costs, "", spare: spare)
    lines.append("Subject To")
    for (row, constraint) in zip(rows, constraints) {
      let terms = constraint.terms.map { ($0.coefficient, variables[$0.variable.index]) }
      let (lower, upper) = (constraint.bounds.lowerBound, constraint.bounds.upperBound)
      if lower == upper {
        lines += Self.row(row, terms, " = \(lower)", spare: spare)
      } else {
        let isRange = lower.isFinite && upper.isFinite
        if lower.isFinite {
          lines += Self.row(row + (isRange ? ".low" : ""), terms, " >= \(lower)", spare: spare)
        }
        if upper.isFinite {
          lines += Self.row(row + (isRange ? ".high" : ""), terms, " <= \(upper)", spare: spare)
        }
      }
    }
    // Nor does it have a program without rows.
    if lines.last == "Subject To" { lines += Self.row("nothing", [], " <= 1.0", spare: spare) }
    lines.append("Bounds")
    for (variable, column) in zip(variables, columns) { lines.append(" \(Self.bound(column, variable))") }
    if constant != 0 || spare == Self.one { lines.append(" \(Self.one) = 1.0") }
    let whole = zip(columns, variables).filter { $0.0.kind != .continuous }.map(\.1)
    if !whole.isEmpty { lines += ["Generals"] + whole.map { " \($0)" } }
    return (lines + ["End", ""]).joined(separator: "\n")
  }

  /// The variable that is fixed to 1; identifiers made of names have no dot.
  private static let one = "constant.one"
  private static let lineLength = 100

  /// A named sum and what follows it, on lines of readable length. The format has no empty sum: zero times
  /// `spare` stands for it.
  private static func row(
    _ name: String, _ terms: [(coefficient: Double, variable: String)], _ end: String, spare: String
  ) -> [String] {
    let written = terms.map { "\($0.coefficient < 0 ? "-" : "+") \($0.coefficient.magnitude) \($0.variable)" }
    var lines = [" \(name):"]
    for word in written.isEmpty ? ["0 \(spare)"] : written {
      if lines[lines.count - 1].count + 1 + word.count > lineLength { lines.append("  ") }
      lines[lines.count - 1] += " " + word
    }
    lines[lines.count - 1] += end
    return lines
  }

  private static func bound(_ column: Column, _ variable: String) -> String {
    let (lower, upper) = column.limits
    if lower == -.infinity, upper == .infinity { return "\(variable) free" }
    if lower == upper { return "\(variable) = \(lower)" }
    let least = lower == -.infinity ? "-inf" : "\(lower)"
    return "\(least) <= \(variable)" + (upper == .infinity ? "" : " <= \(upper)")
  }

  /// Letters, digits and underscores only, not beginning with a digit or with what could be a number's `e`,
  /// none of the format's own words, and each once.
  private static func identifiers(_ names: [String], prefix: String) -> [String] {
    var seen: Set<String> = []
    return names.enumerated().map { index, name in
      var identifier = String(
        String.UnicodeScalarView(name.unicodeScalars.map { isAllowed($0) ? $0 : "_" }))
      let first = identifier.first
      if first == nil || first?.isNumber == true || first == "e" || first == "E"
        || keywords.contains(identifier.lowercased())
      {
        identifier = "\(prefix)_\(identifier)"
      }
      // The dot cannot have come from a name, so what it makes is new.
      return seen.insert(identifier).inserted ? identifier : "\(identifier).\(index + 1)"
    }
  }

  private static func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
    scalar.isASCII
      && (scalar.properties.isAlphabetic || scalar.properties.numericType != nil || scalar == "_")
  }

  private static let keywords: Set<String> = [
    "minimize", "minimum", "min", "maximize", "maximum", "max", "subject", "such", "st", "s_t_", "bounds",
    "bound", "general", "generals", "gen", "integer", "integers", "int", "binary", "binaries", "bin", "free",
    "inf", "infinity",
  ]
}
