/// Mean durations of phases that detectors decide (HCM 7, chapter 31, section 2, steps A to R).
///
/// Durations decide queues, saturation flows and lanes, and these decide durations: both are found together.
public struct ActuatedProcedure: Hashable, Sendable {
  /// Mean durations.
  public private(set) var timing: Timing
  /// By approach: its arrow, if it has one, then its through phase.
  public private(set) var phases: [ActuatedPhase] = []
  /// Whether durations settled to a hundredth of a second. Where a queue clears in one moment or only in the next cycle, they may
  /// swing without end: what is told then is the middle.
  public private(set) var isSettled = false

  /// s within which durations count as settled; the manual asks for 0.1 s.
  private static let tolerance = 0.01
  private static let boldPasses = 30, mostPasses = 300

  /// Durations of a junction without problems, whose control is not pretimed.
  public init(_ intersection: Intersection) {
    let limits = ControlLimits(intersection)
    timing = Timing(
      cycle: 0,
      durations: intersection.approaches.map { approach in
        .init(
          through: limits.mostGreen(approach.phase) + approach.phase.change,
          left: approach.leftTurns.phase.map { limits.mostGreen($0) + $0.change } ?? 0)
      })
    timing.cycle = intersection.fixedCycle ?? timing.sum(intersection)
    for pass in 0..<Self.mostPasses {
      let (next, found) = Self.step(intersection, timing, limits)
      phases = found
      let change = zip(timing.durations, next.durations).reduce(abs(timing.cycle - next.cycle)) {
        max($0, abs($1.0.through - $1.1.through), abs($1.0.left - $1.1.left))
      }
      // Part of the way only: a longer cycle makes longer queues, which overshoot; the less the longer it takes.
      timing.move(
        to: next, share: pass < Self.boldPasses ? 0.5 : 0.5 * Double(Self.boldPasses) / Double(pass))
      if change < Self.tolerance {
        isSettled = true
        break
      }
    }
  }

  private static func step(
    _ intersection: Intersection, _ timing: Timing, _ limits: ControlLimits
  ) -> (Timing, [ActuatedPhase]) {
    let state = JunctionState(intersection, timing)
    let demands = intersection.approaches.indices.map { index in
      (
        arrow: PhaseDemand(state, approach: index, arrow: true),
        through: PhaseDemand(state, approach: index, arrow: false)
      )
    }
    var next = timing
    var found: [(arrow: ActuatedPhase?, through: ActuatedPhase?)] = demands.map { _ in (nil, nil) }
    for (index, demand) in demands.enumerated() {
      let partner = concurrent(intersection, index).flatMap { demands[$0].through }
      found[index].arrow = demand.arrow.map { phase($0, with: nil, timing, intersection) }
      found[index].through = demand.through.map { phase($0, with: partner, timing, intersection) }
      next.durations[index].left = found[index].arrow?.unbalancedDuration ?? 0
      next.durations[index].through = found[index].through?.unbalancedDuration ?? 0
    }
    balance(intersection, limits, &next)
    let phases = found.enumerated().flatMap { index, phases in
      [
        phases.arrow?.lasting(next.durations[index].left),
        phases.through?.lasting(next.durations[index].through),
      ].compactMap { $0 }
    }
    return (next, phases)
  }

  /// The approach whose through phase ends at the same barrier at the same time.
  private static func concurrent(_ intersection: Intersection, _ index: Int) -> Int? {
    guard case .actuated(true) = intersection.control, let other = intersection.opposing(index),
      [index, other].allSatisfy({ intersection.approaches[$0].leftTurns.arrow != .lagging })
    else { return nil }
    return other
  }

  /// Steps G to N: a phase by itself, or with the one that ends with it.
  private static func phase(
    _ demand: PhaseDemand, with partner: PhaseDemand?, _ timing: Timing, _ intersection: Intersection
  ) -> ActuatedPhase {
    let phase = demand.phase
    let most = ControlLimits(intersection).mostGreen(phase)
    var (stream, headway) = (demand.stream, demand.headway)
    if let partner, demand.rate + partner.rate > 0 {
      headway =
        (headway * demand.rate + partner.headway * partner.rate) / (demand.rate + partner.rate)
      stream = stream + partner.stream
    }
    let clearance = intersection.startUpLostTime + demand.queueService
    let `extension` = GreenExtension(
      stream: stream, headway: headway, maximumGreen: most, queueClearance: clearance)
    var call = PhaseCall(
      vehicles: demand.stream.flow, pedestrians: demand.pedestrians, cycle: timing.cycle)
    if phase.recall != .none { call = PhaseCall(vehicles: .infinity, pedestrians: 0, cycle: timing.cycle) }
    let green =
      phase.recall == .maximum
      ? most
      : call.green(
        vehicleGreen: max(clearance + `extension`.time, phase.minimumGreen),
        pedestrianGreen: phase.pedestrianGreen, maximum: most)
    return ActuatedPhase(
      number: phase.number, duration: 0, queueService: demand.queueService,
      extensionTime: `extension`.time, allowableHeadway: headway, callProbability: call.probability,
      maximumProbability: `extension`.maximumProbability, unbalancedDuration: green + phase.change)
  }

  /// Steps O to Q: of two rings the shorter waits at the barrier, in the phase that is last (equations 31-38 to 31-42); the
  /// coordinated street gets what others leave.
  private static func balance(_ intersection: Intersection, _ limits: ControlLimits, _ timing: inout Timing) {
    var rest = intersection.fixedCycle ?? 0
    var coordinated: [[Int]] = []
    var sum = 0.0
    for group in intersection.barrierGroups {
      let isCoordinated = group.contains { limits.isCoordinated(intersection.approaches[$0]) }
      if isCoordinated {
        coordinated.append(group)
        continue
      }
      let length =
        Timing.rings(group).map { timing.durations[$0.left].left + timing.durations[$0.through].through }
        .max() ?? 0
      fill(group, length, intersection, &timing)
      sum += length
      rest -= length
    }
    for group in coordinated {
      let length = rest / Double(coordinated.count)
      for ring in Timing.rings(group) {
        timing.durations[ring.through].through = max(length - timing.durations[ring.left].left, 0)
      }
    }
    timing.cycle = intersection.fixedCycle ?? sum
  }

  private static func fill(
    _ group: [Int], _ length: Double, _ intersection: Intersection, _ timing: inout Timing
  ) {
    for ring in Timing.rings(group) {
      let spare = length - timing.durations[ring.left].left - timing.durations[ring.through].through
      if intersection.approaches[ring.left].leftTurns.arrow == .lagging {
        timing.durations[ring.left].left += spare
      } else {
        timing.durations[ring.through].through += spare
      }
    }
  }
}

extension ActuatedPhase {
  /// The phase with the duration that balancing gave it.
  fileprivate func lasting(_ duration: Double) -> ActuatedPhase {
    ActuatedPhase(
      number: number, duration: duration, queueService: queueService, extensionTime: extensionTime,
      allowableHeadway: allowableHeadway, callProbability: callProbability,
      maximumProbability: maximumProbability, unbalancedDuration: unbalancedDuration)
  }
}
