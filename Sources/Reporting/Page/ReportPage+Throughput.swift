internal import SignalOptimization
public import TrafficSimulation

extension ReportPage {
  /// Seeds of the curve: its many points make up for few.
  private static let curveSeeds = 2
  /// Multiples of the demand that the curve shows at least; it goes on to where signals are saturated.
  private static let shown = (least: 0.6, most: 1.4, step: 0.2, limit: 2.0)

  /// What a report's existing and proposed plan serve as demand grows: at the demand as it is, what the report says.
  public static func throughput(of report: OptimizationReport) async -> ThroughputCurve {
    let largest = report.reserves.both.filter(\.isFinite).max() ?? 1
    let most = min(shown.limit, max(shown.most, (largest / shown.step).rounded(.up) * shown.step))
    let comparison = report.result.comparison
    let scaled = await ThroughputCurve(
      of: comparison.both.map(\.plan), network: report.network, demand: report.demand,
      scales: (0...Int(((most - shown.least) / shown.step).rounded())).map {
        // Tenths, not sums of them.
        ((shown.least + Double($0) * shown.step) * 10).rounded() / 10
      }.filter { $0 != 1 },
      seeds: Array(comparison.seeds.prefix(curveSeeds)))
    let known = ThroughputCurve.Point(
      scale: 1, comparison: PlanComparison(seeds: comparison.seeds, entries: comparison.both))
    return ThroughputCurve(
      points: (scaled.points + [known]).sorted { $0.scale < $1.scale }, duration: scaled.duration)
  }

  /// Served against demand, as a picture and in numbers.
  var throughputLines: [String] {
    let report = ThroughputReport(
      scenario: report.scenario, period: report.period, network: network, demand: self.report.demand,
      labels: labels, curve: throughput,
      reserves: figures.plans.map {
        ReserveCapacity(of: $0, network: network, demand: self.report.demand, flows: figures.flows)
      })
    return [
      "<p>\(escaped(words.throughput.intro(report.seeds.count)))</p><figure class=\"scroll\">",
      report.picture(language).inline, "</figure>",
    ] + report.servedTable(words).html
  }
}
