public import TrafficModel

/// A plan as tables, one for each controller: what every group shows, interval by interval. It asks nothing of the network but
/// names.
public struct PlanTable: Sendable {
  private let plan: TimingPlan
  private let network: Network

  /// The tables of a plan.
  ///
  /// - Parameter plan: controllers without a programme have no table.
  public init(plan: TimingPlan, network: Network) { (self.plan, self.network) = (plan, network) }

  /// The tables, one after the other.
  public var text: String {
    let tables = plan.programs.compactMap { $0 }.map(text(of:))
    return "Plan \(plan.name)\n\n" + tables.joined(separator: "\n")
  }

  private func text(of program: SignalProgram) -> String {
    let controller = network[program.controller]
    let stages = program.stages
    let rows = program.intervals.indices
    let table = Table(
      columns: [
        .number("interval") { Cell("\($0 + 1)") },
        .number("from, s") { .seconds(program.begin(ofInterval: $0)) },
        .number("lasts, s") { .seconds(program.intervals[$0].duration) },
        .number("stage") { row in Cell(stages.firstIndex(of: row).map { "\($0 + 1)" } ?? "") },
        .text("states", room: .atMost(40)) { Cell(program.intervals[$0].states.map(\.rawValue).joined()) },
        .text("green", room: .atMost(60)) { row in
          let shown = zip(controller.groups, program.intervals[row].states).filter { $0.1.isGreen }
          return Cell(shown.map(\.0.name).joined(separator: " + "))
        },
      ], rows: Array(rows))
    let head =
      "\(controller.name): programme \(program.name), cycle \(NumberText.seconds(program.cycle)) s, offset \(NumberText.seconds(program.offset)) s"
    return ([head] + table.lines).joined(separator: "\n") + "\n"
  }
}
