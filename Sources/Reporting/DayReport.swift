public import SignalOptimization
public import TrafficModel
internal import TrafficSimulation

/// What `schedule` tells about a day: its periods and their plans, and the day as a whole.
public struct DayReport: Sendable {
  /// A period under the existing plan, and under the plan that the schedule has for it.
  struct Period: Sendable {
    var period: DayPeriod
    var plan: String
    var played: Sides<PlayedPlan>

    /// `7:30–8:30`.
    var times: String { "\(ClockTime.text(period.begin))–\(ClockTime.text(period.end))" }
  }
  /// What was played over the whole day.
  struct WholeDay: Sendable {
    var existing: PlayedPlan
    var bestSingle: PlayedPlan
    var schedule: PlayedPlan
  }
  let scenario: String
  let network: Network
  let demand: Demand
  let plan: DayPlan
  let periods: [Period]
  let day: WholeDay
  let presentControl: PresentControlReport
  /// Seeds that the periods are means of; the whole day takes more where these leave it open.
  let periodSeeds: Int
  /// s from each change of the schedule until each controller that changes its programme is in step; nil where none changes.
  let transitionLengths: (mean: Double, longest: Double)?

  /// - Parameters:
  ///   - scenario: the scenario's name.
  ///   - demand: the day's.
  ///   - plan: made for this network and demand.
  public init(scenario: String, network: Network, demand: Demand, plan: DayPlan) {
    self.scenario = scenario
    self.network = network
    self.demand = demand
    self.plan = plan
    periods = plan.periods.map { period in
      Period(
        period: period, plan: plan.planSet.plans[period.plan].name,
        played: Sides(period.comparison, hours: (period.end - period.begin) / Quantities.secondsPerHour))
    }
    let whole = plan.comparison
    func played(_ entry: PlanComparison.Entry) -> PlayedPlan { PlayedPlan(entry: entry, hours: demand.hours) }
    day = WholeDay(
      existing: played(whole.existing), bestSingle: played(whole.bestSingle), schedule: played(whole.schedule)
    )
    presentControl = PresentControlReport(network: network, accepted: [])
    periodSeeds = plan.periods.first?.comparison.seeds.count ?? 0
    transitionLengths = Self.transitionLengths(of: plan)
  }

