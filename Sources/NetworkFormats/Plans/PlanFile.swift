internal import Foundation
public import TrafficModel

/// What a reader made of a plan file.
public struct ReadPlan: Sendable {
  /// A programme for each controller that the file tells of.
  public var plan: TimingPlan
  /// What somebody should look at.
  public var warnings: [Diagnostic]

  /// A plan with warnings.
  public init(plan: TimingPlan, warnings: [Diagnostic] = []) {
    self.plan = plan
    self.warnings = warnings
  }
}

/// When a plan is to run: which of several in a file is meant.
public struct PlanTime: Hashable, Sendable {
  /// The period's name; empty where it has none.
  public var period: String
  /// Absolute s.
  public var time: Range<Double>

  /// A period of this name.
  public init(period: String, time: Range<Double>) {
    self.period = period
    self.time = time
  }

  /// The time of a period of a scenario.
  public init(_ period: Period) {
    self.init(period: period.name, time: period.demand.begin..<period.demand.end)
  }
}

/// Reads plans of every kind. Documentation/PlanFormat.md tells which, and how they are joined to a network.
public enum PlanFile {
  /// The plan at `path`: a table, JSON, SUMO's XML, UTDF (a file, or a folder of the older set), or a GMNS folder,
  /// told apart by their content.
  ///
  /// - Parameters:
  ///   - network: the network that the plan is for.
  ///   - time: when it is to run; of a file with plans for several times, the one for it is read.
  ///   - input: what the network was read from. What a UTDF file or a GMNS folder does not say of roads and lanes is
  ///     taken from there, where it is of the same kind.
  /// - Returns: a plan with a programme for each controller that the file names.
  /// - Throws: `InputFailure` with everything that is wrong.
  public static func read(
    _ path: String, network: Network, time: PlanTime, input: String? = nil
  ) throws(InputFailure) -> ReadPlan {
    if isFolder(path) {
      if GMNSPlanFolder.isLike(path) {
        return try GMNSPlanFolder(path, input: input).read(for: network, time: time)
      }
      if !UTDFFolder.files(in: path).isEmpty {
        return try UTDFPlanFile(path, input: input).read(for: network)
      }
      throw InputFailure(
        "the folder holds no plan", at: SourceLocation(file: path),
        notes: ["a GMNS folder has signal_timing_plan.csv, an older UTDF folder Timing.csv and Phasing.csv"])
    }
    if try TextFile.beginning(of: path).first(where: { !$0.isWhitespace }) == "<" {
      return try SUMOPlan.read(path, network: network, time: time)
    }
    let (text, encoding) = try TextFile.readAnyEncoding(path)
    var warnings: [Diagnostic] = []
    if let encoding {
      warnings.append(
        Diagnostic(
          .warning, at: SourceLocation(file: path), "the file is not UTF-8 text, it is read as \(encoding)"))
    }
    switch text.unicodeScalars.first(where: { !$0.properties.isWhitespace }) {
    case "{": return ReadPlan(plan: try PlanJSON.read(text, file: path, network: network), warnings: warnings)
    case "[" where !UTDFFile.isLike(text):
      return ReadPlan(plan: try PlanJSON.read(text, file: path, network: network), warnings: warnings)
    default:
      if UTDFFile.isLike(text) { return try UTDFPlanFile(path, input: input).read(for: network) }
      return ReadPlan(plan: try PlanCSV.read(text, file: path, network: network), warnings: warnings)
    }
  }

  private static func isFolder(_ path: String) -> Bool {
    var isFolder: ObjCBool = false
    return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && isFolder.boolValue
  }

  /// A plan's name where its file gives none: the file's, without folder and endings.
  static func baseName(_ path: String) -> String {
    let file = path.split(separator: "/").last ?? ""
    return file.split(separator: ".").first.map(String.init) ?? path
  }
}
