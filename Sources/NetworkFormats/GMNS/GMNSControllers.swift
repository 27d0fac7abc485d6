internal import TrafficModel

/// The model's controllers of a GMNS network, and the programmes that its plans give them.
struct GMNSControllers {
  /// A time of day with the plans that run in it.
  struct Period {
    var name: String
    var begin: Double
    var end: Double
    var days: String?
    /// By controller.
    var programs: [SignalProgram?] = []
  }
  private(set) var controllers: [SignalController] = []
  private(set) var periods: [Period] = []

  private let roads: GMNSRoads
  private let movements: [GMNSMovements.Movement]
  private let phases: GMNSPhases
  private let groups: GMNSGroups
  /// By plan: its phases.
  private var phasesOfPlan: [[Int]]
  /// By controller: the plans that serve it.
  private var plansOfController: [[Int]] = []

  init(
    _ roads: GMNSRoads, _ movements: [GMNSMovements.Movement], _ phases: GMNSPhases, _ groups: GMNSGroups,
    _ paths: GMNSPaths
  ) {
    self.roads = roads
    self.movements = movements
    self.phases = phases
    self.groups = groups
    phasesOfPlan = phases.plans.map { _ in [] }
    for (index, phase) in phases.phases.enumerated() { phasesOfPlan[phase.plan].append(index) }
    findPlans()
    findPeriods()
    // What a plan shows depends on who conflicts, and what is accepted as it is depends on what the plans show.
    for index in groups.members.indices {
      let conflicts = conflicts(of: index, paths)
      var shown: [Int: SignalProgram] = [:]
      for period in periods.indices {
        guard let plan = plan(of: index, in: period) else {
          periods[period].programs.append(nil)
          continue
        }
        let program = shown[plan] ?? program(plan, of: index, conflicts)
        shown[plan] = program
        periods[period].programs.append(program)
      }
      let programs = shown.sorted { $0.key < $1.key }.map(\.value)
      controllers.append(controller(index, conflicts, programs))
      keepRings(index, programs)
    }
  }

  // MARK: Plans and periods

  private func controller(of service: GMNSPhases.Service) -> Int? {
    switch service.subject {
    case .movement(let index): groups.signals[index]?.controller.index
    case .crosswalk(let index): groups.crossingSignals[index]?.controller.index
    }
  }

  private mutating func findPlans() {
    plansOfController = groups.members.map { _ in [] }
    for plan in phases.plans.indices {
      var found: Set<Int> = []
      for phase in phasesOfPlan[plan] {
        for service in phases.phases[phase].services {
          if let controller = controller(of: service) { found.insert(controller) }
        }
      }
      for controller in found.sorted() { plansOfController[controller].append(plan) }
    }
  }

  private func name(of plan: GMNSPhases.Plan) -> String? { plan.period ?? plan.time?.name }

  private mutating func findPeriods() {
    var seen: Set<String> = []
    for plan in phases.plans {
      guard let time = plan.time, let name = name(of: plan), seen.insert(name).inserted else { continue }
      periods.append(Period(name: name, begin: time.begin, end: time.end, days: time.days))
    }
    if periods.isEmpty {
      periods = [Period(name: "all day", begin: 0, end: Quantities.secondsPerHour, days: nil)]
    }
  }

  /// Gives the only period, which no plan tells the time of, the time that its volumes have.
  mutating func setTime(_ time: Range<Double>, name: String?) {
    periods[0].begin = time.lowerBound
    periods[0].end = time.upperBound
    if let name { periods[0].name = name }
  }

  /// Periods of volumes alone, in a network without plans of their own for them.
  mutating func addPeriods(_ others: [Period]) {
    let programs = periods[0].programs
    periods = others.map { period in
      var complete = period
      complete.programs = programs
      return complete
    }
  }

  /// Whether plans tell when they run.
  var hasTimes: Bool { periods.count > 1 || periods[0].days != nil }

  /// The plan that a controller runs in a period: the one for it, or the one for any other time.
  private func plan(of controller: Int, in period: Int) -> Int? {
    let known = plansOfController[controller]
    let name = periods[period].name
    let planned =
      known.first { self.name(of: phases.plans[$0]) == name } ?? known.first { phases.plans[$0].time == nil }
    if let planned { return planned }
    guard let first = known.first else { return nil }
    phases.planTable?.warning(
      "controller '\(groups.members[controller].name)' has no plan for '\(name)': plan '\(phases.plans[first].id)' is taken",
      phases.plans[first].row)
    return first
  }