  private static func transitionLengths(of plan: DayPlan) -> (mean: Double, longest: Double)? {
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

  /// The schedule against the best single plan, seed by seed: change of the delay.
  var changeAgainstSingle: String {
    NumberText.percentChange(day.schedule.percentChange(from: day.bestSingle))
  }

  /// The report for people: at most 80 columns where names allow, the same bytes for the same result.
  public var text: String {
    let title = ReportTitle(scenario, plan.day).signals(of: network, demand, seeds: periodSeeds)
    return [
      [title] + presentControl.note, periodTable(.english).lines, dayTable(.english).lines + againstSingle,
      [partitions.sentence(), transitions(.english).sentence()],
    ].asText
  }

  // MARK: Tables

  func periodTable(_ words: PageWords) -> Table {
    let names = words.day
    func delay(_ title: Title, _ side: @escaping (Sides<PlayedPlan>) -> PlayedPlan) -> TableColumn<Period> {
      .number(title) { side($0.played).cell(.delayPerVehicle) }
    }
    return Table(
      names.periods,
      [
        TableGroup(
          .text(Title("from", names.period)) {
            var cell = Cell(ClockTime.text($0.period.begin))
            cell.page = $0.times
            return cell
          }),
        TableGroup(
          TableColumn(title: "to", isText: true, isOnPages: false) { Cell(ClockTime.text($0.period.end)) }),
        TableGroup(
          .text(Title("plan", names.plan), room: .atMost(24)) {
            Cell($0.plan, small: $0.period.isImprovement ? "" : names.kept)
          }),
        TableGroup(
          Title("vehicles", ""),
          [.number(Title("", names.vehicles)) { $0.played.existing.cell(.demand) }]),
        TableGroup(
          Title("delay, s/veh", ""),
          [
            delay(Title("existing", names.delay(words.existing)), \.existing),
            delay(Title("plan", names.delay(names.plan)), \.proposed),
          ]),
        TableGroup(
          Title("change", ""),
          [
            .estimate(Title("", words.change)) { [presentControl] in
              presentControl.isPlayed ? $0.played.proposed.change(from: $0.played.existing) : ""
            }
          ]),
      ], rows: periods)
  }

  func dayTable(_ words: PageWords) -> Table {
    let names = words.day
    func row(_ name: Title, _ played: PlayedPlan, hasChange: Bool = true) -> DayRow {
      let isTold = hasChange && presentControl.isPlayed
      return DayRow(name: name, played: played, change: isTold ? played.change(from: day.existing) : "")
    }
    func column(_ terminal: String, _ measure: Measure) -> TableColumn<DayRow> {
      .number(Title(terminal, measure.title(words).page)) { $0.played.cell(measure) }
    }
    let single = plan.bestSinglePlan
    return Table(
      "\(names.plans) (± \(words.interval))",
      columns: [
        .text(Title("the whole day", names.plan), room: .atMost(32)) { Cell($0.name) },
        column("served, veh", .served), column("veh·h", .totalDelayHours), column("s/veh", .delayPerVehicle),
        column("stops/veh", .stopsPerVehicle), .estimate(Title("change", words.change)) { $0.change },
      ],
      rows: [
        row(Title("existing", words.existing), day.existing, hasChange: false),
        row(Title("best single: \(single)", names.bestSingle(single)), day.bestSingle),
        row(Title("schedule", names.schedule), day.schedule),
      ])
  }

  private struct DayRow {
    var name: Title
    var played: PlayedPlan
    var change: Cell
  }

  private var againstSingle: [String] {
    let seeds = plan.comparison.seeds.count
    let more =
      seeds > periodSeeds
      ? ["The whole day is the mean of \(seeds) seeds: \(periodSeeds) left open which of the two is better."]
      : []
    return
      (more + ["Against the best single plan the schedule changes delay by \(changeAgainstSingle)."])
      .map { $0.sentence() }
  }

  // MARK: Sentences

  /// The ways to cut the day, and what they cost.
  private var partitions: String {
    func hours(_ delay: Double) -> String {
      NumberText.fixed(delay / Quantities.secondsPerHour, decimals: 1)
    }
    let costs = plan.partitions.map { "\($0.periods): \(hours($0.delay))" }.joined(separator: ", ")
    return
      "Delay by the split programs, veh·h, with so many plans at most: \(costs); with one for each of the \(plan.sliceCount) slices: \(hours(plan.leastDelay)). Each change of plan counted as \(hours(plan.changeCost)) veh·h."
  }

  func transitions(_ words: PageWords) -> String {
    transitionLengths.map {
      words.day.transitions(NumberText.fixed($0.mean, decimals: 0), NumberText.fixed($0.longest, decimals: 0))
    } ?? words.day.noTransitions
  }

  // MARK: For programs

  /// The summary; Documentation/CommandLine.md has the keys.
  public func json() throws -> String {
    // No gain is claimed against what only stands for what runs.
    let isPlayed = presentControl.isPlayed
    return try JSONText.text(
      [
        "scenario": scenario, "day": plan.day, "seeds": plan.comparison.seeds,
        "existingControl": presentControl.json,
        "periods": periods.map { period -> JSONObject in
          let (existing, proposed) = (period.played.existing, period.played.proposed)
          return [
            "begin": ClockTime.text(period.period.begin), "end": ClockTime.text(period.period.end),
            "plan": period.plan, "isImprovement": isPlayed ? period.period.isImprovement : nil,
            "existing": existing.json(), "proposed": proposed.json(),
            "change": isPlayed ? proposed.json(changeFrom: existing) : nil,
          ]
        }, "existing": day.existing.json(),
        "bestSingle": ["plan": plan.bestSinglePlan, "measures": day.bestSingle.json()] as JSONObject,
        "schedule": day.schedule.json(),
        "change": isPlayed ? day.schedule.json(changeFrom: day.existing) : nil,
        "partitions": plan.partitions.map { partition -> JSONObject in
          ["periods": partition.periods, "delayHours": partition.delay / Quantities.secondsPerHour]
        }, "leastDelayHours": plan.leastDelay / Quantities.secondsPerHour,
        "changeCostHours": plan.changeCost / Quantities.secondsPerHour,
        "longestTransition": transitionLengths?.longest,
      ] as JSONObject)
  }
}
