internal import TrafficModel

/// Conflicts, shortest greens and clearances of controllers: what phases say of them, and what their plans show.
extension GMNSControllers {
  func conflicts(of controller: Int, _ paths: GMNSPaths) -> [[GroupConflict]] {
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

  private func times(of controller: Int, _ plans: [PlannedRings]) -> [Times] {
    var times = groups.members[controller].groups.map { _ in Times() }
    for plan in plans {
      for (index, services) in plan.members {
        let phase = phases.phases[index]
        let yellow = yellow(of: phase, services)
        // A fixed green may be shorter in another plan, an actuated one has a minimum of its own.
        let minimum =
          phase.maximumGreen > phase.minimumGreen
          ? phase.minimumGreen : min(NativeSettings.usual.minimumGreen, phase.minimumGreen)
        for service in services {
          let group = group(service)
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

  /// A controller with the pairs of groups whose conflict is accepted because its programmes show it.
  func controller(
    _ index: Int, _ conflicts: [[GroupConflict]], _ plans: [PlannedRings], _ programs: [SignalProgram]
  ) -> (SignalController, accepted: [(Int, Int)]) {
    let member = groups.members[index]
    let times = times(of: index, plans)
    let usual = NativeSettings.usual
    let described = member.groups.enumerated().map { position, group -> SignalGroup in
      if group.isPedestrian {
        let given = group.crosswalks.compactMap { roads.crosswalks[$0].minimumGreen }.max()
        let shown = programs.map { Self.shortestGreen(position, $0) }.min() ?? usual.walk
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
    let clearances = programs.map(\.clearances)
    // By programme and group: what it shows in each interval.
    let shows = programs.map { program in
      conflicts.indices.map { group in program.intervals.map { $0.states[group] } }
    }
    for (a, row) in conflicts.enumerated() {
      let needed = clearance(of: a, member.groups[a], times[a])
      for (b, conflict) in row.enumerated() where a != b && conflict != .none {
        let shown = clearances.compactMap { $0.shortest(from: a, to: b) }.min()
        intergreens[a][b] = min(needed, shown ?? needed)
        starts[a][b] = shows.contains { Self.startsInYellow($0[a], $0[b]) }
        let isShown = shows.contains { states in
          zip(states[a], states[b]).contains { !Self.isPermitted($0, $1, conflict) }
        }
        if isShown { (accepted[a][b], accepted[b][a]) = (.accepted, .accepted) }
      }
    }
    let pairs = accepted.indices.flatMap { a in
      accepted.indices.filter { $0 > a && accepted[a][$0] == .accepted }.map { (a, $0) }
    }
    let cycles = programs.map(\.cycle)
    let least = member.description?.leastCycle ?? min(usual.cycleRange.lowerBound, cycles.min() ?? 40)
    let longest = member.description?.longestCycle ?? max(usual.cycleRange.upperBound, cycles.max() ?? 180)
    let controller = SignalController(
      name: member.name, groups: described, conflicts: accepted, intergreens: intergreens,
      startsDuringYellow: starts, cycleBounds: least...max(least, longest))
    return (controller, pairs)
  }

  func warning(ofAccepted pairs: [(Int, Int)], of controller: SignalController) -> String? {
    guard let (a, b) = pairs.first else { return nil }
    let more = pairs.count > 1 ? ", and \(pairs.count - 1) more such pairs" : ""
    return
      "controller '\(controller.name)' shows '\(controller.groups[a].name)' and '\(controller.groups[b].name)' green together though they conflict\(more): accepted as it is"
  }

  private static func isPermitted(
    _ row: SignalState, _ column: SignalState, _ conflict: GroupConflict
  ) -> Bool {
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

  private static func shortestGreen(_ group: Int, _ program: SignalProgram) -> Double {
    program.runs(ofGroup: group, where: \.isGreen).map(program.duration(of:)).min() ?? .infinity
  }

  private func clearance(of group: Int, _ description: GMNSGroups.Group, _ times: Times) -> Double {
    guard description.isPedestrian else { return times.clearance ?? 5 }
    let longest = description.crosswalks.map { index -> Double in
      let crosswalk = roads.crosswalks[index]
      return crosswalk.length / (crosswalk.walkingSpeed ?? NativeSettings.usual.walkingSpeed)
    }.max()
    return times.pedestrianClearance ?? longest ?? 0
  }

  /// Whether the second of two groups, given by the intervals of a programme, becomes green while the first is yellow.
  private static func startsInYellow(_ first: [SignalState], _ second: [SignalState]) -> Bool {
    first.indices.contains { row in
      first[row] == .yellow && second[row].isGreen
        && !second[(row + second.count - 1) % second.count].isGreen
    }
  }
}
