extension ApproachState {
  /// Finds saturation flows of all groups for the shares of turns as they are (step 4).
  mutating func findSaturation(_ intersection: Intersection) {
    for index in groups.indices {
      var group = groups[index]
      group.factors = factors(group, intersection, isOutermost: index == groups.count - 1)
      group.saturationFlow = group.factors.product
      group.permittedFlow = 0
      if permitted != nil, group.use == .left {
        // Gaps take the place of the base flow and of E_L (equation 31-110).
        group.permittedFlow =
          group.factors.through / group.factors.base * gapFlow * pedestriansLeft
      } else if permitted != nil, group.use.contains(.left) {
        group.permittedFlow = sharedFlow(group, leftEquivalent: equivalent / pedestriansLeft)
        group.saturationFlow = meanSharedFlow(
          group, rightEquivalent: rightEquivalent, equivalent: equivalent / pedestriansLeft,
          duringQueue: equivalentDuringQueue.map { $0 / pedestriansLeft })
      }
      groups[index] = group
    }
  }

  /// E_R of a right turn that yields to people.
  var rightEquivalent: Double { approach.rightEquivalent(method) / pedestriansRight }

  private func factors(
    _ group: GroupState, _ intersection: Intersection, isOutermost: Bool
  ) -> SaturationFactors {
    if let given = approach.givenFlow(group.use) {
      var factors = SaturationFactors()
      (factors.base, factors.isGiven) = (given, true)
      return adjusted(factors, group)
    }
    var factors = SaturationFactors()
    factors.base = method.base(intersection.baseSaturationFlow, group.use)
    factors.laneWidth = method.laneWidth(approach.laneWidth)
    factors.heavyVehiclesAndGrade = method.heavyVehicles(
      group.use == .left ? approach.heavyVehiclesLeft : approach.heavyVehicles, grade: approach.grade)
    if method.hasOtherFactors {
      factors.area = SaturationFactor.area(
        centralBusinessDistrict: intersection.isCentralBusinessDistrict)
      factors.laneUtilisation =
        (group.use == .through ? approach.laneUtilisation : nil)
        ?? SaturationFactor.usualLaneUtilisation(group.use, lanes: group.lanes)
    }
    if isOutermost, method.hasOtherFactors {
      factors.parking =
        approach.parkingManeuvers.map { SaturationFactor.parking(maneuvers: $0, lanes: group.lanes) } ?? 1
      factors.buses = SaturationFactor.busBlockage(buses: approach.buses, lanes: group.lanes)
    }
    return adjusted(factors, group)
  }

  /// The factors with those of turns, and of people whom turns cross.
  private func adjusted(_ unadjusted: SaturationFactors, _ group: GroupState) -> SaturationFactors {
    var factors = unadjusted
    let isUnopposed = permitted == nil
    switch group.use {
    case .left:
      if !factors.isGiven { factors.leftTurns = 1 / method.leftEquivalent }
      if isUnopposed { factors.pedestriansLeft = pedestriansLeft }
    case .right:
      if !factors.isGiven { factors.rightTurns = 1 / method.rightEquivalent }
      factors.pedestriansRight = pedestriansRight
    case .through:
      // Through vehicles change lanes away from those who wait (equation 31-62).
      let waits =
        !isUnopposed && groups.contains { $0.use.isShared && $0.use.contains(.left) && $0.leftFlow > 0 }
      factors.leftTurns = waits ? 0.91 : 1
    default:
      let equivalent = isUnopposed ? approach.leftEquivalent(method) / pedestriansLeft : 1
      let lefts = group.leftShare * (equivalent - 1)
      let rights = group.rightShare * (rightEquivalent - 1)
      factors.leftTurns = 1 / (1 + lefts)
      factors.rightTurns = (1 + lefts) / (1 + lefts + rights)
    }
    return factors
  }

  /// Of a shared lane whose left turns each take the time of so many through cars (equations 31-105, 31-109 and 31-113).
  func sharedFlow(_ group: GroupState, leftEquivalent: Double, rightEquivalent: Double? = nil) -> Double {
    group.factors.through
      / (1 + group.leftShare * (leftEquivalent - 1)
        + group.rightShare * ((rightEquivalent ?? self.rightEquivalent) - 1))
  }

  /// Mean over the permitted green of a shared lane (equations 31-59 and 31-122): free until the first left turn, then past
  /// the opposing queue, then through gaps.
  func meanSharedFlow(
    _ group: GroupState, rightEquivalent: Double, equivalent: Double, duringQueue: Double?
  ) -> Double {
    guard let green = permitted, green.effective > 0 else { return group.factors.product }
    let free = min(timeBeforeBlocking, green.effective)
    let blocked = max(green.effective - green.unblocked - free, 0)
    let gaps = min(green.effective - free, green.unblocked)
    let flow = { sharedFlow(group, leftEquivalent: $0, rightEquivalent: rightEquivalent) }
    return (flow(1) * free + (duringQueue.map(flow) ?? 0) * blocked + flow(equivalent) * gaps)
      / green.effective
  }
}
