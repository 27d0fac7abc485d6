internal import ArgumentParser
internal import NetworkFormats
internal import TrafficModel

/// A format that `convert` writes.
struct NetworkTarget: Sendable {
  /// What `--to` calls it.
  var name: String
  /// The output's endings that it is told by; none where the output is a folder.
  var endings: [String]
  /// The files of a scenario.
  var write: @Sendable (Scenario) -> WrittenScenario
  /// What becomes of an input of the same format, where what nobody understands of it can stay as it is; nil for other
  /// inputs.
  var rewrite: (@Sendable (LoadedScenario) throws -> WrittenScenario?)?

  /// All there are; an output that no ending tells is the first one's that is a folder.
  static let all = [
    NetworkTarget(name: "native", endings: [".yaml", ".yml"], write: NativeWriter.write),
    NetworkTarget(name: "gmns", endings: [], write: GMNSWriter.write),
    NetworkTarget(name: "utdf", endings: [".csv"], write: UTDFWriter.write, rewrite: rewriteUTDF),
    NetworkTarget(name: "cityflow", endings: [], write: CityFlowWriter.write),
    NetworkTarget(name: "matsim", endings: [], write: MATSimWriter.write),
    NetworkTarget(name: "sumo", endings: [], write: SUMOWriter.write),
  ]

  /// The format that a name of an output suggests; nil where it suggests none.
  init?(output: String) {
    let name = output.lowercased()
    guard
      let target = Self.all.first(where: { target in
        target.endings.isEmpty ? Self.namesFolder(name) : target.endings.contains { name.hasSuffix($0) }
      })
    else { return nil }
    self = target
  }

  private init(
    name: String, endings: [String], write: @escaping @Sendable (Scenario) -> WrittenScenario,
    rewrite: (@Sendable (LoadedScenario) throws -> WrittenScenario?)? = nil
  ) {
    self.name = name
    self.endings = endings
    self.write = write
    self.rewrite = rewrite
  }

  private static func rewriteUTDF(_ loaded: LoadedScenario) throws -> WrittenScenario? {
    guard let file = loaded.combinedUTDFFile else { return nil }
    let period = loaded.scenario.periods[0]
    return try UTDFWriter.write(period.existingPlan, of: loaded.scenario, in: period, template: file)
  }

  private static func namesFolder(_ path: String) -> Bool {
    path.hasSuffix("/") || !(path.split(separator: "/").last ?? "").contains(".")
  }
}

extension NetworkTarget: ExpressibleByArgument {
  init?(argument: String) {
    guard let target = Self.all.first(where: { $0.name == argument }) else { return nil }
    self = target
  }

  var defaultValueDescription: String { name }
  static var allValueStrings: [String] { all.map(\.name) }
}
