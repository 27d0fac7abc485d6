internal import NetworkBuilding
internal import TrafficModel

/// Flows that calibrators keep up: vehicles are added on an edge where fewer pass than they say. Those beyond the number, which
/// SUMO takes off the road, stay.
extension SUMODemand {
  /// Adds the vehicles that calibrators find missing.
  ///
  /// Who passes is told by the time of departure, not of arrival at the edge.
  mutating func addCalibrated(
    _ departures: inout [Departure], _ flows: [RouteFlow], _ routes: inout SUMORoutes, _ roads: SUMORoads,
    _ logs: inout [DiagnosticLog]
  ) {
    for index in elements.travellers.indices {
      let traveller = elements.travellers[index]
      guard let edge = traveller.calibrates, let mix = mixes[index], let times = times[index], !times.isEmpty
      else { continue }
      guard let link = roads.linkOfEdge[edge] else {
        logs[traveller.place.file].error(
          "calibrator '\(traveller.id)' stands on edge '\(edge)', which is not there or has no lane for motor traffic",
          at: traveller.place.at, quote: edge)
        continue
      }
      routes.prepare(traveller, &logs)
      guard let whole = routes.next(traveller.way) else { continue }
      guard let route = routes.part(of: whole, from: link) else {
        logs[traveller.place.file].error(
          "the route of calibrator '\(traveller.id)' does not pass its edge '\(edge)'",
          at: traveller.place.at,
          quote: edge)
        continue
      }
      guard case .regular(let first, _, let last, _) = traveller.schedule else { continue }
      let time = max(first, begin)..<max(first, begin, min(last, end))
      let passing =
        departures.count { time.contains($0.time) && routes.links[$0.route].contains(link) }
        + passingStreams(flows, routes, link, time)
      let missing = max(0, times.count - passing)
      logs[traveller.place.file].warning(
        "calibrator '\(traveller.id)' wants \(times.count) vehicles on edge '\(edge)': \(passing) pass, \(missing) are added"
          + (passing > times.count ? ", and none is taken off" : ""), at: traveller.place.at,
        quote: traveller.id)
      guard missing > 0, let insertion = routes.insertion(of: traveller, onto: route, &logs) else { continue }
      for number in 0..<missing {
        // Spread evenly over the wanted ones.
        let time = times[(2 * number + 1) * times.count / (2 * missing)]
        departures.append(
          Departure(time: time, route: route, choosesRoute: false, type: nextType(mix), insertion: insertion))
      }
    }
  }

  private func passingStreams(
    _ flows: [RouteFlow], _ routes: SUMORoutes, _ link: LinkID, _ time: Range<Double>
  ) -> Int {
    let mean = flows.filter { routes.links[$0.route].contains(link) }.reduce(0.0) { sum, flow in
      sum + flow.rate * max(0, min(flow.end, time.upperBound) - max(flow.begin, time.lowerBound))
    }
    return Int(exactly: min(mean, 1e9).rounded()) ?? 0
  }
}
