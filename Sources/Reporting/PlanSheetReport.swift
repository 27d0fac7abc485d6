public import TrafficModel

/// The sheets of a plan for controller programmers, as text: one table for each controller.
public struct PlanSheetReport: Sendable {
  private let plan: TimingPlan
  private let network: Network

  /// The sheets of a plan.
  ///
  /// - Parameter plan: has an entry for each controller of `network`.
  public init(plan: TimingPlan, network: Network) {
    self.plan = plan
    self.network = network
  }

  /// The sheets, one after the other.
  public var text: String {
    let sheets = plan.programs.compactMap { $0 }.map(text(of:))
    return "Plan \(plan.name)\n\n" + sheets.joined(separator: "\n")
  }

  private func text(of program: SignalProgram) -> String {
    let sheet = PlanSheet(program, network: network)
    let controller = network[sheet.controller]
    var lines = [
      "\(controller.name): programme \(sheet.program), cycle \(number(sheet.cycle)) s, offset \(number(sheet.offset)) s",
      "offset: from midnight, modulo the cycle, to the \(sheet.reference(in: network))",
    ]
    lines += references(of: sheet)
    if let phases = PhaseSheet(program, controller) {
      return (lines + table(of: phases, controller).lines).joined(separator: "\n") + "\n"
    }
    typealias Row = PlanSheet.Row
    func isPedestrian(_ row: Row) -> Bool { controller.groups[row.group].kind == .pedestrian }
    func vehicles(_ title: Title, _ seconds: @escaping (Row) -> Double) -> TableColumn<Row> {
      .number(title) { isPedestrian($0) ? "" : Cell(number(seconds($0))) }
    }
    func optional(_ title: Title, _ seconds: @escaping (Row) -> Double?) -> TableColumn<Row> {
      .number(title) { Cell(seconds($0).map(number) ?? "") }
    }
    let table = Table(
      columns: [
        .text("group") { Cell(controller.groups[$0.group].name) },
        .number("green from") { Cell($0.begin.map(number) ?? ($0.green > 0 ? "always" : "never")) },
        vehicles("green", \.green), vehicles("yellow", \.yellow), vehicles("all-red", \.allRed),
        vehicles("split", \.split), optional("force-off", \.forceOff),
        .number("walk") { isPedestrian($0) ? Cell(number($0.green)) : "" },
        optional("clearance", \.clearance),
        optional("minimum") { controller.groups[$0.group].minimumGreen },
      ], rows: sheet.rows)
    return (lines + table.lines).joined(separator: "\n") + "\n"
  }

  /// The phases of a ring-barrier controller; a group in brackets waits for gaps.
  private func table(of sheet: PhaseSheet, _ controller: SignalController) -> Table {
    typealias Row = PhaseSheet.Row
    func seconds(_ title: Title, _ value: @escaping (Row) -> Double) -> TableColumn<Row> {
      .number(title) { Cell(number(value($0))) }
    }
    func served(_ row: Row) -> String {
      (row.phase.groups.map { controller.groups[$0].name }
        + row.phase.permitted.map { "(\(controller.groups[$0].name))" })
        .joined(separator: " + ")
    }
    return Table(
      columns: [
        .number("phase") { Cell("\($0.phase.number)") }, .number("ring") { Cell("\($0.phase.ring)") },
        seconds("green from", \.begin), seconds("green", \.green), seconds("yellow", \.phase.yellow),
        seconds("all-red", \.phase.allRed), seconds("split", \.split), seconds("force-off", \.forceOff),
        .number("walk") { $0.phase.walk > 0 ? Cell(number($0.phase.walk)) : "" },
        .number("don't walk") { $0.phase.walk > 0 ? Cell(number($0.phase.flashingDontWalk)) : "" },
        seconds("minimum", \.phase.minimumGreen), .text("serves") { Cell(served($0)) },
      ], rows: sheet.rows)
  }

  /// The same offset for controllers that count it to another point of the same phase.
  private func references(of sheet: PlanSheet) -> [String] {
    guard let group = sheet.referenceGroups.first,
      let row = sheet.rows.first(where: { $0.group == group && $0.begin == 0 })
    else { return [] }
    func wrapped(_ time: Double) -> String {
      number((sheet.offset + time).truncatingRemainder(dividingBy: sheet.cycle))
    }
    let name = network[sheet.controller].groups[group].name
    return [
      "to begin of yellow of \(name): \(wrapped(row.green)) s, to begin of red: \(wrapped(row.green + row.yellow)) s"
    ]
  }

  /// Seconds to a tenth, without a fraction where there is none.
  private func number(_ value: Double) -> String {
    let tenths = (value * 10).rounded() / 10
    return tenths == tenths.rounded() ? String(Int(tenths)) : String(tenths)
  }
}
