internal import SignalOptimization
internal import TrafficModel

/// What a review of a scenario found, each finding once, with the times of day that it holds for.
struct ReviewLines {
  private var findings: [(finding: ReviewFinding, labels: [String])] = []
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
    let labels = label.map { [$0] } ?? []
    if let same = findings.firstIndex(where: { $0.finding == finding }) {
      // Without a label it holds at all times already.
      if !findings[same].labels.isEmpty { findings[same].labels += labels }
    } else {
      findings.append((finding, labels))
    }
  }

  /// What holds at all times needs no list of them.
  private mutating func forgetLabelsOfAll(_ count: Int) {
    for index in findings.indices where findings[index].labels.count == count { findings[index].labels = [] }
  }

  /// A heading and a line for each finding; a single line where there is none.
  var lines: [String] {
    let count = findings.count
    let heading =
      "review (\(rules.rawValue)): \(count == 0 ? "nothing found" : "\(count) finding\(count == 1 ? "" : "s")")"
    return [heading] + merged.map { "  \($0)" }
  }

  /// What holds alike at several places stands in one line.
  private var merged: [String] {
    var lines: [(places: [String], rest: String, labels: [String])] = []
    for (finding, labels) in findings {
      let rest = "\(finding.message) (\(finding.rule))"
      if let same = lines.firstIndex(where: { $0.rest == rest && $0.labels == labels }) {
        lines[same].places.append(finding.place)
      } else {
        lines.append(([finding.place], rest, labels))
      }
    }
    return lines.map { places, rest, labels in
      (labels.isEmpty ? "" : labels.joined(separator: ", ") + ": ") + places.joined(separator: ", ") + ": "
        + rest
    }
  }
}
