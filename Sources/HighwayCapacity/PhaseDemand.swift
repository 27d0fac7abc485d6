/// What a phase finds before it: who holds its green, and how long its queue takes.
struct PhaseDemand {
  let phase: Phase
  /// g_s, s.
  var queueService = 0.0
  /// All that calls and extends it.
  var stream = ArrivalStream()
  /// Σ MAH λ (equations 31-20 to 31-25).
  private var weightedHeadway = 0.0
  private var weight = 0.0
  /// People who walk with it, p/s.
  let pedestrians: Double

  /// Of the through phase of an approach, or of its arrow; nil where there is none.
  init?(_ state: JunctionState, approach index: Int, arrow isArrow: Bool) {
    let own = state.approaches[index]
    guard let phase = isArrow ? own.approach.leftTurns.phase : own.approach.phase else { return nil }
    self.phase = phase
    pedestrians =
      isArrow || phase.walk == nil
      ? 0 : max(own.approach.pedestrians, own.approach.pedestriansLeft) / USUnits.hour
    for group in own.groups {
      let service = LaneGroupService(state, approach: index, group: group)
      guard let time = service.queueService(arrow: isArrow) else { continue }
      queueService = max(queueService, time)
      let part = ArrivalStream(flow: group.flow, lanes: group.lanes)
      stream = stream + part
      weightedHeadway += part.rate * meanHeadway(service, base: state.intersection.baseSaturationFlow)
      weight += part.rate
    }
  }

  /// MAH of the phase, s.
  var headway: Double { weight > 0 ? weightedHeadway / weight : phase.passageTime }
  /// Σ λ, veh/s.
  var rate: Double { weight }

  /// MAH of a group by the shares of who turns.
  private func meanHeadway(_ service: LaneGroupService, base: Double) -> Double {
    let (own, group) = (service.own, service.group)
    let vehicle = AllowableHeadway.detectedLength(
      heavyVehicles: group.use == .left ? own.approach.heavyVehiclesLeft : own.approach.heavyVehicles)
    let through = AllowableHeadway.through(
      passageTime: phase.passageTime, detector: phase.detector, vehicle: vehicle,
      speed: BackOfQueue.approachSpeed(limit: own.approach.speedLimit))
    let isPermitted = service.operation == .gaps
    let flow = max(own.gapFlow * group.factors.through / group.factors.base * own.pedestriansLeft, 1)
    let left =
      isPermitted
      ? AllowableHeadway.permittedLeftAllowance(saturationFlow: flow)
      : AllowableHeadway.turnAllowance(equivalent: own.method.leftEquivalent, base: base)
    let right = AllowableHeadway.turnAllowance(equivalent: own.rightEquivalent, base: base)
    return through + group.leftShare * left + group.rightShare * right
  }
}
