/// What a controller allows its phases.
struct ControlLimits {
  let intersection: Intersection

  init(_ intersection: Intersection) { self.intersection = intersection }

  /// Whether detectors decide how long a phase of this approach lasts.
  func isActuated(_ phase: Phase, _ approach: Approach) -> Bool {
    switch intersection.control {
    case .pretimed: false
    case .actuated: true
    case .coordinated: !isCoordinated(approach) || phase.number != approach.phase.number
    }
  }

  /// Whether the through phase of this approach gets what others leave.
  func isCoordinated(_ approach: Approach) -> Bool {
    guard case .coordinated(_, let street) = intersection.control else { return false }
    return approach.direction == street || approach.direction == street.opposite
  }

  /// Most displayed green of a phase, s: of a coordinated controller what its split leaves.
  func mostGreen(_ phase: Phase) -> Double {
    guard case .coordinated = intersection.control, let split = phase.duration else {
      return phase.maximumGreen
    }
    return max(split - phase.change, 0)
  }
}
