import Foundation

/// Works out what a step of an explanation writes: + − × ÷ √ ^, powers of e, min, brackets.
struct PocketCalculator {
  private var rest: Substring

  static func result(_ text: String) -> Double? {
    let plain = text.replacingOccurrences(of: "²", with: "^2").replacingOccurrences(of: "³", with: "^3")
    var calculator = PocketCalculator(rest: plain.filter { $0 != " " }[...])
    let value = calculator.sum()
    return calculator.rest.isEmpty ? value : nil
  }

  private mutating func accept(_ text: String) -> Bool {
    guard rest.hasPrefix(text) else { return false }
    rest.removeFirst(text.count)
    return true
  }

  private mutating func sum() -> Double? {
    var value = accept("−") ? product().map { -$0 } : product()
    while value != nil {
      if accept("+") {
        value = product().flatMap { term in value.map { $0 + term } }
      } else if accept("−") {
        value = product().flatMap { term in value.map { $0 - term } }
      } else {
        return value
      }
    }
    return nil
  }

  private mutating func product() -> Double? {
    var value = power()
    while value != nil {
      if accept("×") {
        value = power().flatMap { factor in value.map { $0 * factor } }
      } else if accept("÷") {
        value = power().flatMap { divisor in value.map { $0 / divisor } }
      } else {
        return value
      }
    }
    return nil
  }

  private mutating func power() -> Double? {
    guard let base = atom() else { return nil }
    guard accept("^") else { return base }
    return atom().map { pow(base, $0) }
  }

  private mutating func atom() -> Double? {
    if accept("√") { return atom().map { $0.squareRoot() } }
    if accept("e") { return exp(1) }
    if accept("min(") {
      guard let first = sum(), accept(","), let second = sum(), accept(")") else { return nil }
      return min(first, second)
    }
    if accept("(") {
      let value = sum()
      return accept(")") ? value : nil
    }
    let digits = rest.prefix { $0.isNumber || $0 == "." || $0 == "-" }
    rest.removeFirst(digits.count)
    return Double(digits)
  }
}
