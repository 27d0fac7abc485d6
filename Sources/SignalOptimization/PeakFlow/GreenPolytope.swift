/// Greens of one controller: at least their least durations, together a given sum.
enum GreenPolytope {
  /// Moves `greens` to the nearest point (Euclid) with greens ≥ least and Σ greens = total.
  ///
  /// Stages below their least leave, the others share the rest equally, until none is below (Michelot 1986,
  /// doi 10.1007/BF00938486).
  static func project(
    _ greens: UnsafeMutablePointer<Float>, least: UnsafePointer<Float>, count: Int, total: Float
  ) {
    var spare = total
    for stage in 0..<count { spare -= least[stage] }
    var shift = -Float.infinity
    while true {
      var (sum, members) = (Float(0), 0)
      for stage in 0..<count where greens[stage] - least[stage] > shift {
        sum += greens[stage] - least[stage]
        members += 1
      }
      guard members > 0 else { break }
      let next = (sum - spare) / Float(members)
      guard next > shift else { break }
      shift = next
    }
    for stage in 0..<count { greens[stage] = least[stage] + max(0, greens[stage] - least[stage] - shift) }
  }

  /// The largest Σ price × green: every stage its least, the dearest all the rest.
  static func best(prices: [Double], least: ArraySlice<Double>, total: Double) -> Double {
    guard let dearest = prices.max() else { return 0 }
    let spare = total - least.reduce(0, +)
    return zip(prices, least).reduce(dearest * spare) { $0 + $1.0 * $1.1 }
  }
}
