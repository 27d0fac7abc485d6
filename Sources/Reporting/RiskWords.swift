internal import SignalOptimization

/// How reports name what is made small over several days.
enum RiskWords {
  static func words(_ risk: RiskMeasure) -> String {
    switch risk {
    case .expected: "least mean delay over the days"
    case .worstShare(let share):
      share > 0
        ? "least mean delay of the worst \(NumberText.fixed(100 * share, decimals: 0)) % of the days"
        : "least delay of the worst day"
    }
  }
}
