/// How phases serve a lane group: greens, capacity, and its queue over a cycle.
struct LaneGroupService {
  let group: GroupState
  let own: ApproachState
  let cycle: Double
  let operation: LaneGroup.Operation
  /// Phase that serves it, with its effective green and the most that control allows of it, s.
  let phase: Phase
  let green: Double
  let mostGreen: Double
  /// Most displayed green of the through phase, s.
  let mostThroughGreen: Double
  let isActuated: Bool
  /// Green of the arrow besides, of right turns, s; 0 without.
  let rightArrowGreen: Double

  init(_ state: JunctionState, approach index: Int, group: GroupState) {
    self.group = group
    own = state.approaches[index]
    cycle = state.timing.cycle
    let junction = state.intersection
    let approach = own.approach
    let seeks = own.permitted != nil && group.use.contains(.left)
    let arrow = group.use.contains(.left) ? approach.leftTurns.phase : nil
    let beside = group.use == .right && approach.hasRightArrow ? junction.leftTurnsBeside(index) : nil
    rightArrowGreen = beside.map { state.approaches[$0].leftGreen } ?? 0
    let arrowLags = beside.map { junction.approaches[$0].leftTurns.arrow == .lagging } ?? false
    switch (seeks, arrow, approach.leftTurns.arrow) {
    case (false, _, _) where rightArrowGreen > 0: operation = arrowLags ? .arrowThenGreen : .greenThenArrow
    case (false, nil, _) where !approach.furtherGreens.isEmpty: operation = .severalGreens
    case (false, _, _): operation = .oneGreen
    case (true, nil, _): operation = .gaps
    case (true, _, .lagging): operation = .gapsThenArrow
    case (true, _, _): operation = .arrowThenGaps
    }
    let usesArrow = arrow != nil && group.use == .left
    phase = usesArrow ? arrow ?? approach.phase : approach.phase
    green =
      usesArrow
      ? own.leftGreen
      : (group.use == .left && operation == .gaps ? own.permitted?.effective : nil) ?? own.throughGreen
    let limits = ControlLimits(junction)
    isActuated = limits.isActuated(phase, approach)
    mostThroughGreen = limits.mostGreen(approach.phase)
    mostGreen = limits.mostGreen(phase) - junction.startUpLostTime + junction.yellowUsed
  }

  var seeksGaps: Bool { operation != .oneGreen && operation != .severalGreens && rightArrowGreen == 0 }
  private var isExclusive: Bool { group.use == .left }
  private var number: Double { Double(group.lanes) }
  private var sneakers: Double {
    // A shared lane holds one who waits, and who waits behind if that one turns, too.
    isExclusive ? PermittedLeft.sneakers : group.leftShare > 0 ? 1 + group.leftShare : 0
  }
  /// Per lane while the arrow shows, veh/h.
  private var arrowFlow: Double {
    isExclusive
      ? group.saturationFlow
      : own.sharedFlow(group, leftEquivalent: own.approach.leftEquivalent(own.method))
  }
  private var arrowGreen: Double {
    operation == .arrowThenGaps || operation == .gapsThenArrow ? own.leftGreen : 0
  }

  /// veh/h per lane.
  var saturationFlow: Double {
    operation == .gaps && isExclusive ? group.permittedFlow : group.saturationFlow
  }

  /// Of a right turn while its arrow shows and nobody crosses on foot, veh/h per lane.
  private var rightArrowFlow: Double { group.saturationFlow / group.factors.pedestriansRight }

  /// Capacity, veh/h (equations 19-16, 31-119, 31-121, 31-124 and 31-126).
  var capacity: Double {
    guard seeksGaps, let permitted = own.permitted else {
      return number * (group.saturationFlow * green + rightArrowFlow * rightArrowGreen) / cycle
    }
    let gaps =
      isExclusive
      ? permitted.unblocked * group.permittedFlow : permitted.effective * group.saturationFlow
    return number * (arrowGreen * arrowFlow + gaps + USUnits.hour * sneakers) / cycle
  }

  /// Capacity at the maximum green, veh/h (equations 19-24, 31-120, 31-123, 31-125 and 31-127), never below capacity.
  var availableCapacity: Double {
    guard isActuated else { return capacity }
    guard seeksGaps, let permitted = own.permitted else {
      return capacity + number * group.saturationFlow * max(mostGreen - green, 0) / cycle
    }
    if operation == .gaps || !isExclusive {
      return capacity
        + number * max(mostThroughGreen - permitted.effective, 0) * group.permittedFlow / cycle
    }
    return max(capacity + number * (mostGreen - green) * arrowFlow / cycle, capacity)
  }

  /// PT, s; nil where detectors do not decide when its green ends.
  var passageTime: Double? { isActuated && phase.recall != .maximum ? phase.passageTime : nil }

  /// k (equations 19-22 and 19-23).
  var incrementalFactor: Double {
    guard let passageTime, availableCapacity > 0 else { return ControlDelay.pretimedFactor }
    return ControlDelay.actuatedFactor(
      passageTime: passageTime, availableSaturation: group.flow / availableCapacity)
  }

