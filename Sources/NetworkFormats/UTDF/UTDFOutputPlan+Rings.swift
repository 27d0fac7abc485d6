internal import NetworkBuilding
internal import TrafficModel

extension UTDFOutputPlan {
  /// What a phase of the usual dual ring gives green to: one approach's straight or left turn.
  struct Slot {
    var number: Int
    var group: Int
    /// s; the begin may lie anywhere in the cycle.
    var begin: Double
    var green: Double
    var yellow: Double
  }

  /// A programme in the usual dual ring (NEMA): phases 2 and 6 for one street, 4 and 8 for the other, the odd ones for
  /// left turns, each beside the straight traffic that it does not cross.
  ///
  /// - Returns: nil where the greens do not follow each other so.
  init?(
    dualRing program: SignalProgram, of controller: ControllerID, output: UTDFOutput, junction: Int
  ) {
    let network = output.network
    let groups = network[controller].groups
    cycle = program.cycle
    protected = groups.map { _ in [] }
    permitted = groups.map { _ in [] }
    let timeline = GroupTimeline(program)
    guard let slots = Self.slots(output, junction, controller, timeline) else { return nil }
    let placed = Self.placed(
      slots, cycle: cycle, minimumGreen: { groups[$0.group].minimumGreen },
      side: { [1, 2, 5, 6].contains($0.number) ? 0 : 1 }, ring: { $0.number <= 4 ? 1 : 2 })
    guard let placed else { return nil }
    phases = placed
    // Everything that is green all through a phase's green is served by it.
    for group in groups.indices where groups[group].kind == .vehicle {
      let own = slots.first { $0.group == group }
      for phase in phases {
        let middle = stride(from: 0.05, to: phase.green, by: 0.5).map { phase.begin + $0 }
        let states = middle.map { program.states(at: $0)[group] }
        guard states.allSatisfy(\.isGreen) else { continue }
        if own?.number == phase.number {
          protected[group].append(phase.number)
        } else if Self.isSameApproach(
          group, slots.first { $0.number == phase.number }?.group, controller, network)
        {
          // Its approach's other phase, in which it may have to wait for gaps.
          if states.contains(.permissiveGreen) {
            permitted[group].append(phase.number)
          } else {
            protected[group].append(phase.number)
          }
        } else if own == nil, !Self.isCovered(group, controller, network, slots, timeline) {
          protected[group].append(phase.number)
        }
      }
    }
    addWalks(output, junction, controller, program, slots: slots)
  }

  private static func link(of group: Int, _ controller: ControllerID, _ network: Network) -> LinkID? {
    network.connectionsOfGroup[controller.index][group].first.map { network[network[$0].from].link }
  }

  private static func isSameApproach(
    _ first: Int, _ second: Int?, _ controller: ControllerID, _ network: Network
  ) -> Bool {
    guard let second, let link = link(of: first, controller, network) else { return false }
    return link == self.link(of: second, controller, network)
  }

  /// Whether a group is green with its approach's straight or left traffic, and at no other time.
  private static func isCovered(
    _ group: Int, _ controller: ControllerID, _ network: Network, _ slots: [Slot], _ timeline: GroupTimeline
  ) -> Bool {
    let same = slots.filter { isSameApproach(group, $0.group, controller, network) }
    let green = timeline.greens[group].reduce(0) { $0 + $1.length }
    return same.contains { slot in
      abs(timeline.greens[slot.group].reduce(0) { $0 + $1.length } - green) < 0.01
    }
  }

  /// The phases with the group that each is for; nil where some group has several protected greens.
  private static func slots(
    _ output: UTDFOutput, _ junction: Int, _ controller: ControllerID, _ timeline: GroupTimeline
  ) -> [Slot]? {
    let network = output.network
    // The street with more lanes straight on has phases 2 and 6.
    let approaches = output.approaches[junction].filter { !$0.columns.isEmpty }
    let lanes = approaches.map { approach in
      (
        axis: approach.direction.leg.rawValue % 4,
        lanes: network.lanes(of: approach.link).count
      )
    }
    let byAxis = (0..<4).map { axis in lanes.filter { $0.axis == axis }.reduce(0) { $0 + $1.lanes } }
    let mainAxis = byAxis.indices.max { byAxis[$0] < byAxis[$1] } ?? 0
    var slots: [Slot] = []
    var taken: Set<Int> = []
    for approach in approaches {
      let leg = approach.direction.leg
      let isMainStreet = leg.rawValue % 4 == mainAxis
      let isFirst = leg.rawValue < 4
      let numbers: (through: Int, left: Int) =
        isMainStreet ? (isFirst ? (6, 1) : (2, 5)) : (isFirst ? (4, 7) : (8, 3))
      for (turn, number) in [(Turn.through, numbers.through), (.left, numbers.left)] {
        guard let column = approach.columns.first(where: { $0.turn == turn }),
          let signal = network[network[column.movement].connections[0]].signal,
          signal.controller == controller
        else { continue }
        let isOnly = !approach.columns.contains { $0.turn == .through }
        let runs = turn == .through ? timeline.greens[signal.group] : timeline.protectedGreens[signal.group]
        guard !runs.isEmpty else { continue }
        guard runs.count == 1, taken.insert(number).inserted else { return nil }
        // A left turn that goes with its approach's straight traffic needs no phase of its own.
        if turn == .left,
          slots.contains(where: { $0.number == numbers.through && $0.matches(runs[0], timeline.cycle) })
        {
          continue
        }
        slots.append(
          Slot(
            number: turn == .left && isOnly ? numbers.through : number, group: signal.group,
            begin: runs[0].begin,
            green: runs[0].length, yellow: runs[0].yellow))
      }
    }
    return slots.isEmpty ? nil : slots
  }

