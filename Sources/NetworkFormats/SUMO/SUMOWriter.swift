public import TrafficModel

/// Writes scenarios as SUMO's plain XML, of which SUMO's `netconvert` builds a network. See Documentation/SUMO.md.
public enum SUMOWriter {
  /// What the files are called, before their endings.
  static let baseName = "network"

  /// Nodes, edges, connections, signals and traffic of a scenario, a configuration for `netconvert` and one for `sumo`.
  ///
  /// `netconvert -c network.netccfg` writes `network.net.xml`, which `network.sumocfg` names.
  public static func write(_ scenario: Scenario) -> WrittenScenario {
    let roads = SUMOWrittenRoads(scenario.network)
    let traffic = SUMOWrittenTraffic(scenario, edges: roads.links)
    let people = SUMOWrittenPeople(scenario, roads: roads)
    var losses = roads.losses + traffic.losses + people.losses + scenario.network.surveyLosses
    if let first = scenario.periods.first {
      for period in scenario.periods.dropFirst() {
        losses.append("period '\(period.name)': a SUMO configuration has one, which is '\(first.name)'")
      }
    }
    for day in scenario.days { losses.append("day '\(day.name)': a SUMO configuration has one period") }
    let plan = scenario.periods.first?.existingPlan
    let files = [
      ("nod.xml", roads.nodes), ("edg.xml", roads.edges), ("con.xml", roads.connections),
      ("tll.xml", roads.signals(plan ?? TimingPlan(name: "", programs: []))), ("rou.xml", traffic.text),
      ("people.xml", people.text),
      ("netccfg", netConfiguration(scenario.network.side)),
      ("sumocfg", configuration(scenario, hasPeople: !people.isEmpty)),
    ]
    return WrittenScenario(
      files: files.map { WrittenScenario.File(name: "\(baseName).\($0.0)", text: $0.1) }, losses: losses)
  }

  private static func section(_ name: String, _ options: [(String, String)]) -> String {
    "  <\(name)>\n" + options.map { "    <\($0.0) value=\"\($0.1)\"/>\n" }.joined() + "  </\(name)>\n"
  }

  private static func netConfiguration(_ side: TrafficSide) -> String {
    let side = side == .left ? [("lefthand", "true")] : []
    return head + "<configuration>\n"
      + section(
        "input",
        [
          ("node-files", "\(baseName).nod.xml"), ("edge-files", "\(baseName).edg.xml"),
          ("connection-files", "\(baseName).con.xml"), ("tllogic-files", "\(baseName).tll.xml"),
        ]) + section("output", [("output-file", "\(baseName).net.xml")])
      // All connections are told; positions stay what they are.
      + section(
        "processing", [("no-turnarounds", "true"), ("offset.disable-normalization", "true")] + side)
      + "</configuration>\n"
  }

  private static func configuration(_ scenario: Scenario, hasPeople: Bool) -> String {
    var text = head + "<configuration>\n"
    let routes = "\(baseName).rou.xml" + (hasPeople ? ",\(baseName).people.xml" : "")
    text += section("input", [("net-file", "\(baseName).net.xml"), ("route-files", routes)])
    if let demand = scenario.periods.first?.demand {
      text += section(
        "time", [("begin", SUMOPlan.number(demand.begin)), ("end", SUMOPlan.number(demand.end))])
    }
    return text + "</configuration>\n"
  }

  static let head = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"

  /// Whether a character may not stand in SUMO's names.
  static func isForbidden(_ character: Character) -> Bool {
    character.isWhitespace || character.isNewline || "|\\'\";,<>&".contains(character)
  }

  /// The names in the model as SUMO's; those of edges do not begin with a colon either.
  static func names(_ names: [String]) -> PlainNames {
    PlainNames(names.map { $0.hasPrefix(":") ? "_" + $0 : $0 }, forbidden: isForbidden)
  }

  /// `<name a="1" b="2"`, without its end.
  static func tag(_ name: String, _ attributes: [(String, String)]) -> String {
    "<\(name)" + attributes.map { " \($0.0)=\"\(XMLText.escaped($0.1))\"" }.joined()
  }
}