  // MARK: Programmes

  /// The phases of a plan that a controller runs, each with what it serves there.
  ///
  /// Where a plan is shared and has a phase number twice, one of them serving nobody, movements that the sharing
  /// controller's phase lacks were noted at the owner's phase of the same number.
  private func members(_ plan: Int, of controller: Int) -> [(phase: Int, services: [GMNSPhases.Service])] {
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

  private func rings(
    _ members: [(phase: Int, services: [GMNSPhases.Service])], _ plan: Int, coordinated: Int?
  ) -> GMNSRings {
    GMNSRings(
      members.map { member in
        let phase = phases.phases[member.phase]
        return GMNSRings.Phase(
          number: phase.number, ring: phase.ring, barrier: phase.barrier, position: phase.position,
          minimum: phase.minimumGreen, maximum: phase.maximumGreen, clearance: phase.clearance)
      }, cycle: phases.plans[plan].cycle, coordinated: coordinated)
  }

  private mutating func program(
    _ plan: Int, of controller: Int, _ conflicts: [[GroupConflict]]
  ) -> SignalProgram? {
    let members = members(plan, of: controller)
    let name = groups.members[controller].name
    let planRow = phases.plans[plan].row
    let coordination = phases.coordination(plan, name)
    let rings = rings(members, plan, coordinated: coordination?.phase)
    let what = "plan '\(phases.plans[plan].id)' of controller '\(name)'"
    guard rings.cycle > 0 else {
      phases.planTable?.error("\(what): its phases have no green", planRow)
      return nil
    }
    if phases.plans[plan].cycle == nil {
      phases.planTable?.warning(
        "\(what) has no cycle: its longest greens are taken for fixed ones, a cycle of \(plainNumber(rings.cycle)) s",
        planRow)
    }
    for problem in rings.problems { phases.planTable?.warning("\(what): \(problem)", planRow) }
    let built = GMNSProgram(
      zip(members, rings.greens).map { member, green in
        let phase = phases.phases[member.phase]
        return GMNSProgram.Phase(
          green: green, clearance: phase.clearance, yellow: yellow(of: phase, member.services),
          walk: phase.walk, pedestrianClearance: phase.pedestrianClearance ?? 0,
          services: member.services.map { (group($0), $0.isPermitted) })
      }, cycle: rings.cycle, isPedestrian: groups.members[controller].groups.map(\.isPedestrian))
    var offset = 0.0
    if let coordination {
      offset = self.offset(coordination) - reference(coordination, members, rings)
      offset = offset.truncatingRemainder(dividingBy: rings.cycle)
      if offset < 0 { offset += rings.cycle }
    }
    return SignalProgram(
      controller: ControllerID(controller), name: phases.plans[plan].id, offset: offset,
      intervals: built.intervals(conflicts: conflicts)
    ).beginningWithStage()
  }

  /// The rings of the first plan, where the controller does not run stages and all its plans keep to them.
  private mutating func keepRings(_ controller: Int, _ programs: [SignalProgram]) {
    let member = groups.members[controller]
    guard member.description?.runsStages != true, let plan = plansOfController[controller].first else {
      return
    }
    let members = members(plan, of: controller)
    let placed = rings(
      members, plan, coordinated: phases.coordination(plan, member.name)?.phase
    ).phases
    let described = zip(members, placed).filter { !$0.0.services.isEmpty }.map { member, place -> RingPhase in
      let phase = phases.phases[member.phase]
      let yellow = yellow(of: phase, member.services)
      func served(_ isPermitted: Bool) -> [Int] {
        Set(member.services.filter { $0.isPermitted == isPermitted }.map(group)).sorted()
      }
      let rights = served(false)
      return RingPhase(
        number: place.number, ring: place.ring, barrier: place.barrier, position: place.position,
        groups: rights, permitted: served(true).filter { !rights.contains($0) }, yellow: yellow,
        allRed: phase.clearance - yellow, of: controllers[controller])
    }
    let kept = ReadRings(described, of: controllers[controller], programs: programs)
    controllers[controller].rings = kept.rings
    if let problem = kept.problem {
      phases.phaseTable?.warning(
        "controller '\(member.name)': its plans do not keep to its rings (\(problem)): the rings are forgotten"
      )
    }
  }

  private func group(_ service: GMNSPhases.Service) -> Int {
    switch service.subject {
    case .movement(let index): groups.signals[index]?.group ?? 0
    case .crosswalk(let index): groups.crossingSignals[index]?.group ?? 0
    }
  }

  /// Yellow where only the whole clearance is known: reaction time and braking at 3.05 m/s², in whole seconds and at
  /// least 3 (Institute of Transportation Engineers 2020); the rest is all-red.
  private func yellow(of phase: GMNSPhases.Phase, _ services: [GMNSPhases.Service]) -> Double {
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
      guard let master = current.master, master != current.controller,
        let next = phases.coordination(current.plan, master)
      else { break }
      current = next
    }
    return sum
  }

