/// How the costs of several possible days become one figure to make small.
public enum RiskMeasure: Hashable, Sendable {
  /// The mean over the days.
  case expected
  /// The mean over the worst days that together make up this share of all days, 0 … 1: conditional value at risk
  /// (Rockafellar and Uryasev 2000). A share of 1 is the mean, one of 0 the worst day.
  case worstShare(Double)

  /// The figure for days' costs.
  ///
  /// - Parameter weights: probabilities of the days; they sum to 1.
  public func value(of costs: [Double], weights: [Double]) -> Double {
    precondition(costs.count == weights.count && !costs.isEmpty, "each day has a cost and a weight")
    switch self {
    case .expected: return zip(costs, weights).reduce(0) { $0 + $1.0 * $1.1 }
    case .worstShare(let share):
      // Less than any day is a part of the worst one.
      guard share > weights.min() ?? 1 else { return costs.max() ?? 0 }
      var rest = share
      var sum = 0.0
      // A day that is only partly among the worst counts with that part.
      for day in costs.indices.sorted(by: { (-costs[$0], $0) < (-costs[$1], $1) }) {
        let part = min(weights[day], rest)
        sum += part * costs[day]
        rest -= part
      }
      return sum / (share - rest)
    }
  }

  /// The share of days that counts; where it is smaller than any day's, the worst day alone counts.
  func share(weights: [Double]) -> Double {
    switch self {
    case .expected: 1
    case .worstShare(let share): min(1, max(share, weights.min() ?? 1))
    }
  }
}
