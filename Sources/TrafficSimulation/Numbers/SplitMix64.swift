/// A small seeded generator: the same seed gives the same numbers everywhere.
///
/// SplitMix64 of Steele, Lea and Flood (2014), "Fast splittable pseudorandom number generators",
/// OOPSLA, doi:10.1145/2714064.2660195.
public struct SplitMix64: RandomNumberGenerator, Sendable {
  /// What each number moves the state by.
  static let increment: UInt64 = 0x9e37_79b9_7f4a_7c15

  /// Where the sequence stands.
  private(set) var state: UInt64

  /// A generator that starts from `seed`.
  public init(seed: UInt64) { state = seed }

  /// A generator that goes on from `state`.
  init(state: UInt64) { self.state = state }

  /// The next 64 bits.
  public mutating func next() -> UInt64 {
    state &+= Self.increment
    var z = state
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }

  /// A number in 0 ..< 1 with 53 random bits.
  public mutating func nextUnit() -> Double { Double(next() >> 11) * 0x1p-53 }
}
