internal import TrafficModel

/// The traffic of a scenario as a population: a person with one drive for each vehicle.
struct MATSimWrittenPopulation {
  private(set) var text = MATSimXML.head("population", doctype: "population_v6") + "<population>\n"
  private(set) var losses: [String] = []
  private let links: [String]
  private var count = 0

  /// - Parameter links: by link, its name in MATSim.
  init(_ scenario: Scenario, links: [String]) {
    self.links = links
    let network = scenario.network
    var taken: [Range<Double>] = []
    var lost: Set<String> = []
    for period in scenario.periods {
      let time = period.demand.begin..<period.demand.end
      if taken.contains(where: { $0.overlaps(time) }) {
        losses.append("traffic of period '\(period.name)': another one has the same time of day")
        continue
      }
      taken.append(time)
      let vehicles = RoutedVehicles(period.demand, network: network)
      let regular = vehicles.flows.flatMap { RoutedVehicles.even($0, within: time) }
      for departure in vehicles.departures { add(departure, vehicles.routes[departure.route]) }
      for departure in regular { add(departure, vehicles.routes[departure.route]) }
      lost.formUnion(Self.losses(period.demand, vehicles))
    }
    text += "</population>\n"
    losses += lost.sorted()
  }

  private mutating func add(_ departure: Departure, _ route: [LinkID]) {
    guard let first = route.first, let last = route.last else { return }
    count += 1
    // A time is a whole second of the period in which it lies.
    let time = MATSimXML.time(departure.time.rounded(.down))
    let names = route.map { XMLText.escaped(links[$0.index]) }
    let (start, end) = (XMLText.escaped(links[first.index]), XMLText.escaped(links[last.index]))
    text +=
      "  <person id=\"\(count)\"><plan selected=\"yes\"><activity type=\"begin\" link=\"\(start)\" end_time=\"\(time)\"/>"
      + "<leg mode=\"car\" dep_time=\"\(time)\"><route type=\"links\" start_link=\"\(start)\" end_link=\"\(end)\">\(names.joined(separator: " "))</route></leg>"
      + "<activity type=\"end\" link=\"\(end)\"/></plan></person>\n"
  }

  private static func losses(_ demand: Demand, _ vehicles: RoutedVehicles) -> [String] {
    var losses: [String] = []
    func lose(_ isLost: Bool, _ words: String) { if isLost { losses.append(words) } }
    lose(
      !demand.counts.isEmpty,
      "turning counts are written as persons on routes, whose turns sum up to the counts")
    lose(
      demand.counts.contains { $0.pedestrians.contains { $0 > 0 } }, "pedestrians are left out")
    lose(!vehicles.flows.isEmpty, "random departures are written with even headways of the same mean")
    lose(
      vehicles.departures.contains { $0.time != $0.time.rounded() } || !vehicles.flows.isEmpty,
      "departures are written in whole seconds")
    lose(
      vehicles.departures.contains(where: \.choosesRoute) || vehicles.flows.contains(where: \.choosesRoute),
      "drivers who choose their way on departing are given the quickest on empty roads")
    lose(
      demand.vehicleTypes != [VehicleType(name: "car")], "types of vehicles are left out: all are cars")
    lose(
      (vehicles.departures.map(\.insertion) + vehicles.flows.map(\.insertion)).contains { $0 != Insertion() },
      "lane, place and speed of departing vehicles are left out")
    return losses
  }
}
