internal import TrafficModel

extension DraftGroups {
  /// The model's controller of a member: its groups, which of them conflict, and for how long they must be apart.
  func controller(_ id: ControllerID, draft: NetworkDraft, roads: DraftRoads) -> SignalController {
    let member = members[id.index]
    let groups = member.groups.map { group -> SignalGroup in
      let settings = settings(of: group, draft: draft)
      let isCrossing = if case .crossing = group.subject { true } else { false }
      return SignalGroup(
        name: name(group, of: member, draft: draft), kind: isCrossing ? .pedestrian : .vehicle,
        minimumGreen: isCrossing ? settings.walk : settings.minimumGreen,
        yellow: isCrossing ? 0 : settings.yellow)
    }
    let conflicts = ControlledWays(
      of: id, groups: groups.count, turns: member.junctions.flatMap { roads.turns[$0] },
      crossings: member.junctions.flatMap { roads.crossingsOfJunction[$0].map { roads.crossings[$0] } }
    ).conflicts
    let intergreens = zip(member.groups, conflicts).map { group, row in
      let clearance = clearance(after: group, draft: draft)
      return row.map { $0 == .none ? 0 : clearance }
    }
    return SignalController(
      name: member.name.value, groups: groups, conflicts: conflicts, intergreens: intergreens,
      cycleBounds: member.cycleRange)
  }

  private func settings(of group: DraftGroup, draft: NetworkDraft) -> DraftSettings {
    let junction = draft.junctions[group.leg.junction]
    return junction.approach(group.leg.leg)?.settings ?? junction.settings
  }

  /// Seconds from the end of a group's green until what it let in has left.
  private func clearance(after group: DraftGroup, draft: NetworkDraft) -> Double {
    let junction = draft.junctions[group.leg.junction]
    guard let approach = junction.approach(group.leg.leg) else { return 0 }
    switch group.subject {
    case .turn: return approach.settings.yellow + junction.settings.allRed
    case .crossing: return (approach.crossing ?? 0) / approach.settings.walkingSpeed
    }
  }
}
