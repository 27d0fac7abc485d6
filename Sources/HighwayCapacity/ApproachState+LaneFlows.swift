extension ApproachState {
  /// Headway at which drivers change lanes, s (equation 31-50).
  private static let laneChangeHeadway = 3.7
  private static let mostPasses = 100

  /// Distributes vehicles over lane groups: drivers choose lanes so that all have the same flow ratio (step 3, equations 31-46
  /// to 31-66).
  mutating func distribute() {
    guard groups.contains(where: { $0.use.isShared }), groups.count > 1 else { return }
    let connected = connectedGroups
    for _ in 0..<Self.mostPasses {
      let before = groups.map(\.flow)
      for members in connected {
        let modified = Modified(self, members)
        equalize(
          members, groups.map { max(modified.saturationFlow($0, self), 1) * Double($0.lanes) })
      }
      if zip(before, groups).allSatisfy({ abs($0 - $1.flow) < 1e-6 }) { return }
    }
  }

  /// Groups that share a movement with one another: they exchange vehicles.
  private var connectedGroups: [[Int]] {
    var parts: [(use: LaneUse, members: [Int])] = []
    for (index, group) in groups.enumerated() {
      var merged = (use: group.use, members: [index])
      for part in parts where !part.use.isDisjoint(with: group.use) {
        merged = (merged.use.union(part.use), part.members + merged.members)
      }
      parts.removeAll { !$0.use.isDisjoint(with: group.use) }
      parts.append(merged)
    }
    return parts.map { $0.members.sorted() }
  }

  /// Gives groups vehicles in proportion to saturation flow. Lanes that their turns fill are for turns in fact: others share
  /// what is left.
  private mutating func equalize(_ members: [Int], _ saturation: [Double]) {
    var open = members
    var rest = volume(members.reduce(LaneUse()) { $0.union(groups[$1].use) })
    fill(open, rest, saturation)
    for use in [LaneUse.left, .right] {
      let serving = open.filter { groups[$0].use.contains(use) }
      guard !serving.isEmpty, serving.count < open.count,
        serving.reduce(0, { $0 + groups[$1].flow }) < volume(use)
      else { continue }
      fill(serving, volume(use), saturation)
      open.removeAll(where: serving.contains)
      rest = max(rest - volume(use), 0)
      fill(open, rest, saturation)
    }
    settle(.left, \.leftFlow, left, members)
    settle(.right, \.rightFlow, right, members)
  }

  /// Distributes a flow, veh/h, in proportion to saturation flow, to none more than its movements are.
  private mutating func fill(_ members: [Int], _ flow: Double, _ saturation: [Double]) {
    var (open, rest) = (members, flow)
    while !open.isEmpty {
      let ratio = rest / open.reduce(0) { $0 + saturation[$1] }
      for index in open { groups[index].flow = saturation[index] * ratio }
      let above = open.filter { groups[$0].flow > volume(groups[$0].use) }
      guard !above.isEmpty, above.count < open.count else { return }
      for index in above {
        groups[index].flow = volume(groups[index].use)
        rest -= groups[index].flow
      }
      open.removeAll(where: above.contains)
    }
  }

  /// Flow of these movements, veh/h.
  private func volume(_ use: LaneUse) -> Double {
    (use.contains(.left) ? left : 0) + (use.contains(.through) ? through : 0)
      + (use.contains(.right) ? right : 0)
  }

  /// Gives lanes of their own the turns they take, and shared lanes the others (equation 31-66).
  private mutating func settle(
    _ use: LaneUse, _ flow: WritableKeyPath<GroupState, Double>, _ volume: Double, _ members: [Int]
  ) {
    var rest = volume
    for index in members where groups[index].use == use {
      groups[index][keyPath: flow] = groups[index].flow
      rest -= groups[index].flow
    }
    let shared = members.filter { groups[$0].use != use && groups[$0].use.contains(use) }
    let lanes = shared.reduce(0) { $0 + groups[$1].lanes }
    for index in shared { groups[index][keyPath: flow] = rest * Double(groups[index].lanes) / Double(lanes) }
  }

  /// Equivalents as drivers feel them who can avoid a lane (equations 31-47 to 31-53).
  private struct Modified {
    let left: Double
    let leftDuringQueue: Double?
    let right: Double

    /// Of groups that exchange vehicles. Left turns whose lane shares nothing are none of their flow: with them flows of
    /// exhibit 31-76 are missed by 2 veh/h, without them met.
    init(_ state: ApproachState, _ members: [Int]) {
      let lanes = members.filter { state.groups[$0].use.contains(.through) }.map { state.groups[$0].lanes }
      let flow = members.reduce(0) { $0 + state.groups[$1].flow } / Double(max(lanes.reduce(0, +), 1))
      let most = USUnits.hour / ApproachState.laneChangeHeadway
      let deviation = 2 * flow / most - 1
      let chance = max(1 - deviation * deviation, 0)
      func felt(_ equivalent: Double) -> Double { (equivalent - 1) * chance + 1 }
      left = felt(state.equivalent / state.pedestriansLeft)
      leftDuringQueue = state.equivalentDuringQueue.map { felt($0 / state.pedestriansLeft) }
      right = felt(state.rightEquivalent)
    }

    /// Per lane, veh/h (equations 31-59 to 31-62).
    func saturationFlow(_ group: GroupState, _ state: ApproachState) -> Double {
      guard group.use.isShared, let green = state.permitted, group.use.contains(.left) else {
        if group.use.isShared {
          return state.sharedFlow(group, leftEquivalent: left, rightEquivalent: right)
        }
        return state.permitted == nil || group.use != .left
          ? group.saturationFlow : state.ownLaneFlow(group)
      }
      guard green.effective > 0 else { return 0 }
      return state.meanSharedFlow(
        group, rightEquivalent: right, equivalent: left, duringQueue: leftDuringQueue)
        + USUnits.hour * PermittedLeft.sharedSneakers(leftShare: group.leftShare) / green.effective
    }
  }

  /// What a lane for left turns only offers per second of the through green, so that it compares with its neighbour.
  private func ownLaneFlow(_ group: GroupState) -> Double {
    guard let green = permitted, throughGreen > 0 else { return group.saturationFlow }
    return
      (green.unblocked * group.permittedFlow + leftGreen * group.saturationFlow
      + USUnits.hour * PermittedLeft.sneakers) / throughGreen
  }
}
