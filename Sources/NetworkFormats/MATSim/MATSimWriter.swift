public import TrafficModel

/// Writes scenarios for the MATSim simulator and its signals extension: network, lanes, population, signal systems, groups
/// and control, and a configuration that names them. See Documentation/MATSim.md.
public enum MATSimWriter {
  /// The files of a scenario, and what they leave out.
  public static func write(_ scenario: Scenario) -> WrittenScenario {
    let roads = MATSimWrittenRoads(scenario.network)
    let signals = MATSimWrittenSignals(scenario, roads)
    let population = MATSimWrittenPopulation(scenario, links: roads.links)
    var texts: [(kind: MATSimFiles.Kind, text: String)] = [
      (.network, roads.network), (.lanes, roads.lanes), (.population, population.text),
    ]
    if !scenario.network.controllers.isEmpty {
      texts += [(.systems, signals.systems), (.groups, signals.groups), (.control, signals.control)]
    }
    var losses = roads.losses + signals.losses + population.losses
    losses += scenario.network.side.losses(in: "MATSim") + scenario.network.surveyLosses
    if !scenario.days.isEmpty { losses.append("days are left out: MATSim has times of day only") }
    let files = texts.map { WrittenScenario.File(name: $0.kind.fileName, text: $0.text) }
    return WrittenScenario(
      files: [WrittenScenario.File(name: "config.xml", text: configuration(texts.map(\.kind)))] + files,
      losses: losses)
  }

  private static func configuration(_ kinds: [MATSimFiles.Kind]) -> String {
    func module(_ name: String, _ parameters: [(String, String)]) -> String {
      "  <module name=\"\(name)\">\n"
        + parameters.map { "    <param name=\"\($0.0)\" value=\"\($0.1)\"/>\n" }.joined() + "  </module>\n"
    }
    func files(_ wanted: [MATSimFiles.Kind]) -> [(String, String)] {
      wanted.flatMap { kind in kind.parameters.map { ($0, kind.fileName) } }
    }
    var text = MATSimXML.head("config", doctype: "config_v2") + "<config>\n"
    text += module("network", files([.network, .lanes]))
    text += module("plans", files([.population]))
    text += module("qsim", [("useLanes", "true")])
    if kinds.contains(.systems) {
      text += module(
        "signalsystems", [("useSignalsystems", "true")] + files([.systems, .groups, .control]))
    }
    return text + "</config>\n"
  }
}

/// Texts of MATSim's XML files.
enum MATSimXML {
  /// The first lines of a file whose form a DTD gives.
  static func head(_ root: String, doctype: String) -> String {
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE \(root) SYSTEM \"http://www.matsim.org/files/dtd/\(doctype).dtd\">\n"
  }

  /// The first lines of a file whose form a schema gives.
  static func open(_ root: String) -> String {
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<\(root) xmlns=\"http://www.matsim.org/files/dtd\">\n"
  }

  /// `hh:mm:ss`, whole seconds.
  static func time(_ seconds: Double) -> String {
    let whole = Int(seconds.rounded())
    let parts = [whole / 3600, whole / 60 % 60, whole % 60]
    return parts.map { $0 < 10 ? "0\($0)" : "\($0)" }.joined(separator: ":")
  }
}
