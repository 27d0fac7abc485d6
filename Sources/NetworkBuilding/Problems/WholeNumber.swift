/// Numbers of files as whole ones.
///
/// `Int(_: Double)` traps on what an `Int` cannot hold, and a field may hold `1e30`: whatever a file tells becomes whole
/// here, so that its reader can say what is wrong instead.
extension Int {
  /// The whole number that a number is.
  ///
  /// - Parameter range: what it may be.
  /// - Returns: nil where the number is not finite, has a fraction, or is not in the range.
  package init?(whole number: Double, in range: ClosedRange<Int>) {
    guard let whole = Int(exactly: number), range.contains(whole) else { return nil }
    self = whole
  }

  /// The whole number nearest to a number; halves are rounded away from 0.
  ///
  /// - Parameter range: what the rounded number may be.
  /// - Returns: nil where the number is not finite, or not in the range when rounded.
  package init?(rounding number: Double, in range: ClosedRange<Int>) {
    self.init(whole: number.rounded(), in: range)
  }
}
