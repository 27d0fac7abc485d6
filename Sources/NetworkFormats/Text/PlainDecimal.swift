/// Reads plain decimal numbers, such as tables and shapes hold by the million, quicker than the standard library.
enum PlainDecimal {
  /// The nearest double to a number of at most 15 digits, with or without a sign and a point; nil for anything else,
  /// which need not be wrong: `1e3` is left to the standard library.
  static func value(_ bytes: some Sequence<UInt8>) -> Double? {
    var (mantissa, digits, decimals) = (0, 0, 0)
    var (isNegative, isDecimal, isFirst) = (false, false, true)
    for byte in bytes {
      defer { isFirst = false }
      switch byte {
      case UInt8(ascii: "-") where isFirst: isNegative = true
      case UInt8(ascii: "+") where isFirst: break
      case UInt8(ascii: ".") where !isDecimal: isDecimal = true
      case UInt8(ascii: "0")...UInt8(ascii: "9") where digits < 15:
        mantissa = mantissa * 10 + Int(byte &- UInt8(ascii: "0"))
        digits += 1
        if isDecimal { decimals += 1 }
      default: return nil
      }
    }
    guard digits > 0 else { return nil }
    // Both are whole and exact, so that one division rounds once.
    let value = Double(mantissa) / powersOfTen[decimals]
    return isNegative ? -value : value
  }

  private static let powersOfTen: [Double] = (0..<16).map { exponent in
    (0..<exponent).reduce(1) { power, _ in power * 10 }
  }
}
