internal import NetworkBuilding
internal import TrafficModel

/// The pedestrians of a scenario's first period, as flows of people who cross.
///
/// They are a file of their own: Greenwave's vehicles do not wait for people, SUMO's do once it is loaded.
struct SUMOWrittenPeople {
  private(set) var text = SUMOWriter.head + "<routes>\n"
  private(set) var losses: [String] = []

  init(_ scenario: Scenario, roads: SUMOWrittenRoads) {
    let network = scenario.network
    var lost: Set<Int> = []
    for (slice, counted) in (scenario.periods.first?.demand.counts ?? []).enumerated() {
      for (index, people) in counted.pedestrians.enumerated() where people > 0 {
        guard let walk = roads.walk(over: CrossingID(index)) else {
          lost.insert(index)
          continue
        }
        let rate = people / (counted.end - counted.begin) / 2
        // As many each way.
        for (way, from, to, place) in [(0, walk.from, walk.to, "-1"), (1, walk.to, walk.from, "1")] {
          let attributes = [
            ("id", "p\(slice)_\(index)_\(way)"), ("begin", SUMOPlan.number(counted.begin)),
            ("end", SUMOPlan.number(counted.end)), ("period", "exp(\(SUMOPlan.number(rate)))"),
            ("departPos", place),
          ]
          let walk = [("edges", "\(from) \(to)"), ("arrivalPos", place == "1" ? "-1" : "1")]
          text += "  \(SUMOWriter.tag("personFlow", attributes))>\n"
          text += "    \(SUMOWriter.tag("walk", walk))/>\n  </personFlow>\n"
        }
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
