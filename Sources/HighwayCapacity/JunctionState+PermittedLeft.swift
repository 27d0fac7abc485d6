extension JunctionState {
  /// Finds when left turns of an approach may seek gaps, in how large a flow, and whom people on foot hold up.
  mutating func findPermitted(_ index: Int) {
    var state = approaches[index]
    let approach = state.approach
    state.findPeople(cycle: timing.cycle)
    defer { approaches[index] = state }
    guard approach.leftTurns.seeksGaps, let other = intersection.opposing(index),
      approaches[other].throughGreen > 0
    else {
      state.permitted = nil
      state.equivalent = approach.leftEquivalent(state.method)
      // Nobody opposes these: people on the crosswalk hold them up as they do right turns.
      switch approach.leftTurns {
      case .permitted, .split:
        state.pedestriansLeft = PedestrianBicycleFactor.rightTurn(
          pedestrians: approach.pedestriansLeft, service: state.pedestrianService,
          green: state.throughGreen, cycle: timing.cycle, spareReceivingLanes: state.spareLeft)
      case .protected, .protectedPermitted: break
      }
      return
    }
    let opposing = approaches[other]
    let green = PermittedGreen(
      own: side(index), opposing: side(other), queueClearance: queueClearance(other),
      lostTime: intersection.startUpLostTime, extension: intersection.yellowUsed)
    state.permitted = green
    let hasOwnLane = opposing.approach.lanes.contains(.right)
    let rights = hasOwnLane && !opposing.approach.rightTurnsFillGaps ? 0 : opposing.right
    state.opposingFlow = opposing.through + rights
    state.gapFlow = PermittedLeft.saturationFlow(opposing: state.opposingFlow)
    state.equivalent = approach.referenceFlow(base: intersection.baseSaturationFlow) / state.gapFlow
    state.findSharedTimes(green, opposing, cycle: timing.cycle)
    state.pedestriansLeft = PedestrianBicycleFactor.permittedLeft(
      pedestrians: approach.pedestriansLeft, opposing: state.opposingFlow, permitted: green.effective,
      unblocked: green.unblocked, service: state.pedestrianService, cycle: timing.cycle,
      spareReceivingLanes: state.spareLeft)
  }

  private func side(_ index: Int) -> PermittedGreen.Side {
    let approach = approaches[index].approach
    return PermittedGreen.Side(
      arrow: approach.leftTurns.arrow, leftDuration: timing.durations[index].left,
      leftChange: approach.leftTurns.phase?.change ?? 0,
      throughDuration: timing.durations[index].through, throughChange: approach.phase.change)
  }

  /// G_q: until the longest queue of an opposing approach without its left turns is gone (exhibit 31-12, note a), s.
  private func queueClearance(_ index: Int) -> Double {
    let state = approaches[index]
    let service = state.groups.filter { !$0.use.contains(.left) && $0.flow > 0 }.map {
      LaneGroupPolygon.oneGreen(
        flow: $0.flow / Double($0.lanes), saturationFlow: $0.saturationFlow, green: state.throughGreen,
        cycle: timing.cycle, platoonRatio: state.approach.platoonRatio
      ).serviceTime(1..<2)
    }.max()
    return service.map { $0 + intersection.startUpLostTime } ?? 0
  }
}

extension ApproachState {
  /// Green that people on foot use, g_ped, s.
  var pedestrianService: Double {
    approach.phase.walk == nil ? throughGreen : min(approach.phase.pedestrianGreen, throughGreen)
  }
  /// Whether more lanes receive left turns than turn.
  var spareLeft: Bool {
    approach.receivingLanesLeft > approach.lanes.filter { $0.contains(.left) }.count
  }

  fileprivate mutating func findPeople(cycle: Double) {
    let turning = approach.lanes.filter { $0.contains(.right) }.count
    pedestriansLeft = 1
    pedestriansRight = PedestrianBicycleFactor.rightTurn(
      pedestrians: approach.pedestrians, bicycles: approach.bicycles, service: pedestrianService,
      green: throughGreen, cycle: cycle, spareReceivingLanes: approach.receivingLanesRight > turning)
  }

  /// How long a shared lane runs freely, and who passes while the opposing queue leaves.
  fileprivate mutating func findSharedTimes(
    _ green: PermittedGreen, _ opposing: ApproachState, cycle: Double
  ) {
    guard let shared = groups.first(where: { $0.use.isShared && $0.use.contains(.left) }) else { return }
    timeBeforeBlocking = min(
      PermittedLeft.timeBeforeBlocking(
        displayed: green.displayed, permitted: green.effective, lostTime: green.lostTime,
        leftShare: shared.leftShare, leftsPerCycle: left * cycle / USUnits.hour,
        oneLane: approach.lanes.count == 1), green.effective)
    let isSingle =
      opposing.approach.throughLanes == 1
      && opposing.approach.lanes.allSatisfy { $0.contains([.left, .through]) }
    let all = opposing.left + opposing.through + opposing.right
    equivalentDuringQueue =
      isSingle
      ? PermittedLeft.equivalentDuringQueue(
        opposingLeftShare: all > 0 ? opposing.left / all : 0,
        blocked: green.effective - green.unblocked - timeBeforeBlocking) : nil
  }
}
