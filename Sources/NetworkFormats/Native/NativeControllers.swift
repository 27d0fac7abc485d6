internal import TrafficModel

extension NativeGroups {
  /// The model's controller of a member: its groups, which of them conflict, and for how long they must be apart.
  func controller(_ member: Member, file: NativeFile, layout: NativeLayout) -> SignalController {
    let groups = member.groups.map { group -> SignalGroup in
      let settings = settings(of: group, file: file)
      let isCrossing = if case .crossing = group.subject { true } else { false }
      return SignalGroup(
        name: name(group, of: member, file: file), kind: isCrossing ? .pedestrian : .vehicle,
        minimumGreen: isCrossing ? settings.walk : settings.minimumGreen,
        yellow: isCrossing ? 0 : settings.yellow)
    }
    var conflicts: [[GroupConflict]] = []
    var intergreens: [[Double]] = []
    for first in member.groups {
      let meetings = member.groups.map { meeting(first, $0, file: file, layout: layout) }
      conflicts.append(meetings.map(GroupConflict.init))
      let clearance = clearance(after: first, file: file)
      intergreens.append(meetings.map { $0 == nil ? 0 : clearance })
    }
    return SignalController(
      name: member.name.value, groups: groups, conflicts: conflicts, intergreens: intergreens,
      cycleBounds: member.cycleRange)
  }

  private func settings(of group: NativeGroup, file: NativeFile) -> NativeSettings {
    let junction = file.junctions[group.leg.junction]
    return junction.approach(group.leg.leg)?.settings ?? junction.settings
  }

  /// Seconds from the end of a group's green until what it let in has left.
  private func clearance(after group: NativeGroup, file: NativeFile) -> Double {
    let junction = file.junctions[group.leg.junction]
    guard let approach = junction.approach(group.leg.leg) else { return 0 }
    switch group.subject {
    case .way: return approach.settings.yellow + junction.settings.allRed
    case .crossing: return (approach.crossing ?? 0) / approach.settings.walkingSpeed
    }
  }

  private func meeting(
    _ first: NativeGroup, _ second: NativeGroup, file: NativeFile, layout: NativeLayout
  ) -> PathMeeting? {
    guard first.leg.junction == second.leg.junction else { return nil }
    let ways = layout.ways[first.leg.junction]
    switch (first.subject, second.subject) {
    case (.crossing, .crossing): return nil
    case (.way(let way), .crossing): return RightOfWay.meeting(ways[way], crossingOver: second.leg.leg)
    case (.crossing, .way(let way)):
      return RightOfWay.meeting(ways[way], crossingOver: first.leg.leg)?.mirrored
    case (.way(let a), .way(let b)):
      guard ways[a].from == ways[b].from else { return RightOfWay.meeting(ways[a], ways[b]) }
      let lanes = file.junctions[first.leg.junction].approach(first.leg.leg)?.lanes ?? []
      return Self.crossOnApproach(ways[a].turn, ways[b].turn, lanes: lanes.reversed()) ? .never : nil
    }
  }

  /// Whether two turns of an approach cross each other, because a lane further left turns further right.
  private static func crossOnApproach(_ first: Turn, _ second: Turn, lanes: [NativeLane]) -> Bool {
    lanes.indices.contains { a in
      lanes[a].turns.contains(first)
        && lanes.indices.contains {
          lanes[$0].turns.contains(second) && LanePaths.cross(a, first, $0, second)
        }
    }
  }
}

extension GroupConflict {
  init(_ meeting: PathMeeting?) {
    guard let meeting else {
      self = .none
      return
    }
    guard meeting.mayShareGreen else {
      self = .exclusive
      return
    }
    self = meeting.firstYields ? (meeting.secondYields ? .eitherYields : .rowYields) : .columnYields
  }

  /// Whether the row's group waits for gaps while both are green.
  var makesRowYield: Bool { self == .rowYields || self == .eitherYields }
}
