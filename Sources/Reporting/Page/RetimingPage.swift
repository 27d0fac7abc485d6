internal import SignalOptimization
internal import TrafficModel

/// The report of a re-timing as a page for a browser, see `PageFrame`; the same bytes for the same result.
public struct RetimingPage: Sendable {
  let report: RetimingReport
  let figures: PeriodFigures
  let provenance: ReportProvenance
  let language: ReportLanguage

  /// - Parameters:
  ///   - report: what was found.
  ///   - figures: of the running plan and the adjusted one, in this order.
  public init(
    _ report: RetimingReport, figures: PeriodFigures, provenance: ReportProvenance,
    language: ReportLanguage = .english
  ) {
    precondition(figures.plans.count == 2, "the running plan and the adjusted one")
    self.report = report
    self.figures = figures
    self.provenance = provenance
    self.language = language
  }

  private var words: PageWords { language.pageWords }
  private var network: Network { report.network }
  private var result: RetimingResult { report.result }

  /// The page.
  public var html: String {
    let names = words.retiming
    let title = words.report(report.scenario, report.period)
    let pictures = PeriodPictures(
      figures, title: title, labels: [names.running, names.adjusted], language: language)
    return PageFrame(
      kind: "retiming", title: title,
      subtitle: names.subtitle(
        network.controllers.count, ClockTime.text(figures.demand.begin), ClockTime.text(figures.demand.end)),
      words: words, language: language,
      sections: [
        PageFrame.Section("summary", words.sections.summary, summary),
        PageFrame.Section(
          "junctions", words.sections.junctions,
          JunctionSection(pictures: pictures, words: words).lines(notes: nil) { _ in [] }),
        PageFrame.Section(
          "arterials", words.sections.arterials,
          ArterialSection(pictures: pictures, words: words, language: language).lines),
        PageFrame.Section(
          "provenance", words.sections.provenance,
          provenance.lines(
            words, intro: [names.intro, words.provenance.limits], seeds: [], text: report.text)
        ),
      ]
    ).html
  }

  private var summary: [String] {
    let names = words.retiming
    let (now, after) = (result.delayNow, result.delayAfter)
    let old = result.junctions.count { $0.age == .outOfDate }
    let ageing = result.junctions.count { $0.age == .ageing }
    var verdict = old + ageing == 0 ? names.upToDate : names.age(old, ageing, result.junctions.count)
    if now > 0 {
      verdict +=
        " "
        + names.saved(
          result.junctions.count { $0.outcome == .adjusted }, RetimingReport.hours(now - after),
          RetimingReport.hours(now), NumberText.percentChange(100 * (after / now - 1)))
    }
    verdict += words.sentences(report.presentControl).map { " \($0)" }.joined()
    return ["<p class=\"verdict\">\(escaped(verdict))</p><p>\(escaped(names.notSimulated))</p>"]
      + (result.junctions.isEmpty ? [] : table.html)
  }

  /// All junctions, those that gain most first.
  private var table: HTMLTable {
    let names = words.retiming
    let limit = report.options.maximumChange.map { " (" + names.heldBack(NumberText.seconds($0)) + ")" }
    var table = HTMLTable(
      caption: names.table + (limit ?? ""),
      groups: [
        HTMLTable.Heading(title: ""), HTMLTable.Heading(title: names.delay, columns: 3),
        HTMLTable.Heading(title: ""), HTMLTable.Heading(title: words.map.worstSaturation, columns: 2),
        HTMLTable.Heading(title: "", columns: 2),
      ],
      columns: [
        words.map.junction, words.map.now, words.map.new, names.best, words.change, words.map.now,
        words.map.new, names.step, names.greens,
      ], texts: [8])
    for junction in result.byGain.map({ result.junctions[$0] }) {
      let (now, after) = (junction.now, junction.after)
      let change = now.delay > 0 ? NumberText.percentChange(100 * (after.delay / now.delay - 1)) : ""
      let state = [names.ages[junction.age], names.outcomes[junction.outcome]].compactMap { $0 }
        .filter { !$0.isEmpty }
      let step = junction.outcome == .adjusted ? NumberText.seconds(junction.largestChange) : "–"
      table.add(
        "<a href=\"\(JunctionSection.address(of: junction.controller))\">\(escaped(network[junction.controller].name))</a>",
        [now.delay, after.delay, junction.best.delay].map(RetimingReport.hours) + [change]
          + [now, after].map { NumberText.fixed($0.saturation, decimals: 2) }
          + [step + (junction.isHeldBack ? "*" : ""), escaped(state.joined(separator: ", "))])
    }
    return table
  }
}
