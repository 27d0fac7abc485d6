extension IntersectionEvaluation {
  /// How the figures of a lane group came about, step by step; nil where no group has this name.
  ///
  /// - Parameter name: of the group, "EB L" or "NB TR".
  public func explain(_ name: String) -> [CalculationStep]? {
    laneGroup(name).flatMap(explain)
  }

  /// How the figures of one of ``laneGroups`` came about, step by step; nil for a group of another junction.
  public func explain(_ group: LaneGroup) -> [CalculationStep]? {
    guard let index = intersection.approaches.firstIndex(where: { $0.direction == group.direction })
    else { return nil }
    let explanation = LaneGroupExplanation(
      group: group, approach: intersection.approaches[index], durations: timing.durations[index],
      intersection: intersection)
    return explanation.demand + explanation.saturation + explanation.gaps + explanation.service
      + explanation.delay + explanation.queue
  }
}

/// A lane group with what its figures were calculated from.
struct LaneGroupExplanation {
  let group: LaneGroup
  let approach: Approach
  let durations: Timing.Durations
  let intersection: Intersection

  var isLeft: Bool { group.use == .left }
  var heavyVehicles: Double { isLeft ? approach.heavyVehiclesLeft : approach.heavyVehicles }

  /// Steps 2 and 3.
  var demand: [CalculationStep] {
    let (left, through, right) = approach.flows
    let volumes = approach.volumes
    let factor = decimal(approach.peakHourFactor, 2)
    var steps: [CalculationStep] = []
    for (use, symbol, volume, flow) in [
      (LaneUse.left, "v_lt", volumes.left, left), (.through, "v_th", volumes.through, through),
    ] where group.use.contains(use) {
      steps.append(
        .init("step 2", symbol, "V ÷ PHF", "\(decimal(volume, 0)) ÷ \(factor)", flow, unit: "veh/h"))
    }
    if group.use.contains(.right) {
      steps.append(
        .init(
          "step 2", "v_rt", "V ÷ PHF − v_RTOR",
          "\(decimal(volumes.right, 0)) ÷ \(factor) − \(decimal(volumes.rightOnRed, 0))", right, unit: "veh/h"
        ))
    }
    steps.append(
      .init(
        "31-46…31-66", "v", "flow ratios v ÷ s equal over lanes that drivers may choose", "", group.flow,
        unit: "veh/h"))
    if group.use.isShared {
      for (use, symbol, share) in [
        (LaneUse.left, "P_L", group.leftShare), (.right, "P_R", group.rightShare),
      ] where group.use.contains(use) {
        steps.append(
          .init(
            use == .left ? "31-57" : "31-58", symbol, "turns in the lane ÷ v",
            "\(decimal(share * group.flow, 1)) ÷ \(decimal(group.flow, 1))", share, decimals: 3))
      }
    }
    return steps
  }
}
