internal import NetworkBuilding
internal import TrafficModel

/// Conflicts, shortest greens and clearances of controllers: what phases say of them, and what their plans show.
extension GMNSControllers {
  func conflicts(of controller: Int, _ paths: GMNSPaths) -> [[GroupConflict]] {
    let member = groups.members[controller]
    let turns = member.groups.flatMap(\.movements).map { paths.turns[$0] }
    let crossings = member.groups.flatMap(\.crosswalks).compactMap { paths.crossingOfCrosswalk[$0] }
    return ControlledWays(
      of: ControllerID(controller), groups: member.groups.count, turns: turns,
      crossings: crossings.map { paths.crossings[$0.index] }
    ).conflicts
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
          ? phase.minimumGreen : min(UsualFigures.minimumGreen, phase.minimumGreen)
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

  /// A controller, and where its programmes fall short of what is asked of it.
  func controller(
    _ index: Int, _ conflicts: [[GroupConflict]], _ plans: [PlannedRings], _ programs: [SignalProgram]
  ) -> (SignalController, AcceptedShortfalls) {
    let member = groups.members[index]
    let times = times(of: index, plans)
    let described = zip(member.groups, times).map { group, times -> SignalGroup in
      if group.isPedestrian {
        let given = group.crosswalks.compactMap { roads.crosswalks[$0].minimumGreen }.max()
        return SignalGroup(
          name: group.name, kind: .pedestrian, minimumGreen: given ?? times.walk ?? UsualFigures.walk,
          yellow: 0)
      }
      let given = group.movements.compactMap { movements[$0].minimumGreen }.max()
      return SignalGroup(
        name: group.name, minimumGreen: given ?? times.minimum ?? UsualFigures.minimumGreen,
        yellow: times.yellow ?? UsualFigures.yellow)
    }
    let shortest = member.description?.leastCycle ?? UsualFigures.cycleRange.lowerBound
    let longest = member.description?.longestCycle ?? UsualFigures.cycleRange.upperBound
    var controller = SignalController(
      name: member.name, groups: described, conflicts: conflicts,
      intergreens: conflicts.indices.map { group in
        let clearance = clearance(of: member.groups[group], times[group])
        return conflicts[group].map { $0 == .none ? 0 : clearance }
      }, cycleBounds: shortest...max(shortest, longest))
    if phases.madeUp.contains(member.name) { controller.presentControl = .responding(kind: "untold") }
    let accepted = controller.accept(programs)
    return (controller, accepted)
  }

  private func clearance(of group: GMNSGroups.Group, _ times: Times) -> Double {
    guard group.isPedestrian else { return times.clearance ?? UsualFigures.yellow + UsualFigures.allRed }
    let longest = group.crosswalks.map { index -> Double in
      let crosswalk = roads.crosswalks[index]
      return crosswalk.length / (crosswalk.walkingSpeed ?? UsualFigures.walkingSpeed)
    }.max()
    return times.pedestrianClearance ?? longest ?? 0
  }
}
