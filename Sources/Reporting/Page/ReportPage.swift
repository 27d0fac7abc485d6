internal import SignalOptimization
internal import TrafficModel
public import TrafficSimulation

/// The report of a period as a page for a browser, see `PageFrame`; the same bytes for the same result.
public struct ReportPage: Sendable {
  let report: OptimizationReport
  let figures: PeriodFigures
  let throughput: ThroughputCurve
  let provenance: ReportProvenance
  let language: ReportLanguage

  /// - Parameters:
  ///   - report: what was found.
  ///   - figures: of the report's existing and proposed plan, in this order.
  ///   - throughput: of the same plans.
  public init(
    _ report: OptimizationReport, figures: PeriodFigures, throughput: ThroughputCurve,
    provenance: ReportProvenance, language: ReportLanguage = .english
  ) {
    precondition(figures.plans.count == 2, "the existing plan and the proposed one")
    self.report = report
    self.figures = figures
    self.throughput = throughput
    self.provenance = provenance
    self.language = language
  }

  /// Figures for a report's page: its plans on some of its seeds.
  public static func figures(of report: OptimizationReport) async -> PeriodFigures {
    let comparison = report.result.comparison
    let bands = report.bandwidth
    return await PeriodFigures(
      network: report.network, demand: report.demand, plans: comparison.both.map(\.plan),
      seeds: Array(comparison.seeds.prefix(PeriodFigures.mostSeeds)), arterial: bands?.controllers,
      times: bands.map { ($0.links.map(\.times.outbound), $0.links.map(\.times.inbound)) })
  }

  var words: PageWords { language.pageWords }
  var network: Network { report.network }
  var labels: [String] { report.labels(words) }
  var title: String { words.report(report.scenario, report.period) }
  var pictures: PeriodPictures {
    PeriodPictures(figures, title: title, labels: labels, language: language)
  }

  /// The page.
  public var html: String {
    PageFrame(
      kind: "optimization", title: title, subtitle: subtitle, words: words, language: language,
      sections: [
        PageFrame.Section("summary", words.sections.summary, summary),
        PageFrame.Section("map", words.sections.map, map),
        PageFrame.Section("arterials", words.sections.arterials, arterials),
        PageFrame.Section("queues", words.sections.queues, queues),
        PageFrame.Section("throughput", words.sections.throughput, throughputLines),
        PageFrame.Section("junctions", words.sections.junctions, junctions),
        PageFrame.Section("certificate", words.sections.certificate, certificate),
        PageFrame.Section("provenance", words.sections.provenance, provenanceLines),
      ]
    ).html
  }

  private var subtitle: String {
    words.subtitle(
      network.controllers.count, ClockTime.text(report.demand.begin), ClockTime.text(report.demand.end),
      report.result.comparison.seeds.count)
  }

  // MARK: Short sections

  var arterials: [String] {
    ArterialSection(pictures: pictures, words: words, language: language).lines
  }

  var queues: [String] { ["<figure class=\"scroll\">", pictures.queues.inline, "</figure>"] }
}
