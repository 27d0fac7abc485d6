public import SignalOptimization
public import TrafficModel
internal import TrafficSimulation

/// What `schedule` tells about a day: its periods and their plans, and the day as a whole.
public struct DayReport: Sendable {
  let scenario: String
  let network: Network
  let demand: Demand
  let plan: DayPlan

  /// - Parameters:
  ///   - scenario: the scenario's name.
  ///   - demand: the day's.
  ///   - plan: made for this network and demand.
  public init(scenario: String, network: Network, demand: Demand, plan: DayPlan) {
    self.scenario = scenario
    self.network = network
    self.demand = demand
    self.plan = plan
  }

  var hours: Double { demand.duration / Quantities.secondsPerHour }

  /// The report for people: at most 80 columns where names allow, the same bytes for the same result.
  public var text: String {
    [[title] + presentControl.note, periodTable, dayTable, [partitionWords, transitionWords]]
      .map { $0.joined(separator: "\n") }.joined(separator: "\n\n") + "\n"
  }

  var presentControl: PresentControlReport { PresentControlReport(network: network, accepted: []) }

  private var title: String {
    let seeds = periodSeeds
    let signals = network.controllers.count
    return
      "\(scenario), \(plan.day): \(signals) \(signals == 1 ? "signal" : "signals"), \(ClockTime.text(demand.begin)) to \(ClockTime.text(demand.end)), mean of \(seeds) \(seeds == 1 ? "seed" : "seeds")"
      .wrapped(to: ReportLayout.current.sentenceWidth, indent: 2)
  }

  private var periodTable: [String] {
    var table = TextTable(
      [.left(), .left(), .left(), .right(), .right(), .right(), .right(), .left(gap: 1)],
      headings: [
        TextTable.Heading(title: "", columns: 3), TextTable.Heading(title: "vehicles", columns: 1),
        TextTable.Heading(title: "delay, s/veh", columns: 2), TextTable.Heading(title: "change", columns: 2),
      ])
    table.add(["from", "to", "plan", "", "existing", "plan"])
    for period in plan.periods {
      let hours = (period.end - period.begin) / Quantities.secondsPerHour
      func mean(_ plan: PlanComparison.Entry, _ measure: Measure) -> String {
        NumberText.fixed(plan.estimate(measure, hours: hours).mean, decimals: measure.decimals)
      }
      let (existing, proposed) = (period.comparison.existing, period.comparison.proposed)
      let change = period.comparison.percentChange(.totalDelayHours, hours: hours)
      table.add([
        ClockTime.text(period.begin), ClockTime.text(period.end),
        plan.planSet.plans[period.plan].name.truncated(to: 24), mean(existing, .demand),
        mean(existing, .delayPerVehicle), mean(proposed, .delayPerVehicle),
        presentControl.isPlayed ? NumberText.percentChange(change.mean) : "",
        presentControl.isPlayed ? NumberText.plusMinus(change.halfWidth, decimals: 1) : "",
      ])
    }
    return table.lines
  }

  private var dayTable: [String] {
    var table = TextTable([.left(), .right(), .right(), .right(), .right(), .right(), .left(gap: 1)])
    table.add(["the whole day", "served, veh", "veh·h", "s/veh", "stops/veh", "change"])
    func add(_ label: String, _ played: PlanComparison.Entry, hasChange: Bool = true) {
      func mean(_ measure: Measure) -> String {
        NumberText.fixed(played.estimate(measure, hours: hours).mean, decimals: measure.decimals)
      }
      let change = played.percentChange(from: plan.comparison.existing, .totalDelayHours, hours: hours)
      let isTold = hasChange && presentControl.isPlayed
      table.add([
        label, mean(.served), mean(.totalDelayHours), mean(.delayPerVehicle), mean(.stopsPerVehicle),
        isTold ? NumberText.percentChange(change.mean) : "",
        isTold ? NumberText.plusMinus(change.halfWidth, decimals: 1) : "",
      ])
    }
    add("existing", plan.comparison.existing, hasChange: false)
    add("best single: \(plan.bestSinglePlan)".truncated(to: 32), plan.comparison.bestSingle)
    add("schedule", plan.comparison.schedule)
    return table.lines + againstSingle
  }

  /// The schedule against the best single plan, seed by seed: change of the delay, %.
  var changeAgainstSingle: Estimate {
    plan.comparison.schedule.percentChange(
      from: plan.comparison.bestSingle, .totalDelayHours, hours: hours)
  }

  /// Seeds that the periods are means of; the whole day takes more where these leave it open.
  var periodSeeds: Int { plan.periods.first?.comparison.seeds.count ?? 0 }

