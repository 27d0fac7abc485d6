internal import SignalOptimization
internal import TrafficModel
internal import TrafficSimulation

extension ReportPage {
  /// The headline and all measures of the network.
  var summary: [String] {
    let reserves = report.result.certificate
    let verdict =
      report.bandwidth != nil
      ? words.verdict.waves : report.result.isImprovement ? words.verdict.better : words.verdict.keep
    let notPlayed = words.sentences(report.presentControl).joined(separator: " ")
    var lines = ["<p class=\"verdict\">\(escaped(notPlayed.isEmpty ? verdict : notPlayed))"]
    if reserves.existingReserveCapacity.isFinite, reserves.proposedReserveCapacity.isFinite {
      lines.append(
        escaped(
          words.verdict.reserve(
            NumberText.fixed(reserves.existingReserveCapacity, decimals: 2),
            NumberText.fixed(reserves.proposedReserveCapacity, decimals: 2))))
    }
    lines += ["</p><div class=\"cards\">"]
    let shown = [
      words.measures.served, words.measures.delayPerVehicle, words.measures.stops, words.measures.reserve,
    ]
    let rows = measureRows
    lines += shown.compactMap { label in rows.first { $0.label == label || $0.short == label } }.map(card)
    lines.append("</div>")
    return lines + measureTable(rows).html
  }

  /// A measure under both plans.
  private struct MeasureRow {
    var group: MeasureGroup
    var label: String
    /// For where there is less room.
    var short: String?
    /// Values and half widths of their intervals, as texts.
    var values: [(mean: String, interval: String)]
    /// nil where there is nothing to compare.
    var change: (mean: String, interval: String)?
    /// Whether the change is for the better; nil where it is within chance, or says nothing.
    var isBetter: Bool?
  }

  private func card(_ row: MeasureRow) -> String {
    let sign = row.isBetter.map { $0 ? "better" : "worse" } ?? "same"
    let change = row.change.map {
      "<p class=\"change \(sign)\">\(escaped($0.mean)) <small>\(escaped($0.interval))</small></p>"
    }
    return
      "<div class=\"card\"><h3>\(escaped(row.short ?? row.label))</h3><p class=\"values\"><span>\(escaped(row.values[0].mean))</span> → <b>\(escaped(row.values[1].mean))</b> <small>\(escaped(row.values[1].interval))</small></p>\(change ?? "")</div>"
  }

  private func measureTable(_ rows: [MeasureRow]) -> HTMLTable {
    var table = HTMLTable(
      caption: "\(words.sections.summary) (± \(words.interval))",
      columns: [words.measures.measure] + labels + [report.presentControl.isPlayed ? words.change : ""])
    func cell(_ value: (mean: String, interval: String)) -> String {
      escaped(value.mean) + (value.interval.isEmpty ? "" : " <small>\(escaped(value.interval))</small>")
    }
    func add(_ row: MeasureRow) {
      table.add(escaped(row.label), row.values.map(cell) + [row.change.map(cell) ?? ""])
    }
    guard !words.groups.isEmpty else {
      rows.forEach(add)
      return table
    }
    for group in MeasureGroup.allCases {
      let members = rows.filter { $0.group == group }
      guard !members.isEmpty else { continue }
      table.addGroup(words.groups[group] ?? "")
      members.forEach(add)
    }
    return table
  }

  // MARK: Rows

  private var measureRows: [MeasureRow] {
    let names = words.measures
    var rows = [
      row(.efficiency, names.demand, .demand),
      row(.efficiency, names.served, .servedPerHour),
      row(.efficiency, names.unserved, .unserved),
      row(.efficiency, names.totalDelay, .totalDelayHours),
      row(.efficiency, names.delayPerVehicle, .delayPerVehicle),
      MeasureRow(
        group: .efficiency, label: names.level,
        values: comparison.both.map { plan in
          let delay = plan.estimate(.delayPerVehicle, hours: report.hours).mean
          return (LevelOfService(delayPerVehicle: delay).rawValue, "")
        }),
      row(.efficiency, names.stops, .stopsPerVehicle),
    ]
    rows += reserveRow
    rows += [
      row(.balance, names.fullestLane, .worstQueue),
      row(.balance, names.spillback, Self.spillback),
    ]
    rows += saturationRow + pedestrianRows + [safetyRow]
    guard !report.presentControl.isPlayed else { return rows }
    return rows.map { row in
      var row = row
      (row.change, row.isBetter) = (nil, nil)
      return row
    }
  }

