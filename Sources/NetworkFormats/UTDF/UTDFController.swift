internal import TrafficModel

/// What one group of a controller shows in a cycle.
private struct Showing {
  /// Begin of green, end of green, end of yellow, all from second 0 of the cycle or later, and whether something
  /// follows that keeps it green.
  struct Span {
    var begin: Double
    var end: Double
    var yellow: Double
  }
  var spans: [Span]

  func state(at time: Double, cycle: Double) -> SignalState {
    var state = SignalState.red
    for span in spans {
      let since = (time - span.begin).wrapped(in: cycle)
      if since < span.end - span.begin || span.end - span.begin >= cycle { return .protectedGreen }
      if since < span.end - span.begin + span.yellow { state = .yellow }
    }
    return state
  }
}

/// Turns phases and groups into the model's controllers and programmes.
struct UTDFController {
  let signals: UTDFSignals
  let roads: UTDFRoads
  let member: Int
  let keepsRings: Bool

  private var timing: UTDFTiming { signals.members[member].timing }
  private var groups: [UTDFSignals.Group] { signals.members[member].groups }

  private func isCrossing(_ group: UTDFSignals.Group) -> Bool {
    if case .crossing = group.subject { true } else { false }
  }

  private func phases(of group: UTDFSignals.Group) -> [UTDFPhase] { group.phases.compactMap(timing.phase) }

  /// The controller and the programme that it runs.
  func build(_ log: inout DiagnosticLog) -> (controller: SignalController, program: SignalProgram) {
    let groups = groups
    let showings = groups.map { showing($0) }
    let meetings = groups.map { first in groups.map { meeting(first, $0) } }
    var conflicts = meetings.map { $0.map { GroupConflict($0) } }
    let program = program(showings, conflicts: conflicts)
    accept(program, &conflicts, &log)
    var controller = SignalController(
      name: signals.members[member].name, groups: groups.map { description(of: $0) }, conflicts: conflicts,
      intergreens: groups.indices.map { first in
        groups.indices.map { conflicts[first][$0] == .none ? 0 : clearance(after: groups[first]) }
      },
      startsDuringYellow: nil, cycleBounds: min(40, timing.cycle)...max(180, timing.cycle))
    relax(&controller, to: program, &log)
    guard keepsRings else { return (controller, program) }
    let kept = ReadRings(ringPhases(controller), of: controller, programs: [program])
    controller.rings = kept.rings
    if let problem = kept.problem {
      log.warning(
        "controller \(timing.node): its plan does not keep to its rings (\(problem)): the rings are forgotten",
        at: timing.place)
    }
    return (controller, program)
  }

  /// The phases that serve somebody, as they stand in their rings.
  private func ringPhases(_ controller: SignalController) -> [RingPhase] {
    timing.phases.compactMap { phase in
      let served = groups.indices.filter { groups[$0].phases.contains(phase.number) }
      guard !served.isEmpty else { return nil }
      let permitted = served.filter { waits(groups[$0], in: phase.number) }
      var described = RingPhase(
        number: phase.number, ring: phase.ring, barrier: phase.barrier, position: phase.position,
        groups: served.filter { !permitted.contains($0) }, permitted: permitted, yellow: phase.yellow,
        allRed: phase.allRed, least: phase.minimumGreen, of: controller)
      if let walk = phase.walk, described.walk > 0 {
        (described.walk, described.flashingDontWalk) = (walk, phase.dontWalk)
      }
      return described
    }
  }

  /// Whether a movement waits for gaps in a phase: one that permits it, or that is its neighbours' and it turns left.
  private func waits(_ group: UTDFSignals.Group, in phase: Int) -> Bool {
    guard case .way(let node, let index) = group.subject else { return false }
    let way = roads.ways[node][index]
    let movement = signals.nodes[node].approaches[way.approach].movements[way.movement]
    if movement.phases.contains(phase) { return false }
    return movement.permitted.contains(phase) || movement.turn == .left || movement.turn == .uTurn
  }

