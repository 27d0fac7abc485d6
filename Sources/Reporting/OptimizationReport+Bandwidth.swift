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
    var table = TextTable([.left(), .right(), .right(), .right(), .right()])
    table.add(["band", "outbound, s", "% of cycle", "inbound, s", "% of cycle"])
    if let existing = bandwidth.existing { table.add(["  existing"] + cells(existing, cycle: existingCycle)) }
    table.add(["  proposed"] + cells(bandwidth.bands, cycle: bandwidth.cycle))
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
    return [title.wrapped(to: ReportLayout.current.sentenceWidth, indent: 2)] + table.lines
      + lines.map { $0.wrapped(to: ReportLayout.current.sentenceWidth, indent: 2) }
  }

  /// A smaller gap is the tolerance of whole numbers.
  private static let provenGap = 1e-3

  private var existingCycle: Double {
    bandwidth?.controllers.first.flatMap { result.comparison.existing.plan[$0]?.cycle } ?? .nan
  }

  private func cells(_ pair: BandwidthReport.Pair, cycle: Double) -> [String] {
    [pair.outbound, pair.inbound].flatMap {
      [NumberText.fixed($0, decimals: 1), NumberText.fixed(100 * $0 / cycle, decimals: 1)]
    }
  }

  /// The arterial signal by signal.
  var bandwidthTable: [String] {
    guard let bandwidth else { return [] }
    var table = TextTable(
      [.left(), .right()]
        + (0..<2).flatMap { _ in [TextTable.Column.right(), .right(gap: 1), .right(gap: 1)] },
      headings: [
        TextTable.Heading(title: "", columns: 2),
        TextTable.Heading(title: "outbound to the next", columns: 3),
        TextTable.Heading(title: "inbound from the next", columns: 3),
      ])
    table.add(["signal", "offset, s"] + (0..<2).flatMap { _ in ["m", "km/h", "band, s"] })
    for (index, controller) in bandwidth.controllers.enumerated() {
      var cells = [
        network[controller].name.truncated(to: 20), NumberText.seconds(result.plan[controller]?.offset ?? 0),
      ]
      if index < bandwidth.links.count {
        let link = bandwidth.links[index]
        cells += row(link.outboundLength, link.times.outbound, link.bands.outbound)
        cells += row(link.inboundLength, link.times.inbound, link.bands.inbound)
      }
      table.add(cells)
    }
    return table.lines
  }

  private func row(_ length: Double, _ time: Double, _ band: Double) -> [String] {
    [
      NumberText.fixed(length, decimals: 0),
      NumberText.fixed(Quantities.kilometresPerHour(metresPerSecond: length / time), decimals: 1),
      NumberText.fixed(band, decimals: 1),
    ]
  }

  /// What else there is to choose from.
  var paretoLines: [String] {
    guard let bandwidth, bandwidth.pareto.count > 1 else { return [] }
    let pairs = bandwidth.pareto.map {
      "\(NumberText.fixed($0.outbound, decimals: 1)) + \(NumberText.fixed($0.inbound, decimals: 1))"
    }
    return [
      "Pairs of bands to choose from with --balance (outbound + inbound, s): \(pairs.joined(separator: ", "))."
        .wrapped(to: ReportLayout.current.sentenceWidth, indent: 2)
    ]
  }

  /// What the green waves do to delay; nil where none were asked for.
  var bandwidthVerdict: String? {
    guard bandwidth != nil else { return nil }
    let change = result.comparison.percentChange(.totalDelayHours, hours: hours)
    let size = NumberText.fixed(abs(change.mean), decimals: 1)
    guard result.comparison.difference(\.totalDelay).isCertain, change.mean != 0 else {
      return "The proposed plan has the green waves; what they change in total delay is within chance."
    }
    return change.mean < 0
      ? "The proposed plan has the green waves, and \(size) % less delay than the existing one, with 95 % confidence."
      : "The proposed plan has the green waves, but \(size) % more delay than the existing one, with 95 % confidence: bands know nothing of flows. '--objective delay' looks for the least delay."
  }
}
