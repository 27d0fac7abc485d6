extension CycleChoice {
  /// Common cycles to try, s: geometric steps of 10 % over the range of practice.
  static let commonCycles: [Double] = {
    var cycles: [Double] = []
    var next = ControllerSplits.shortestSensibleCycle
    while next <= ControllerSplits.longestSensibleCycle {
      cycles.append(next.rounded())
      next *= 1.1
    }
    return cycles
  }()

  /// Cycles that all signals are to run together, s.
  var forAll: [Double] {
    switch self {
    case .best, .common: Self.commonCycles
    case .fixed(let cycle): [cycle]
    case .perJunction, .existing: []
    }
  }
}
