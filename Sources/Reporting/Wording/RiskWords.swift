internal import SignalOptimization

/// How reports name what is made small over several days.
enum RiskWords {
  /// What the greens are made for.
  static func words(_ risk: RiskMeasure) -> String {
    switch risk {
    case .worstShare(let share) where share <= 0: "least delay of the worst day"
    case .expected, .worstShare: "least mean delay of \(days(risk))"
    }
  }

  /// The measure as a figure.
  static func name(_ risk: RiskMeasure) -> String {
    switch risk {
    case .worstShare(let share) where share <= 0: "worst day"
    case .expected, .worstShare: "mean of \(days(risk))"
    }
  }

  private static func days(_ risk: RiskMeasure) -> String {
    guard case .worstShare(let share) = risk else { return "the days" }
    return "the worst \(NumberText.fixed(100 * share, decimals: 0)) % of the days"
  }
}
