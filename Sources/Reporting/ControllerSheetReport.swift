public import TrafficModel

/// Controller sheets as text, in English: what is keyed into each controller, in whole seconds.
public struct ControllerSheetReport: Sendable {
  private let plan: TimingPlan
  private let network: Network

  /// The sheets of a plan.
  ///
  /// - Parameter plan: controllers without a programme have no sheet.
  public init(plan: TimingPlan, network: Network) {
    (self.plan, self.network) = (plan, network)
  }

  /// The sheets, one after the other.
  public var text: String {
    let sheets = plan.programs.compactMap { $0 }.map(text(of:))
    return "Plan \(plan.name)\n\n" + sheets.joined(separator: "\n")
  }

  private func text(of program: SignalProgram) -> String {
    let exact = ControllerSheet(program, network: network)
    let sheet = exact.inWholeSeconds
    let controller = network[sheet.controller]
    let hasRings = sheet.rows.contains { $0.ring != nil }
    let numbers = sheet.referencePhases.map { "\($0)" }.joined(separator: " + ")
    var lines = [
      "\(controller.name): programme \(sheet.program), cycle \(number(sheet.cycle)) s",
      "offset, from midnight modulo the cycle: \(number(sheet.offset)) s to the begin of green of \(hasRings ? "phase" : "stage") \(numbers),",
      "  \(number(sheet.offsetToYellow)) s to its begin of yellow; force-offs are fixed, from the same begin of green",
    ]
    lines += table(of: sheet, controller, hasRings: hasRings).lines
    lines += remarks(sheet, exact: exact, controller, hasRings: hasRings)
    return lines.joined(separator: "\n") + "\n"
  }

  private func table(of sheet: ControllerSheet, _ controller: SignalController, hasRings: Bool) -> Table {
    typealias Row = ControllerSheet.Row
    func seconds(_ title: Title, _ value: @escaping (Row) -> Double?) -> TableColumn<Row> {
      .number(title) { Cell(value($0).map(number) ?? "") }
    }
    func served(_ row: Row) -> String {
      (row.protected.map { controller.groups[$0].name }
        + row.permitted.map { "(\(controller.groups[$0].name))" }).joined(separator: " + ")
    }
    let first: [TableColumn<Row>] =
      hasRings
      ? [
        .number("ring") { Cell("\($0.ring ?? 1)") },
        .text("phase") { Cell("\($0.number)" + ($0.isCoordinated ? "*" : "")) },
        .text("order") { $0.order.map { Cell($0 == .lead ? "lead" : "lag") } ?? "" },
      ] : [.text("stage") { Cell("\($0.number)" + ($0.isCoordinated ? "*" : "")) }]
    return Table(
      columns: first + [
        seconds("green from", \.begin), seconds("split", \.split), seconds("force-off", \.forceOff),
        seconds("minimum", \.minimumGreen), seconds("yellow", \.yellow), seconds("all-red", \.allRed),
        seconds("walk") { $0.walk > 0 ? $0.walk : nil },
        seconds("don't walk") { $0.walk > 0 ? $0.flashingDontWalk : nil },
        .text("serves") { Cell(served($0)) },
      ], rows: sheet.rows)
  }

  private func remarks(
    _ sheet: ControllerSheet, exact: ControllerSheet, _ controller: SignalController, hasRings: Bool
  ) -> [String] {
    var remarks: [String] = []
    if sheet != exact {
      remarks.append(
        sheet.cycle == exact.cycle
          ? "rounded to whole seconds; minimums and clearances up"
          : "rounded to whole seconds: the plan's own cycle is \(NumberText.significant(exact.cycle, digits: 5)) s"
      )
    }
    if !sheet.waiting.isEmpty {
      let numbers = sheet.waiting.map { "\($0)" }.joined(separator: ", ")
      remarks.append("longer than in the plan, to wait for the other rings at the barrier: phase \(numbers)")
    }
    if !sheet.differing.isEmpty {
      let names = sheet.differing.map { "'\(controller.groups[$0].name)'" }.listed(atMost: 6)
      remarks.append(
        "greens that begin or end otherwise than their \(hasRings ? "phases" : "stages"): \(names)")
    }
    return remarks
  }

  /// Seconds to a tenth, without a fraction where there is none.
  private func number(_ value: Double) -> String { NumberText.seconds((value * 10).rounded() / 10) }
}