  private func description(of group: UTDFSignals.Group) -> SignalGroup {
    let phases = phases(of: group)
    if isCrossing(group) {
      return SignalGroup(
        name: group.name, kind: .pedestrian, minimumGreen: phases.compactMap(\.walk).min() ?? 0, yellow: 0)
    }
    return SignalGroup(
      name: group.name, minimumGreen: phases.map(\.minimumGreen).min() ?? 0,
      yellow: phases.map(\.yellow).min() ?? 0)
  }

  /// s from the end of a group's green until what conflicts with it may start.
  private func clearance(after group: UTDFSignals.Group) -> Double {
    let change = phases(of: group).map { phase in
      phase.yellow + phase.allRed + (isCrossing(group) ? phase.dontWalk : 0)
    }
    return change.min() ?? 0
  }

  // MARK: Programme

  /// What a group shows: the green of each of its phases; where another of its phases begins as one ends, it stays
  /// green in between.
  private func showing(_ group: UTDFSignals.Group) -> Showing {
    let phases = phases(of: group)
    let cycle = timing.cycle
    let isCrossing = isCrossing(group)
    return Showing(
      spans: phases.compactMap { phase in
        let end = phase.begin + phase.split
        let continues = phases.contains { other in
          let gap = (other.begin - end).wrapped(in: cycle)
          // Also a phase alone in its ring that begins anew.
          let isRunning = !isCrossing && gap > cycle - other.split + 0.05
          return min(gap, cycle - gap) < 0.05 || isRunning
        }
        if continues { return Showing.Span(begin: phase.begin, end: end, yellow: 0) }
        guard isCrossing else {
          return Showing.Span(begin: phase.begin, end: phase.begin + phase.green, yellow: phase.yellow)
        }
        let green = phase.green - phase.dontWalk
        guard green >= (phase.walk ?? 0) - 0.05, green > 0 else { return nil }
        return Showing.Span(begin: phase.begin, end: phase.begin + green, yellow: 0)
      })
  }

  private func program(_ showings: [Showing], conflicts: [[GroupConflict]]) -> SignalProgram {
    let cycle = timing.cycle
    var times: Set<Double> = [0]
    for showing in showings {
      for span in showing.spans {
        for time in [span.begin, span.end, span.end + span.yellow] {
          times.insert(((time * 100).rounded() / 100).wrapped(in: cycle))
        }
      }
    }
    let ordered = times.sorted()
    var intervals: [SignalInterval] = []
    for (index, begin) in ordered.enumerated() {
      let end = index + 1 < ordered.count ? ordered[index + 1] : cycle
      guard end - begin > 0.005 else { continue }
      // Begins are in hundredths; a difference of them is not, by the noise of doubles.
      let duration = ((end - begin) * 1e6).rounded() / 1e6
      let middle = (begin + end) / 2
      var states = showings.map { $0.state(at: middle, cycle: cycle) }
      let isActive = groups.map { group in
        phases(of: group).contains { (middle - $0.begin).wrapped(in: cycle) < $0.split }
      }
      for group in states.indices where states[group] == .protectedGreen {
        let yields = states.indices.contains {
          conflicts[group][$0].makesRowYield
            && (states[$0].isGreen || (isActive[$0] && states[$0] == .yellow))
        }
        if yields { states[group] = .permissiveGreen }
      }
      if intervals.last?.states == states {
        intervals[intervals.count - 1].duration += duration
      } else {
        intervals.append(SignalInterval(duration: duration, states: states))
      }
    }
    if intervals.count > 1, intervals[0].states == intervals[intervals.count - 1].states {
      // The row that runs over second 0 begins the programme.
      let last = intervals.removeLast()
      intervals[0].duration += last.duration
      return SignalProgram(
        controller: ControllerID(member), name: "existing", offset: cycle - last.duration,
        intervals: intervals
      ).beginningWithStage()
    }
    return SignalProgram(
      controller: ControllerID(member), name: "existing", offset: 0, intervals: intervals
    ).beginningWithStage()
  }

  // MARK: Conflicts

