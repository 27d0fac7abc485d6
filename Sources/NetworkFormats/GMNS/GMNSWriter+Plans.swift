internal import TrafficModel

extension GMNSWriter {
  /// A plan as GMNS tables.
  ///
  /// - Parameters:
  ///   - plan: of the scenario's network; controllers without a programme have no timing in the tables.
  ///   - period: what it is for.
  ///   - folder: the GMNS folder that the network was read from, which then gets signal tables that name its movements
  ///     and links; nil for tables of the whole network.
  /// - Throws: `InputFailure` where the folder cannot be read.
  static func write(
    _ plan: TimingPlan, of scenario: Scenario, in period: Period, for folder: InputFiles?
  ) throws(InputFailure) -> WrittenScenario {
    let scenario = Scenario(
      name: scenario.name, network: scenario.network,
      periods: [Period(name: period.name, demand: period.demand, existingPlan: plan)])
    guard let folder else { return write(scenario) }
    let read = GMNSFolder(folder)
    guard let parts = GMNSParts(read, keepsRings: false), !read.hasErrors else {
      throw InputFailure(read.diagnostics)
    }
    let signals = GMNSWrittenSignals(scenario, GMNSSubjects(scenario.network, readFrom: parts))
    return WrittenScenario(
      files: signals.sheets.filter { !$0.isEmpty }.map(\.file), losses: signals.losses)
  }
}
