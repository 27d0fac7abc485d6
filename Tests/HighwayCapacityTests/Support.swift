import HighwayCapacity
import Testing

extension Tag {
  /// Answers of the manual and other publications, to the digits printed.
  @Tag static var published: Self
}

/// Metres in a foot, metres per second in a mile per hour: publications are in these.
let foot = 0.3048
let milePerHour = 0.44704

/// Whether a figure is the printed one, of which so many decimals are printed.
func isPrinted(_ value: Double, _ printed: Double, decimals: Int) -> Bool {
  let unit = (0..<decimals).reduce(1.0) { unit, _ in unit / 10 }
  // Half a unit of the last digit, and what binary fractions add.
  return abs(value - printed) <= 0.5 * unit + 1e-9
}
