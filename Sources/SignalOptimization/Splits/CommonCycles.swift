extension ProposalRules {
  /// Cycles for several signals together, s: geometric steps of 10 % over the range of practice.
  var commonCycles: [Double] {
    var found: [Double] = []
    var next = cycles.lowerBound
    while next <= cycles.upperBound {
      found.append(next.rounded())
      next *= 1.1
    }
    return found
  }
}

extension PlanningProblem {
  /// Cycles that all signals are to run together, s.
  var commonCycles: [Double] {
    switch options.cycle {
    case .best, .common: options.rules.commonCycles
    case .fixed(let cycle): [cycle]
    case .perJunction, .existing: []
    }
  }
}
