/// Numbers for test data, where quality does not matter (Knuth's MMIX constants).
public struct LinearCongruential {
  private var state: UInt64

  /// The sequence of a seed.
  public init(seed: Int) {
    state = UInt64(bitPattern: Int64(seed))
    // Seeds that lie close together begin alike; a few steps drive them apart.
    for _ in 0..<4 { _ = below(2) }
  }

  /// A number in 0 ..< bound.
  public mutating func below(_ bound: Int) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int((state >> 33) % UInt64(bound))
  }

  /// A whole number in a range.
  public mutating func whole(in range: ClosedRange<Int>) -> Int {
    range.lowerBound + below(range.count)
  }

  /// A number in a range.
  public mutating func number(in range: ClosedRange<Double>) -> Double {
    range.lowerBound + (range.upperBound - range.lowerBound) * Double(below(1 << 24)) / Double(1 << 24)
  }

  /// True once in `count` times, on average.
  public mutating func once(in count: Int) -> Bool { below(count) == 0 }
}
