extension LaneGroupExplanation {
  private var cycle: String { decimal(group.cycle, 1) }

  /// Steps 5 to 7.
  var service: [CalculationStep] {
    let green = decimal(group.green, 1)
    return [
      greenStep,
      .init(
        "19-15", "P", "R_p g ÷ C", "\(decimal(group.platoonRatio, 2)) × \(green) ÷ \(cycle)", group.onGreen,
        decimals: 3), capacityStep,
      .init(
        "19-17", "X", "v ÷ c", "\(decimal(group.flow, 1)) ÷ \(decimal(group.capacity, 1))", group.saturation,
        decimals: 3),
    ]
  }

  private var greenStep: CalculationStep {
    let usesArrow = isLeft && approach.leftTurns.phase != nil
    let phase = usesArrow ? approach.leftTurns.phase ?? approach.phase : approach.phase
    let duration = usesArrow ? durations.left : durations.through
    guard group.operation != .gaps || !isLeft else {
      return .init("31-94", "g", "g_p", "", group.green, unit: "s")
    }
    let clearing = phase.change - intersection.yellowUsed
    let further = group.operation == .severalGreens ? approach.furtherGreens : []
    return .init(
      "19-3", "g", "D_p − l₁ − l₂" + (further.isEmpty ? "" : " + further effective greens"),
      "\(decimal(duration, 1)) − \(decimal(intersection.startUpLostTime, 1)) − \(decimal(clearing, 1))"
        + further.map { " + " + decimal($0.green, 1) }.joined(), group.green, unit: "s")
  }

  /// k_min and k.
  private var factorSteps: [CalculationStep] {
    guard let time = group.passageTime else {
      return [
        .init(
          "step 8", "k", "0.50 where detectors decide nothing", "", group.incrementalFactor, decimals: 3)
      ]
    }
    let least = ControlDelay.leastFactor(passageTime: time)
    let (shown, minimum) = (decimal(time, 1), decimal(least))
    let available = decimal(group.availableCapacity, 1)
    return [
      .init(
        "19-23", "k_min", "−0.375 + 0.354 PT − 0.0910 PT² + 0.00889 PT³, at least 0.04",
        "−0.375 + 0.354 × \(shown) − 0.0910 × \(shown)² + 0.00889 × \(shown)³", least, decimals: 3),
      .init(
        "19-22", "k", "(1 − 2 k_min)(v ÷ c_a − 0.5) + k_min, from k_min to 0.50",
        "(1 − 2 × \(minimum)) × (\(decimal(group.flow, 1)) ÷ \(available) − 0.5) + \(minimum)",
        group.incrementalFactor, decimals: 3,
        given: "from \(minimum) to 0.500; c_a is c at the maximum green"),
    ]
  }

