internal import SignalOptimization
internal import TrafficModel
internal import TrafficSimulation

extension ReportPage {
  /// What is proven, what binds, and what the steps of the work came to.
  var certificate: [String] {
    let splits = report.result.certificate.splits
    let worst = splits.map(\.gap).max()
    let intro =
      worst.map { words.certificate.intro(report.quality($0, words)) } ?? words.certificate.none
    let groups = report.result.certificate.coordination
    return ["<p>\(escaped(intro))</p>"] + (splits.isEmpty ? [] : splitTable.html)
      + report.stepTable(words).html + (groups.isEmpty ? [] : coordinationTable.html)
  }

  private var splitTable: Table {
    let names = words.certificate
    return Table(
      words.sections.certificate,
      columns: [
        .text("\(names.junction)") {
          Cell(network[$0.controller].name, address: $0.controller.address)
        }, .number("\(names.cycle)") { .seconds($0.cycle) },
        .number("\(names.value)") { Cell(NumberText.significant($0.value, digits: 4)) },
        .number("\(names.bound)") { Cell(NumberText.significant($0.bound, digits: 4)) },
        .number("\(names.gap)") {
          Cell(
            $0.gap < OptimizationReport.solverTolerance
              ? names.optimal : "\(NumberText.significant(100 * $0.gap)) %")
        }, .number("\(names.reserve)") { .number($0.reserveCapacity, decimals: 3) },
        .text("\(names.binds)") { split in
          Cell(split.binding.prefix(2).map { binding($0, at: split.controller) }.joined(separator: "\n"))
        },
      ], rows: report.result.certificate.splits)
  }

  /// What a constraint of a junction is, and the price of its second.
  func binding(_ constraint: BindingConstraint, at controller: ControllerID) -> String {
    "\(words.name(of: constraint, at: controller, in: network)): \(price(constraint.pricePerSecond))"
  }

  /// What one more second changes, per hour.
  func price(_ price: Double) -> String {
    func signed(_ value: Double) -> String {
      (value > 0 ? "+" : "") + NumberText.significant(value)
    }
    return switch report.result.certificate.objective {
    case .delay: "\(signed(price)) \(words.junctions.priceUnit)"
    case .throughput:
      "\(signed(Quantities.perHour(vehiclesPerSecond: price))) \(words.junctions.vehiclesPerHour)"
    case .reserve: "\(signed(price)) μ"
    }
  }

  private var coordinationTable: Table {
    let names = words.certificate
    return Table(
      names.offsets,
      columns: [
        .text("\(names.members)") {
          Cell($0.group.controllers.map { network[$0].name }.joined(separator: ", "))
        }, .number("\(names.cycle)") { Cell($0.offsets.map { NumberText.seconds($0.cycle) } ?? "–") },
        .number("\(names.gap)") {
          Cell($0.offsets.map { "\(NumberText.fixed(100 * $0.gap, decimals: 1)) %" } ?? "–")
        },
      ], rows: report.result.certificate.coordination)
  }

  // MARK: Provenance

  /// Seeds, version, inputs with checksums, and the report as text.
  var provenanceLines: [String] {
    let names = words.provenance
    return provenance.lines(
      words, intro: ["\(names.intro) \(names.observed(figures.observations[0].count))", names.limits],
      seeds: report.result.comparison.seeds, text: report.text)
  }
}
