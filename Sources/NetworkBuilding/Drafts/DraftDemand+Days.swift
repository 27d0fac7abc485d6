internal import TrafficModel

extension DraftDemand {
  /// The demand of a day; what is wrong goes to the log.
  ///
  /// - Parameter periods: by name, those of the file that could be read.
  func demand(ofDay day: PeriodDraft, periods: [Period], _ log: inout some ProblemLog) -> Demand {
    guard !day.profile.isEmpty else { return demand(of: day, &log) }
    let known = draft.periods.map(\.name.value)
    let count = sliceCount(day)
    var demand = Demand(begin: day.begin, end: day.end)
    for index in 0..<count {
      let begin = day.begin + Double(index) * day.slice
      demand.counts.append(
        CountSlice(
          begin: begin, end: min(begin + day.slice, day.end),
          vehicles: [Double?](repeating: nil, count: network.movements.count),
          pedestrians: [Double](repeating: 0, count: network.crossings.count)))
    }
    var isCounted = false
    for (name, factors) in day.profile {
      guard known.contains(name.value) else {
        log.unknown("period", name, known: known)
        continue
      }
      guard !factors.isPerSlice || factors.values.count == count else {
        log.error(
          "the list has \(counted(factors.values.count, "factor")), the day has \(counted(count, "slice")) of \(plainNumber(day.slice / 60)) minutes",
          at: factors.place)
        continue
      }
      guard let period = periods.first(where: { $0.name == name.value }) else { continue }
      let values = (0..<count).map { factors.values[factors.isPerSlice ? $0 : 0] }
      isCounted = isCounted || !period.demand.counts.isEmpty
      Self.add(period.demand, times: values, to: &demand)
    }
    // A day of routes alone has no counts, rather than counts that say nothing.
    if !isCounted { demand.counts = [] }
    return demand
  }

  /// Adds multiples of the mean flows of a period's demand to the slices of a day's.
  private static func add(_ base: Demand, times factors: [Double], to day: inout Demand) {
    for index in day.counts.indices {
      let share = factors[index] * (day.counts[index].end - day.counts[index].begin) / base.duration
      for slice in base.counts {
        for (movement, vehicles) in slice.vehicles.enumerated() {
          guard let vehicles else { continue }
          day.counts[index].vehicles[movement] =
            (day.counts[index].vehicles[movement] ?? 0) + vehicles * share
        }
        for (crossing, pedestrians) in slice.pedestrians.enumerated() {
          day.counts[index].pedestrians[crossing] += pedestrians * share
        }
      }
    }
    let first = day.routes.count
    day.routes += base.routes
    for route in base.routes.indices {
      let rate =
        base.flows.filter { $0.route == route }.reduce(0) { $0 + $1.rate * ($1.end - $1.begin) }
        / base.duration
      for (slice, factor) in zip(day.counts, factors) where factor * rate > 0 {
        day.flows.append(
          RouteFlow(
            begin: slice.begin, end: slice.end, rate: rate * factor, process: .poisson, route: first + route))
      }
    }
  }
}
