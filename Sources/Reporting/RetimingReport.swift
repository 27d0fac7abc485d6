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
    var sections = [
      Self.wrapped([title] + surveyLines), presentControl.note, Self.wrapped(verdict), table,
      Self.wrapped(ageLines),
      Self.wrapped(groupLines),
    ]
    sections.removeAll(where: \.isEmpty)
    return sections.map { $0.joined(separator: "\n") }.joined(separator: "\n\n") + "\n"
  }

  var presentControl: PresentControlReport {
    PresentControlReport(network: network, accepted: options.acceptedDoubtful)
  }

  private static func wrapped(_ lines: [String]) -> [String] {
    lines.map { $0.wrapped(to: ReportLayout.current.sentenceWidth, indent: 2) }
  }

  private var title: String {
    let demand = days[0].demand
    let signals = network.controllers.count
    return
      "\(scenario), \(period): \(signals) \(signals == 1 ? "signal" : "signals") re-timed for \(ClockTime.text(demand.begin)) to \(ClockTime.text(demand.end))"
  }

  private var surveyLines: [String] {
    var lines = surveys.map(\.words)
    if days.count > 1 {
      lines.append("Greens are made for \(days.count) days: \(RiskWords.words(options.risk)).")
    }
    for survey in surveys where !survey.demand.kept.isEmpty {
      let kept = survey.demand.kept
      let shown = kept.prefix(Self.mostMovements).map(network.name(of:)).joined(separator: ", ")
      let rest = kept.count > Self.mostMovements ? ", … (--json has all)" : ""
      let verb = kept.count == 1 ? "movement keeps" : "movements keep"
      lines.append("\(kept.count) \(verb) the period's flow, not counted in \(survey.name): \(shown)\(rest).")
    }
    return lines
  }

  private static let mostMovements = 3

  private var verdict: [String] {
    let (now, after) = (result.delayNow, result.delayAfter)
    let ages = result.junctions.map(\.age)
    let old = ages.count { $0 == .outOfDate }
    let ageing = ages.count { $0 == .ageing }
    let adjusted = result.junctions.count { $0.outcome == .adjusted }
    let plan =
      old + ageing == 0
      ? "The running plan is up to date at all signals."
      : "The running plan is out of date at \(old) and ageing at \(ageing) of \(ages.count) signals."
    let saved =
      now > 0
      ? "Re-timing \(adjusted) of them takes \(Self.hours(now - after)) of \(Self.hours(now)) veh·h of delay per hour away (\(NumberText.percentChange(100 * (after / now - 1)))), by the split programs: not simulated."
      : "There is no traffic at signals."
    return [plan, saved]
  }

  static func hours(_ delay: Double) -> String { NumberText.fixed(delay, decimals: 1) }

  // MARK: Table

  private static let mostJunctions = 30
  private static let shortestName = 10

  /// Junctions that gain most come first.
  private var table: [String] {
    let shown = result.byGain.prefix(Self.mostJunctions).map { result.junctions[$0] }
    guard !shown.isEmpty else { return [] }
    var table = TextTable(
      [
        .left(), .right(), .right(gap: 1), .right(gap: 1), .right(), .right(), .right(gap: 1), .right(),
        .left(),
      ],
      headings: [
        TextTable.Heading(title: "", columns: 1), TextTable.Heading(title: "delay, veh·h/h", columns: 3),
        TextTable.Heading(title: "", columns: 1), TextTable.Heading(title: "worst v/c", columns: 2),
        TextTable.Heading(title: "largest", columns: 1), TextTable.Heading(title: "", columns: 1),
      ])
    table.add(["", "now", "new", "best", "change", "now", "new", "step, s", "running greens"])
    for junction in shown { table.add([""] + cells(junction)) }
    let room = max(
      Self.shortestName, ReportLayout.current.width - (table.lines.map(\.displayWidth).max() ?? 0))
    let names = shown.map { network[$0.controller].name }
    table.fill(column: 0, with: (["junction"] + names).map { $0.truncated(to: room) })
    let left = result.junctions.count - shown.count
    return table.lines + (left > 0 ? ["and \(left) more; these gain most, --json has all"] : [])
  }

  private func cells(_ junction: JunctionRetiming) -> [String] {
    let (now, after) = (junction.now, junction.after)
    let change = now.delay > 0 ? NumberText.percentChange(100 * (after.delay / now.delay - 1)) : ""
    let step = junction.outcome == .adjusted ? NumberText.seconds(junction.largestChange) : "–"
    let state =
      junction.outcome == .frozen || junction.outcome == .idle
      ? "\(junction.age.rawValue) (\(junction.outcome.rawValue))" : junction.age.rawValue
    return [
      Self.hours(now.delay), Self.hours(after.delay), Self.hours(junction.best.delay), change,
      NumberText.fixed(now.saturation, decimals: 2), NumberText.fixed(after.saturation, decimals: 2),
      step + (junction.isHeldBack ? "*" : ""), state,
    ]
  }
}
