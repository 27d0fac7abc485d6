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
    let verdict =
      [report.age(words), report.saving(words)] + report.presentControl.sentences(words)
    return [
      "<p class=\"verdict\">\(escaped(verdict.joined(separator: " ")))</p><p>\(escaped(words.retiming.notSimulated))</p>"
    ]
      // Those that gain most first.
      + (result.junctions.isEmpty
        ? [] : report.table(words, result.byGain.map { result.junctions[$0] }).html)
  }
}
