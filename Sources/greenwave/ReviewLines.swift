internal import OrderedCollections
internal import Reporting
internal import SignalOptimization
internal import TrafficModel

/// What a review of a scenario found, each finding once, with the times of day that it holds for.
struct ReviewLines {
  /// Each with its labels; none for what holds at all times.
  private var findings: OrderedDictionary<ReviewFinding, [String]> = [:]
  private let rules: TimingRules

  /// - Parameters:
  ///   - plan: reviewed instead of the existing plans.
  ///   - surveys: counts of their own, with their files.
  init(
    _ scenario: Scenario, plan: TimingPlan?, surveys: [(path: String, counts: TurningCounts)],
    rules: TimingRules
  ) {
    self.rules = rules
    let review = NetworkReview(network: scenario.network, rules: rules)
    for finding in review.roads() { add(finding, label: nil) }
    if let plan { for finding in review.signals(of: plan) { add(finding, label: nil) } }
    for period in scenario.periods + scenario.days {
      if plan == nil {
        for finding in review.signals(of: period.existingPlan) { add(finding, label: period.name) }
      }
      let running = plan?.completed(from: period.existingPlan) ?? period.existingPlan
      for finding in review.traffic(of: period.demand, under: running) { add(finding, label: period.name) }
    }
    if plan == nil { forgetLabelsOfAll(scenario.periods.count + scenario.days.count) }
    for survey in surveys {
      for finding in review.balance(of: survey.counts) { add(finding, label: survey.path) }
    }
  }

  private mutating func add(_ finding: ReviewFinding, label: String?) {
    guard let label else {
      findings[finding] = []
      return
    }
    // Without a label it holds at all times already.
    if let labels = findings[finding], labels.isEmpty { return }
    findings[finding, default: []].append(label)
  }

  /// What holds at all times needs no list of them.
  private mutating func forgetLabelsOfAll(_ count: Int) {
    for index in findings.values.indices where findings.values[index].count == count {
      findings.values[index] = []
    }
  }

  /// A heading and a line for each finding; a single line where there is none.
  var lines: [String] {
    let count = findings.count
    let heading =
      "review (\(rules.rawValue)): \(count == 0 ? "nothing found" : "\(count) finding\(count == 1 ? "" : "s")")"
    var alike = PlaceLines()
    for (finding, labels) in findings {
      alike.add(finding.place, finding.words(rules), labels: labels)
    }
    return [heading] + alike.lines.map { "  \($0)" }
  }
}