  /// The phases with their begins and splits; nil where the rings do not meet at two barriers.
  ///
  /// - Parameters:
  ///   - minimumGreen: of a phase, s.
  ///   - side: 0 for the phases before the first barrier, 1 for the others.
  ///   - ring: the ring of a phase, 1 or more.
  static func placed(
    _ slots: [Slot], cycle: Double, minimumGreen: (Slot) -> Double, side sideOf: (Slot) -> Int,
    ring ringOf: (Slot) -> Int
  ) -> [UTDFPhase]? {
    let sides = [0, 1].map { side in slots.filter { sideOf($0) == side } }
    let rings = Set(slots.map(ringOf)).sorted()
    guard !sides[0].isEmpty else { return nil }
    for first in sides[0] {
      let origin = first.begin
      func since(_ slot: Slot) -> Double { (slot.begin - origin).wrapped(in: cycle) }
      let second = sides[1].map(since).min() ?? cycle
      guard sides[0].allSatisfy({ since($0) < second - 1e-6 }) else { continue }
      var phases: [UTDFPhase] = []
      var fits = true
      for (side, bounds) in [(0, (0.0, second)), (1, (second, cycle))] {
        for ring in rings {
          let members = sides[side].filter { ringOf($0) == ring }.sorted { since($0) < since($1) }
          for (index, slot) in members.enumerated() {
            let end = index + 1 < members.count ? since(members[index + 1]) : bounds.1
            let split = end - since(slot)
            if index == 0, abs(since(slot) - bounds.0) > 0.01 { fits = false }
            if split < slot.green + slot.yellow - 0.01 { fits = false }
            phases.append(
              UTDFPhase(
                number: slot.number, barrier: side + 1, ring: ring, position: index + 1,
                minimumGreen: minimumGreen(slot), split: split, yellow: slot.yellow,
                allRed: max(0, split - slot.green - slot.yellow), walk: nil, dontWalk: 0,
                begin: slot.begin.wrapped(in: cycle), place: TextPlace(line: 1, column: 1)))
          }
        }
      }
      if fits { return phases.sorted { $0.number < $1.number } }
    }
    return nil
  }

  /// Pedestrians walk beside the straight traffic on whose right their crossing is.
  private mutating func addWalks(
    _ output: UTDFOutput, _ junction: Int, _ controller: ControllerID, _ program: SignalProgram, slots: [Slot]
  ) {
    let network = output.network
    let timeline = GroupTimeline(program)
    for approach in output.approaches[junction] {
      guard
        let slot = slots.first(where: {
          Self.link(of: $0.group, controller, network) == approach.link && $0.number % 2 == 0
        }),
        let phase = phases.firstIndex(where: { $0.number == slot.number })
      else { continue }
      // The crossing that nothing straight of this approach meets, but its right turns do.
      let rights = approach.columns.filter { $0.turn == .right }.map { network[$0.movement].to }
      let walker = network.crossings.first { crossing in
        guard crossing.junction.index == junction, crossing.signal?.controller == controller else {
          return false
        }
        let links = Set(crossing.crossedConnections.map { network[network[$0].to].link })
        let meetsOwn = crossing.crossedConnections.contains {
          network[network[$0].from].link == approach.link && network[$0].turn != .right
        }
        return !meetsOwn && rights.contains { links.contains($0) }
      }
      guard let group = walker?.signal?.group, let green = timeline.greens[group].first else { continue }
      phases[phase].walk = network[controller].groups[group].minimumGreen
      phases[phase].dontWalk = max(0, phases[phase].green - green.length)
    }
  }
}

extension UTDFOutputPlan.Slot {
  fileprivate func matches(_ span: GreenSpan, _ cycle: Double) -> Bool {
    begin.distance(to: span.begin, in: cycle) < 0.01 && abs(green - span.length) < 0.01
  }
}