  // MARK: Controllers

  private func conflicts(of controller: Int, _ paths: GMNSPaths) -> [[GroupConflict]] {
    let members = groups.members[controller].groups
    var conflicts = members.map { _ in members.map { _ in GroupConflict.none } }
    for a in members.indices {
      for b in members.indices where b > a {
        let met = meetings(members[a], members[b], paths)
        guard !met.isEmpty else { continue }
        let mayShare = met.allSatisfy(\.mayShareGreen)
        let (first, second) = (met.contains(where: \.firstYields), met.contains(where: \.secondYields))
        (conflicts[a][b], conflicts[b][a]) =
          switch (mayShare, first, second) {
          case (true, true, true): (.eitherYields, .eitherYields)
          case (true, true, false): (.rowYields, .columnYields)
          case (true, false, true): (.columnYields, .rowYields)
          default: (.exclusive, .exclusive)
          }
      }
    }
    return conflicts
  }

  private func meetings(_ a: GMNSGroups.Group, _ b: GMNSGroups.Group, _ paths: GMNSPaths) -> [PathMeeting] {
    var found: [PathMeeting] = []
    for first in a.movements {
      for second in b.movements where movements[first].junction == movements[second].junction {
        if let meeting = paths.meeting(first, second) { found.append(meeting) }
      }
      for crosswalk in b.crosswalks where roads.crosswalks[crosswalk].junction == movements[first].junction {
        let leg = paths.leg(ofCrosswalk: crosswalk)
        if let meeting = RightOfWay.meeting(paths.ways[first], crossingOver: leg) { found.append(meeting) }
      }
    }
    for second in b.movements {
      for crosswalk in a.crosswalks where roads.crosswalks[crosswalk].junction == movements[second].junction {
        let leg = paths.leg(ofCrosswalk: crosswalk)
        if let meeting = RightOfWay.meeting(paths.ways[second], crossingOver: leg) {
          found.append(meeting.mirrored)
        }
      }
    }
    return found
  }

  /// What the phases of a controller's plans say of its groups.
  private struct Times {
    var minimum: Double?
    var yellow: Double?
    var clearance: Double?
    var walk: Double?
    var pedestrianClearance: Double?
  }

  private func times(of controller: Int) -> [Times] {
    var times = groups.members[controller].groups.map { _ in Times() }
    for plan in plansOfController[controller] {
      for (index, services) in members(plan, of: controller) {
        let phase = phases.phases[index]
        let yellow = yellow(of: phase, services)
        // A fixed green may be shorter in another plan, an actuated one has a minimum of its own.
        let minimum =
          phase.maximumGreen > phase.minimumGreen
          ? phase.minimumGreen : min(NativeSettings().minimumGreen, phase.minimumGreen)
        for group in services.map(group) {
          func least(_ path: WritableKeyPath<Times, Double?>, _ value: Double?) {
            guard let value else { return }
            times[group][keyPath: path] = min(times[group][keyPath: path] ?? .infinity, value)
          }
          least(\.minimum, minimum)
          least(\.walk, phase.walk)
          least(\.pedestrianClearance, phase.pedestrianClearance)
          if phase.clearance > 0 {
            least(\.yellow, yellow)
            least(\.clearance, phase.clearance)
          }
        }
      }
    }
    return times
  }

