public import TrafficModel

/// Reads plan files of every kind.
public enum PlanFile {
  /// The plan in the file at `path`: a table, JSON, or SUMO's XML, told apart by their content.
  ///
  /// - Parameter begin: absolute time at which the simulated period begins, s; SUMO's offsets can depend on it.
  /// - Returns: a plan with a programme for each controller that the file names.
  /// - Throws: `InputFailure` with everything that is wrong.
  public static func read(
    _ path: String, network: Network, begin: Double
  ) throws(InputFailure) -> TimingPlan {
    let text = try TextFile.read(path)
    switch text.unicodeScalars.first(where: { !$0.properties.isWhitespace }) {
    case "<": return try SUMOPlan.read(path, network: network, begin: begin)
    case "{", "[": return try PlanJSON.read(text, file: path, network: network)
    default: return try PlanCSV.read(text, file: path, network: network)
    }
  }

  /// A plan's name where its file gives none: the file's, without folder and endings.
  static func baseName(_ path: String) -> String {
    let file = path.split(separator: "/").last ?? ""
    return file.split(separator: ".").first.map(String.init) ?? path
  }
}
