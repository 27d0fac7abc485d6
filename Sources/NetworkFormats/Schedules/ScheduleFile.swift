public import TrafficModel

/// Reads schedule files of every kind.
public enum ScheduleFile {
  /// The plans and schedules in the file at `path`: a table with the plan files that it names, or JSON, told apart by
  /// their content.
  ///
  /// - Parameters:
  ///   - begin: absolute time at which the simulated time begins, s; SUMO's offsets can depend on it.
  ///   - formats: of the plans that a table names.
  /// - Returns: plans with a programme for each controller that their files name, and what somebody should look at.
  /// - Throws: `InputFailure` with everything that is wrong, in the plan files, too.
  public static func read(
    _ path: String, network: Network, begin: Double, formats: FormatRegistry
  ) throws(InputFailure) -> (set: PlanSet, warnings: [Diagnostic]) {
    let text = try InputFile(path).text()
    switch text.unicodeScalars.first(where: { !$0.properties.isWhitespace }) {
    case "{", "[":
      var reader = PlanJSONReader(text: text, file: path, network: network)
      return (try reader.readSet(), [])
    case "<":
      throw InputFailure(
        "a schedule is a table or JSON, not XML", at: SourceLocation(file: path),
        notes: ["SUMO's files hold transitions, which a schedule does not name"])
    default:
      var reader = ScheduleCSVReader(
        text: text, file: path, network: network, begin: begin, formats: formats)
      return (try reader.read(), reader.warnings)
    }
  }
}
