/// One step of a calculation as a person would write it down.
public struct CalculationStep: Hashable, Sendable {
  /// Equation or exhibit of the manual: "19-8", "exhibit 19-20".
  public let equation: String
  /// What is calculated: "s".
  public let symbol: String
  /// Formula in symbols.
  public let formula: String
  /// The same with numbers; a result that was calculated before appears as it is rounded there.
  public let numbers: String
  /// What the result is looked up or measured by, where no formula with numbers leads to it.
  public let given: String
  /// Result.
  public let value: Double
  /// Decimals that it is shown with.
  public let decimals: Int
  /// Unit of the result; empty for pure numbers.
  public let unit: String

  init(
    _ equation: String, _ symbol: String, _ formula: String, _ numbers: String, _ value: Double,
    decimals: Int = 1, unit: String = "", given: String = ""
  ) {
    self.equation = equation
    self.symbol = symbol
    self.formula = formula
    self.numbers = numbers
    self.given = given
    self.value = value
    self.decimals = decimals
    self.unit = unit
  }

  /// "s = 1900 × 0.961 = 1643.3 veh/h".
  public var text: String {
    let result =
      decimal(value, decimals) + (unit.isEmpty ? "" : " " + unit) + (given.isEmpty ? "" : " (\(given))")
    return numbers.isEmpty ? "\(symbol) = \(result)" : "\(symbol) = \(numbers) = \(result)"
  }
}

/// A number with so many decimals, rounded half away from zero; the core has no formatter.
func decimal(_ value: Double, _ decimals: Int = 3) -> String {
  guard value.isFinite else { return value.isNaN ? "–" : value < 0 ? "-∞" : "∞" }
  let scale = (0..<decimals).reduce(1.0) { scale, _ in scale * 10 }
  guard abs(value) * scale < 1e15 else { return "\(value)" }
  let whole = Int64((abs(value) * scale).rounded())
  let sign = value < 0 && whole > 0 ? "-" : ""
  guard decimals > 0 else { return sign + String(whole) }
  let digits = String(whole)
  let padded = String(repeating: "0", count: max(decimals + 1 - digits.count, 0)) + digits
  return sign + padded.dropLast(decimals) + "." + padded.suffix(decimals)
}
