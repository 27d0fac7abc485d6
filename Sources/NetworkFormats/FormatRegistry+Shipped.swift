extension FormatRegistry {
  /// The formats that come with Greenwave. A new one is a folder of its own, and a line here.
  public static let shipped = FormatRegistry([
    PlanTableFormat(),
    PlanJSONFormat(),
    NativeFormat(),
    GMNSFormat(),
    UTDFFormat(),
    CityFlowFormat(),
    MATSimFormat(),
    VissimFormat(),
    SUMOFormat(),
    PlanSheetFormat(),
    ControllerTableFormat(),
  ])
}

/// Reads scenarios in the formats that come with Greenwave.
public enum ScenarioReader {
  /// Reads the scenario at `path`.
  ///
  /// - Parameter routes: route files of a SUMO network; empty for the other kinds, which name their own demand.
  /// - Throws: `InputFailure` with everything that is wrong.
  public static func read(_ path: String, routes: [String] = []) throws(InputFailure) -> ReadScenario {
    try FormatRegistry.shipped.read(InputFiles(path, routes: routes))
  }
}
