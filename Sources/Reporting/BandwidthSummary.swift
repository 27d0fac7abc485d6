internal import SignalOptimization
internal import TrafficModel

/// Green waves, for programs.
struct BandwidthSummary: Encodable {
  /// s.
  struct Pair: Encodable {
    var outbound: Double
    var inbound: Double

    init(_ pair: BandwidthReport.Pair) { (outbound, inbound) = (pair.outbound, pair.inbound) }
  }
  struct Signal: Encodable {
    var junction: String
    /// s.
    var offset: Double
    var isReordered: Bool
  }
  struct Link: Encodable {
    var from: String
    var to: String
    /// m.
    var length: Pair
    /// s.
    var time: Pair
    var band: Pair
  }
  var isFound: Bool
  var cycle: Double
  var kind: String
  var band: Pair
  /// Of the cycle, 0 ... 1.
  var share: Pair
  var existing: Pair?
  var signals: [Signal]
  var links: [Link]
  var pareto: [Pair]
  var objective: Double
  var bound: Double
  var gap: Double

  init(_ report: BandwidthReport, plan: TimingPlan, network: Network) {
    let names = report.controllers.map { network[$0].name }
    isFound = report.isFound
    cycle = report.cycle
    kind = report.kind == .throughout ? "throughout" : "per-link"
    band = Pair(report.bands)
    share = Pair(
      .init(outbound: report.bands.outbound / report.cycle, inbound: report.bands.inbound / report.cycle))
    existing = report.existing.map(Pair.init)
    signals = zip(report.controllers, names).map {
      Signal(
        junction: $1, offset: plan[$0]?.offset ?? 0, isReordered: report.reordered.contains($0))
    }
    links = report.links.indices.map { index in
      let link = report.links[index]
      return Link(
        from: names[index], to: names[index + 1],
        length: Pair(.init(outbound: link.outboundLength, inbound: link.inboundLength)),
        time: Pair(link.times), band: Pair(link.bands))
    }
    pareto = report.pareto.map(Pair.init)
    objective = report.objective
    bound = report.bound
    gap = report.gap
  }
}
