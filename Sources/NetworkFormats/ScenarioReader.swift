public import TrafficModel

/// What a reader made of an input.
public struct ReadScenario: Sendable {
  /// The scenario.
  public var scenario: Scenario
  /// What somebody should look at.
  public var warnings: [Diagnostic]
  /// Names of the signal programmes in the input, sorted: a plan that is written back needs another.
  public var programNames: [String]

  /// A scenario with warnings.
  public init(scenario: Scenario, warnings: [Diagnostic], programNames: [String] = []) {
    self.scenario = scenario
    self.warnings = warnings
    self.programNames = programNames
  }
}

/// The kinds of files that describe a scenario.
public enum ScenarioFormat: Hashable, Sendable {
  /// Greenwave's own YAML file.
  case native
  /// A configuration of the SUMO simulator.
  case sumoConfiguration
  /// A network of the SUMO simulator; its demand is in route files.
  case sumoNetwork
  /// A folder of tables in the General Modeling Network Specification.
  case gmns
  /// UTDF, the text format of Synchro: one file, or the older set of files in a folder.
  case utdf
  /// A scenario of the CityFlow simulator: JSON files, in a folder or named by one of them.
  case cityFlow
  /// A scenario of the MATSim simulator: XML files, in a folder or named by a configuration.
  case matsim
}

/// Reads scenarios from files of every kind.
public enum ScenarioReader {
  /// Reads the scenario at `path`.
  ///
  /// - Parameter routes: route files of a SUMO network; empty for the other kinds, which name their own demand.
  /// - Throws: `InputFailure` with everything that is wrong.
  public static func read(_ path: String, routes: [String]) throws(InputFailure) -> ReadScenario {
    let place = SourceLocation(file: path)
    switch try format(of: path) {
    case .native:
      guard routes.isEmpty else {
        throw InputFailure(
          "route files go with a SUMO network, this is a network file with its own demand", at: place)
      }
      return try NativeReader.read(path)
    case .gmns:
      guard routes.isEmpty else {
        throw InputFailure(
          "route files go with a SUMO network, this is a GMNS folder with its own volumes", at: place)
      }
      return try GMNSReader.read(path)
    case .sumoConfiguration:
      guard routes.isEmpty else {
        throw InputFailure("route files go with a SUMO network, this configuration names its own", at: place)
      }
      return try SUMOReader.read(configuration: path)
    case .sumoNetwork:
      guard !routes.isEmpty else {
        throw InputFailure(
          "a SUMO network has no demand of its own", at: place,
          notes: ["name its route files (--routes FILE,FILE), or read the .sumocfg that names both"])
      }
      return try SUMOReader.read(network: path, routes: routes)
    case .utdf:
      guard routes.isEmpty else {
        throw InputFailure("route files go with a SUMO network, a UTDF file has volumes", at: place)
      }
      return try UTDFReader.read(path)
    case .cityFlow:
      guard routes.isEmpty else {
        throw InputFailure("route files go with a SUMO network, CityFlow has a flow file", at: place)
      }
      return try CityFlowReader.read(path)
    case .matsim:
      guard routes.isEmpty else {
        throw InputFailure("route files go with a SUMO network, MATSim has a population", at: place)
      }
      return try MATSimReader.read(path)
    }
  }

  /// The kind of the file at `path`: by its ending, or by what it begins with.
  ///
  /// - Throws: `InputFailure` when the file cannot be read or is of no known kind.
  public static func format(of path: String) throws(InputFailure) -> ScenarioFormat {
    if GMNSFolder.isGMNS(path) { return .gmns }
    let name = path.lowercased()
    if name.hasSuffix(".yaml") || name.hasSuffix(".yml") { return .native }
    if name.hasSuffix(".sumocfg") { return .sumoConfiguration }
    if name.hasSuffix(".net.xml") || name.hasSuffix(".net.xml.gz") { return .sumoNetwork }
    if UTDFFolder.isLike(path) { return .utdf }
    if CityFlowFiles.isCityFlow(folder: path) { return .cityFlow }
    if MATSimFiles.isMATSim(folder: path) { return .matsim }
    let root = rootElement(of: try TextFile.beginning(of: path))
    switch root {
    case "net": return .sumoNetwork
    case "network", "config": return .matsim
    case "configuration", "sumoConfiguration": return .sumoConfiguration
    default:
      let text = try TextFile.readAnyEncoding(path).text
      if UTDFFile.isLike(text) { return .utdf }
      if name.hasSuffix(".json"), CityFlowFiles.isCityFlow(text: text) { return .cityFlow }
      let found = root.map { "its root element is <\($0)>" } ?? "it does not look like any of them"
      throw InputFailure(
        "this is not a kind of file that describes a network: \(found)", at: SourceLocation(file: path),
        notes: [
          "known are network files (.yaml, .yml), SUMO configurations (.sumocfg), SUMO networks (.net.xml, .net.xml.gz), UTDF files of Synchro (.csv), and folders of GMNS, CityFlow or MATSim"
        ])
    }
  }

  /// The name of an XML text's root element; nil when the text does not begin like XML.
  static func rootElement(of text: String) -> String? {
    var rest = text[...].drop { $0.isWhitespace }
    // Declarations and comments may come first.
    while rest.hasPrefix("<?") || rest.hasPrefix("<!") {
      let end = rest.hasPrefix("<!--") ? "-->" : hasSubset(rest) ? "]>" : ">"
      guard let found = rest.firstRange(of: end) else { return nil }
      rest = rest[found.upperBound...].drop { $0.isWhitespace }
    }
    guard rest.first == "<" else { return nil }
    return String(rest.dropFirst().prefix { $0.isLetter || $0 == "_" })
  }

  /// Whether a declaration holds others.
  private static func hasSubset(_ text: Substring) -> Bool {
    text.hasPrefix("<!DOCTYPE") && text.prefix { $0 != ">" }.contains("[")
  }
}
