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

  private func text(_ change: Estimate) -> String {
    "\(NumberText.percentChange(change.mean)) \(OptimizationReport.plusMinus(change, decimals: 1))"
  }

  private var summary: [String] {
    let names = words.day
    let change = plan.comparison.schedule.percentChange(
      from: plan.comparison.existing, .totalDelayHours, hours: report.hours)
    let notPlayed = words.sentences(report.presentControl).joined(separator: " ")
    let verdict = change.isCertain && change.mean < 0 ? names.better : names.notBetter
    let seeds = plan.comparison.seeds.count
    let single =
      names.againstSingle(text(report.changeAgainstSingle))
      + (seeds > report.periodSeeds ? " " + names.moreSeeds(seeds, report.periodSeeds) : "")
    var table = HTMLTable(
      caption: "\(names.plans) (± \(words.interval))",
      columns: [
        words.day.plan, names.served, words.measures.totalDelay, words.measures.delayPerVehicle,
        words.measures.stops, words.change,
      ])
    func add(_ label: String, _ played: PlanComparison.Entry, hasChange: Bool = true) {
      func cell(_ measure: Measure) -> String {
        let estimate = played.estimate(measure, hours: report.hours)
        let interval = OptimizationReport.plusMinus(estimate, decimals: measure.decimals)
        return
          "\(NumberText.fixed(estimate.mean, decimals: measure.decimals)) <small>\(escaped(interval))</small>"
      }
      let change = played.percentChange(
        from: plan.comparison.existing, .totalDelayHours, hours: report.hours)
      table.add(
        escaped(label),
        [
          cell(.served), cell(.totalDelayHours), cell(.delayPerVehicle), cell(.stopsPerVehicle),
          hasChange ? escaped(text(change)) : "",
        ])
    }
    add(words.existing, plan.comparison.existing, hasChange: false)
    add(names.bestSingle(plan.bestSinglePlan), plan.comparison.bestSingle)
    add(names.schedule, plan.comparison.schedule)
    return [
      "<p class=\"verdict\">\(escaped(notPlayed.isEmpty ? verdict(text(change)) : notPlayed)) \(escaped(single))</p>"
    ] + table.html
  }

  // MARK: Periods

  private func name(of period: DayPeriod) -> String { plan.planSet.plans[period.plan].name }

  private func times(of period: DayPeriod) -> String {
    "\(ClockTime.text(period.begin))–\(ClockTime.text(period.end))"
  }

  private func change(in period: DayPeriod) -> Estimate {
    period.comparison.percentChange(
      .totalDelayHours, hours: (period.end - period.begin) / Quantities.secondsPerHour)
  }

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
      stretches: plan.periods.map {
        DayDiagram.Stretch(
          begin: $0.begin, end: $0.end, plan: $0.plan, name: name(of: $0),
          tip: "\(times(of: $0)) \(name(of: $0)): \(text(change(in: $0)))")
      }, words: language.pictureWords
    ).picture
    let transitions = report.transitionLengths.map {
      words.day.transitions(NumberText.fixed($0.mean, decimals: 0), NumberText.fixed($0.longest, decimals: 0))
    }
    return [
      "<p>\(escaped(words.day.hint)) \(escaped(transitions ?? words.day.noTransitions))</p>",
      "<figure class=\"scroll\">", picture.inline, "</figure>",
    ] + periodTable.html + (network.controllers.isEmpty ? [] : cycleTable.html)
  }

  private var periodTable: HTMLTable {
    let names = words.day
    var table = HTMLTable(
      caption: names.periods,
      columns: [
        names.period, names.plan, names.vehicles, names.delay(words.existing), names.delay(names.plan),
        words.change,
      ], texts: [1])
    for period in plan.periods {
      let hours = (period.end - period.begin) / Quantities.secondsPerHour
      func mean(_ plan: PlanComparison.Entry, _ measure: Measure) -> String {
        NumberText.fixed(plan.estimate(measure, hours: hours).mean, decimals: measure.decimals)
      }
      let (existing, proposed) = (period.comparison.existing, period.comparison.proposed)
      let kept = period.isImprovement ? "" : " <small>\(escaped(names.kept))</small>"
      table.add(
        times(of: period),
        [
          escaped(name(of: period)) + kept, mean(existing, .demand), mean(existing, .delayPerVehicle),
          mean(proposed, .delayPerVehicle), escaped(text(change(in: period))),
        ])
    }
    return table
  }

  private var cycleTable: HTMLTable {
    let plans = plan.planSet.plans
    var table = HTMLTable(
      caption: "\(words.day.cycles) (\(words.day.cycleAndOffset))",
      columns: [words.map.junction] + plans.map(\.name))
    for (index, controller) in network.controllers.enumerated() {
      table.add(
        escaped(controller.name),
        plans.map { plan in
          plan[ControllerID(index)].map {
            "\(NumberText.seconds($0.cycle)) / \(NumberText.seconds($0.offset))"
          } ?? "–"
        })
    }
    return table
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