  private func controller(
    _ index: Int, _ conflicts: [[GroupConflict]], _ programs: [SignalProgram]
  ) -> SignalController {
    let member = groups.members[index]
    let times = times(of: index)
    let usual = NativeSettings()
    let described = member.groups.enumerated().map { position, group -> SignalGroup in
      if group.isPedestrian {
        let given = group.crosswalks.compactMap { roads.crosswalks[$0].minimumGreen }.max()
        let shown = programs.map { shortestGreen(position, $0) }.min() ?? usual.walk
        return SignalGroup(
          name: group.name, kind: .pedestrian,
          minimumGreen: given ?? min(times[position].walk ?? usual.walk, shown), yellow: 0)
      }
      let given = group.movements.compactMap { movements[$0].minimumGreen }.max()
      return SignalGroup(
        name: group.name, minimumGreen: given ?? times[position].minimum ?? usual.minimumGreen,
        yellow: times[position].yellow ?? usual.yellow,
        mustBeServed: programs.allSatisfy { $0.green(ofGroup: position) > 0 })
    }
    var accepted = conflicts
    var intergreens = conflicts.map { $0.map { _ in 0.0 } }
    var starts = conflicts.map { $0.map { _ in false } }
    for a in conflicts.indices {
      for b in conflicts.indices where a != b && conflicts[a][b] != .none {
        let needed = clearance(of: a, member.groups[a], times[a])
        let shown = programs.compactMap { $0.shortestClearance(from: a, to: b) }.min()
        intergreens[a][b] = min(needed, shown ?? needed)
        starts[a][b] = programs.contains { startsInYellow(of: a, b, in: $0) }
        let isShown = programs.contains { program in
          program.intervals.contains { !isPermitted($0.states[a], $0.states[b], conflicts[a][b]) }
        }
        if isShown { (accepted[a][b], accepted[b][a]) = (.accepted, .accepted) }
      }
    }
    let pairs = accepted.indices.flatMap { a in
      accepted.indices.filter { $0 > a && accepted[a][$0] == .accepted }.map { (a, $0) }
    }
    if let (a, b) = pairs.first {
      let more = pairs.count > 1 ? ", and \(pairs.count - 1) more such pairs" : ""
      phases.phaseTable?.warning(
        "controller '\(member.name)' shows '\(member.groups[a].name)' and '\(member.groups[b].name)' green together though they conflict\(more): accepted as it is"
      )
    }
    let cycles = programs.map(\.cycle)
    let least = member.description?.leastCycle ?? min(usual.cycleRange.lowerBound, cycles.min() ?? 40)
    let longest = member.description?.longestCycle ?? max(usual.cycleRange.upperBound, cycles.max() ?? 180)
    return SignalController(
      name: member.name, groups: described, conflicts: accepted, intergreens: intergreens,
      startsDuringYellow: starts, cycleBounds: least...max(least, longest))
  }

  private func isPermitted(_ row: SignalState, _ column: SignalState, _ conflict: GroupConflict) -> Bool {
    guard row.isGreen, column.isGreen else { return true }
    let (first, second) = (row == .permissiveGreen, column == .permissiveGreen)
    return switch conflict {
    case .none, .accepted: true
    case .exclusive: false
    case .rowYields: first
    case .columnYields: second
    case .eitherYields: first || second
    }
  }

  private func shortestGreen(_ group: Int, _ program: SignalProgram) -> Double {
    program.runs(ofGroup: group, where: \.isGreen).map(program.duration(of:)).min() ?? .infinity
  }

  private func clearance(of group: Int, _ description: GMNSGroups.Group, _ times: Times) -> Double {
    guard description.isPedestrian else { return times.clearance ?? 5 }
    let longest = description.crosswalks.map { index -> Double in
      let crosswalk = roads.crosswalks[index]
      return crosswalk.length / (crosswalk.walkingSpeed ?? NativeSettings().walkingSpeed)
    }.max()
    return times.pedestrianClearance ?? longest ?? 0
  }

  private func startsInYellow(of a: Int, _ b: Int, in program: SignalProgram) -> Bool {
    let rows = program.intervals
    return rows.indices.contains { row in
      let before = rows[(row + rows.count - 1) % rows.count].states[b]
      return rows[row].states[a] == .yellow && rows[row].states[b].isGreen && !before.isGreen
    }
  }
}
