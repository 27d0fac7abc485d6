extension LaneGroupExplanation {
  /// Step 4: factors that differ from one by their inputs, and their product.
  var saturation: [CalculationStep] {
    let factors = group.factors
    if factors.isGiven { return given + rightPeople + leftPeople + turnSteps + [product] }
    var steps = [
      CalculationStep(
        isChinese ? "GB 50647" : "exhibit 19-20", "f_w", "by mean lane width", "", factors.laneWidth,
        decimals: 2, given: "\(decimal(approach.laneWidth, 2)) m"), heavyVehiclesStep,
    ]
    let number = "\(group.lanes)"
    if factors.parking != 1 {
      steps.append(
        .init(
          "19-11", "f_p", "(N − 0.1 − 18 N_m ÷ 3600) ÷ N",
          "(\(number) − 0.1 − 18 × \(decimal(approach.parkingManeuvers ?? 0, 1)) ÷ 3600) ÷ \(number)",
          factors.parking, decimals: 3))
    }
    if factors.buses != 1 {
      steps.append(
        .init(
          "19-12", "f_bb", "(N − 14.4 N_b ÷ 3600) ÷ N",
          "(\(number) − 14.4 × \(decimal(approach.buses, 1)) ÷ 3600) ÷ \(number)", factors.buses, decimals: 3)
      )
    }
    steps.append(.init("step 4", "f_a", "0.90 in a business district, else 1", "", factors.area, decimals: 2))
    steps.append(
      .init(
        "exhibit 19-15", "f_LU", "by lanes of the group", "", factors.laneUtilisation, decimals: 3,
        given: "N = \(number)"))
    return steps + rightPeople + leftPeople + turnSteps + [product]
  }

  /// In place of the base flow and its factors.
  private var given: [CalculationStep] {
    [
      .init(
        "step 4", "s₀", "known saturation flow, as adjusted", "", group.factors.base, unit: "veh/h",
        given: "given")
    ]
  }

  private var product: CalculationStep {
    let factors = group.factors
    let through =
      "\(decimal(factors.base, 0)) × \(decimal(factors.laneWidth, 2)) × \(decimal(factors.heavyVehiclesAndGrade)) × "
      + "\(decimal(factors.parking)) × \(decimal(factors.buses)) × \(decimal(factors.area, 2)) × "
      + "\(decimal(factors.laneUtilisation))"
    let turns =
      "\(decimal(factors.leftTurns)) × \(decimal(factors.rightTurns)) × \(decimal(factors.pedestriansLeft)) × "
      + "\(decimal(factors.pedestriansRight))"
    return .init(
      "19-8", group.permitted == nil ? "s" : isLeft ? "s_lt" : "s_th",
      "s₀ f_w f_HVg f_p f_bb f_a f_LU f_LT f_RT f_Lpb f_Rpb", "\(through) × \(turns)", factors.product,
      unit: "veh/h")
  }

  private var method: SaturationMethod { intersection.saturationMethod }
  private var isChinese: Bool { method == .chinese }

  private var heavyVehiclesStep: CalculationStep {
    if isChinese {
      return .init(
        "GB 50647", "f_HV", "1 ÷ (1 + P_HV (E_HV − 1))", "1 ÷ (1 + \(decimal(heavyVehicles)) × (2 − 1))",
        group.factors.heavyVehiclesAndGrade, decimals: 3)
    }
    let (heavy, rise) = (decimal(100 * heavyVehicles, 1), decimal(100 * approach.grade, 1))
    return approach.grade < 0
      ? .init(
        "19-9", "f_HVg", "(100 − 0.79 P_HV − 2.07 P_g) ÷ 100",
        "(100 − 0.79 × \(heavy) − 2.07 × (\(rise))) ÷ 100",
        group.factors.heavyVehiclesAndGrade, decimals: 3)
      : .init(
        "19-10", "f_HVg", "(100 − 0.78 P_HV − 0.31 P_g²) ÷ 100",
        "(100 − 0.78 × \(heavy) − 0.31 × \(rise)²) ÷ 100", group.factors.heavyVehiclesAndGrade, decimals: 3)
  }

  private var turnSteps: [CalculationStep] {
    let factors = group.factors
    switch group.use {
    case .left,
      .right where factors.isGiven:
      return []
    case .left:
      return [
        .init(
          "19-14", "f_LT", "1 ÷ E_L", "1 ÷ \(decimal(method.leftEquivalent))", factors.leftTurns, decimals: 3)
      ]
    case .right:
      return [
        .init(
          "19-13", "f_RT", "1 ÷ E_R", "1 ÷ \(decimal(method.rightEquivalent))", factors.rightTurns,
          decimals: 3)
      ]
    case .through:
      return factors.leftTurns == 1
        ? [] : [.init("31-62", "f_LT", "0.91 beside a shared left lane", "", factors.leftTurns, decimals: 2)]
    default:
      return group.rightShare == 0
        ? []
        : [
          .init(
            "31-105", "f_RT", "1 ÷ (1 + P_R (E_R ÷ f_Rpb − 1))",
            "1 ÷ (1 + \(decimal(group.rightShare)) × (\(decimal(approach.rightEquivalent(method))) ÷ \(decimal(group.pedestriansRight)) − 1))",
            factors.rightTurns, decimals: 3)
        ]
    }
  }
}
