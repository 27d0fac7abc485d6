internal import NetworkBuilding
internal import TrafficModel

/// Reads the detailed form of the native format: every lane, connection, conflict and interval is written out.
enum DetailedReader {
  /// The key that tells a detailed file from one by junctions and legs.
  static let versionKey = "greenwave-detailed"
  static let keys = [
    versionKey, "name", "drive", "nodes", "links", "connections", "crossings", "controllers", "periods",
    "days",
  ]
  private static let version = "1"

  /// Whether a file is a detailed one.
  static func reads(_ root: YAMLNode) -> Bool {
    guard case .mapping(let entries) = root.content else { return false }
    return entries.contains { $0.key.value == versionKey }
  }

  /// The scenario of a file; nil, with errors in the log, where it does not make one.
  static func scenario(_ root: YAMLNode, _ log: inout DiagnosticLog) -> Scenario? {
    guard let fields = root.fields("the file", keys: keys, &log) else { return nil }
    if let node = fields[versionKey], let found = node.text(versionKey, &log), found != version {
      log.error("version '\(found)' of the format is not known, only \(version)", at: node.place)
    }
    let name = fields.required("name", &log)?.text("name", &log)
    let roads = DetailedNetwork(fields, &log)
    let network = roads.network(&log)
    func periods(_ key: String, _ log: inout DiagnosticLog) -> [Period] {
      DetailedItems(key, of: fields, what: "a period", keys: DetailedPeriod.keys, &log).fields.compactMap {
        DetailedPeriod.read($0, roads: roads, network: network, &log)
      }
    }
    _ = fields.required("periods", &log)
    let times = periods("periods", &log)
    let days = periods("days", &log)
    guard let name, let network, !times.isEmpty, !log.hasErrors else { return nil }
    return Scenario(name: name, network: network, periods: times, days: days)
  }
}
