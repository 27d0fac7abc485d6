extension LaneGroupExplanation {
  private var cycle: String { decimal(group.cycle, 1) }
  /// g_ped before it is bounded by green, s; nil where all green serves people.
  private var walking: Double? { approach.phase.walk.map { $0 + approach.phase.pedestrianClearance } }

  /// People on foot and bicycles before right turns.
  var rightPeople: [CalculationStep] {
    guard group.use.contains(.right), group.pedestriansRight != 1 else { return [] }
    let green = group.green
    let service = min(walking ?? green, green)
    let people = PedestrianBicycleFactor.pedestrianOccupancy(
      pedestrians: approach.pedestrians, service: service, cycle: group.cycle)
    let occupancy = PedestrianBicycleFactor.rightTurnOccupancy(
      pedestrians: approach.pedestrians, bicycles: approach.bicycles, service: service, green: green,
      cycle: group.cycle)
    let share = "\(decimal(service, 1)) ÷ \(decimal(green, 1)) × \(decimal(people))"
    var steps = pedestrianOccupancy(approach.pedestrians, service, people)
    if approach.bicycles > 0 {
      let riders = PedestrianBicycleFactor.bicycleOccupancy(
        bicycles: approach.bicycles, green: green, cycle: group.cycle)
      steps += [
        .init(
          "31-78", "OCC_bicg", "0.02 + min(v_bic C ÷ g, 1900) ÷ 2700",
          "0.02 + min(\(decimal(approach.bicycles, 0)) × \(cycle) ÷ \(decimal(green, 1)), 1900) ÷ 2700",
          riders,
          decimals: 3),
        .init(
          "31-80", "OCC_r", "a + OCC_bicg − a OCC_bicg, a = g_ped ÷ g × OCC_pedg",
          "\(share) + \(decimal(riders)) − \(share) × \(decimal(riders))", occupancy, decimals: 3),
      ]
    } else {
      steps.append(.init("31-79", "OCC_r", "g_ped ÷ g × OCC_pedg", share, occupancy, decimals: 3))
    }
    return steps + [adjustment("f_Rpb", occupancy, group.pedestriansRight)]
  }

  /// People on foot before left turns.
  var leftPeople: [CalculationStep] {
    guard group.use.contains(.left), group.pedestriansLeft != 1 else { return [] }
    let green = group.permitted?.effective ?? group.green
    let service = min(walking ?? green, green)
    let people = PedestrianBicycleFactor.pedestrianOccupancy(
      pedestrians: approach.pedestriansLeft, service: service, cycle: group.cycle)
    var steps = pedestrianOccupancy(approach.pedestriansLeft, service, people)
    guard let permitted = group.permitted else {
      let occupancy = service / green * people
      steps.append(
        .init(
          "31-79", "OCC_r", "g_ped ÷ g × OCC_pedg",
          "\(decimal(service, 1)) ÷ \(decimal(green, 1)) × \(decimal(people))", occupancy, decimals: 3))
      return steps + [adjustment("f_Lpb", occupancy, group.pedestriansLeft)]
    }
    let queue = permitted.effective - permitted.unblocked
    let after = people * (1 - 0.5 * queue / service)
    let spare = approach.receivingLanesLeft > approach.lanes.filter { $0.contains(.left) }.count
    let occupancy = (1 - group.pedestriansLeft) / (spare ? 0.6 : 1)
    let (waiting, served) = (decimal(queue, 1), decimal(service, 1))
    steps += [
      .init(
        "31-85", "OCC_pedu", "OCC_pedg (1 − 0.5 g_q ÷ g_ped)",
        "\(decimal(people)) × (1 − 0.5 × \(waiting) ÷ \(served))", after, decimals: 3),
      .init(
        "31-87", "OCC_r", "(g_ped − g_q) ÷ (g_p − g_q) × OCC_pedu e^(−5 v_o ÷ 3600)",
        "(\(served) − \(waiting)) ÷ (\(decimal(green, 1)) − \(waiting)) × \(decimal(after)) × "
          + "e^(−5 × \(decimal(group.opposingFlow, 0)) ÷ 3600)", occupancy, decimals: 3),
    ]
    return steps + [adjustment("f_Lpb", occupancy, group.pedestriansLeft)]
  }

  private func pedestrianOccupancy(
    _ people: Double, _ service: Double, _ occupancy: Double
  ) -> [CalculationStep] {
    guard people > 0, service > 0 else { return [] }
    let flow = min(people * group.cycle / service, 5000)
    let shown = decimal(flow, 1)
    return [
      .init(
        "31-74", "v_pedg", "min(v_ped C ÷ g_ped, 5000)",
        "min(\(decimal(people, 0)) × \(cycle) ÷ \(decimal(service, 1)), 5000)", flow, unit: "p/h"),
      flow <= 1000
        ? .init("31-75", "OCC_pedg", "v_pedg ÷ 2000", "\(shown) ÷ 2000", occupancy, decimals: 3)
        : .init(
          "31-76", "OCC_pedg", "min(0.4 + v_pedg ÷ 10000, 0.90)", "min(0.4 + \(shown) ÷ 10000, 0.90)",
          occupancy, decimals: 3),
    ]
  }

  private func adjustment(_ symbol: String, _ occupancy: Double, _ factor: Double) -> CalculationStep {
    let spare = (1 - factor) < occupancy - 1e-9
    return .init(
      spare ? "31-82" : "31-81", symbol, spare ? "1 − 0.6 OCC_r" : "1 − OCC_r",
      "1 − \(spare ? "0.6 × " : "")\(decimal(occupancy))", factor, decimals: 3)
  }
}
