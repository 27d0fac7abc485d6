internal import NetworkBuilding

/// What an input may be at most, whatever its format: beyond that it is a mistake of units, or a trap. `NumberRule` has the ranges of
/// single numbers.
enum InputLimits {
  /// Bytes of a file, unpacked: no road network of this planet needs more.
  static let fileSize = 2_000_000_000
  /// Bytes that a compressed file may unpack to, whatever its own size is.
  static let freeUnpackedSize = 64 << 20
  /// Beyond that: at most so many times its size. Networks and routes pack to a tenth or twentieth of their size, gzip's own limit is
  /// about 1,030.
  static let unpackingRatio = 200
  /// XML elements within elements: no format has more, and a tree of them would exhaust the stack.
  static let xmlDepth = 100
  /// JSON values within values.
  static let jsonDepth = 64
  /// Vehicles of a demand.
  static let vehicles = 2_000_000
  /// s from the begin of a period to its end: ten days.
  static let period = 864_000.0

  /// What is wrong with how long a period lasts, in a sentence without a full stop; nil where nothing is.
  static func problem(withPeriod seconds: Double) -> String? {
    guard seconds > period else { return nil }
    return
      "the traffic lasts \(plainNumber(seconds.rounded())) s, at most \(plainNumber(period)) s (ten days) are read"
  }
}
