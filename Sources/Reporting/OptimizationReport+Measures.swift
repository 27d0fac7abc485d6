internal import SignalOptimization
internal import TrafficModel
internal import TrafficSimulation

/// A measure of the whole network under both plans.
struct MeasureRow {
  var group = MeasureGroup.efficiency
  var title: Title
  /// For where there is less room on a page; nil for the title.
  var short: String?
  /// Whether pages show it large, above the table.
  var isHeadline = false
  var values: [Cell]
  /// Empty where there is nothing to compare.
  var change: Cell = ""
}

extension OptimizationReport {
  /// What the runs measured, and the reserve capacity.
  func measureRows(_ words: PageWords) -> [MeasureRow] {
    Measure.ofNetwork.map { row($0, words) } + [reserveRow(words)]
  }

  func row(_ measure: Measure, _ words: PageWords) -> MeasureRow {
    MeasureRow(
      group: measure.isOfLinks ? .balance : .efficiency, title: measure.title(words),
      isHeadline: Measure.headlines.contains(measure.key), values: plans.both.map { $0.cell(measure) },
      change: plans.proposed.change(measure, from: plans.existing))
  }

  private func reserveRow(_ words: PageWords) -> MeasureRow {
    var change = Cell(NumberText.percentChange(100 * (reserves.proposed / reserves.existing - 1)))
    if reserves.existing != reserves.proposed {
      change.tone = reserves.proposed > reserves.existing ? .better : .worse
    }
    return MeasureRow(
      title: Title("reserve capacity μ", words.measures.reserveLong), short: words.measures.reserve,
      isHeadline: true, values: reserves.both.map { .number($0, decimals: 3) }, change: change)
  }

  /// Rows under the titles of their groups, where the language has such.
  func measureTable(_ words: PageWords, _ rows: [MeasureRow]) -> Table {
    let labels = labels(words)
    var columns: [TableColumn<MeasureRow>] = [
      .text(Title("", words.measures.measure)) { Cell($0.title) },
      .estimate(Title(labels[0], labels[0])) { $0.values[0] },
      .estimate(Title(labels[1], labels[1])) { $0.values[1] },
    ]
    // No gain is claimed against what only stands for what runs.
    if presentControl.isPlayed { columns.append(.estimate(Title("change", words.change)) { $0.change }) }
    let groups = words.groups
    return Table(
      "\(words.sections.summary) (± \(words.interval))", [TableGroup("", columns)],
      sections: groups.isEmpty
        ? [(nil, rows)]
        : MeasureGroup.allCases.map { group in (groups[group], rows.filter { $0.group == group }) })
  }

  // MARK: Verdict

  /// What to do, and what it brings.
  var verdict: [String] {
    var sentences: [String] = []
    if let verdict = bandwidthVerdict {
      sentences.append(verdict)
    } else if !presentControl.isPlayed {
      if !isProposed { sentences.append("Keep what runs today: no plan is proposed.") }
    } else {
      sentences.append(judgement(.english))
    }
    sentences += judgeSentence(.english) + loadSentence(.english) + losers(.english)
    if isStopped { sentences.append("The search was stopped: this is the best plan found until then.") }
    return (sentences + [presentControl.isPlayed ? throughput : room]).filter { !$0.isEmpty }
  }

  /// Whether to take the plan.
  func judgement(_ words: PageWords) -> String {
    if result.isImprovement { return words.verdict.better }
    if result.isAsAsked { return words.load.asAsked }
    let difference = result.comparison.difference(\.totalDelay)
    return difference.isCertain && difference.mean < 0 ? words.verdict.unsteady : words.verdict.keep
  }

  /// Differences below this share of the demand are not a gain in throughput.
  private static let negligible = 0.002
  /// A queue that grows all the time ends at twice its mean, a steady one at its mean; above this factor it grows.
  private static let steady = 1.5

  private var throughput: String {
    if servesAll(plans.existing, reserve: reserves.existing),
      servesAll(plans.proposed, reserve: reserves.proposed)
    {
      let gain = result.isImprovement ? ": the gain is in delay and reserve" : ""
      return
        "Both plans serve all of this demand (whoever is unserved is still on the way), so the gain in throughput is zero\(gain). \(room)"
    }
    let difference = result.comparison.difference { Double($0.served) }
    if difference.isCertain, abs(difference.mean) > Self.negligible * plans.existing[.demand].mean {
      let perHour = demand.hours > 0 ? abs(difference.mean) / demand.hours : 0
      let plan = isProposed ? "It" : "The best plan found"
      return
        "\(plan) serves \(NumberText.fixed(perHour, decimals: 0)) vehicles per hour \(difference.mean > 0 ? "more" : "fewer"). \(room)"
    }
    return "The difference in vehicles served is within chance. \(room)"
  }

  /// Whether a plan keeps up with the demand: signals suffice, and no more vehicles are on the road, or wait
  /// outside, at the end than were there on average.
  private func servesAll(_ plan: PlayedPlan, reserve: Double) -> Bool {
    let onTheWay = plan.entry.estimate { $0.travelTime / max(demand.duration, 1) }.mean
    return reserve >= 1 && plan[.unserved].mean <= max(1, Self.steady * onTheWay)
  }

  /// What the signals could carry; empty where there are none.
  private var room: String {
    guard !result.certificate.reserves.isEmpty else { return "" }
    func words(_ factor: Double) -> String {
      guard factor.isFinite else { return "any demand" }
      let percent = NumberText.fixed(100 * abs(factor - 1), decimals: 0)
      return "\(percent) % \(factor >= 1 ? "more" : "less") than this demand"
    }
    return
      "Signals can carry \(words(reserves.existing)) \(presentControl.isPlayed ? "now" : "with the stand-in"), \(words(reserves.proposed)) with the \(planName)."
  }
}
