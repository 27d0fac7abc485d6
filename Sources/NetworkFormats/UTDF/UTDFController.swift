internal import NetworkBuilding
internal import TrafficModel

/// Turns phases and groups into the model's controllers and programmes.
struct UTDFController {
  let signals: UTDFSignals
  let roads: UTDFRoads
  /// By node.
  let crossings: [Int: [CrossingDraft]]
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
    let conflicts = conflicts
    let program = program(conflicts)
    var controller = SignalController(
      name: signals.members[member].name, groups: groups.map { description(of: $0) }, conflicts: conflicts,
      intergreens: zip(groups, conflicts).map { group, row in
        let clearance = clearance(after: group)
        return row.map { $0 == .none ? 0 : clearance }
      },
      cycleBounds: UsualFigures.cycleRange)
    warn(of: controller.accept([program]), &log)
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

  private var conflicts: [[GroupConflict]] {
    let nodes = Set(
      groups.map { group in
        switch group.subject {
        case .way(let node, _), .crossing(let node, _): node
        }
      })
    let controlled = nodes.sorted()
    return ControlledWays(
      of: ControllerID(member), groups: groups.count,
      turns: controlled.flatMap { roads.ways[$0].map(\.way) },
      crossings: controlled.flatMap { crossings[$0] ?? [] }
    ).conflicts
  }

  // MARK: Programme

  /// Begins that files round to tenths may differ by this and mean the same, s.
  private static let slack = 0.05

  private func program(_ conflicts: [[GroupConflict]]) -> SignalProgram {
    let timeline = GreenTimeline(
      cycle: timing.cycle, phases: timing.phases.map(running),
      of: groups.map { isCrossing($0) ? .pedestrian : .vehicle }, conflicts: conflicts, slack: Self.slack)
    var program = timeline.program(ControllerID(member), name: "existing", offset: 0)
    for row in program.intervals.indices {
      // Times are in hundredths; a difference of them is not, by the noise of doubles.
      program.intervals[row].duration = (program.intervals[row].duration * 1e6).rounded() / 1e6
    }
    return program
  }

  private func running(_ phase: UTDFPhase) -> RunningPhase {
    func hundredths(_ time: Double) -> Double { (time * 100).rounded() / 100 }
    let (begin, end) = (hundredths(phase.begin), hundredths(phase.begin + phase.green))
    let walk = phase.green - phase.dontWalk
    let isWalked = walk >= (phase.walk ?? 0) - Self.slack
    let served = groups.indices.filter { groups[$0].phases.contains(phase.number) }
    return RunningPhase(
      begin: begin, green: end - begin, yellow: hundredths(phase.begin + phase.green + phase.yellow) - end,
      clearance: hundredths(phase.begin + phase.split) - end,
      walk: isWalked ? hundredths(phase.begin + walk) - begin : 0,
      services: served.map {
        RunningPhase.Service(group: $0, isPermissive: waits(groups[$0], in: phase.number))
      })
  }

  // MARK: What the file shows

  private func warn(of accepted: AcceptedShortfalls, _ log: inout DiagnosticLog) {
    for pair in accepted.conflicts {
      log.warning(
        "controller \(timing.node): \(groups[pair[0]].name) and \(groups[pair[1]].name) cross, and the plan has them green together",
        at: timing.place)
    }
    for group in accepted.unserved where isCrossing(groups[group]) {
      log.warning(
        "controller \(timing.node): no phase is long enough for walk and flashing don't walk of \(groups[group].name), it is not shown",
        at: phases(of: groups[group]).first?.place ?? timing.place)
    }
    for green in accepted.greens where green.shown < green.needed - 0.1 {
      log.warning(
        "controller \(timing.node): the green of \(groups[green.group].name) is \(plainNumber((green.shown * 10).rounded() / 10)) s, less than its minimum of \(plainNumber(green.needed)) s",
        at: phases(of: groups[green.group]).first?.place ?? timing.place)
    }
  }
}