  private var capacityStep: CalculationStep {
    let lanes = "\(group.lanes)"
    let arrow = "\(decimal(group.green, 1)) × \(decimal(group.factors.product, 1))"
    if group.rightArrowGreen > 0 {
      let free = group.saturationFlow / group.factors.pedestriansRight
      return .init(
        "19-16", "c", "N (g s + g_arrow s ÷ f_Rpb) ÷ C",
        "\(lanes) × (\(decimal(group.green, 1)) × \(decimal(group.saturationFlow, 1)) + "
          + "\(decimal(group.rightArrowGreen, 1)) × \(decimal(free, 1))) ÷ \(cycle)", group.capacity,
        unit: "veh/h")
    }
    guard let permitted = group.permitted else {
      return .init(
        "19-16", "c", "N s g ÷ C",
        "\(lanes) × \(decimal(group.saturationFlow, 1)) × \(decimal(group.green, 1)) ÷ \(cycle)",
        group.capacity,
        unit: "veh/h")
    }
    let gaps = "\(decimal(permitted.unblocked, 1)) × \(decimal(group.gapSaturationFlow, 1))"
    switch (group.operation, isLeft) {
    case (.gaps, true):
      return .init(
        "31-119", "c", "N (g_u s_l + 3600 n_s) ÷ C", "\(lanes) × (\(gaps) + 3600 × 2) ÷ \(cycle)",
        group.capacity,
        unit: "veh/h")
    case (_, true):
      return .init(
        "31-124", "c", "N (g_l s_lt + g_u s_l + 3600 n_s) ÷ C",
        "\(lanes) × (\(arrow) + \(gaps) + 3600 × 2) ÷ \(cycle)", group.capacity, unit: "veh/h")
    case (let operation, false):
      let shared =
        "\(decimal(permitted.effective, 1)) × \(decimal(group.saturationFlow, 1)) + 3600 × (1 + \(decimal(group.leftShare)))"
      return operation == .gaps
        ? .init(
          "31-121", "c", "(g_p s_sl + 3600 (1 + P_L)) ÷ C", "(\(shared)) ÷ \(cycle)", group.capacity,
          unit: "veh/h")
        : .init(
          "31-126", "c", "(g_l s_sl4 + g_p s_sl + 3600 (1 + P_L)) ÷ C", "", group.capacity, unit: "veh/h")
    }
  }

  /// Step 8.
  var delay: [CalculationStep] {
    var steps = group.operation == .oneGreen ? [closedForm] : polygonSteps
    let x = decimal(group.saturation)
    steps += factorSteps
    steps += [
      .init(
        "19-26", "d₂", "900 T ((X − 1) + √((X − 1)² + 8 k I X ÷ (c T)))",
        "900 × \(decimal(group.period, 2)) × ((\(x) − 1) + √((\(x) − 1)² + 8 × \(decimal(group.incrementalFactor)) × "
          + "\(decimal(group.filtering, 2)) × \(x) ÷ (\(decimal(group.capacity, 1)) × \(decimal(group.period, 2)))))",
        group.incrementalDelay, unit: "s"),
      .init(
        "19-44", "d₃", "3600 ÷ (v T) × (t_A (Q_b + Q_e − Q_eo) ÷ 2 + (Q_e² − Q_eo² − Q_b²) ÷ (2 c))",
        "", group.initialQueueDelay, unit: "s", given: "Q_b = \(decimal(group.initialQueue, 1)) veh"),
      .init(
        "19-18", "d", "d₁ + d₂ + d₃",
        "\(decimal(group.uniformDelay, 1)) + \(decimal(group.incrementalDelay, 1)) + "
          + "\(decimal(group.initialQueueDelay, 1))", group.delay, unit: "s"),
    ]
    return steps
  }

  private var closedForm: CalculationStep {
    let ratio = group.green / group.cycle
    let progression = ControlDelay.progressionFactor(
      onGreen: group.onGreen, greenRatio: ratio, saturation: group.saturation)
    let share = decimal(ratio, 4)
    return .init(
      "19-19", "d₁", "PF × 0.5 C (1 − g ÷ C)² ÷ (1 − min(1, X) g ÷ C)",
      "\(decimal(progression)) × 0.5 × \(cycle) × (1 − \(share))² ÷ (1 − \(decimal(min(group.saturation, 1))) × \(share))",
      group.uniformDelay, unit: "s")
  }

  /// The queue over the cycle, bend by bend, and the area below it.
  private var polygonSteps: [CalculationStep] {
    var steps = group.polygon.corners.map { corner in
      CalculationStep(
        "19-34", "Q(\(decimal(corner.time, 1)) s)", "Q + (arrivals − departures) t", "", corner.queue,
        decimals: 3,
        unit: "veh")
    }
    let arrivals = group.polygon.arrivals
    steps.append(
      .init(
        "19-35", "d₁", "area under the queue ÷ arrivals",
        "\(decimal(group.polygon.uniformDelay * arrivals, 1)) ÷ \(decimal(arrivals))", group.uniformDelay,
        unit: "s"))
    return steps
  }
}