  private static let spillback = Measure(label: "spillback, s", decimals: 0, isMoreBetter: false) { run, _ in
    run.spillbackTime
  }

  private func row(
    _ group: MeasureGroup, _ label: String, _ measure: Measure
  ) -> MeasureRow {
    let values = comparison.both.map { plan in
      let estimate = plan.estimate(measure, hours: report.hours)
      return (
        mean: NumberText.fixed(estimate.mean, decimals: measure.decimals),
        interval: OptimizationReport.plusMinus(estimate, decimals: measure.decimals)
      )
    }
    let change = comparison.percentChange(measure, hours: report.hours)
    return MeasureRow(
      group: group, label: label, values: values,
      change: (NumberText.percentChange(change.mean), OptimizationReport.plusMinus(change, decimals: 1)),
      isBetter: change.isCertain ? measure.isMoreBetter.map { $0 == (change.mean > 0) } : nil)
  }

  private var reserveRow: [MeasureRow] {
    let certificate = report.result.certificate
    let reserves = [certificate.existingReserveCapacity, certificate.proposedReserveCapacity]
    guard reserves.allSatisfy(\.isFinite), reserves[0] > 0 else { return [] }
    return [
      MeasureRow(
        group: .efficiency, label: words.measures.reserveLong, short: words.measures.reserve,
        values: reserves.map { (NumberText.fixed($0, decimals: 3), "") },
        change: (NumberText.percentChange(100 * (reserves[1] / reserves[0] - 1)), ""),
        isBetter: reserves[0] == reserves[1] ? nil : reserves[1] > reserves[0])
    ]
  }

  private var saturationRow: [MeasureRow] {
    let worst = figures.loads.compactMap { $0.lanes.map(\.saturation).max() }
    guard worst.count == 2 else { return [] }
    return [
      MeasureRow(
        group: .balance, label: words.measures.worstSaturation,
        values: worst.map { (NumberText.fixed($0, decimals: 2), "") },
        change: (NumberText.percentChange(100 * (worst[1] / worst[0] - 1)), ""))
    ]
  }

  private var pedestrianRows: [MeasureRow] {
    let walks = PedestrianDelay(network: network, demand: report.demand)
    guard !walks.crossings.isEmpty else { return [] }
    func values(_ number: (TimingPlan) -> Double) -> MeasureRow {
      let numbers = figures.plans.map(number)
      return MeasureRow(
        group: .priority, label: "", values: numbers.map { (NumberText.fixed($0, decimals: 1), "") },
        change: numbers[0] > 0 ? (NumberText.percentChange(100 * (numbers[1] / numbers[0] - 1)), "") : nil)
    }
    var mean = values { plan in
      walks.crossings.reduce(0) { $0 + $1.pedestrians * walks.mean(at: $1, under: plan) } / walks.pedestrians
    }
    mean.label = words.measures.pedestrianDelay
    var longest = values { plan in
      walks.crossings.map { plan[$0.signal.controller]?.longestWait(ofGroup: $0.signal.group) ?? 0 }.max()
        ?? 0
    }
    longest.label = words.measures.longestPedestrianWait
    return [mean, longest]
  }

  private var safetyRow: MeasureRow {
    MeasureRow(
      group: .safety, label: words.measures.violations,
      values: figures.plans.map { ("\($0.check(against: network).count)", "") })
  }
}

extension SignalProgram {
  /// s from the end of a green of group `group` to the next, the longest; the cycle where it has none.
  func longestWait(ofGroup group: Int) -> Double {
    runs(ofGroup: group) { !$0.isGreen }.map { duration(of: $0) }.max() ?? 0
  }
}
