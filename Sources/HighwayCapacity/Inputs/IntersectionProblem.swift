/// Why a junction cannot be evaluated.
public enum IntersectionProblem: Hashable, Sendable {
  /// It has no approach.
  case noApproach
  /// Two approaches have this direction.
  case twoApproaches(Direction)
  /// Vehicles want to turn where no lane does.
  case noLane(Direction, LaneUse)
  /// A lane serves nothing.
  case idleLane(Direction)
  /// A figure is negative, not a number, or a ratio out of its range.
  case number(Direction)
  /// Base saturation flow, analysis period or cycle are no positive numbers, or lost times negative.
  case junctionNumber
  /// A time of a phase is negative or not a number, or it has neither yellow nor red clearance.
  case phaseNumber(Int)
  /// A lane for left turns and others, whose left turns have an arrow only.
  case sharedLaneBehindArrow(Direction)
  /// A phase has no duration, which its control needs.
  case noDuration(phase: Int)
  /// A cycle is shorter than its phases.
  case cycle(Double)
}

extension Intersection {
  /// Why it cannot be evaluated: all reasons, in the order of the approaches.
  public var problems: [IntersectionProblem] {
    var found: [IntersectionProblem] = approaches.isEmpty ? [.noApproach] : []
    for (index, approach) in approaches.enumerated() {
      if approaches[..<index].contains(where: { $0.direction == approach.direction }) {
        found.append(.twoApproaches(approach.direction))
      }
      found += approach.problems
    }
    let positive = [baseSaturationFlow, period, fixedCycle ?? 1]
    let isFine =
      positive.allSatisfy { $0 > 0 && $0.isFinite }
      && [startUpLostTime, yellowUsed].allSatisfy { $0 >= 0 && $0.isFinite }
    if !isFine { found.append(.junctionNumber) }
    found += phases.filter { !$0.hasNumbers }.map { .phaseNumber($0.number) }
    guard found.isEmpty else { return found }
    if let cycle = fixedCycle {
      found = phases.filter { $0.duration == nil }.map { .noDuration(phase: $0.number) }
      let rounding = 1e-6
      if found.isEmpty, cycle + rounding < Timing(planned: self, cycle: cycle).sum(self) {
        found.append(.cycle(cycle))
      }
    }
    return found
  }

  /// The cycle that control keeps to, s.
  var fixedCycle: Double? {
    switch control {
    case .pretimed(let cycle), .coordinated(let cycle, _): cycle
    case .actuated: nil
    }
  }

  private var phases: [Phase] {
    approaches.flatMap { [$0.leftTurns.phase, $0.phase].compactMap { $0 } }
  }
}

extension Phase {
  fileprivate var hasNumbers: Bool {
    let times = [
      yellow, redClearance, duration ?? 0, maximumGreen, minimumGreen, passageTime, detector, walk ?? 0,
      pedestrianClearance,
    ]
    return times.allSatisfy { $0 >= 0 && $0.isFinite } && change > 0
  }
}

extension Approach {
  fileprivate var problems: [IntersectionProblem] {
    var found: [IntersectionProblem] = []
    for (use, volume) in [
      (LaneUse.left, volumes.left), (.through, volumes.through), (.right, volumes.right),
    ] where volume > 0 && !lanes.contains(where: { $0.contains(use) }) {
      found.append(.noLane(direction, use))
    }
    if lanes.contains([]) { found.append(.idleLane(direction)) }
    if case .protected = leftTurns, lanes.contains(where: { $0.isShared && $0.contains(.left) }) {
      found.append(.sharedLaneBehindArrow(direction))
    }
    let amounts =
      [
        volumes.left, volumes.through, volumes.right, volumes.rightOnRed, initialQueue, initialQueueLeft,
        parkingManeuvers ?? 0, buses, pedestrians, pedestriansLeft, bicycles, platoonRatio,
      ] + furtherGreens.flatMap { [$0.pause, $0.green] }
    let lengths =
      [
        laneUtilisation ?? 1, laneWidth, speedLimit, storage ?? 1, storageLeft ?? 1, storageRight ?? 1,
        peakHourFactor, filtering,
      ] + givenSaturation.all
    let isFine =
      amounts.allSatisfy { $0 >= 0 && $0.isFinite } && lengths.allSatisfy { $0 > 0 && $0.isFinite }
      && [heavyVehicles, heavyVehiclesLeft].allSatisfy { (0...1).contains($0) } && grade.isFinite
      && peakHourFactor <= 1
    if !isFine { found.append(.number(direction)) }
    return found
  }
}
