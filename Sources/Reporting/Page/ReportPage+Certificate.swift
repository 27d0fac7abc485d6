internal import SignalOptimization
internal import TrafficModel
internal import TrafficSimulation

extension ReportPage {
  /// What is proven, what binds, and what the steps of the work came to.
  var certificate: [String] {
    let splits = report.result.certificate.splits
    var lines: [String] = []
    if let worst = splits.map(\.gap).max() {
      let quality =
        worst < Self.solverTolerance
        ? words.certificate.best : words.certificate.near("\(NumberText.significant(100 * worst)) %")
      lines.append("<p>\(escaped(words.certificate.intro(quality)))</p>")
      lines += splitTable(splits).html
    } else {
      lines.append("<p>\(escaped(words.certificate.none))</p>")
    }
    return lines + stepTable.html + coordinationTable
  }

  /// A gap below this share is the solver's tolerance.
  private static let solverTolerance = 1e-5

  private func splitTable(_ splits: [SplitCertificate]) -> HTMLTable {
    let names = words.certificate
    var table = HTMLTable(
      caption: words.sections.certificate,
      columns: [
        names.junction, names.cycle, names.value, names.bound, names.gap, names.reserve, names.binds,
      ],
      texts: [6])
    for split in splits {
      let link =
        "<a href=\"\(JunctionSection.address(of: split.controller))\">\(escaped(network[split.controller].name))</a>"
      let gap =
        split.gap < Self.solverTolerance ? names.optimal : "\(NumberText.significant(100 * split.gap)) %"
      table.add(
        link,
        [
          NumberText.seconds(split.cycle), NumberText.significant(split.value, digits: 4),
          NumberText.significant(split.bound, digits: 4), gap,
          NumberText.fixed(split.reserveCapacity, decimals: 3),
          split.binding.prefix(2).map { escaped(binding($0, at: split.controller)) }.joined(
            separator: "<br/>"),
        ])
    }
    return table
  }

  /// What a constraint of a junction is, and the price of its second.
  func binding(_ constraint: BindingConstraint, at controller: ControllerID) -> String {
    let what: String
    switch constraint.kind {
    case .lane: what = constraint.lane.map(laneName) ?? constraint.what
    case .cycle: what = words.certificate.cycleLength
    case .minimum: what = constraint.cause.map { name(of: $0, at: controller) } ?? constraint.what
    }
    return "\(what): \(price(constraint.pricePerSecond))"
  }

  private func name(of cause: IntervalMinimum.Cause, at controller: ControllerID) -> String {
    let names = words.certificate
    func group(_ index: Int) -> String { network[controller].groups[index].name }
    switch cause {
    case .minimumGreen(let index): return names.minimumGreen(group(index))
    case .walk(let index): return names.walk(group(index))
    case .intergreen(let from, let to): return names.intergreen(group(from), group(to))
    case .split(let phase): return names.split(phase)
    case .lead(let walker, let vehicles): return names.lead(group(walker), group(vehicles))
    case .stage: return names.shortestStage
    }
  }

  private func laneName(_ id: LaneID) -> String {
    let lane = network[id]
    var turns: [String] = []
    for connection in network.connectionsFromLane[id.index] {
      let word = turnWord(network[connection].turn)
      if !turns.contains(word) { turns.append(word) }
    }
    return words.certificate.lane(
      network[lane.link].name, lane.position + 1, turns.joined(separator: language == .english ? ", " : "、"))
  }

  /// What one more second changes, per hour.
  func price(_ price: Double) -> String {
    func signed(_ value: Double) -> String {
      (value > 0 ? "+" : "") + NumberText.significant(value)
    }
    switch report.result.certificate.objective {
    case .delay: return "\(signed(price)) \(words.junctions.priceUnit)"
    case .throughput:
      return
        "\(signed(Quantities.perHour(vehiclesPerSecond: price))) \(language == .english ? "veh/h" : "辆/h")"
    case .reserve: return "\(signed(price)) μ"
    }
  }

  private var stepTable: HTMLTable {
    var table = HTMLTable(
      caption: words.measures.totalDelay,
      columns: [words.certificate.step, words.measures.totalDelay, words.change])
    let first = report.result.steps.first?.totalDelay.mean ?? 0
    for (index, step) in report.result.steps.enumerated() {
      var change = step.difference
      change.mean *= first > 0 ? 100 / first : 0
      change.halfWidth *= first > 0 ? 100 / first : 0
      let text =
        "\(NumberText.percentChange(change.mean)) <small>\(escaped(OptimizationReport.plusMinus(change, decimals: 1)))</small>"
      table.add(
        escaped(words.certificate.stepName(step.kind)),
        [
          NumberText.fixed(step.totalDelay.mean / Quantities.secondsPerHour, decimals: 1),
          index == 0 ? "" : text,
        ])
    }
    return table
  }

  private var coordinationTable: [String] {
    let groups = report.result.certificate.coordination
    guard !groups.isEmpty else { return [] }
    var table = HTMLTable(
      caption: words.certificate.offsets,
      columns: [words.certificate.members, words.certificate.cycle, words.certificate.gap], texts: [0])
    for group in groups {
      let names = group.group.controllers.map { escaped(network[$0].name) }.joined(separator: ", ")
      table.add(
        names,
        [
          group.offsets.map { NumberText.seconds($0.cycle) } ?? "–",
          group.offsets.map { "\(NumberText.fixed(100 * $0.gap, decimals: 1)) %" } ?? "–",
        ])
    }
    return table.html
  }

  // MARK: Provenance

  /// Seeds, version, inputs with checksums, and the report as text.
  var provenanceLines: [String] {
    let names = words.provenance
    return provenance.lines(
      words, intro: ["\(names.intro) \(names.observed(figures.observations[0].count))", names.limits],
      seeds: comparison.seeds, text: report.text)
  }
}
