internal import ArgumentParser
internal import NetworkFormats
internal import Reporting
internal import SignalOptimization
internal import TrafficModel

/// `greenwave check`
struct Check: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Look for mistakes in an input and for unsafe signals in its plans.",
    discussion: """
      Reads everything, then walks every plan through its cycle: conflicting greens, minimum greens and walks, \
      yellows, clearances, cycles. Ends with exit code 1 when a plan is not legal.

      Then reviews what is legal but looks like a mistake: lanes that lead nowhere, conflicts green together, yellow, \
      all-red, greens and walks below rules of practice, counts that do not balance, links shorter than their queue. A line names \
      20 places at most, with --verbose all that it holds for.

      EXAMPLES
        greenwave check network.yaml
        greenwave check city.sumocfg --plan out/plan.csv
        greenwave check network.yaml --counts tuesday.csv
        greenwave check network.yaml --rules gb
      """)

  @OptionGroup var input: ScenarioInput

  @Option(help: ArgumentHelp("A plan to check instead of the existing ones.", valueName: "file"))
  var plan: String?

  @Option(
    help: ArgumentHelp(
      "Counts to review: peak hours, and balance between neighbours. May be given several times.",
      valueName: "file"))
  var counts: [String] = []

  @Option(help: "The rules of practice of the review.")
  var rules = RulesArgument.ite

  func run() throws {
    let loaded = try input.load()
    var lines = loaded.warnings.map(\.text)
    var violations = 0
    var given: TimingPlan?
    if let plan {
      let read = try loaded.partialPlan(plan, period: loaded.scenario.periods[0])
      lines += read.warnings.map(\.text)
      given = read.plan
      violations += report(read.plan, label: plan, isGiven: true, loaded, &lines)
    } else {
      for period in loaded.scenario.periods + loaded.scenario.days {
        violations += report(period.existingPlan, label: "\(period.name), existing plan", loaded, &lines)
      }
    }
    for period in loaded.scenario.periods + loaded.scenario.days { reportIdle(period, loaded, &lines) }
    var needs = PlaceLines()
    for controller in loaded.network.controllers {
      if let need = controller.ringNeeds { needs.add(controller.name, need) }
    }
    lines += needs.lines
    let surveys = try SurveyInput(counts, loaded: loaded).surveys
    for survey in surveys {
      let summary = CountsSummary(survey.counts, name: survey.path)
      lines.append(summary.words)
      lines += summary.junctionLines(of: loaded.network).map { "  \($0)" }
    }
    lines += ReviewLines(loaded.scenario, plan: given, surveys: surveys, rules: rules.rules).lines
    lines.append(summary(loaded))
    try Terminal.show(lines.joined(separator: "\n") + "\n")
    if violations > 0 { throw Failure.violations(count: violations) }
  }

  private func report(
    _ plan: TimingPlan, label: String, isGiven: Bool = false, _ loaded: LoadedScenario,
    _ lines: inout [String]
  ) -> Int {
    // What only stands for a control that was not understood is neither legal nor illegal; a plan for it breaks what is
    // known of its conflicts, or is not judged.
    let doubtful = loaded.network.doubtfulControllers
    let violations = plan.check(against: loaded.network).filter {
      isGiven || !doubtful.contains($0.controller)
    }
    lines += violations.map { "\(label): \($0.message)" }
    if violations.isEmpty {
      lines.append(doubtful.isEmpty ? "\(label): legal" : "\(label): nothing found, but not all was judged")
    }
    for id in doubtful.sorted() {
      guard case .doubtful(let reason) = loaded.network[id].presentControl else { continue }
      lines.append("\(label): signal '\(loaded.network[id].name)' is not judged: \(reason)")
    }
    return violations.count
  }

  private static let mostMovements = 12

  private func reportIdle(_ period: Period, _ loaded: LoadedScenario, _ lines: inout [String]) {
    let idle = MovementFlows(network: loaded.network, demand: period.demand).idle
    guard !idle.isEmpty else { return }
    lines.append(
      "\(period.name): \(idle.count) of \(loaded.network.movements.count) movements have no demand")
    lines += idle.prefix(Self.mostMovements).map {
      "  \(loaded.network.name(of: $0.movement)): \($0.reason.words)"
    }
    if idle.count > Self.mostMovements { lines.append("  and \(idle.count - Self.mostMovements) more") }
  }

  private func summary(_ loaded: LoadedScenario) -> String {
    let network = loaded.network
    func count(_ number: Int, _ one: String, _ many: String) -> String {
      "\(number) \(number == 1 ? one : many)"
    }
    return "\(loaded.scenario.name): "
      + [
        count(network.junctions.count, "junction", "junctions"), count(network.links.count, "link", "links"),
        count(network.controllers.count, "signal controller", "signal controllers"),
        count(loaded.scenario.periods.count, "period", "periods"),
        loaded.scenario.days.isEmpty ? "" : count(loaded.scenario.days.count, "day", "days"),
        count(loaded.warnings.count, "warning", "warnings"),
      ].filter { !$0.isEmpty }.joined(separator: ", ")
  }
}

/// The rules of practice, as the command line names them.
enum RulesArgument: String, CaseIterable, ExpressibleByArgument {
  case ite, gb

  var rules: TimingRules {
    switch self {
    case .ite: .ite
    case .gb: .gb
    }
  }
}
