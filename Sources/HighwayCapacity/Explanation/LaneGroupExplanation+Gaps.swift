extension LaneGroupExplanation {
  /// Left turns through gaps.
  var gaps: [CalculationStep] {
    guard let permitted = group.permitted else { return [] }
    let flow = decimal(max(group.opposingFlow, 0.1), 1)
    let free = permitted.unblocked > 0 ? permitted.unblocked - permitted.yellowUsed : 0
    var steps = [
      CalculationStep(
        "31-100", "s_p", "v_o e^(−4.5 v_o ÷ 3600) ÷ (1 − e^(−2.5 v_o ÷ 3600))",
        "\(flow) × e^(−4.5 × \(flow) ÷ 3600) ÷ (1 − e^(−2.5 × \(flow) ÷ 3600))", group.gapFlow, unit: "veh/h"),
      .init(
        "31-94", "g_p", "G_p − l₁,p + e_p",
        "\(decimal(permitted.displayed, 1)) − \(decimal(permitted.lostTime, 1)) + \(decimal(permitted.yellowUsed, 1))",
        permitted.effective, unit: "s", given: "G_p by exhibit 31-12"),
      .init(
        "31-95", "g_u", "G_u + e_p, at most g_p",
        permitted.unblocked > 0 ? "\(decimal(free, 1)) + \(decimal(permitted.yellowUsed, 1))" : "",
        permitted.unblocked, unit: "s",
        given: "G_u by exhibit 31-12, after an opposing queue of \(decimal(permitted.queueClearance, 1)) s"),
    ]
    if isLeft {
      let others = group.factors.through / group.factors.base
      steps.append(
        .init(
          "31-110", "s_l", "s_p f_w f_HVg f_p f_bb f_a f_LU f_Lpb",
          "\(decimal(group.gapFlow, 1)) × \(decimal(others)) × \(decimal(group.pedestriansLeft))",
          group.gapSaturationFlow, unit: "veh/h"))
    } else {
      steps.append(
        .init(
          "31-122", "s_sl",
          "mean over g_p of what leaves before the first left turn, past the queue, and through gaps",
          "", group.saturationFlow, unit: "veh/h",
          given: "\(decimal(group.gapSaturationFlow, 1)) veh/h through gaps"))
    }
    return steps
  }
}
