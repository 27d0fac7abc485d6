/// A green of a cycle after the first.
public struct FurtherGreen: Hashable, Sendable {
  /// From the effective end of the green before it to its effective start, s.
  public var pause: Double
  /// Effective green, s.
  public var green: Double

  /// A green of this length after that pause, both s.
  public init(pause: Double, green: Double) {
    self.pause = pause
    self.green = green
  }
}

extension Approach {
  /// Effective green of all but the first, s.
  var furtherGreen: Double { furtherGreens.reduce(0) { $0 + $1.green } }
}
