/// The phases that decide how much the junction can take (HCM 7, chapter 19, section 4, equations 19-30 and 19-31).
public struct CriticalPath: Hashable, Sendable {
  /// Numbers of its phases.
  public private(set) var phases: [Int] = []
  /// Σ y_c.
  public private(set) var flowRatios = 0.0
  /// L, s.
  public private(set) var lostTime = 0.0
  /// X_c.
  public let saturation: Double

  init(_ intersection: Intersection, _ timing: Timing, _ groups: [LaneGroup]) {
    for group in intersection.barrierGroups {
      let best = Timing.rings(group).map { ring in
        Self.phases(intersection, groups, ring)
      }.max { Self.sum($0) < Self.sum($1) }
      for part in best ?? [] {
        phases.append(part.phase.number)
        flowRatios += part.ratio
        lostTime += intersection.lostTime(part.phase)
      }
    }
    saturation = PretimedDesign.criticalSaturation(
      cycle: timing.cycle, lostTime: lostTime, flowRatios: flowRatios)
  }

  private static func sum(_ parts: [(phase: Phase, ratio: Double)]) -> Double {
    parts.reduce(0) { $0 + $1.ratio }
  }

  /// Phases of a ring with the largest flow ratio each serves.
  private static func phases(
    _ intersection: Intersection, _ groups: [LaneGroup], _ ring: (left: Int, through: Int)
  ) -> [(phase: Phase, ratio: Double)] {
    let (left, through) = (intersection.approaches[ring.left], intersection.approaches[ring.through])
    var parts: [(phase: Phase, ratio: Double)] = []
    if let arrow = left.leftTurns.phase {
      // Of demand that gaps serve, too, what the arrow can take counts here.
      let ratio = groups.filter { $0.direction == left.direction && $0.use == .left }.map {
        min($0.flow / (Double($0.lanes) * $0.saturationFlow), $0.green / $0.cycle)
      }.max()
      parts.append((arrow, ratio ?? 0))
    }
    let ratio = groups.filter {
      $0.direction == through.direction && !($0.use == .left && through.leftTurns.phase != nil)
    }.map(\.flowRatio).max()
    parts.append((through.phase, ratio ?? 0))
    return parts
  }
}
