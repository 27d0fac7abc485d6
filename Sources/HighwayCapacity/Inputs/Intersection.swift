/// A signalized junction as the manual's motorized-vehicle method wants it described.
///
/// Flows are vehicles per hour, lengths metres, times seconds, shares 0 to 1. Rings follow from approaches: of two that
/// oppose each other the left phase of one runs in a ring with the through phase of the other, and both rings meet at a
/// barrier. An approach with split phasing has the junction for itself.
public struct Intersection: Hashable, Sendable {
  /// Who decides how long phases last.
  public enum Control: Hashable, Sendable {
    /// The plan: each phase has its duration, and the cycle is this, s.
    case pretimed(cycle: Double)
    /// Detectors; with simultaneous gap-out, phases that end at a barrier end together.
    case actuated(simultaneousGapOut: Bool = true)
    /// Detectors within a cycle, s: through phases of this street get what others leave; durations of phases are splits, from
    /// which the others' maximums follow (floating force-off).
    case coordinated(cycle: Double, street: Direction)
  }

  /// One to four, of different directions.
  public var approaches: [Approach]
  /// Who decides how long phases last.
  public var control: Control
  /// Whether it lies in a central business district.
  public var isCentralBusinessDistrict = false
  /// Base saturation flow s₀, pc/h per lane: 1,900 in cities of 250,000 and more, 1,750 elsewhere.
  public var baseSaturationFlow = 1900.0
  /// Whose factors adjust it.
  public var saturationMethod = SaturationMethod.highwayCapacityManual
  /// Analysis period T, h.
  public var period = 0.25
  /// Start-up lost time l₁, s.
  public var startUpLostTime = 2.0
  /// Yellow used as green e, s.
  public var yellowUsed = 2.0

  /// A junction of these approaches under this control; the rest has defaults.
  public init(approaches: [Approach], control: Control) {
    self.approaches = approaches
    self.control = control
  }

  /// Index of the approach against this one that moves at the same time; nil where none does.
  func opposing(_ index: Int) -> Int? {
    guard approaches[index].leftTurns != .split else { return nil }
    return approaches.indices.first {
      approaches[$0].direction == approaches[index].direction.opposite
        && approaches[$0].leftTurns != .split
    }
  }

  /// The approach whose left turns go where right turns of this one go, from the cross street; nil where none does.
  func leftTurnsBeside(_ index: Int) -> Int? {
    let beside: Direction
    switch approaches[index].direction {
    case .eastbound: beside = .northbound
    case .northbound: beside = .westbound
    case .westbound: beside = .southbound
    case .southbound: beside = .eastbound
    }
    return approaches.indices.first { approaches[$0].direction == beside }
  }

  /// Between two barriers: an approach, or two that oppose each other.
  var barrierGroups: [[Int]] {
    approaches.indices.compactMap { index in
      guard let other = opposing(index) else { return [index] }
      return index < other ? [index, other] : nil
    }
  }

  /// Effective green of a phase with this duration, s (equations 19-1 and 19-3).
  func effectiveGreen(_ phase: Phase, duration: Double) -> Double {
    max(duration - phase.change - startUpLostTime + yellowUsed, 0)
  }
  /// Lost time of a phase, s (equation 19-1).
  func lostTime(_ phase: Phase) -> Double { startUpLostTime + phase.change - yellowUsed }
}