  /// How two groups meet; nil where they do not.
  private func meeting(_ first: UTDFSignals.Group, _ second: UTDFSignals.Group) -> PathMeeting? {
    switch (first.subject, second.subject) {
    case (.crossing, .crossing): return nil
    case (.way(let node, let index), .crossing(let other, let leg)):
      return node == other ? RightOfWay.meeting(roads.ways[node][index].way, crossingOver: leg) : nil
    case (.crossing(let node, let leg), .way(let other, let index)):
      return node == other
        ? RightOfWay.meeting(roads.ways[node][index].way, crossingOver: leg)?.mirrored : nil
    case (.way(let node, let a), .way(let other, let b)):
      guard node == other, a != b else { return nil }
      let (one, two) = (roads.ways[node][a], roads.ways[node][b])
      guard one.approach == two.approach else { return RightOfWay.meeting(one.way, two.way) }
      return crossOnApproach(one, two) ? .never : nil
    }
  }

  /// Whether two movements of an approach cross each other, because a lane further left turns further right.
  private func crossOnApproach(_ first: UTDFWay, _ second: UTDFWay) -> Bool {
    let lanes = Array(signals.nodes[first.node].approaches[first.approach].lanes.reversed())
    return lanes.indices.contains { a in
      lanes[a].movements.contains(first.movement)
        && lanes.indices.contains { b in
          lanes[b].movements.contains(second.movement)
            && LanePaths.cross(a, first.way.turn, b, second.way.turn)
        }
    }
  }

  /// What the file shows green together is accepted, with a warning.
  private func accept(
    _ program: SignalProgram, _ conflicts: inout [[GroupConflict]], _ log: inout DiagnosticLog
  ) {
    for a in groups.indices {
      for b in groups.indices where a < b && conflicts[a][b] != .none {
        // Where one may yield, it shows that it does.
        let isTogether = program.intervals.contains { $0.states[a].isGreen && $0.states[b].isGreen }
        guard isTogether, conflicts[a][b] == .exclusive else { continue }
        conflicts[a][b] = .accepted
        conflicts[b][a] = .accepted
        log.warning(
          "controller \(timing.node): \(groups[a].name) and \(groups[b].name) cross, and the plan has them green together",
          at: timing.place)
      }
    }
  }

  /// Lets the programme in force be legal where the file's own times contradict it.
  private func relax(
    _ controller: inout SignalController, to program: SignalProgram, _ log: inout DiagnosticLog
  ) {
    let count = program.intervals.count
    for group in groups.indices {
      let runs = program.runs(ofGroup: group, where: \.isGreen)
      if runs.isEmpty {
        controller.groups[group].mustBeServed = false
        if isCrossing(groups[group]) {
          log.warning(
            "controller \(timing.node): no phase is long enough for walk and flashing don't walk of \(groups[group].name), it is not shown",
            at: phases(of: groups[group]).first?.place ?? timing.place)
        }
      } else if runs != [IntervalRun(first: 0, count: count)] {
        let shortest = runs.map { program.duration(of: $0) }.min() ?? 0
        if shortest < controller.groups[group].minimumGreen - 1e-6 {
          if shortest < controller.groups[group].minimumGreen - 0.1 {
            log.warning(
              "controller \(timing.node): the green of \(groups[group].name) is \(plainNumber((shortest * 10).rounded() / 10)) s, less than its minimum of \(plainNumber(controller.groups[group].minimumGreen)) s",
              at: phases(of: groups[group]).first?.place ?? timing.place)
          }
          controller.groups[group].minimumGreen = shortest
        }
      }
    }
    let clearances = program.clearances
    for a in groups.indices {
      for b in groups.indices where controller.conflicts[a][b] != .none {
        if let gap = clearances.shortest(from: a, to: b) {
          controller.intergreens[a][b] = min(controller.intergreens[a][b], gap)
        }
        controller.startsDuringYellow[a][b] = program.intervals.indices.contains { row in
          let before = program.intervals[(row + count - 1) % count]
          return program.intervals[row].states[a] == .yellow && program.intervals[row].states[b].isGreen
            && !before.states[b].isGreen
        }
      }
    }
  }
}
