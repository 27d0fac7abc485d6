/// How well arrivals meet the green (HCM 7, exhibit 19-13).
public enum ArrivalType: Int, CaseIterable, Sendable {
  /// 1: dense platoons at the start of red.
  case veryPoor = 1
  /// 2: platoons mostly on red.
  case unfavorable
  /// 3: random, as far from other signals.
  case random
  /// 4: platoons mostly on green.
  case favorable
  /// 5: dense platoons at the start of green.
  case highlyFavorable
  /// 6: as good as it gets, on one-way streets.
  case exceptional

  /// R_p: share of arrivals on green over g/C.
  public var platoonRatio: Double {
    switch self {
    case .veryPoor: 0.33
    case .unfavorable: 0.67
    case .random: 1
    case .favorable: 1.33
    case .highlyFavorable: 1.67
    case .exceptional: 2
    }
  }
}
