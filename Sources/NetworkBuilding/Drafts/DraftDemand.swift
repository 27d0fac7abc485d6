internal import TrafficModel

/// Turns the counts and routes of a period into demand.
struct DraftDemand {
  let draft: NetworkDraft
  let roads: DraftRoads
  let references: LegReferences
  let network: Network

  /// The demand of a period; what is wrong goes to the log.
  func demand(of period: PeriodDraft, _ log: inout some ProblemLog) -> Demand {
    var demand = Demand(begin: period.begin, end: period.end)
    demand.counts = counts(of: period, &log)
    for route in period.routes {
      guard let links = links(of: route, &log) else { continue }
      let index = demand.routes.count
      demand.routes.append(links)
      for (slice, rate) in rates(route.flow, in: period, &log).enumerated() where rate > 0 {
        let bounds = bounds(ofSlice: slice, of: route.flow, in: period)
        demand.flows.append(
          RouteFlow(begin: bounds.begin, end: bounds.end, rate: rate, process: .poisson, route: index))
      }
    }
    return demand
  }

  func sliceCount(_ period: PeriodDraft) -> Int {
    max(1, Int(((period.end - period.begin) / period.slice).rounded(.up)))
  }

  private func bounds(
    ofSlice slice: Int, of flow: FlowDraft, in period: PeriodDraft
  ) -> (begin: Double, end: Double) {
    guard case .perSlice = flow else { return (period.begin, period.end) }
    let begin = period.begin + Double(slice) * period.slice
    return (begin, min(begin + period.slice, period.end))
  }

  /// Vehicles per second: one rate, or one for each slice; empty, with an error in the log, when their number
  /// is wrong.
  private func rates(_ flow: FlowDraft, in period: PeriodDraft, _ log: inout some ProblemLog) -> [Double] {
    switch flow {
    case .rate(let rate): return [rate]
    case .perSlice(let counts, let place):
      guard counts.count == sliceCount(period) else {
        log.error(
          "the list has \(counted(counts.count, "count")), the period has \(counted(sliceCount(period), "slice")) of \(plainNumber(period.slice / 60)) minutes",
          at: place)
        return []
      }
      return counts.enumerated().map { slice, count in
        let bounds = bounds(ofSlice: slice, of: flow, in: period)
        return count / (bounds.end - bounds.begin)
      }
    }
  }

  private func counts(of period: PeriodDraft, _ log: inout some ProblemLog) -> [CountSlice] {
    guard !period.counts.isEmpty else { return [] }
    let isSliced = period.counts.contains { if case .perSlice = $0.flow { true } else { false } }
    let length = isSliced ? period.slice : period.end - period.begin
    let number = isSliced ? sliceCount(period) : 1
    var slices = (0..<number).map { index in
      let begin = period.begin + Double(index) * length
      return CountSlice(
        begin: begin, end: min(begin + length, period.end),
        vehicles: [Double?](repeating: nil, count: network.movements.count),
        pedestrians: [Double](repeating: 0, count: network.crossings.count))
    }
    for count in period.counts {
      guard let subject = subject(of: count, &log) else { continue }
      let rates = rates(count.flow, in: period, &log)
      guard !rates.isEmpty else { continue }
      for index in slices.indices {
        let counted = rates[min(index, rates.count - 1)] * (slices[index].end - slices[index].begin)
        switch subject {
        case .movement(let movement): slices[index].vehicles[movement.index] = counted
        case .crossing(let crossing): slices[index].pedestrians[crossing.index] = counted
        }
      }
    }
    return slices
  }

  private enum Subject {
    case movement(MovementID)
    case crossing(CrossingID)
  }

  private func subject(of count: CountDraft, _ log: inout some ProblemLog) -> Subject? {
    guard let junction = references.junction(count.junction, &log),
      let leg = Compass(located: count.leg, &log)
    else { return nil }
    let id = LegID(junction: junction, leg: leg)
    guard references.approach(id, at: count.leg.place, &log) != nil else { return nil }
    let approach = "approach \(leg.name) of junction '\(count.junction.value)'"
    let ways = roads.turns[junction].filter { $0.from == id }
    if count.turn.value == "P" {
      if let crossing = roads.crossingsOfJunction[junction].first(where: { roads.crossings[$0].leg == id }) {
        return .crossing(CrossingID(crossing))
      }
      guard draft.junctions[junction].isSound else { return nil }
      log.error("\(approach) has no crossing", at: count.turn.place)
      return nil
    }
    guard let letter = count.turn.value.first, count.turn.value.count == 1, let turn = Turn(letter: letter)
    else {
      log.unknown("turn", count.turn, known: Turn.fromLeft.map { String($0.letter) } + ["P"])
      return nil
    }
    if let way = ways.first(where: { $0.turn == turn }),
      let movement = network.movement(from: way.fromLink, to: way.toLink)
    {
      return .movement(movement)
    }
    guard draft.junctions[junction].isSound else { return nil }
    let turns = ways.map { String($0.turn.letter) }.joined(separator: ", ")
    log.error(
      "nobody can \(turn.words) from \(approach)", at: count.turn.place,
      notes: turns.isEmpty ? [] : ["its lanes have \(turns)"])
    return nil
  }

  private func links(of route: RouteDraft, _ log: inout some ProblemLog) -> [LinkID]? {
    let legs = route.stops.map { references.leg($0, &log) }
    var links: [LinkID] = []
    for (index, leg) in legs.enumerated() {
      guard let leg else { continue }
      let isLast = index == legs.count - 1
      if let link = isLast ? roads.outbound[leg] : roads.inbound[leg] {
        links.append(link)
      } else {
        log.error(
          "no traffic \(isLast ? "leaves" : "comes in") by '\(route.stops[index].value)'",
          at: route.stops[index].place)
      }
    }
    guard links.count == legs.count else { return nil }
    if let path = network.shortestPath(through: links) { return path }
    let ends = "'\(route.stops[0].value)' to '\(route.stops[route.stops.count - 1].value)'"
    log.error("there is no way from \(ends)", at: route.place)
    return nil
  }
}
