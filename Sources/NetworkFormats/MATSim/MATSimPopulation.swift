internal import NetworkBuilding
internal import TrafficModel

/// The drives of a MATSim population: the legs by car of each person's plan.
struct MATSimPopulation {
  struct Drive {
    var time: Double
    /// All links of the route, or the first and the last where nobody told it.
    var links: [LinkID]
    var isRouted: Bool
    var place: TextPlace
  }
  private(set) var drives: [Drive] = []
  private var withoutPlace = (count: 0, place: TextPlace.code)
  private var withoutTime = (count: 0, place: TextPlace.code)
  private var otherModes = 0

  init() {}

  init(_ file: MATSimFile, _ roads: MATSimRoads) {
    file.read(["population", "plans"], texts: ["route"]) { person in
      guard person.name == "person" else { return }
      let plans = person.children("plan")
      guard let plan = plans.first(where: { $0["selected"] == "yes" }) ?? plans.first else { return }
      read(plan, file, roads)
    }
    if withoutPlace.count > 0 {
      file.log.warning(
        "\(counted(withoutPlace.count, "leg")) by car between activities without a link left out",
        at: withoutPlace.place)
    }
    if withoutTime.count > 0 {
      file.log.warning(
        "\(counted(withoutTime.count, "leg")) by car without a time of departure left out",
        at: withoutTime.place)
    }
    if otherModes > 0 { file.log.warning("\(counted(otherModes, "leg")) by other modes than car left out") }
    drives.sort { $0.time < $1.time }
  }

  private mutating func read(_ plan: XMLNode, _ file: MATSimFile, _ roads: MATSimRoads) {
    let parts = plan.children.filter { ["act", "activity", "leg"].contains($0.name) }
    for (index, leg) in parts.enumerated() where leg.name == "leg" {
      guard leg["mode"] == "car" else {
        otherModes += 1
        continue
      }
      func activity(_ place: Int) -> XMLNode? {
        parts.indices.contains(place) && parts[place].name != "leg" ? parts[place] : nil
      }
      let time = time(leg, after: activity(index - 1), file)
      let links = links(leg, activity(index - 1), activity(index + 1), file, roads)
      guard let time, let links else { continue }
      drives.append(
        Drive(
          time: time, links: links.links.map { LinkID($0) }, isRouted: links.isRouted, place: leg.place))
    }
  }

  private mutating func time(_ leg: XMLNode, after activity: XMLNode?, _ file: MATSimFile) -> Double? {
    for (node, name) in [(leg, "dep_time"), (activity, "end_time")] {
      guard let text = node?[name], !["undefined", "-Infinity"].contains(text) else { continue }
      return file.time(text, of: name, at: node?.place ?? leg.place)
    }
    if withoutTime.count == 0 { withoutTime.place = leg.place }
    withoutTime.count += 1
    return nil
  }

  private mutating func links(
    _ leg: XMLNode, _ before: XMLNode?, _ after: XMLNode?, _ file: MATSimFile, _ roads: MATSimRoads
  ) -> (links: [Int], isRouted: Bool)? {
    let route = leg.children("route").first
    let names = (route?["type"] ?? "links") == "links" ? route?.text.words ?? [] : []
    let ends = [
      route?["start_link"] ?? before?["link"], route?["end_link"] ?? after?["link"],
    ].compactMap { $0 }
    guard !names.isEmpty || ends.count == 2 else {
      if withoutPlace.count == 0 { withoutPlace.place = leg.place }
      withoutPlace.count += 1
      return nil
    }
    var found: [Int] = []
    for name in names.isEmpty ? ends : names {
      guard let link = roads.linkOfID[name] else {
        if roads.otherLinks.contains(name) {
          file.log.error("cars may not use link '\(name)'", at: route?.place ?? leg.place, quote: name)
        } else {
          file.log.unknown("link", name, at: route?.place ?? leg.place, known: roads.links.map(\.name))
        }
        return nil
      }
      found.append(link)
    }
    if names.isEmpty, found[0] == found[1] { found.removeLast() }
    return (found, !names.isEmpty)
  }

  /// Which links are driven one after the other.
  var turns: Set<MATSimLayout.Succession> {
    var turns: Set<MATSimLayout.Succession> = []
    for drive in drives where drive.isRouted {
      for (from, to) in zip(drive.links, drive.links.dropFirst()) {
        turns.insert(MATSimLayout.Succession(from: from, to: to))
      }
    }
    return turns
  }

  /// The first and the last second of departures, each to the quarter of an hour; an hour where nobody departs.
  var time: Range<Double> {
    guard let first = drives.first?.time, let last = drives.last?.time else { return 0..<3600 }
    let begin = (first / 900).rounded(.down) * 900
    return begin..<max((last / 900 + 1e-9).rounded(.up) * 900, begin + 900)
  }

  /// The drives of a time of day as a demand.
  func demand(
    in time: Range<Double>, on network: Network, _ file: MATSimFile?, reports: Bool
  ) -> Demand {
    var routes: [[LinkID]] = []
    var known: [[LinkID]: Int?] = [:]
    var departures: [Departure] = []
    var gaps = 0
    for drive in drives where time.contains(drive.time) {
      if known[drive.links] == nil {
        known[drive.links] = .some(nil)
        let isWhole = zip(drive.links, drive.links.dropFirst()).allSatisfy { from, to in
          network.movement(from: from, to: to) != nil
        }
        if let way = isWhole ? drive.links : network.shortestPath(through: drive.links) {
          if drive.isRouted, way.count > drive.links.count { gaps += 1 }
          known[drive.links] = .some(routes.count)
          routes.append(way)
        } else if reports {
          let ends = [drive.links[0], drive.links[drive.links.count - 1]].map { network[$0].name }
          file?.log.error("there is no way from link '\(ends[0])' to '\(ends[1])'", at: drive.place)
        }
      }
      guard let route = known[drive.links] ?? nil else { continue }
      departures.append(Departure(time: drive.time, route: route, choosesRoute: !drive.isRouted))
    }
    if gaps > 0, reports {
      file?.log.warning(
        "\(counted(gaps, "route")) with links that do not follow each other: the quickest way is taken between"
      )
    }
    return Demand(begin: time.lowerBound, end: time.upperBound, routes: routes, departures: departures)
  }
}
