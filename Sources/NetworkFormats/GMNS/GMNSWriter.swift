public import TrafficModel

/// Writes scenarios in the General Modeling Network Specification, version 0.96: the tables that `GMNSReader` reads.
///
/// Lengths are in metres and speeds in km/h, as `config.csv` says. What the specification has no field for, but its
/// readers may skip, stands in columns that begin with `opt_`.
public enum GMNSWriter {
  /// The tables of a scenario, and what they leave out.
  public static func write(_ scenario: Scenario) -> WrittenScenario {
    let roads = GMNSWrittenRoads(scenario.network)
    let signals = GMNSWrittenSignals(scenario, GMNSSubjects(scenario.network, roads))
    let demand = GMNSWrittenDemand(scenario, roads)
    var config = GMNSSheet(
      "config",
      [
        "dataset_name", "short_length", "long_length", "speed", "crs", "geometry_field_format",
        "version_number",
        "id_type",
      ])
    config.add([scenario.name, "meter", "meter", "kph", "local", "wkt", "0.96", "string"])
    let sheets =
      [config] + roads.sheets(volumes: demand.means) + signals.sheets + demand.sheets
    var losses = roads.losses + signals.losses + demand.losses
    losses += scenario.network.side.losses(in: "GMNS") + scenario.network.surveyLosses
    if !scenario.days.isEmpty { losses.append("days are left out: GMNS has times of day only") }
    return WrittenScenario(files: sheets.filter { !$0.isEmpty }.map(\.file), losses: losses)
  }
}

/// A table under construction.
struct GMNSSheet {
  let name: String
  private var text: String
  private(set) var isEmpty = true

  init(_ name: String, _ columns: [String]) {
    self.name = name
    text = CSVText.line(columns)
  }

  mutating func add(_ fields: [String]) {
    isEmpty = false
    text += CSVText.line(fields)
  }

  var file: WrittenScenario.File { WrittenScenario.File(name: name + ".csv", text: text) }
}
