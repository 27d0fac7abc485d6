internal import Foundation

/// The one way in which reports write numbers: the same in every locale.
public enum NumberText {
  /// A number with a fixed count of decimals and a comma between thousands; a dash where it is not finite.
  public static func fixed(_ value: Double, decimals: Int) -> String {
    guard value.isFinite else { return "–" }
    var digits = String(format: "%.\(max(0, decimals))f", abs(value))
    // Zero has no sign, nor has what rounds to it.
    let isNegative = value < 0 && digits.contains { $0 != "0" && $0 != "." }
    let whole = digits.prefix { $0 != "." }.count
    for position in stride(from: whole - 3, to: 0, by: -3) {
      digits.insert(",", at: digits.index(digits.startIndex, offsetBy: position))
    }
    return (isNegative ? "-" : "") + digits
  }

  /// A change with its sign, in percent.
  public static func percentChange(_ value: Double, decimals: Int = 1) -> String {
    guard value.isFinite else { return "–" }
    let text = fixed(value, decimals: decimals)
    let isZero = !text.contains { $0 != "0" && $0 != "." }
    return (isZero || value < 0 ? "" : "+") + text + " %"
  }

  /// Half the width of a confidence interval; empty where one run tells nothing about chance.
  public static func plusMinus(_ halfWidth: Double, decimals: Int) -> String {
    halfWidth.isFinite ? "± " + fixed(halfWidth, decimals: decimals) : ""
  }

  /// A number of seconds: without a point where it is whole.
  public static func seconds(_ value: Double) -> String {
    fixed(value, decimals: value == value.rounded() ? 0 : 1)
  }

  /// A small number with two significant digits, e.g. a price, or with more.
  public static func significant(_ value: Double, digits: Int = 2) -> String {
    let magnitude = abs(value)
    guard magnitude.isFinite, magnitude > 0 else { return fixed(value, decimals: 0) }
    var exponent = Int(log10(magnitude).rounded(.down))
    // 0.0999 becomes 0.10, not 0.100.
    if (magnitude / pow(10, Double(exponent - digits + 1))).rounded() >= pow(10, Double(digits)) {
      exponent += 1
    }
    return fixed(value, decimals: min(6, max(0, digits - 1 - exponent)))
  }
}
