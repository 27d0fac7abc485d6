internal import SignalOptimization
internal import TrafficModel
internal import TrafficSimulation

extension OptimizationReport {
  /// Which arterial, and its bands from end to end.
  var bandwidthLines: [String] {
    guard let bandwidth, let first = bandwidth.controllers.first, let last = bandwidth.controllers.last
    else { return [] }
    let name = { (id: ControllerID) in network[id].name.truncated(to: ReportLayout.current.width / 3) }
    let origin =
      bandwidth.isFound ? " (the longest chain of neighbouring signals with traffic both ways)" : ""
    let title =
      "Green waves from \(name(first)) (outbound) to \(name(last)), \(bandwidth.controllers.count) signals\(origin), cycle \(NumberText.seconds(bandwidth.cycle)) s"
    var lines: [String] = []
    if bandwidth.existing == nil {
      lines.append("The existing plan runs several cycles, so it has no bands that last.")
    }
    if bandwidth.kind == .perLink {
      lines.append("No bands worth having run through in both directions, so offsets give each link its own.")
    }
    if bandwidth.gap < Self.provenGap {
      let what = bandwidth.kind == .perLink ? "more in sum, links weighted by flow" : "wider ones"
      lines.append("With this order of stages no offsets and speeds give \(what), but for whole seconds.")
    } else {
      let gap = NumberText.significant(100 * bandwidth.gap)
      lines.append(
        "Wider ones are not ruled out: the bound is \(gap) % above, and whole seconds cost a little.")
    }
    if !bandwidth.reordered.isEmpty {
      lines.append("Stages change places at \(bandwidth.reordered.map(name).joined(separator: ", ")).")
    }
    return [title.sentence(indent: 2)] + bands(bandwidth).lines + lines.map { $0.sentence(indent: 2) }
  }

  /// A smaller gap is the tolerance of whole numbers.
  private static let provenGap = 1e-3

  /// Bands of a plan.
  private struct Bands {
    var plan: String
    var pair: BandwidthReport.Pair
    /// s.
    var cycle: Double
  }

  private func bands(_ bandwidth: BandwidthReport) -> Table {
    let cycle = bandwidth.controllers.first.flatMap { plans.existing.plan[$0]?.cycle } ?? .nan
    func band(_ title: Title, _ band: @escaping (BandwidthReport.Pair) -> Double) -> [TableColumn<Bands>] {
      [
        .number(title) { .number(band($0.pair), decimals: 1) },
        .number("% of cycle") { .number(100 * band($0.pair) / $0.cycle, decimals: 1) },
      ]
    }
    let existing = bandwidth.existing.map { Bands(plan: "existing", pair: $0, cycle: cycle) }
    let proposed = Bands(plan: "proposed", pair: bandwidth.bands, cycle: bandwidth.cycle)
    return Table(
      columns: [.text("band") { Cell("  \($0.plan)") }] + band("outbound, s", \.outbound)
        + band("inbound, s", \.inbound), rows: [existing, proposed].compactMap(\.self))
  }

  /// The arterial signal by signal.
  var bandwidthTable: [String] {
    guard let bandwidth else { return [] }
    func link(_ index: Int) -> BandwidthReport.Link? {
      index < bandwidth.links.count ? bandwidth.links[index] : nil
    }
    func way(
      _ heading: Title, _ length: @escaping (BandwidthReport.Link) -> Double,
      _ direction: @escaping (BandwidthReport.Pair) -> Double
    ) -> TableGroup<Int> {
      func cell(_ index: Int, _ decimals: Int, _ value: (BandwidthReport.Link) -> Double) -> Cell {
        link(index).map { .number(value($0), decimals: decimals) } ?? ""
      }
      return TableGroup(
        heading,
        [
          .number("m") { cell($0, 0, length) },
          .number("km/h", isClose: true) {
            cell($0, 1) { Quantities.kilometresPerHour(metresPerSecond: length($0) / direction($0.times)) }
          }, .number("band, s", isClose: true) { cell($0, 1) { direction($0.bands) } },
        ])
    }
    let signals = bandwidth.controllers
    return Table(
      "",
      [
        TableGroup(.text("signal", room: .atMost(20)) { Cell(network[signals[$0]].name) }),
        TableGroup(.number("offset, s") { .seconds(result.plan[signals[$0]]?.offset ?? 0) }),
        way("outbound to the next", \.outboundLength, \.outbound),
        way("inbound from the next", \.inboundLength, \.inbound),
      ], rows: Array(signals.indices)
    ).lines
  }

  /// What else there is to choose from.
  var paretoLines: [String] {
    guard let bandwidth, bandwidth.pareto.count > 1 else { return [] }
    let pairs = bandwidth.pareto.map {
      "\(NumberText.fixed($0.outbound, decimals: 1)) + \(NumberText.fixed($0.inbound, decimals: 1))"
    }
    return [
      "Pairs of bands to choose from with --balance (outbound + inbound, s): \(pairs.joined(separator: ", "))."
        .sentence(indent: 2)
    ]
  }

  /// What the green waves do to delay; nil where none were asked for.
  var bandwidthVerdict: String? {
    guard bandwidth != nil else { return nil }
    let change = plans.percentChange()
    let size = NumberText.fixed(abs(change.mean), decimals: 1)
    guard result.comparison.difference(\.totalDelay).isCertain, change.mean != 0 else {
      return "The proposed plan has the green waves; what they change in total delay is within chance."
    }
    return change.mean < 0
      ? "The proposed plan has the green waves, and \(size) % less delay than the existing one, with 95 % confidence."
      : "The proposed plan has the green waves, but \(size) % more delay than the existing one, with 95 % confidence: bands know nothing of flows. '--objective delay' looks for the least delay."
  }

  /// The green waves for programs; nil where none were asked for.
  var bandwidthJSON: JSONObject? {
    guard let bandwidth else { return nil }
    func json(_ pair: BandwidthReport.Pair) -> JSONObject {
      ["outbound": pair.outbound, "inbound": pair.inbound]
    }
    let signals = bandwidth.controllers
    let names = signals.map { network[$0].name }
    let (bands, cycle) = (bandwidth.bands, bandwidth.cycle)
    return [
      "isFound": bandwidth.isFound, "cycle": cycle,
      "kind": bandwidth.kind == .throughout ? "throughout" : "per-link", "band": json(bands),
      "share": json(.init(outbound: bands.outbound / cycle, inbound: bands.inbound / cycle)),
      "existing": bandwidth.existing.map(json),
      "signals": signals.indices.map { index -> JSONObject in
        [
          "junction": names[index], "offset": result.plan[signals[index]]?.offset ?? 0,
          "isReordered": bandwidth.reordered.contains(signals[index]),
        ]
      },
      "links": bandwidth.links.indices.map { index -> JSONObject in
        let link = bandwidth.links[index]
        return [
          "from": names[index], "to": names[index + 1],
          "length": json(.init(outbound: link.outboundLength, inbound: link.inboundLength)),
          "time": json(link.times), "band": json(link.bands),
        ]
      }, "pareto": bandwidth.pareto.map(json), "objective": bandwidth.objective, "bound": bandwidth.bound,
      "gap": bandwidth.gap,
    ]
  }
}