  /// The queue of one of its lanes; of demand beyond capacity only what capacity serves.
  var polygon: QueuePolygon {
    let flow = group.flow / number
    if rightArrowGreen > 0 { return rightArrowPolygon }
    if operation == .severalGreens { return severalGreensPolygon }
    guard seeksGaps, let permitted = own.permitted else {
      return LaneGroupPolygon.oneGreen(
        flow: flow, saturationFlow: group.saturationFlow, green: green, cycle: cycle,
        platoonRatio: own.approach.platoonRatio)
    }
    let saturation = capacity > 0 ? group.flow / capacity : .infinity
    let arrow = [LaneGroupPolygon.Part(duration: arrowGreen, discharge: arrowFlow)]
    let parts =
      switch operation {
      case .arrowThenGaps: arrow + gapParts(permitted)
      case .gapsThenArrow: gapParts(permitted) + arrow
      case .gaps, .oneGreen, .severalGreens, .greenThenArrow, .arrowThenGreen: gapParts(permitted)
      }
    return LaneGroupPolygon.parts(parts, flow: flow, saturation: saturation, cycle: cycle)
  }

  private var severalGreensPolygon: QueuePolygon {
    let further = own.approach.furtherGreens
    let first = LaneGroupPolygon.Part(
      duration: max(green - own.approach.furtherGreen, 0), discharge: group.saturationFlow)
    return LaneGroupPolygon.parts(
      [first]
        + further.flatMap {
          [
            LaneGroupPolygon.Part(duration: $0.pause, discharge: 0),
            .init(duration: $0.green, discharge: group.saturationFlow),
          ]
        }, flow: group.flow / number, saturation: capacity > 0 ? group.flow / capacity : .infinity,
      cycle: cycle)
  }

  private var rightArrowPolygon: QueuePolygon {
    let parts = [
      LaneGroupPolygon.Part(duration: green, discharge: group.saturationFlow),
      .init(duration: min(rightArrowGreen, cycle - green), discharge: rightArrowFlow),
    ]
    return LaneGroupPolygon.parts(
      operation == .greenThenArrow ? parts : parts.reversed(), flow: group.flow / number,
      saturation: capacity > 0 ? group.flow / capacity : .infinity, cycle: cycle)
  }

  private func gapParts(_ permitted: PermittedGreen) -> [LaneGroupPolygon.Part] {
    if isExclusive {
      return [
        .init(duration: permitted.effective - permitted.unblocked, discharge: 0),
        .init(duration: permitted.unblocked, discharge: group.permittedFlow, sneakers: sneakers),
      ]
    }
    let free = own.timeBeforeBlocking
    let blocked = max(permitted.effective - permitted.unblocked - free, 0)
    let past = own.equivalentDuringQueue.map {
      own.sharedFlow(group, leftEquivalent: $0 / own.pedestriansLeft)
    }
    return [
      .init(duration: free, discharge: own.sharedFlow(group, leftEquivalent: 1)),
      .init(duration: blocked, discharge: past ?? 0),
      .init(
        duration: permitted.effective - free - blocked, discharge: group.permittedFlow, sneakers: sneakers),
    ]
  }

  /// d₁, s/veh: by the closed form where there is one green, else by the queue's polygon.
  func uniformDelay(saturation: Double) -> Double {
    guard group.flow > 0 else { return emptyLaneDelay }
    guard operation == .oneGreen else { return polygon.uniformDelay }
    let ratio = green / cycle
    let progression = ControlDelay.progressionFactor(
      onGreen: ControlDelay.arrivalsOnGreen(
        platoonRatio: own.approach.platoonRatio, greenRatio: ratio),
      greenRatio: ratio, saturation: saturation)
    return ControlDelay.uniform(
      cycle: cycle, greenRatio: ratio, saturation: saturation, progression: progression)
  }

  /// What a single vehicle waits in the mean.
  private var emptyLaneDelay: Double {
    if operation == .severalGreens {
      let pauses = own.approach.furtherGreens.map(\.pause)
      let last = max(cycle - green - pauses.reduce(0, +), 0)
      return (pauses + [last]).reduce(0) { $0 + $1 * $1 } / (2 * cycle)
    }
    return ControlDelay.uniform(cycle: cycle, greenRatio: min(green / cycle, 1), saturation: 0)
  }

  /// Q1, veh per lane.
  func fullStops(accelerationDelay: Double) -> Double {
    guard group.flow > 0 else { return 0 }
    guard operation == .oneGreen else { return polygon.fullStops(accelerationDelay: accelerationDelay) }
    return BackOfQueue.firstTerm(
      flow: group.flow / number, saturationFlow: group.saturationFlow,
      onGreen: ControlDelay.arrivalsOnGreen(
        platoonRatio: own.approach.platoonRatio, greenRatio: green / cycle),
      green: green, cycle: cycle, accelerationDelay: accelerationDelay)
  }

  /// From the effective start of the phase until its queue is gone, g_s, s; nil where other phases clear it.
  func queueService(arrow isArrow: Bool) -> Double? {
    guard group.flow > 0 else { return nil }
    let polygon = polygon
    switch operation {
    case .oneGreen:
      let usesArrow = own.approach.leftTurns.phase != nil && group.use == .left
      return usesArrow == isArrow ? polygon.serviceTime(1..<2) : nil
    case .severalGreens:
      return nil
    case .greenThenArrow:
      return isArrow ? nil : polygon.serviceTime(0..<1)
    case .arrowThenGreen:
      return isArrow ? nil : polygon.serviceTime(1..<2)
    case .gaps:
      guard !isArrow, let permitted = own.permitted else { return nil }
      let last = isExclusive ? 2 : 3
      let service = polygon.serviceTime(0..<last)
      return service > 0 ? max(own.throughGreen - permitted.effective, 0) + service : 0
    case .arrowThenGaps:
      return isArrow ? polygon.serviceTime(0..<1) : nil
    case .gapsThenArrow:
      let first = isExclusive ? 2 : 3
      return isArrow ? polygon.serviceTime(first..<first + 1) : nil
    }
  }
}
