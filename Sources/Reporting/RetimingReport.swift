public import SignalOptimization
public import TrafficModel

/// What `retime` tells about one period: who gains, and how old the running plan looks.
public struct RetimingReport: Sendable {
  let scenario: String
  let period: String
  let network: Network
  let surveys: [Survey]
  let result: RetimingResult
  let options: RetimingOptions
  let days: [DemandDay]

  /// - Parameters:
  ///   - surveys: what was counted, by file.
  ///   - days: what the greens are made for: the surveys' days, or days around one of them.
  ///   - result: made for this network, these days and options.
  public init(
    scenario: String, period: String, network: Network, surveys: [Survey], days: [DemandDay],
    options: RetimingOptions, result: RetimingResult
  ) {
    self.scenario = scenario
    self.period = period
    self.network = network
    self.surveys = surveys
    self.days = days
    self.options = options
    self.result = result
  }

  /// The report for people: at most 80 columns where names allow, the same bytes for the same result.
  public var text: String {
    [
      Self.wrapped([title] + surveyLines), presentControl.note,
      Self.wrapped([age(.english), saving(.english)]),
      tableLines, Self.wrapped(ageLines), Self.wrapped(groupLines),
    ].asText
  }

  var presentControl: PresentControlReport {
    PresentControlReport(network: network, accepted: options.acceptedDoubtful)
  }

  private static func wrapped(_ lines: [String]) -> [String] {
    lines.map { $0.sentence(indent: 2) }
  }

  private var title: String {
    ReportTitle(scenario, period).text(
      "\(counted(network.controllers.count, "signal")) re-timed for \(ClockTime.text(days[0].demand.times))")
  }

  private var surveyLines: [String] {
    var lines = surveys.map(\.words)
    if days.count > 1 {
      lines.append("Greens are made for \(days.count) days: \(RiskWords.words(options.risk)).")
    }
    for survey in surveys where !survey.demand.kept.isEmpty {
      let kept = survey.demand.kept.map(network.name(of:))
      let shown = kept.listed(atMost: Self.mostMovements) { _ in ", … (--json has all)" }
      lines.append(
        "\(counted(kept.count, "movement")) \(kept.count == 1 ? "keeps" : "keep") the period's flow, not counted in \(survey.name): \(shown)."
      )
    }
    return lines
  }

  private static let mostMovements = 3

  /// How many signals the running plan no longer suits.
  func age(_ words: PageWords) -> String {
    let ages = result.junctions.map(\.age)
    let (old, ageing) = (ages.count { $0 == .outOfDate }, ages.count { $0 == .ageing })
    return old + ageing == 0 ? words.retiming.upToDate : words.retiming.age(old, ageing, ages.count)
  }

  /// What the adjusted greens save.
  func saving(_ words: PageWords) -> String {
    let (now, after) = (result.delayNow, result.delayAfter)
    guard now > 0 else { return words.retiming.noTraffic }
    return words.retiming.saved(
      result.junctions.count { $0.outcome == .adjusted }, Self.hours(now - after), Self.hours(now),
      NumberText.percentChange(100 * (after / now - 1)))
  }

  static func hours(_ delay: Double) -> String { NumberText.fixed(delay, decimals: 1) }

  // MARK: Table

  /// More junctions nobody reads.
  private static let mostInTable = 30

  private var tableLines: [String] {
    let gaining = result.byGain.map { result.junctions[$0] }
    let left = gaining.count - Self.mostInTable
    return table(.english, Array(gaining.prefix(Self.mostInTable))).lines
      + (left > 0 ? ["and \(left) more; these gain most, --json has all"] : [])
  }

  /// What each junction gains.
  func table(_ words: PageWords, _ junctions: [JunctionRetiming]) -> Table {
    let names = words.retiming
    func delay(
      _ title: Title, isClose: Bool = true, _ timing: @escaping (JunctionRetiming) -> JunctionRetiming.Timing
    ) -> TableColumn<JunctionRetiming> {
      .number(title, isClose: isClose) { .number(timing($0).delay, decimals: 1) }
    }
    let limit = options.maximumChange.map { " (" + names.heldBack(NumberText.seconds($0)) + ")" }
    return Table(
      names.table + (limit ?? ""),
      [
        TableGroup(
          .text(Title("junction", words.map.junction), room: .rest) {
            Cell(network[$0.controller].name, address: $0.controller.address)
          }),
        TableGroup(
          Title("delay, veh·h/h", names.delay),
          [
            delay(Title("now", words.map.now), isClose: false, \.now),
            delay(Title("new", words.map.new), \.after), delay(Title("best", names.best), \.best),
          ]),
        TableGroup(
          .number(Title("change", words.change)) { .change(from: $0.now.delay, to: $0.after.delay) }),
        .pair(
          Title("worst v/c", words.map.worstSaturation), words, of: { Sides($0.now, $0.after) }
        ) { .number($0.saturation, decimals: 2) },
        TableGroup(
          Title("largest", ""),
          [
            .number(Title("step, s", names.step)) {
              let step = $0.outcome == .adjusted ? NumberText.seconds($0.largestChange) : "–"
              return Cell(step + ($0.isHeldBack ? "*" : ""))
            }
          ]),
        TableGroup(
          .text(Title("running greens", names.greens)) {
            let outcome = names.outcomes[$0.outcome] ?? ""
            return Cell((names.ages[$0.age] ?? "") + (outcome.isEmpty ? "" : " (\(outcome))"))
          }),
      ], rows: junctions)
  }
}

/// Documentation/Retiming.md has the keys.
extension RetimingReport: SummarizedReport {
  func summary(_ seconds: [String: Double]) -> JSONObject {
    [
      "scenario": scenario, "period": period, "existingControl": presentControl.json,
      "days": days.map(\.name), "risk": RiskWords.words(options.risk),
      "surveys": surveys.map { $0.json(in: network) }, "delayNow": result.delayNow,
      "delayAfter": result.delayAfter,
      // Those that gain most first.
      "junctions": result.byGain.map { json(of: result.junctions[$0]) },
      "groups": result.groups.map { group -> JSONObject in
        [
          "junctions": group.controllers.map { network[$0].name }, "cycle": group.cycle,
          "costBefore": group.costBefore, "costAfter": group.costAfter,
        ]
      }, "movementsWithoutDemand": result.movementsWithoutDemand.json(in: network), "seconds": seconds,
    ]
  }

  private func json(of junction: JunctionRetiming) -> JSONObject {
    func json(_ timing: JunctionRetiming.Timing) -> JSONObject {
      [
        "stages": timing.stages, "cycle": timing.cycle, "offset": timing.offset, "delay": timing.delay,
        "saturation": timing.saturation,
      ]
    }
    return [
      "name": network[junction.controller].name, "outcome": junction.outcome.rawValue,
      "age": junction.age.rawValue, "flowPerHour": Quantities.perHour(vehiclesPerSecond: junction.flow),
      "isHeldBack": junction.isHeldBack, "now": json(junction.now), "after": json(junction.after),
      "best": json(junction.best),
    ]
  }
}
