extension LinearProgram {
  /// The program as text in the CPLEX LP format, which most solvers read (`glpsol --lp`).
  ///
  /// Names become identifiers of that format and unique; a row with two different bounds becomes two rows.
  public func writeLP() -> String {
    let variables = Self.identifiers(columns.map(\.name), prefix: "x")
    let rows = Self.identifiers(constraints.map(\.name), prefix: "r")
    var lines = ["\\ \(name)", direction == .minimize ? "Minimize" : "Maximize"]
    let costs = columns.indices.filter { columns[$0].objective != 0 }
      .map { Term(Variable(index: $0), columns[$0].objective) }
    lines.append(" objective: " + Self.sum(costs, variables) + (constant == 0 ? "" : " + \(constant)"))
    lines.append("Subject To")
    for (row, constraint) in zip(rows, constraints) {
      let sum = Self.sum(constraint.terms, variables)
      let (lower, upper) = (constraint.bounds.lowerBound, constraint.bounds.upperBound)
      if lower == upper {
        lines.append(" \(row): \(sum) = \(lower)")
      } else {
        let isRange = lower.isFinite && upper.isFinite
        if lower.isFinite { lines.append(" \(row)\(isRange ? "_low" : ""): \(sum) >= \(lower)") }
        if upper.isFinite { lines.append(" \(row)\(isRange ? "_high" : ""): \(sum) <= \(upper)") }
      }
    }
    lines.append("Bounds")
    for (variable, column) in zip(variables, columns) {
      lines.append(" \(Self.bound(column.bounds, variable))")
    }
    let whole = columns.indices.filter { columns[$0].kind != .continuous }.map { variables[$0] }
    if !whole.isEmpty { lines.append("Generals\n " + whole.joined(separator: " ")) }
    return (lines + ["End", ""]).joined(separator: "\n")
  }

  private static func sum(_ terms: [Term], _ variables: [String]) -> String {
    // The format has no empty sum.
    guard !terms.isEmpty else { return variables.first.map { "0 \($0)" } ?? "0" }
    return terms.map { term in
      "\(term.coefficient < 0 ? "-" : "+") \(term.coefficient.magnitude) \(variables[term.variable.index])"
    }.joined(separator: " ")
  }

  private static func bound(_ bounds: ClosedRange<Double>, _ variable: String) -> String {
    if bounds == (-.infinity)...(.infinity) { return "\(variable) free" }
    if bounds.lowerBound == bounds.upperBound { return "\(variable) = \(bounds.lowerBound)" }
    let lower = bounds.lowerBound == -.infinity ? "-inf" : "\(bounds.lowerBound)"
    return "\(lower) <= \(variable)" + (bounds.upperBound == .infinity ? "" : " <= \(bounds.upperBound)")
  }

  /// Letters, digits and underscores only, not beginning with a digit or with what could be a number's `e`.
  private static func identifiers(_ names: [String], prefix: String) -> [String] {
    var seen: Set<String> = []
    return names.enumerated().map { index, name in
      let letters = name.unicodeScalars.map { scalar in
        scalar.isASCII && scalar.properties.isAlphabetic || ("0"..."9").contains(scalar)
          ? String(scalar) : "_"
      }
      var identifier = letters.joined()
      let first = identifier.first
      if first == nil || first?.isNumber == true || first == "e" || first == "E" {
        identifier = "\(prefix)_\(identifier)"
      }
      if !seen.insert(identifier).inserted {
        identifier += "_\(prefix)\(index + 1)"
        seen.insert(identifier)
      }
      return identifier
    }
  }
}
