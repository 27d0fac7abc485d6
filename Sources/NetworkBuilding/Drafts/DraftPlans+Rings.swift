internal import TrafficModel

/// Plans of ring-barrier controllers: splits of the phases become rows.
extension DraftPlans {
  /// The programme of splits; nil, with errors in the log, when the rings cannot run them.
  func program(
    of index: Int, rings: PhaseRings, plan: PlanDraft, _ log: inout some ProblemLog
  ) -> SignalProgram? {
    let controller = controllers[index]
    guard let written = plan.splits else {
      log.error(
        "controller '\(controller.name)' has rings, so its plan has splits", at: plan.place,
        notes: ["by phase, yellow and all-red included, e.g. split: {1: 15, 2: 40}"])
      return nil
    }
    guard let order = order(plan, rings, &log) else { return nil }
    var timing = RingTiming(order: order, splits: rings.phases.map { _ in 0 })
    let running = Set(order.joined().joined())
    var isSound = true
    for split in written {
      guard let phase = rings.phases.firstIndex(where: { $0.number == split.number.value }) else {
        log.unknown(
          "phase", Located(value: String(split.number.value), place: split.number.place),
          known: rings.phases.map { String($0.number) })
        isSound = false
        continue
      }
      timing.splits[phase] = split.seconds
      isSound = check(split.seconds, of: rings.phases[phase], at: split.number.place, &log) && isSound
    }
    for phase in running.sorted() where timing.splits[phase] == 0 {
      log.error(
        "the plan has no split for phase \(rings.phases[phase].number) of controller '\(controller.name)'",
        at: plan.place)
      isSound = false
    }
    guard isSound, checkSums(timing, rings, plan, controller, &log) else { return nil }
    return program(of: index, rings, timing, offset: plan.offset)
  }

  private func check(
    _ split: Double, of phase: RingPhase, at place: TextPlace, _ log: inout some ProblemLog
  ) -> Bool {
    guard split < phase.minimumSplit - SignalProgram.slack else { return true }
    let green =
      phase.walk + phase.flashingDontWalk > phase.minimumGreen
      ? "walk \(plainNumber(phase.walk)) s + flashing don't walk \(plainNumber(phase.flashingDontWalk)) s"
      : "minimum green \(plainNumber(phase.minimumGreen)) s"
    log.error(
      "phase \(phase.number) needs a split of \(plainNumber(phase.minimumSplit)) s, it has \(plainNumber(split)) s",
      at: place,
      notes: ["\(green) + yellow \(plainNumber(phase.yellow)) s + all-red \(plainNumber(phase.allRed)) s"])
    return false
  }

  /// Where rings do not meet at a barrier, and what the cycle would be.
  private func checkSums(
    _ timing: RingTiming, _ rings: PhaseRings, _ plan: PlanDraft, _ controller: SignalController,
    _ log: inout some ProblemLog
  ) -> Bool {
    var isSound = true
    for barrier in timing.order.indices {
      let used = timing.order[barrier].indices.filter { !timing.order[barrier][$0].isEmpty }
      let sums = used.map { timing.sums(barrier: barrier)[$0] }
      guard let longest = sums.max(), sums.contains(where: { $0 < longest - SignalProgram.slack }) else {
        continue
      }
      let numbers = used.map { String(rings.rings[$0]) }.joined(separator: " and ")
      log.error(
        "rings \(numbers) need \(sums.map { "\(plainNumber($0)) s" }.joined(separator: " and ")) before barrier \(rings.barriers[barrier]): they cross it together",
        at: plan.place)
      isSound = false
    }
    let cycle = timing.cycle
    if let written = plan.cycle, abs(written.value - cycle) > SignalProgram.slack {
      log.error(
        "the splits add up to \(plainNumber(cycle)) s, the cycle is \(plainNumber(written.value)) s",
        at: written.place)
      isSound = false
    }
    let bounds = controller.cycleBounds
    if !(bounds.lowerBound - SignalProgram.slack...bounds.upperBound + SignalProgram.slack).contains(cycle) {
      log.error(
        "the cycle of \(plainNumber(cycle)) s is not in the cycle range \(plainNumber(bounds.lowerBound)) … \(plainNumber(bounds.upperBound)) s of controller '\(controller.name)'",
        at: plan.place)
      isSound = false
    }
    return isSound
  }

