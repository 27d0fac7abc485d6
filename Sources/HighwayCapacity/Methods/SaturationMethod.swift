/// Whose factors adjust the base saturation flow of a junction; gaps, queues and delay are the American manual's in any case.
public enum SaturationMethod: Hashable, CaseIterable, Sendable {
  /// The Highway Capacity Manual's.
  case highwayCapacityManual
  /// The Chinese codes': width, heavy vehicles, turns and people on foot; others are 1. The junction's base saturation flow is
  /// that of through lanes.
  case chinese

  /// s₀ of lanes for this use, pc/h.
  ///
  /// - Parameters:
  ///   - base: of through lanes, pc/h.
  ///   - use: what the lane serves.
  func base(_ base: Double, _ use: LaneUse) -> Double {
    self == .chinese && !use.contains(.through)
      ? base * ChineseMethod.turnBase / ChineseMethod.throughBase : base
  }

  /// By lane width, m.
  func laneWidth(_ width: Double) -> Double {
    self == .chinese ? ChineseMethod.laneWidth(width) : SaturationFactor.laneWidth(width)
  }

  /// By share of heavy vehicles, and of the American manual by grade.
  func heavyVehicles(_ share: Double, grade: Double) -> Double {
    self == .chinese
      ? ChineseMethod.heavyVehicles(share)
      : SaturationFactor.heavyVehiclesAndGrade(share, grade: grade)
  }

  /// Through cars per protected left turn.
  var leftEquivalent: Double {
    self == .chinese ? 1 / ChineseMethod.protectedLeft : SaturationFactor.protectedLeftEquivalent
  }

  /// Through cars per right turn.
  var rightEquivalent: Double {
    self == .chinese ? 1 / ChineseMethod.rightTurns(share: 1) : SaturationFactor.protectedRightEquivalent
  }

  /// Whether area, parking, buses and lane utilisation count.
  var hasOtherFactors: Bool { self == .highwayCapacityManual }
}
