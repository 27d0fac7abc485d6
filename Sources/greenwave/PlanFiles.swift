internal import NetworkFormats
internal import TrafficModel

/// Makes plan files, of legal plans only.
struct PlanFiles {
  let loaded: LoadedScenario

  /// A plan in a format.
  ///
  /// - Parameter period: what the plan is for.
  /// - Throws: `Failure.noPlan` when the plan is not legal.
  func written(
    _ plan: TimingPlan, as format: any PlanWriter, in period: Period
  ) throws -> WrittenScenario {
    try refuseIllegal(plan)
    return try format.write(plan, of: loaded.scenario, in: period, origin: loaded.origin)
  }

  /// - Throws: `Failure.noPlan` when the plan is not legal.
  func refuseIllegal(_ plan: TimingPlan) throws {
    let violations = plan.check(against: loaded.network)
    guard violations.isEmpty else {
      throw Failure.noPlan(violations.map(\.message) + ["a plan that is not legal is not written"])
    }
  }

  /// The files of a plan that belong with the input; `stem` is their path without ending.
  ///
  /// - Throws: `Failure.noPlan` when the plan is not legal.
  func files(of plan: TimingPlan, in period: Period, stem: String) throws -> [OutputFile] {
    try refuseIllegal(plan)
    let network = loaded.network
    var files = [
      OutputFile(path: stem + ".csv", text: PlanCSV.text(of: plan, network: network)),
      OutputFile(path: stem + ".json", text: try PlanJSON.text(of: plan, network: network)),
    ]
    if let loadable = try loaded.loadable(plan, in: period) {
      files.append(OutputFile(path: stem + loadable.ending, text: loadable.text))
    }
    return files
  }

  /// The table of a plan.
  ///
  /// - Throws: `Failure.noPlan` when the plan is not legal.
  func table(of plan: TimingPlan) throws -> String {
    try refuseIllegal(plan)
    return PlanCSV.text(of: plan, network: loaded.network)
  }
}

extension LoadedScenario {
  /// A plan as who runs the input loads it, with the ending of such files; nil where nobody does.
  func loadable(_ plan: TimingPlan, in period: Period) throws -> (text: String, ending: String)? {
    guard let format = format as? any PlanWriter, let ending = format.planEnding else { return nil }
    return (try format.write(plan, of: scenario, in: period, origin: origin).files[0].text, ending)
  }
}
