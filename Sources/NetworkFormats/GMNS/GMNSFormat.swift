internal import TrafficModel

/// Folders of tables in the General Modeling Network Specification: Documentation/GMNS.md.
struct GMNSFormat: NetworkFormat, NetworkWriter, PlanReader, PlanWriter {
  let name = "gmns"
  let outputEndings: [String] = []
  let kindOfFolders: String? = "GMNS"
  let planFolder: String? = "a GMNS folder has signal_timing_plan.csv"

  /// What a plan that is written or read for a network of GMNS needs: the tables that name its movements and links.
  struct Origin {
    let input: InputFiles
  }

  func recognizes(_ input: InputFiles) -> Bool { GMNSFolder.isGMNS(input) }

  func read(_ input: InputFiles) throws(InputFailure) -> ReadScenario {
    try input.refuseRoutes("this is a GMNS folder with its own volumes")
    return try GMNSReader.read(input)
  }

  func write(_ scenario: Scenario, origin: (any Sendable)?) -> WrittenScenario {
    GMNSWriter.write(scenario)
  }

  func recognizesPlan(_ input: InputFiles) -> Bool { GMNSPlanFolder.isLike(input) }

  func readPlan(
    _ input: InputFiles, for network: Network, at time: PlanTime, origin: (any Sendable)?
  ) throws(InputFailure) -> ReadPlan {
    try GMNSPlanFolder(input, base: (origin as? Origin)?.input).read(for: network, time: time)
  }

  /// For a network of GMNS, signal tables that name its movements and links; else tables of the whole network.
  func write(
    _ plan: TimingPlan, of scenario: Scenario, in period: Period, origin: (any Sendable)?
  ) throws(InputFailure) -> WrittenScenario {
    try GMNSWriter.write(plan, of: scenario, in: period, for: (origin as? Origin)?.input)
  }
}
