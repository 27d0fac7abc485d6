internal import NetworkBuilding
internal import TrafficModel

/// Reads networks in the General Modeling Network Specification, version 0.96 (Zephyr Foundation 2024): a folder of
/// CSV tables. Documentation/GMNS.md tells which tables and fields, and what follows where they say nothing.
public enum GMNSReader {
  /// The scenario in a folder.
  ///
  /// Periods are the times of day that signal plans or volumes have.
  /// - Parameter path: the folder with `node.csv`, `link.csv` and what else there is.
  /// - Throws: `InputFailure` with everything that is wrong in any of the tables.
  public static func read(_ path: String) throws(InputFailure) -> ReadScenario {
    try read(InputFiles(path))
  }

  /// The scenario in a folder whose files may have been read before.
  static func read(_ input: InputFiles) throws(InputFailure) -> ReadScenario {
    let folder = GMNSFolder(input)
    guard var parts = GMNSParts(folder) else { throw InputFailure(folder.diagnostics) }
    let (paths, units) = (parts.paths, parts.roads.units)
    let demand = GMNSDemand(
      folder, movements: parts.movements, roads: parts.roads, times: parts.times,
      lanes: paths.turns.map(\.paths.count))
    if !parts.controllers.hasTimes, !demand.periods().isEmpty {
      parts.controllers.addPeriods(demand.periods())
    }
    guard !folder.hasErrors else { throw InputFailure(folder.diagnostics) }

    let network = try parts.network()
    let controllers = parts.controllers
    let periods = controllers.periods.map { period -> Period in
      let traffic = demand.demand(
        of: period, network: network, crossings: paths.crossingOfCrosswalk,
        hasOnePeriod: controllers.periods.count == 1)
      return Period(
        name: period.name, demand: traffic,
        existingPlan: TimingPlan(name: "existing", programs: period.programs))
    }
    return ReadScenario(
      scenario: Scenario(name: units.name ?? name(of: input.path), network: network, periods: periods),
      warnings: folder.diagnostics, files: folder.filesRead, origin: GMNSFormat.Origin(input: input))
  }

  private static func name(of path: String) -> String {
    path.split(separator: "/").last.map(String.init) ?? path
  }
}
