internal import SignalOptimization
internal import TrafficModel
internal import TrafficSimulation

/// The report of a day's schedule as a page for a browser, see `PageFrame`; the same bytes for the same result.
public struct DayPage: Sendable {
  let report: DayReport
  let provenance: ReportProvenance
  let language: ReportLanguage

  /// - Parameter report: what was found.
  public init(_ report: DayReport, provenance: ReportProvenance, language: ReportLanguage = .english) {
    self.report = report
    self.provenance = provenance
    self.language = language
  }

  var words: PageWords { language.pageWords }
  private var plan: DayPlan { report.plan }
  private var network: Network { report.network }
  private var title: String { words.report(report.scenario, plan.day) }

  /// The page.
  public var html: String {
    PageFrame(
      kind: "day", title: title,
      subtitle: words.subtitle(
        network.controllers.count, ClockTime.text(report.demand.begin), ClockTime.text(report.demand.end),
        report.periodSeeds), words: words, language: language,
      sections: [
        PageFrame.Section("summary", words.sections.summary, summary),
        PageFrame.Section("day", words.sections.day, day),
        PageFrame.Section("cutting", words.sections.cutting, cutting),
        PageFrame.Section(
          "provenance", words.sections.provenance,
          provenance.lines(
            words, intro: [words.day.intro, words.provenance.limits], seeds: plan.comparison.seeds,
            text: report.text)),
      ]
    ).html
  }

  // MARK: The whole day

  private var summary: [String] {
    let names = words.day
    let change = report.day.schedule.percentChange(from: report.day.existing)
    let notPlayed = report.presentControl.sentences(words).joined(separator: " ")
    let verdict = change.isCertain && change.mean < 0 ? names.better : names.notBetter
    let seeds = plan.comparison.seeds.count
    let single =
      names.againstSingle(report.changeAgainstSingle)
      + (seeds > report.periodSeeds ? " " + names.moreSeeds(seeds, report.periodSeeds) : "")
    return [
      "<p class=\"verdict\">\(escaped(notPlayed.isEmpty ? verdict(NumberText.percentChange(change)) : notPlayed)) \(escaped(single))</p>"
    ] + report.dayTable(words).html
  }

  // MARK: Periods

  private var day: [String] {
    let flows = MovementFlows(network: network, demand: report.demand)
    let signalled = network.movements.indices.filter { movement in
      network.movements[movement].connections.contains { network[$0].signal != nil }
    }
    let picture = DayDiagram(
      title: title, begin: report.demand.begin, end: report.demand.end,
      flows: flows.bySlice.indices.map { slice in
        let sum = signalled.reduce(0) { $0 + flows.bySlice[slice][$1] }
        return (
          flows.sliceBounds[slice], flows.sliceBounds[slice + 1],
          Quantities.perHour(vehiclesPerSecond: sum)
        )
      },
      stretches: report.periods.map {
        let period = $0.period
        return DayDiagram.Stretch(
          begin: period.begin, end: period.end, plan: period.plan, name: $0.plan,
          tip: "\($0.times) \($0.plan): \(NumberText.percentChange($0.played.percentChange()))")
      }, words: language.pictureWords
    ).picture
    return [
      "<p>\(escaped(words.day.hint)) \(escaped(report.transitions(words)))</p>",
      "<figure class=\"scroll\">", picture.inline, "</figure>",
    ] + report.periodTable(words).html + (network.controllers.isEmpty ? [] : cycleTable.html)
  }

  private var cycleTable: Table {
    Table(
      "\(words.day.cycles) (\(words.day.cycleAndOffset))",
      columns: [.text("\(words.map.junction)") { Cell(network[$0].name) }]
        + plan.planSet.plans.map { plan in
          .number("\(plan.name)") {
            Cell(
              plan[$0].map { "\(NumberText.seconds($0.cycle)) / \(NumberText.seconds($0.offset))" } ?? "–")
          }
        }, rows: network.controllers.indices.map { ControllerID($0) })
  }

  // MARK: Cutting

  private var cutting: [String] {
    guard plan.partitions.count > 1 else { return [] }
    func hours(_ delay: Double) -> Double { delay / Quantities.secondsPerHour }
    let pictures = language.pictureWords
    let ends = [plan.partitions[0].periods, plan.partitions[plan.partitions.count - 1].periods]
    let picture = LinePlot(
      title: pictures.cuttingTitle, xLabel: pictures.mostPlans, yLabel: pictures.delayByPrograms,
      series: [
        LinePlot.Series(
          name: words.day.schedule,
          points: plan.partitions.map { .init(x: Double($0.periods), y: hours($0.delay)) }),
        LinePlot.Series(
          name: pictures.leastDelay(plan.sliceCount),
          points: ends.map { .init(x: Double($0), y: hours(plan.leastDelay)) }),
      ], isCount: true
    ).picture
    let cost = NumberText.fixed(hours(plan.changeCost), decimals: 1)
    return [
      "<p>\(escaped(words.day.cutting(cost)))</p><figure class=\"scroll\">", picture.inline, "</figure>",
    ]
  }
}
