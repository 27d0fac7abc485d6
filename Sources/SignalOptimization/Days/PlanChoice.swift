internal import TrafficModel
internal import TrafficSimulation

/// Chooses by simulation which of some plans runs in which period of a day.
///
/// What a plan leaves behind on the road is the next one's burden, so whole days are played, transitions included: from
/// the best of some starts, one period after the other takes the plan with which the day has least delay.
struct PlanChoice: Sendable {
  let network: Network
  let day: Period
  let periods: [Range<Double>]
  let plans: [TimingPlan]
  /// The plans that may be chosen: positions among them.
  let candidates: [Int]
  let seeds: [UInt64]

  /// Plans that do worse than the best of a period by more than this share are not tried in it.
  private static let margin = 0.1
  /// So many single plans are played on the whole day.
  private static let mostSingles = 2

  /// The best single plan, and the best plan of each period found: positions among the plans.
  func best(progress: (Double) -> Void) async -> (single: Int, chosen: [Int]) {
    // Candidates × periods.
    var table = [[Double]](repeating: [], count: candidates.count)
    for (number, period) in periods.enumerated() {
      let comparison = await PlanComparison(
        of: candidates.map { plans[$0] }, on: Simulator(network: network, demand: day.demand.during(period)),
        seeds: seeds)
      for index in candidates.indices { table[index].append(comparison.estimate(index, \.totalDelay).mean) }
      progress(0.3 * Double(number + 1) / Double(periods.count))
    }
    let singles = candidates.indices.sorted { table[$0].reduce(0, +) < table[$1].reduce(0, +) }
      .prefix(Self.mostSingles).map { [Int](repeating: candidates[$0], count: periods.count) }
    let best = periods.indices.map { period in
      candidates.indices.min { table[$0][period] < table[$1][period] } ?? 0
    }
    let mixed = best.map { candidates[$0] }
    var known: [[Int]: Double] = [:]
    await play(singles + [mixed], &known)
    progress(0.5)
    func least(_ choices: [[Int]]) -> [Int] {
      choices.min { known[$0] ?? .infinity < known[$1] ?? .infinity } ?? mixed
    }
    let single = least(singles)
    var chosen = least(singles + [mixed])
    for period in periods.indices {
      let bound = table[best[period]][period] * (1 + Self.margin)
      let others = candidates.indices.filter { table[$0][period] <= bound }.map { index in
        var choice = chosen
        choice[period] = candidates[index]
        return choice
      }
      await play(others, &known)
      chosen = least([chosen] + others)
      progress(0.5 + 0.5 * Double(period + 1) / Double(periods.count))
    }
    return (single.first ?? 0, chosen)
  }

  /// Plays days with some choices of plans: mean total delay, veh·s.
  private func play(_ choices: [[Int]], _ known: inout [[Int]: Double]) async {
    let fresh = choices.filter { known[$0] == nil }
    let entrants = fresh.compactMap {
      choice -> (choice: [Int], plan: TimingPlan, timetable: SignalTimetable)? in
      guard let timetable = timetable(of: choice) else { return nil }
      return (choice, plans[choice[0]], timetable)
    }
    guard !entrants.isEmpty else { return }
    let comparison = await PlanComparison(
      playing: entrants.map { ($0.plan, $0.timetable) },
      on: Simulator(network: network, demand: day.demand), seeds: seeds)
    for (index, entrant) in entrants.enumerated() {
      known[entrant.choice] = comparison.estimate(index, \.totalDelay).mean
    }
  }

  /// nil where some controller cannot change between two of the plans.
  private func timetable(of choice: [Int]) -> SignalTimetable? {
    let entries = zip(periods, choice).map { period, plan in
      ScheduleEntry(begin: DaySchedule.clock(period.lowerBound), plan: plan)
    }
    let schedule = DaySchedule(day: day.name, entries: entries.sorted { $0.begin < $1.begin })
    guard let set = try? PlanSet(plans: plans, schedules: [schedule]) else { return nil }
    return try? SignalTimetable(
      set, schedule, over: day.demand.begin..<day.demand.end, on: network)
  }
}
