internal import NetworkBuilding
internal import TrafficModel

/// The programmes that plans give to controllers, and their offsets.
extension GMNSControllers {
  /// The phases of a plan that a controller runs, each with what it serves there.
  ///
  /// Where a plan is shared and has a phase number twice, one of them serving nobody, movements that the sharing
  /// controller's phase lacks were noted at the owner's phase of the same number.
  func members(_ plan: Int, of controller: Int) -> [(phase: Int, services: [GMNSPhases.Service])] {
    let all = phasesOfPlan[plan]
    let name = groups.members[controller].name
    let isOwner = phases.plans[plan].controllers.first.map { $0 == name } ?? true
    let isShared = phases.plans[plan].controllers.count > 1
    var found: [Int: [GMNSPhases.Service]] = [:]
    for phase in all {
      let mine = phases.phases[phase].services.filter { self.controller(of: $0) == controller }
      guard !mine.isEmpty else { continue }
      let isMixed = mine.count < phases.phases[phase].services.count
      let twin = all.first { other in
        phases.phases[other].number == phases.phases[phase].number && phases.phases[other].services.isEmpty
      }
      found[isMixed && !isOwner ? twin ?? phase : phase, default: []] += mine
    }
    for phase in all where phases.phases[phase].services.isEmpty && found[phase] == nil && isOwner {
      // Nobody's time, such as a pause; in a shared plan it may be the other controller's.
      let twin = all.contains { other in
        other != phase && phases.phases[other].number == phases.phases[phase].number
      }
      if !isShared || !twin { found[phase] = [] }
    }
    return all.compactMap { phase in found[phase].map { (phase, $0) } }
  }

  /// s; what is shorter is no cycle.
  private static let shortestCycle = 1.0

  func program(
    _ planned: PlannedRings, of controller: Int, _ conflicts: [[GroupConflict]]
  ) -> SignalProgram? {
    let (plan, members, rings) = (planned.plan, planned.members, planned.rings)
    let name = groups.members[controller].name
    let planRow = phases.plans[plan].row
    let coordination = phases.coordination(plan, name)
    let what = "plan '\(phases.plans[plan].id)' of controller '\(name)'"
    guard rings.cycle >= Self.shortestCycle else {
      let length = "last \(plainNumber(rings.cycle)) s, less than \(plainNumber(Self.shortestCycle)) s"
      phases.planTable?.error(
        "\(what): its phases \(rings.cycle > 0 ? length : "have no green")", planRow)
      return nil
    }
    if phases.plans[plan].cycle == nil {
      phases.planTable?.warning(
        "\(what) has no cycle: its longest greens are taken for fixed ones, a cycle of \(plainNumber(rings.cycle)) s",
        planRow)
    }
    for problem in rings.problems { phases.planTable?.warning("\(what): \(problem)", planRow) }
    var offset = 0.0
    if let coordination {
      let reference = reference(coordination, members, rings)
      offset = (self.offset(coordination) - reference).positiveRemainder(rings.cycle)
    }
    let running = zip(members, rings.greens).map { member, green in
      let phase = phases.phases[member.phase]
      return RunningPhase(
        begin: green.start, green: green.length, yellow: yellow(of: phase, member.services),
        clearance: phase.clearance,
        walk: phase.walk
          ?? max(0, green.length + phase.clearance - (phase.pedestrianClearance ?? 0)),
        restsInWalk: phase.walk == nil,
        services: member.services.map {
          RunningPhase.Service(group: group($0), isPermissive: $0.isPermitted)
        })
    }
    return GreenTimeline(
      cycle: rings.cycle, phases: running,
      of: groups.members[controller].groups.map { $0.isPedestrian ? .pedestrian : .vehicle },
      conflicts: conflicts
    ).program(ControllerID(controller), name: phases.plans[plan].id, offset: offset)
  }

  func group(_ service: GMNSPhases.Service) -> Int {
    switch service.subject {
    case .movement(let index): groups.signals[index]?.group ?? 0
    case .crosswalk(let index): groups.crossingSignals[index]?.group ?? 0
    }
  }

  /// Yellow where only the whole clearance is known: reaction time and braking at 3.05 m/s², in whole seconds and at
  /// least 3 (Institute of Transportation Engineers 2020); the rest is all-red.
  func yellow(of phase: GMNSPhases.Phase, _ services: [GMNSPhases.Service]) -> Double {
    if let yellow = phase.yellow { return min(yellow, phase.clearance) }
    let speeds = services.compactMap { service -> Double? in
      guard case .movement(let index) = service.subject else { return nil }
      return roads.roads[movements[index].from].link.speed
    }
    let needed = (1 + (speeds.max() ?? 0) / (2 * 3.05)).rounded()
    return min(phase.clearance, max(3, needed))
  }

  // MARK: Offsets

  /// Where the reference point lies after the begin of the first barrier's phases, s.
  private func reference(
    _ coordination: GMNSPhases.Coordination,
    _ members: [(phase: Int, services: [GMNSPhases.Service])], _ rings: GMNSRings
  ) -> Double {
    guard let number = coordination.phase else { return 0 }
    guard let index = members.firstIndex(where: { phases.phases[$0.phase].number == number }) else {
      phases.coordinationTable?.warning(
        "controller '\(coordination.controller)' has no phase \(number): the offset is taken for the begin of its cycle",
        coordination.row)
      return 0
    }
    let green = rings.greens[index]
    switch coordination.reference {
    case .beginOfGreen: return green.start
    case .beginOfYellow: return green.start + green.length
    case .beginOfRed:
      let phase = phases.phases[members[index].phase]
      return green.start + green.length + yellow(of: phase, members[index].services)
    }
  }

  /// Absolute time of the reference point: an offset to another controller's is counted from that one's.
  private func offset(_ coordination: GMNSPhases.Coordination) -> Double {
    var (sum, current, visited) = (0.0, coordination, Set<String>())
    while visited.insert(current.controller).inserted {
      sum += current.offset
      guard let master = current.master, master != current.controller else { break }
      guard let next = self.coordination(of: master, beside: current.plan) else {
        phases.coordinationTable?.warning(
          "controller '\(master)' has no offset at the time of plan '\(phases.plans[current.plan].id)': the one of '\(current.controller)' is counted from midnight",
          current.row)
        break
      }
      current = next
    }
    return sum
  }

  /// The offset of a controller in a plan that others run too or, where each has plans of its own, in its plan for the same time.
  private func coordination(of controller: String, beside plan: Int) -> GMNSPhases.Coordination? {
    if let shared = phases.coordination(plan, controller) { return shared }
    let own = phases.plans.indices.filter { phases.coordination($0, controller) != nil }
    let time = name(of: phases.plans[plan])
    let planned =
      own.first { name(of: phases.plans[$0]) == time } ?? own.first { phases.plans[$0].time == nil }
    return planned.flatMap { phases.coordination($0, controller) }
  }
}
