/// Deals things out in given shares without chance: the next is always the one furthest below its share.
struct LargestShare {
  private let shares: [Double]
  private var dealt: [Double]
  private var total = 0.0

  /// - Parameter shares: not negative, with the sum 1.
  init(_ shares: [Double]) {
    self.shares = shares
    dealt = [Double](repeating: 0, count: shares.count)
  }

  /// The position of the next; ties go to the first.
  mutating func next() -> Int {
    total += 1
    var chosen = 0
    var largest = -Double.infinity
    for index in shares.indices {
      let missing = shares[index] * total - dealt[index]
      // Rounding must not break ties.
      if missing > largest + 1e-9 { (chosen, largest) = (index, missing) }
    }
    dealt[chosen] += 1
    return chosen
  }
}
