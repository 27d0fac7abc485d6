internal import NetworkBuilding
internal import TrafficModel

/// Those who cross in a scenario's first period, as flows of people.
struct SUMOWrittenPeople {
  private(set) var text = SUMOWriter.head + "<routes>\n"
  private(set) var losses: [String] = []
  /// Whether nobody crosses.
  private(set) var isEmpty = true

  init(_ scenario: Scenario, roads: SUMOWrittenRoads) {
    let network = scenario.network
    var lost: Set<Int> = []
    let flows = (scenario.periods.first?.demand.pedestrianFlows ?? []).sorted {
      ($0.begin, $0.end, $0.crossing.index) < ($1.begin, $1.end, $1.crossing.index)
    }
    for (index, flow) in flows.enumerated() where flow.begin < flow.end {
      guard let walk = roads.walk(over: flow.crossing) else {
        lost.insert(flow.crossing.index)
        continue
      }
      isEmpty = false
      let rate = flow.people / (flow.end - flow.begin) / 2
      // As many each way.
      for (way, from, to, place) in [(0, walk.from, walk.to, "-1"), (1, walk.to, walk.from, "1")] {
        let attributes = [
          ("id", "p\(index)_\(way)"), ("begin", SUMOPlan.number(flow.begin)),
          ("end", SUMOPlan.number(flow.end)), ("period", "exp(\(SUMOPlan.number(rate)))"),
          ("departPos", place),
        ]
        let walk = [("edges", "\(from) \(to)"), ("arrivalPos", place == "1" ? "-1" : "1")]
        text += "  \(SUMOWriter.tag("personFlow", attributes))>\n"
        text += "    \(SUMOWriter.tag("walk", walk))/>\n  </personFlow>\n"
      }
    }
    text += "</routes>\n"
    if !lost.isEmpty {
      losses.append(
        "pedestrians of \(lost.sorted().map { network.crossings[$0].name }.joined(separator: ", ")) are left out"
      )
    }
  }
}
