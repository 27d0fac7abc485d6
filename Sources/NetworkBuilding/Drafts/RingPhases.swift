internal import TrafficModel

/// Looks up the phases of a file's ring-barrier controllers.
struct RingPhases {
  let draft: NetworkDraft
  let roads: DraftRoads
  let groups: DraftGroups
  let references: LegReferences

  /// The controllers with their rings; where those have errors these are in the log.
  func controllers(_ controllers: [SignalController], _ log: inout some ProblemLog) -> [SignalController] {
    zip(groups.members, controllers).map { member, controller in
      guard let written = member.signals.rings else { return controller }
      var complete = controller
      complete.rings = rings(written, of: member, controller, &log)
      if written.phases.contains(where: { $0.actuation != nil }) {
        complete.presentControl = .responding(kind: RingsDraft.actuated)
      }
      return complete
    }
  }

  private func rings(
    _ written: RingsDraft, of member: DraftGroups.Member, _ controller: SignalController,
    _ log: inout some ProblemLog
  ) -> PhaseRings? {
    let items = StageItems(
      draft: draft, roads: roads, groups: groups, references: references, member: member)
    var served: [Int: (groups: [Int], place: TextPlace)] = [:]
    for phase in written.phases {
      guard let found = items.groups(of: phase.items, conflicts: controller.conflicts, &log) else {
        return nil
      }
      served[phase.number] = (found, phase.items.place)
    }
    guard let places = places(written, known: served.keys.sorted(), &log) else { return nil }
    let sides = Dictionary(grouping: places, by: \.barrier)
    let phases = places.map { place -> RingPhase in
      let own = served[place.phase.number]?.groups ?? []
      // What may run at the same time: the phases of other rings before the same barrier, and its own.
      let beside = (sides[place.barrier] ?? []).filter { $0.ring != place.ring }
        .flatMap { served[$0.phase.number]?.groups ?? [] }
      let permitted = own.filter { waits($0, for: own + beside, of: member, controller) }
      var phase = phase(
        place, groups: own.filter { !permitted.contains($0) }, permitted: permitted, of: controller)
      phase.actuation = written.phases.first { $0.number == phase.number }?.actuation
      return phase
    }
    let rings = PhaseRings(phases: phases)
    let problems = rings.problems(in: controller)
    for problem in problems {
      let phase = phases.first { problem.hasPrefix("phase \($0.number) ") }
      log.error(
        "controller '\(member.name.value)': \(problem)",
        at: phase.flatMap { served[$0.number]?.place } ?? written.place)
    }
    return problems.isEmpty ? rings : nil
  }

  /// Whether a left or U-turn may have to wait for oncoming traffic.
  private func waits(
    _ group: Int, for others: [Int], of member: DraftGroups.Member, _ controller: SignalController
  ) -> Bool {
    guard draft.across.contains(member.groups[group].letter) else { return false }
    return others.contains {
      controller.groups[$0].kind == .vehicle && controller.conflicts[group][$0].makesRowYield
    }
  }

  private func phase(
    _ place: Place, groups: [Int], permitted: [Int], of controller: SignalController
  ) -> RingPhase {
    let vehicles = (groups + permitted).filter { controller.groups[$0].kind == .vehicle }
    let yellow = vehicles.map { controller.groups[$0].yellow }.max() ?? 0
    let clearance = vehicles.map { controller.intergreens[$0].max() ?? 0 }.max() ?? 0
    var phase = RingPhase(
      number: place.phase.number, ring: place.ring, barrier: place.barrier, position: place.position,
      groups: groups, permitted: permitted, yellow: yellow, allRed: max(0, clearance - yellow), of: controller
    )
    phase.keepsPlace = place.phase.keepsPlace
    phase.isOptional = place.phase.isOptional
    return phase
  }

  // MARK: Order

  struct Place {
    var phase: RingOrderText.Phase
    var ring: Int
    var barrier: Int
    var position: Int
  }

  /// Where every phase stands; nil, with errors in the log, where some stands nowhere or twice.
  private func places(_ written: RingsDraft, known: [Int], _ log: inout some ProblemLog) -> [Place]? {
    guard let places = Self.places(written.order, &log) else { return nil }
    var isSound = true
    let names = known.map { String($0) }
    for (index, place) in places.enumerated() {
      let number = place.phase.number
      let text = written.order[place.ring - 1]
      if !known.contains(number) {
        log.unknown("phase", Located(value: String(number), place: text.place), known: names)
        isSound = false
      } else if places[..<index].contains(where: { $0.phase.number == number }) {
        log.error("phase \(number) stands twice in the order of the rings", at: text.place)
        isSound = false
      }
    }
    for phase in written.phases where !places.contains(where: { $0.phase.number == phase.number }) {
      log.error("phase \(phase.number) stands in no ring", at: phase.items.place)
      isSound = false
    }
    return isSound ? places : nil
  }

  /// The places that some orders give; nil, with an error in the log, where the rings do not have the same barriers.
  static func places(_ order: [Located<String>], _ log: inout some ProblemLog) -> [Place]? {
    var places: [Place] = []
    var isSound = true
    let texts = order.compactMap { RingOrderText($0.value) }
    for (ring, text) in texts.enumerated() {
      if text.phases.count != texts[0].phases.count {
        log.error(
          "ring \(ring + 1) has \(counted(text.phases.count - 1, "barrier")), ring 1 has \(texts[0].phases.count - 1)",
          at: order[ring].place)
        isSound = false
      }
      for (barrier, segment) in text.phases.enumerated() {
        for (position, phase) in segment.enumerated() {
          places.append(Place(phase: phase, ring: ring + 1, barrier: barrier + 1, position: position + 1))
        }
      }
    }
    for barrier in 1...(texts.first?.phases.count ?? 1)
    where !places.contains(where: { $0.barrier == barrier }) {
      log.error("no ring has a phase before barrier \(barrier)", at: order[0].place)
      isSound = false
    }
    for (ring, text) in texts.enumerated() where text.phases.allSatisfy(\.isEmpty) {
      log.error("ring \(ring + 1) has no phase", at: order[ring].place)
      isSound = false
    }
    return isSound ? places : nil
  }
}
