public import TrafficModel

/// Plan sheets as a table, one row for each green of each group. Documentation/PlanFormat.md has the columns.
public enum PlanSheetCSV {
  /// The sheets of a plan as text; begins with a byte order mark when it holds more than ASCII.
  ///
  /// - Parameter plan: has an entry for each controller of `network`.
  public static func text(of plan: TimingPlan, network: Network) -> String {
    var text = CSVText.line([
      "plan", "controller", "program", "cycle_s", "offset_s", "offset_reference", "group", "kind",
      "green_begin_s", "green_s", "yellow_s", "all_red_s", "split_s", "force_off_s", "walk_s", "clearance_s",
      "minimum_green_s",
    ])
    for program in plan.programs.compactMap({ $0 }) {
      let sheet = PlanSheet(program, network: network)
      let controller = network[sheet.controller]
      if let phases = PhaseSheet(program, controller) {
        text += phases.rows.map { row in
          let (phase, number) = (row.phase, PlanText.roundedSeconds)
          return CSVText.line([
            plan.name, controller.name, sheet.program, number(sheet.cycle), number(sheet.offset),
            sheet.reference(in: network), "\(phase.number)", "phase of ring \(phase.ring)", number(row.begin),
            number(row.green), number(phase.yellow), number(phase.allRed), number(row.split),
            number(row.forceOff),
            phase.walk > 0 ? number(phase.walk) : "", phase.walk > 0 ? number(phase.flashingDontWalk) : "",
            number(phase.minimumGreen),
          ])
        }.joined()
        continue
      }
      for row in sheet.rows {
        let group = controller.groups[row.group]
        let isPedestrian = group.kind == .pedestrian
        func number(_ value: Double?) -> String { value.map(PlanText.roundedSeconds) ?? "" }
        text += CSVText.line([
          plan.name, controller.name, sheet.program, number(sheet.cycle), number(sheet.offset),
          sheet.reference(in: network), group.name, isPedestrian ? "pedestrians" : "vehicles",
          number(row.begin), number(row.green), number(isPedestrian ? nil : row.yellow),
          number(isPedestrian ? nil : row.allRed), number(isPedestrian ? nil : row.split),
          // Who walks is never given less than he needs.
          number(row.forceOff), number(isPedestrian ? row.green : nil),
          number(row.clearance.map { ($0 * 10 - 1e-6).rounded(.up) / 10 }),
          number(group.minimumGreen),
        ])
      }
    }
    return (text.utf8.allSatisfy { $0 < 0x80 } ? "" : "\u{FEFF}") + text
  }
}
