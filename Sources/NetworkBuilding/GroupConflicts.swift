public import TrafficModel

extension GroupConflict {
  /// How two groups meet whose ways meet in these manners, each as seen from the first group.
  public init(_ meetings: [PathMeeting]) {
    let (first, second) = (
      meetings.contains(where: \.firstYields), meetings.contains(where: \.secondYields)
    )
    self =
      if meetings.isEmpty {
        .none
      } else if !meetings.allSatisfy(\.mayShareGreen) {
        .exclusive
      } else {
        switch (first, second) {
        case (true, true): .eitherYields
        case (true, false): .rowYields
        case (false, true): .columnYields
        case (false, false): .exclusive
        }
      }
  }
}

/// What the groups of a controller control.
public struct ControlledWays: Sendable {
  /// By group: the turns, each with the paths alone that the group controls.
  private var turns: [[JunctionTurn]]
  /// By group: the legs whose crossings it controls.
  private var crossings: [[LegID]]

  /// - Parameters:
  ///   - count: how many groups the controller has.
  ///   - turns: those with its signals, and maybe others.
  ///   - crossings: those with its signals, and maybe others.
  public init(
    of id: ControllerID, groups count: Int, turns given: some Sequence<JunctionTurn>,
    crossings drafts: some Sequence<CrossingDraft>
  ) {
    turns = [[JunctionTurn]](repeating: [], count: count)
    crossings = [[LegID]](repeating: [], count: count)
    for turn in given {
      var groups: [Int] = []
      for case let signal? in turn.paths.map(\.signal) where signal.controller == id {
        if !groups.contains(signal.group) { groups.append(signal.group) }
      }
      for group in groups {
        var part = turn
        part.paths.removeAll { $0.signal != SignalGroupReference(controller: id, group: group) }
        turns[group].append(part)
      }
    }
    for crossing in drafts {
      if let signal = crossing.signal, signal.controller == id {
        crossings[signal.group].append(crossing.leg)
      }
    }
  }

  /// How each group meets each other one.
  public var conflicts: [[GroupConflict]] {
    var conflicts = turns.map { _ in turns.map { _ in GroupConflict.none } }
    for a in turns.indices {
      for b in turns.indices where b > a {
        let conflict = GroupConflict(meetings(a, b))
        conflicts[a][b] = conflict
        conflicts[b][a] = conflict.mirrored
      }
    }
    return conflicts
  }

  private func meetings(_ a: Int, _ b: Int) -> [PathMeeting] {
    var found: [PathMeeting] = []
    for first in turns[a] {
      for second in turns[b] where first.from.junction == second.from.junction {
        if let meeting = RightOfWay.meeting(first, second) { found.append(meeting) }
      }
      for leg in crossings[b] where leg.junction == first.from.junction {
        if let meeting = first.meeting(crossingOver: leg.leg) { found.append(meeting) }
      }
    }
    for second in turns[b] {
      for leg in crossings[a] where leg.junction == second.from.junction {
        if let meeting = second.meeting(crossingOver: leg.leg) {
          found.append(meeting.mirrored)
        }
      }
    }
    return found
  }

  /// Left turns that wait for others than right turns under the greens of their groups.
  ///
  /// - Parameter together: whether two groups are green at the same time.
  /// - Returns: their incoming and outgoing links.
  func waitingLeftTurns(together: (Int, Int) -> Bool) -> Set<[LinkID]> {
    var waiting: Set<[LinkID]> = []
    for a in turns.indices {
      for first in turns[a] where first.equivalent == .left {
        for b in turns.indices where b != a {
          let waits = turns[b].contains { second in
            guard second.equivalent != .right, second.from.junction == first.from.junction,
              let meeting = RightOfWay.meeting(first, second)
            else { return false }
            return meeting.firstYields && meeting.mayShareGreen
          }
          if waits, together(a, b) { waiting.insert([first.fromLink, first.toLink]) }
        }
      }
    }
    return waiting
  }
}
