internal import SignalOptimization
internal import TrafficModel
internal import TrafficSimulation

extension ReportPage {
  /// The headline and all measures of the network.
  var summary: [String] {
    let verdict =
      ([report.bandwidth != nil ? words.verdict.waves : report.judgement(words)] + report.judgeSentence(words)
      + report.loadSentence(words) + report.losers(words))
      .joined(separator: words.say(" ", ""))
    let notPlayed = report.presentControl.sentences(words).joined(separator: " ")
    var lines = ["<p class=\"verdict\">\(escaped(notPlayed.isEmpty ? verdict : notPlayed))"]
    if report.reserves.both.allSatisfy(\.isFinite) {
      let reserves = report.reserves.map { NumberText.fixed($0, decimals: 2) }
      lines.append(escaped(words.verdict.reserve(reserves.existing, reserves.proposed)))
    }
    let rows =
      report.measureRows(words).filter { !$0.values.allSatisfy { $0.text == "–" } }
      + [report.row(.spillbackTime, words)] + saturationRow + pedestrianRows + [safetyRow]
    return lines + ["</p><div class=\"cards\">"] + rows.filter(\.isHeadline).map(card) + ["</div>"]
      + report.measureTable(words, rows).html
      + [report.loadTable(words), report.stageTable(words)].filter { !$0.isEmpty }.flatMap(\.html)
  }

  private func card(_ row: MeasureRow) -> String {
    let style =
      switch row.change.tone {
      case .better: "better"
      case .worse: "worse"
      case .strong, nil: "same"
      }
    let change =
      report.presentControl.isPlayed ? "<p class=\"change \(style)\">\(row.change.html)</p>" : ""
    return
      "<div class=\"card\"><h3>\(escaped(row.short ?? row.title.page))</h3><p class=\"values\"><span>\(escaped(row.values[0].text))</span> → <b>\(escaped(row.values[1].text))</b> <small>\(escaped(row.values[1].small))</small></p>\(change)</div>"
  }

  // MARK: Rows

  /// A number under both plans.
  private func row(_ group: MeasureGroup, _ title: String, decimals: Int, _ numbers: [Double]) -> MeasureRow {
    MeasureRow(
      group: group, title: Title(title, title), values: numbers.map { .number($0, decimals: decimals) },
      change: .change(from: numbers[0], to: numbers[1]))
  }

  private var saturationRow: [MeasureRow] {
    let worst = figures.loads.compactMap { $0.lanes.map(\.saturation).max() }
    return worst.count == 2 ? [row(.balance, words.measures.worstSaturation, decimals: 2, worst)] : []
  }

  private var pedestrianRows: [MeasureRow] {
    let walks = PedestrianDelay(network: network, demand: report.demand)
    guard !walks.crossings.isEmpty else { return [] }
    return [
      row(
        .priority, words.measures.pedestrianDelay, decimals: 1,
        figures.plans.map { walks.mean(of: walks.crossings, under: $0) }),
      row(
        .priority, words.measures.longestPedestrianWait, decimals: 1,
        figures.plans.map { plan in
          walks.crossings.map { plan[$0.signal.controller]?.longestWait(ofGroup: $0.signal.group) ?? 0 }
            .max() ?? 0
        }),
    ]
  }

  private var safetyRow: MeasureRow {
    MeasureRow(
      group: .safety, title: Title("", words.measures.violations),
      values: figures.plans.map { Cell("\($0.check(against: network).count)") })
  }
}

extension SignalProgram {
  /// s from the end of a green of group `group` to the next, the longest; the cycle where it has none.
  func longestWait(ofGroup group: Int) -> Double {
    runs(ofGroup: group) { !$0.isGreen }.map { duration(of: $0) }.max() ?? 0
  }
}