  private var againstSingle: [String] {
    let change = changeAgainstSingle
    let seeds = plan.comparison.seeds.count
    let more =
      seeds > periodSeeds
      ? [
        "The whole day is the mean of \(seeds) seeds: \(periodSeeds) left open which of the two is better."
          .wrapped(to: ReportLayout.current.sentenceWidth)
      ] : []
    return more + [
      "Against the best single plan the schedule changes delay by \(NumberText.percentChange(change.mean)) \(NumberText.plusMinus(change.halfWidth, decimals: 1))."
        .wrapped(to: ReportLayout.current.sentenceWidth)
    ]
  }

  private var partitionWords: String {
    func hours(_ delay: Double) -> String {
      NumberText.fixed(delay / Quantities.secondsPerHour, decimals: 1)
    }
    let costs = plan.partitions.map { "\($0.periods): \(hours($0.delay))" }.joined(separator: ", ")
    return
      "Delay by the split programs, veh·h, with so many plans at most: \(costs); with one for each of the \(plan.sliceCount) slices: \(hours(plan.leastDelay)). Each change of plan counted as \(hours(plan.changeCost)) veh·h."
      .wrapped(to: ReportLayout.current.sentenceWidth)
  }

  private var transitionWords: String {
    guard let lengths = transitionLengths else { return "No signal changes its plan." }
    return
      "Signals are in step with a new plan \(NumberText.fixed(lengths.mean, decimals: 0)) s after it begins, \(NumberText.fixed(lengths.longest, decimals: 0)) s at most."
      .wrapped(to: ReportLayout.current.sentenceWidth)
  }

  /// s from each change of the schedule until each controller that changes its programme is in step; nil where none changes.
  var transitionLengths: (mean: Double, longest: Double)? {
    guard let begin = plan.periods.first?.begin, let end = plan.periods.last?.end else { return nil }
    let changes = plan.schedule.changes(in: begin..<end).map(\.begin)
    let lengths = plan.timetable.pieces.flatMap { pieces in
      pieces.indices.dropFirst().filter { !pieces[$0].isTransition }.compactMap { index in
        let start = pieces[index - 1].isTransition ? pieces[index - 1].begin : pieces[index].begin
        return changes.last { $0 <= start }.map { pieces[index].begin - $0 }
      }
    }
    guard let longest = lengths.max() else { return nil }
    return (lengths.reduce(0, +) / Double(lengths.count), longest)
  }

  /// The summary for programs; Documentation/CommandLine.md has the keys.
  public func json() throws -> String {
    let comparison = plan.comparison
    return try JSONText.text(
      DaySummary(
        scenario: scenario, day: plan.day, seeds: comparison.seeds,
        existingControl: presentControl.summary,
        periods: plan.periods.map { period in
          let hours = (period.end - period.begin) / Quantities.secondsPerHour
          return DaySummary.Period(
            begin: ClockTime.text(period.begin), end: ClockTime.text(period.end),
            plan: plan.planSet.plans[period.plan].name,
            isImprovement: presentControl.isPlayed ? period.isImprovement : nil,
            existing: PlanSummary(period.comparison.existing, hours: hours),
            proposed: PlanSummary(period.comparison.proposed, hours: hours),
            change: presentControl.isPlayed
              ? ChangeSummary(period.comparison.proposed, from: period.comparison.existing, hours: hours)
              : nil)
        },
        existing: PlanSummary(comparison.existing, hours: hours),
        bestSingle: DaySummary.Single(
          plan: plan.bestSinglePlan, measures: PlanSummary(comparison.bestSingle, hours: hours)),
        schedule: PlanSummary(comparison.schedule, hours: hours),
        change: presentControl.isPlayed
          ? ChangeSummary(comparison.schedule, from: comparison.existing, hours: hours) : nil,
        partitions: plan.partitions.map {
          DaySummary.Partition(periods: $0.periods, delayHours: $0.delay / Quantities.secondsPerHour)
        },
        leastDelayHours: plan.leastDelay / Quantities.secondsPerHour,
        changeCostHours: plan.changeCost / Quantities.secondsPerHour,
        longestTransition: transitionLengths?.longest))
  }
}

/// The keys of the summary of a day.
private struct DaySummary: Encodable {
  struct Period: Encodable {
    var begin: String
    var end: String
    var plan: String
    /// Absent, like the changes, where what runs today was not played.
    var isImprovement: Bool?
    var existing: PlanSummary
    var proposed: PlanSummary
    var change: ChangeSummary?
  }
  struct Single: Encodable {
    var plan: String
    var measures: PlanSummary
  }
  struct Partition: Encodable {
    var periods: Int
    var delayHours: Double
  }
  var scenario: String
  var day: String
  var seeds: [UInt64]
  /// Only where what runs today was not played.
  var existingControl: PresentControlReport.Summary?
  var periods: [Period]
  var existing: PlanSummary
  var bestSingle: Single
  var schedule: PlanSummary
  var change: ChangeSummary?
  var partitions: [Partition]
  var leastDelayHours: Double
  var changeCostHours: Double
  var longestTransition: Double?
}
