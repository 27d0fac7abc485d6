extension LaneGroupExplanation {
  /// Step 10.
  var queue: [CalculationStep] {
    let mean = group.firstTerm + group.secondTerm
    let factor =
      mean > 0
      ? BackOfQueue.percentileFactor(
        mean: mean, filtering: group.filtering, greenRatio: group.green / group.cycle,
        saturation: group.saturation) : 1
    let terms = "\(decimal(group.firstTerm, 2)) + \(decimal(group.secondTerm, 2))"
    return [accelerationStep] + firstTerm + [
      .init(
        "31-142", "Q2", "c d₂ ÷ (3600 N)",
        "\(decimal(group.capacity, 1)) × \(decimal(group.incrementalDelay, 2)) ÷ (3600 × \(group.lanes))",
        group.secondTerm, decimals: 2, unit: "veh"),
      .init(
        "31-143", "Q3", "t_A (Q_b + Q_e − Q_eo) ÷ (2 N T)", "", group.thirdTerm, decimals: 2, unit: "veh",
        given: "Q_b = \(decimal(group.initialQueue, 1)) veh"),
      .init(
        "31-149", "Q", "Q1 + Q2 + Q3", "\(terms) + \(decimal(group.thirdTerm, 2))", group.queue50,
        decimals: 2,
        unit: "veh"),
      .init(
        group.saturation >= 1 ? "31-151" : "31-153", "f_B",
        group.saturation >= 1
          ? "1 + z √(I ÷ (Q1 + Q2)) + 0.60 z^0.24 (g ÷ C)^0.33 (1 − e^(2 − 2 X)), at most 1.8"
          : "1 + z √(I ÷ (Q1 + Q2)), at most 1.8",
        "1 + 1.64 × √(\(decimal(group.filtering, 2)) ÷ (\(terms)))"
          + (group.saturation >= 1
            ? " + 0.60 × 1.64^0.24 × (\(decimal(group.green, 1)) ÷ \(decimal(group.cycle, 1)))^0.33 × "
              + "(1 − e^(2 − 2 × \(decimal(group.saturation))))" : ""),
        factor, decimals: 3,
        given: "z = 1.64, at most 1.800"),
      .init(
        "31-150", "Q95", "(Q1 + Q2) f_B + Q3",
        "(\(terms)) × \(decimal(factor)) + \(decimal(group.thirdTerm, 2))", group.queue95, decimals: 2,
        unit: "veh"),
    ] + storageSteps
  }

  private var accelerationStep: CalculationStep {
    let speed = BackOfQueue.approachSpeed(limit: approach.speedLimit)
    let (mean, stopped) = (decimal(speed, 2), decimal(BackOfQueue.stoppedSpeed, 2))
    return .init(
      "31-131", "d_a", "(S_a − S_s)² ÷ (2 S_a) × (1 ÷ r_a + 1 ÷ r_d)",
      "(\(mean) − \(stopped))² ÷ (2 × \(mean)) × (1 ÷ \(decimal(BackOfQueue.acceleration, 2)) + "
        + "1 ÷ \(decimal(BackOfQueue.deceleration, 2)))", group.accelerationDelay, unit: "s")
  }

  /// Of a group with one green by equations, of others by the queue's bends.
  private var firstTerm: [CalculationStep] {
    let (green, red) = (group.green, group.cycle - group.green)
    let lanes = Double(group.lanes)
    let discharge = group.saturationFlow / USUnits.hour
    let rate = min(group.flow, group.capacity) / lanes / USUnits.hour
    let x = min(group.saturation, 1)
    let late = group.accelerationDelay > (1 - group.onGreen) * green * x
    guard group.operation == .oneGreen, group.flow > 0, discharge > 0, !late else {
      return [
        .init("31-141", "Q1", "vehicles that stop fully, N_f", "", group.firstTerm, decimals: 2, unit: "veh")
      ]
    }
    let service =
      rate * group.cycle * (1 - group.onGreen - group.onGreen * group.accelerationDelay / green)
      / (discharge * (1 - x * group.onGreen))
    let (arrivals, share) = (decimal(rate, 4), decimal(group.onGreen))
    let cycle = decimal(group.cycle, 1)
    let delay = decimal(group.accelerationDelay, 1)
    let onRed = decimal((1 - group.onGreen) * rate * group.cycle / red, 4)
    let onGreen = decimal(group.onGreen * rate * group.cycle / green, 4)
    return [
      .init(
        "31-137", "t_f", "q C (1 − P − P d_a ÷ g) ÷ (s (1 − min(1, X) P))",
        "\(arrivals) × \(cycle) × (1 − \(share) − \(share) × \(delay) ÷ \(decimal(green, 1))) ÷ "
          + "(\(decimal(discharge, 4)) × (1 − \(decimal(x)) × \(share)))", service, unit: "s"),
      .init(
        "31-139", "Q1", "q_r r + q_g (t_f − d_a)",
        "\(onRed) × \(decimal(red, 1)) + \(onGreen) × (\(decimal(service, 1)) − \(delay))", group.firstTerm,
        decimals: 2, unit: "veh"),
    ]
  }

  private var storageSteps: [CalculationStep] {
    guard let storage = group.storage, let ratio = group.storageRatio50, let ratio95 = group.storageRatio95
    else {
      return []
    }
    return [("31-154", "R_Q", group.queue50, ratio), ("31-156", "R_Q95", group.queue95, ratio95)].map {
      equation, symbol, queue, value in
      CalculationStep(
        equation, symbol, "L_h Q ÷ L_a",
        "\(decimal(group.spacing, 2)) × \(decimal(queue, 2)) ÷ \(decimal(storage, 1))",
        value, decimals: 2)
    }
  }
}
