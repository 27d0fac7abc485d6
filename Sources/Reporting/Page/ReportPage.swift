internal import SignalOptimization
internal import TrafficModel
internal import TrafficSimulation

/// Where the figures of a page come from.
public struct ReportProvenance: Sendable {
  /// A file that was read.
  public struct Source: Hashable, Sendable {
    /// The name, without folders.
    public var name: String
    /// Bytes.
    public var size: Int
    /// SHA-256 of the content, in hexadecimal digits.
    public var checksum: String

    /// A file.
    public init(name: String, size: Int, checksum: String) {
      (self.name, self.size, self.checksum) = (name, size, checksum)
    }
  }
  /// The tool's version.
  public var version: String
  /// What was read.
  public var sources: [Source]

  /// - Parameters:
  ///   - version: the tool's.
  ///   - sources: what was read, in order.
  public init(version: String, sources: [Source]) {
    (self.version, self.sources) = (version, sources)
  }
}

/// The report of a period as a page for a browser: one file, which needs no network, with its pictures, its style and its
/// script. It is well-formed XML, too, and the same bytes for the same result.
public struct ReportPage: Sendable {
  let report: OptimizationReport
  let figures: PeriodFigures
  let provenance: ReportProvenance
  let language: ReportLanguage

  /// - Parameters:
  ///   - report: what was found.
  ///   - figures: of the report's existing and proposed plan, in this order.
  public init(
    _ report: OptimizationReport, figures: PeriodFigures, provenance: ReportProvenance,
    language: ReportLanguage = .english
  ) {
    precondition(figures.plans.count == 2, "the existing plan and the proposed one")
    self.report = report
    self.figures = figures
    self.provenance = provenance
    self.language = language
  }

  /// Figures for a report's page: its plans on some of its seeds.
  public static func figures(of report: OptimizationReport) async -> PeriodFigures {
    let comparison = report.result.comparison
    let bands = report.bandwidth
    return await PeriodFigures(
      network: report.network, demand: report.demand, plans: comparison.entries.map(\.plan),
      seeds: Array(comparison.seeds.prefix(PeriodFigures.mostSeeds)), arterial: bands?.controllers,
      times: bands.map { ($0.links.map(\.times.outbound), $0.links.map(\.times.inbound)) })
  }

  var words: PageWords { language.pageWords }
  var network: Network { report.network }
  var comparison: PlanComparison { report.result.comparison }
  /// What the two plans are called.
  var labels: [String] { [words.existing, report.isProposed ? words.proposed : words.bestFound] }
  var title: String { words.report(report.scenario, report.period) }
  var pictures: PeriodPictures {
    PeriodPictures(figures, title: title, labels: labels, language: language)
  }

  /// The page.
  public var html: String {
    let sections: [(id: String, title: String, lines: [String])] = [
      ("summary", words.sections.summary, summary), ("map", words.sections.map, map),
      ("arterials", words.sections.arterials, arterials), ("queues", words.sections.queues, queues),
      ("junctions", words.sections.junctions, junctions),
      ("certificate", words.sections.certificate, certificate),
      ("provenance", words.sections.provenance, provenanceLines),
    ].filter { !$0.2.isEmpty }
    var lines = [
      "<!DOCTYPE html>", "<html lang=\"\(language.tag)\"><head><meta charset=\"utf-8\"/>",
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>",
      // Whatever stands in names: nothing is fetched.
      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:\"/>",
      "<link rel=\"icon\" href=\"data:,\"/>",
      "<title>\(escaped(title))</title><style>/*<![CDATA[*/", PageFiles.style, "/*]]>*/</style></head><body>",
      "<a class=\"skip\" href=\"#summary\">\(escaped(words.skip))</a>",
      "<header><div><h1>\(escaped(title))</h1><p>\(escaped(subtitle))</p></div><div class=\"tools\">",
      "<button type=\"button\" id=\"theme\">\(escaped(words.theme))</button>",
      "<button type=\"button\" id=\"print\">\(escaped(words.print))</button></div></header>",
      "<nav aria-label=\"\(escaped(words.sections.contents))\">",
    ]
    lines += sections.map { "<a href=\"#\($0.id)\">\(escaped($0.title))</a>" }
    lines.append("</nav><main>")
    for section in sections {
      lines.append("<section id=\"\(section.id)\"><h2>\(escaped(section.title))</h2>")
      lines += section.lines + ["</section>"]
    }
    return
      (lines + ["</main><div id=\"tip\" role=\"status\" hidden=\"hidden\"></div>", "<script>//<![CDATA["]
      + PageFiles.scripts + ["//]]></script></body></html>"]).joined(separator: "\n") + "\n"
  }

  private var subtitle: String {
    words.subtitle(
      network.controllers.count, ClockTime.text(report.demand.begin), ClockTime.text(report.demand.end),
      comparison.seeds.count)
  }

  // MARK: Short sections

  var queues: [String] { ["<figure class=\"scroll\">", pictures.queues.inline, "</figure>"] }

  /// A choice of plan for what shows one at a time.
  func planButtons(_ group: String, shown: Int) -> String {
    let buttons = labels.enumerated().map { index, label in
      "<button type=\"button\" data-choice=\"\(index)\" aria-pressed=\"\(index == shown)\">\(escaped(label))</button>"
    }
    return
      "<div class=\"choice\" role=\"group\" data-group=\"\(group)\" aria-label=\"\(escaped(words.timeSpace.plan))\"><span>\(escaped(words.timeSpace.plan))</span>\(buttons.joined())</div>"
  }
}

/// The style and the scripts of pages.
enum PageFiles {
  static let style =
    ":root{\(PictureStyle.variables(\.light))color-scheme:light}\n"
    + "@media (prefers-color-scheme: dark){:root:not([data-theme=light]){\(PictureStyle.variables(\.dark))color-scheme:dark}}\n"
    + ":root[data-theme=dark]{\(PictureStyle.variables(\.dark))color-scheme:dark}\n"
    // Paper is white.
    + "@media print{:root,:root[data-theme=dark],:root:not([data-theme=light]){\(PictureStyle.variables(\.light))color-scheme:light}}\n"
    + PictureStyle.sheet + String(decoding: PackageResources.page_css, as: UTF8.self)
  static let scripts = [
    String(decoding: PackageResources.page_js, as: UTF8.self),
    String(decoding: PackageResources.timespace_js, as: UTF8.self),
  ]
}
