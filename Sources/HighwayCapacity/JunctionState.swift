/// Steps 1 to 4 of the method: which lanes form groups, who uses them, and how fast they discharge; for given durations.
///
/// They depend on one another: drivers choose lanes by saturation flows, these by who turns and by the opposing queue, which
/// again depends on lanes. They are gone through until nothing moves.
struct JunctionState {
  let intersection: Intersection
  let timing: Timing
  var approaches: [ApproachState]

  /// veh/h within which flows count as settled.
  private static let tolerance = 1e-4
  private static let mostPasses = 60

  init(_ intersection: Intersection, _ timing: Timing) {
    self.intersection = intersection
    self.timing = timing
    approaches = intersection.approaches.indices.map { ApproachState(intersection, timing, $0) }
    for _ in 0..<Self.mostPasses {
      let before = approaches.map { $0.groups.map(\.flow) + [$0.permitted?.unblocked ?? 0] }
      for index in approaches.indices {
        findPermitted(index)
        approaches[index].findSaturation(intersection)
      }
      for index in approaches.indices { approaches[index].distribute() }
      let after = approaches.map { $0.groups.map(\.flow) + [$0.permitted?.unblocked ?? 0] }
      let change = zip(before.joined(), after.joined()).reduce(0) { max($0, abs($1.0 - $1.1)) }
      if change < Self.tolerance { break }
    }
    for index in approaches.indices { approaches[index].findSaturation(intersection) }
  }
}

/// An approach while its flows and saturation flows are sought; flows in veh/h, times in s.
struct ApproachState {
  let approach: Approach
  let method: SaturationMethod
  let left: Double
  let through: Double
  let right: Double
  /// Effective greens, all of a cycle.
  let throughGreen: Double
  let leftGreen: Double
  /// From the left.
  var groups: [GroupState]

  /// When gaps may be sought; nil where left turns seek none.
  var permitted: PermittedGreen?
  /// Flow that left turns give way to, v_o.
  var opposingFlow = 0.0
  /// s_p.
  var gapFlow = 0.0
  /// E_L1, E_L2, the latter nil where several opposing lanes let nobody pass while their queue leaves.
  var equivalent: Double
  var equivalentDuringQueue: Double?
  /// g_f.
  var timeBeforeBlocking = 0.0
  /// f_Lpb and f_Rpb.
  var pedestriansLeft = 1.0
  var pedestriansRight = 1.0

  init(_ intersection: Intersection, _ timing: Timing, _ index: Int) {
    approach = intersection.approaches[index]
    method = intersection.saturationMethod
    equivalent = approach.leftEquivalent(method)
    (left, through, right) = approach.flows
    let durations = timing.durations[index]
    throughGreen =
      intersection.effectiveGreen(approach.phase, duration: durations.through) + approach.furtherGreen
    leftGreen =
      approach.leftTurns.phase.map { intersection.effectiveGreen($0, duration: durations.left) } ?? 0
    groups = GroupState.groups(approach.lanes)
    share()
  }

  /// First guess: turns on all lanes that serve them, through vehicles evenly.
  private mutating func share() {
    let lanes = Double(max(approach.throughLanes, 1))
    let lefts = Double(max(approach.lanes.filter { $0.contains(.left) }.count, 1))
    let rights = Double(max(approach.lanes.filter { $0.contains(.right) }.count, 1))
    for index in groups.indices {
      let number = Double(groups[index].lanes)
      let use = groups[index].use
      groups[index].leftFlow = use.contains(.left) ? left * number / lefts : 0
      groups[index].rightFlow = use.contains(.right) ? right * number / rights : 0
      groups[index].flow =
        groups[index].leftFlow + groups[index].rightFlow
        + (use.contains(.through) ? through * number / lanes : 0)
    }
  }
}

/// A lane group while its flow is sought.
struct GroupState {
  let use: LaneUse
  var lanes: Int
  /// veh/h of all its lanes, and of these who turns.
  var flow = 0.0
  var leftFlow = 0.0
  var rightFlow = 0.0
  var factors = SaturationFactors()
  /// Per lane: of lanes that seek gaps, while the opposing queue blocks nobody.
  var permittedFlow = 0.0
  /// Of a shared lane that seeks gaps: mean over its permitted green (equation 31-122); else the product of factors.
  var saturationFlow = 0.0

  /// Shares of left and right turns, 0 to 1.
  var leftShare: Double { flow > 0 ? min(leftFlow / flow, 1) : 0 }
  var rightShare: Double { flow > 0 ? min(rightFlow / flow, 1) : 0 }

  /// Neighbours that serve the same form a group.
  static func groups(_ lanes: [LaneUse]) -> [GroupState] {
    lanes.reduce(into: []) { groups, use in
      if let last = groups.indices.last, groups[last].use == use {
        groups[last].lanes += 1
      } else {
        groups.append(GroupState(use: use, lanes: 1))
      }
    }
  }
}
