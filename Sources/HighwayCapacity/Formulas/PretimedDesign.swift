/// Greens and cycle of a pretimed programme (HCM 7, equations 19-30 and 31-67 to 31-69).
public enum PretimedDesign {
  /// Critical volume-to-capacity ratio X_c (equations 19-30 and 31-67); infinite where lost time fills the cycle.
  ///
  /// - Parameters:
  ///   - cycle: C, s.
  ///   - lostTime: of the critical phases together, L, s (equation 19-31).
  ///   - flowRatios: Σ y_c, of the critical phases.
  public static func criticalSaturation(cycle: Double, lostTime: Double, flowRatios: Double) -> Double {
    cycle > lostTime ? cycle / (cycle - lostTime) * flowRatios : .infinity
  }

  /// Cycle with this critical ratio, s (equation 31-68); nil where no cycle has it.
  ///
  /// - Parameters:
  ///   - lostTime: L, s.
  ///   - flowRatios: Σ y_c.
  ///   - saturation: target X_c, above 0; 1 gives the least cycle.
  public static func cycle(lostTime: Double, flowRatios: Double, saturation: Double) -> Double? {
    saturation > flowRatios ? lostTime * saturation / (saturation - flowRatios) : nil
  }

  /// Effective green of a critical phase, s (equation 31-69).
  ///
  /// - Parameters:
  ///   - flowRatio: y_c of the phase.
  ///   - cycle: C, s.
  ///   - saturation: X of the phase; X_c for all shares the cycle out fully.
  public static func green(flowRatio: Double, cycle: Double, saturation: Double) -> Double {
    flowRatio * cycle / saturation
  }
}
