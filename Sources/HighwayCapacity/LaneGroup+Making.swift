extension LaneGroup {
  /// Steps 5 to 10 for a group whose flows and saturation flows are settled.
  init(_ state: JunctionState, approach index: Int, group: GroupState) {
    let junction = state.intersection
    let own = state.approaches[index]
    let approach = own.approach
    let service = LaneGroupService(state, approach: index, group: group)
    let isLeft = group.use == .left

    name = approach.direction.rawValue + " " + group.use.letters
    direction = approach.direction
    (use, lanes) = (group.use, group.lanes)
    operation = service.operation
    (cycle, period) = (state.timing.cycle, junction.period)
    (flow, leftShare, rightShare) = (group.flow, group.leftShare, group.rightShare)
    factors = group.factors
    saturationFlow = service.saturationFlow
    gapSaturationFlow = group.permittedFlow
    green = service.green
    permitted = service.seeksGaps ? own.permitted : nil
    (opposingFlow, gapFlow) = (own.opposingFlow, own.gapFlow)
    (pedestriansLeft, pedestriansRight) = (own.pedestriansLeft, own.pedestriansRight)

    rightArrowGreen = service.rightArrowGreen
    capacity = service.capacity
    availableCapacity = service.availableCapacity
    platoonRatio = approach.platoonRatio
    onGreen = ControlDelay.arrivalsOnGreen(
      platoonRatio: platoonRatio, greenRatio: service.green / state.timing.cycle)
    filtering = approach.filtering
    incrementalFactor = service.incrementalFactor
    passageTime = service.passageTime
    let x = group.flow == 0 ? 0 : capacity > 0 ? group.flow / capacity : Double.infinity

    let sharing = approach.lanes.filter { $0 != .left }.count
    initialQueue =
      isLeft
      ? approach.initialQueueLeft
      : approach.initialQueue * Double(group.lanes) / Double(max(sharing, 1))
    let queue = InitialQueue(initial: initialQueue, flow: flow, capacity: capacity, period: period)
    accelerationDelay = BackOfQueue.accelerationDelay(
      speed: BackOfQueue.approachSpeed(limit: approach.speedLimit))

    // While an initial queue lasts, the green is full throughout.
    let lasting = initialQueue > 0 ? queue.unmetTime / period : 0
    let usual = service.uniformDelay(saturation: x)
    uniformDelay = lasting > 0 ? service.uniformDelay(saturation: 1) * lasting + usual * (1 - lasting) : usual
    incrementalDelay =
      x == 0
      ? 0
      : x.isFinite
        ? ControlDelay.incremental(
          saturation: x, capacity: capacity, factor: incrementalFactor, filtering: filtering, period: period)
        : .infinity
    initialQueueDelay = ControlDelay.initialQueue(queue)

    polygon = service.polygon
    firstTerm = service.fullStops(accelerationDelay: accelerationDelay)
    secondTerm =
      capacity > 0
      ? BackOfQueue.secondTerm(capacity: capacity, lanes: lanes, incrementalDelay: incrementalDelay) : 0
    thirdTerm = BackOfQueue.thirdTerm(queue, lanes: lanes)
    spacing = BackOfQueue.spacing(
      heavyVehicles: isLeft ? approach.heavyVehiclesLeft : approach.heavyVehicles)
    storage =
      isLeft
      ? approach.storageLeft
      : (group.use == .right ? approach.storageRight : nil) ?? approach.storage
  }
}