  /// The order that a plan says, or the controller's; phases that may be left out run where they have a split.
  private func order(
    _ plan: PlanDraft, _ rings: PhaseRings, _ log: inout some ProblemLog
  ) -> [[[Int]]]? {
    guard let written = plan.order else {
      let numbers = Set(plan.splits?.map(\.number.value) ?? [])
      return rings.presentTiming.order.map { barrier in
        barrier.map { ring in
          ring.filter { !rings.phases[$0].isOptional || numbers.contains(rings.phases[$0].number) }
        }
      }
    }
    guard let places = RingPhases.places(written, &log) else { return nil }
    var order = rings.presentTiming.order.map { $0.map { _ in [Int]() } }
    var isSound = true
    for place in places {
      let number = place.phase.number
      let text = written[place.ring - 1]
      guard let phase = rings.phases.firstIndex(where: { $0.number == number }) else {
        log.unknown(
          "phase", Located(value: String(number), place: text.place),
          known: rings.phases.map { String($0.number) })
        isSound = false
        continue
      }
      guard rings.phases[phase].ring == place.ring, rings.phases[phase].barrier == place.barrier else {
        log.error(
          "phase \(number) belongs to ring \(rings.phases[phase].ring) before barrier \(rings.phases[phase].barrier)",
          at: text.place)
        isSound = false
        continue
      }
      order[place.barrier - 1][place.ring - 1].append(phase)
    }
    return isSound ? order : nil
  }

  func program(
    of index: Int, _ rings: PhaseRings, _ timing: RingTiming, offset: Double
  ) -> SignalProgram {
    SignalProgram(
      controller: ControllerID(index), name: "existing", offset: offset,
      intervals: RingProgram(controllers[index], rings: rings).intervals(timing))
  }

  /// Splits where the file has none: the minimum ones, and what is left of a usual cycle in equal shares.
  func assumed(_ index: Int, rings: PhaseRings, usualCycle: Double, _ log: inout some ProblemLog)
    -> SignalProgram?
  {
    let controller = controllers[index]
    let place = groups.members[index].name.place
    let bounds = controller.cycleBounds
    guard rings.shortestCycle <= bounds.upperBound else {
      log.error(
        "minimum splits of controller '\(controller.name)' need \(plainNumber(rings.shortestCycle)) s, the longest cycle is \(plainNumber(bounds.upperBound)) s",
        at: place)
      return nil
    }
    let order = rings.presentTiming.order.map { $0.map { $0.filter { !rings.phases[$0].isOptional } } }
    var timing = RingTiming(order: order, splits: rings.phases.map(\.minimumSplit))
    let cycle = max(rings.shortestCycle, min(max(bounds.lowerBound, usualCycle), bounds.upperBound))
    var spare = cycle - rings.shortestCycle
    for barrier in order.indices {
      let share = barrier + 1 == order.count ? spare : (spare / Double(order.count - barrier)).rounded(.down)
      spare -= share
      let length = timing.length(barrier: barrier) + share
      for ring in order[barrier] where !ring.isEmpty {
        var rest = length - ring.reduce(0) { $0 + timing.splits[$1] }
        for (place, phase) in ring.enumerated() {
          let part = place + 1 == ring.count ? rest : (rest / Double(ring.count - place)).rounded(.down)
          timing.splits[phase] += part
          rest -= part
        }
      }
    }
    log.warning(
      "controller '\(controller.name)' has no plan: minimum splits and equal shares of what is left of \(plainNumber(cycle)) s assumed",
      at: place)
    return program(of: index, rings, timing, offset: 0)
  }
}
