public import TrafficModel

/// Controller sheets as a table, one row for each phase or stage, in whole seconds. Documentation/Sheet.md has the columns.
public enum ControllerSheetCSV {
  /// The sheets of a plan as text; begins with a byte order mark when it holds more than ASCII.
  ///
  /// - Parameter plan: controllers without a programme have no rows.
  public static func text(of plan: TimingPlan, network: Network) -> String {
    var text = CSVText.line([
      "plan", "controller", "program", "cycle_s", "offset_to_green_s", "offset_to_yellow_s",
      "offset_reference",
      "ring", "phase", "stage", "order", "is_coordinated", "serves", "permissive", "green_from_s", "split_s",
      "force_off_s", "minimum_green_s", "yellow_s", "all_red_s", "walk_s", "flashing_dont_walk_s",
    ])
    for program in plan.programs.compactMap({ $0 }) {
      let sheet = ControllerSheet(program, network: network).inWholeSeconds
      let controller = network[sheet.controller]
      func names(_ groups: [Int]) -> String {
        groups.map { controller.groups[$0].name }.joined(separator: " + ")
      }
      for row in sheet.rows {
        let hasRings = row.ring != nil
        let reference = sheet.referencePhases.map { String($0) }.joined(separator: " + ")
        text += CSVText.line([
          plan.name, controller.name, sheet.program, PlanText.seconds(sheet.cycle),
          PlanText.seconds(sheet.offset),
          PlanText.seconds(sheet.offsetToYellow), "\(hasRings ? "phase" : "stage") \(reference)",
          row.ring.map { String($0) } ?? "", hasRings ? String(row.number) : "",
          hasRings ? "" : String(row.number),
          row.order.map { $0 == .lead ? "lead" : "lag" } ?? "", row.isCoordinated ? "yes" : "no",
          names(row.protected), names(row.permitted), row.begin.map(PlanText.seconds) ?? "",
          PlanText.seconds(row.split), row.forceOff.map(PlanText.seconds) ?? "",
          PlanText.seconds(row.minimumGreen),
          PlanText.seconds(row.yellow), PlanText.seconds(row.allRed),
          row.walk > 0 ? PlanText.seconds(row.walk) : "",
          row.walk > 0 ? PlanText.seconds(row.flashingDontWalk) : "",
        ])
      }
    }
    return (text.utf8.allSatisfy { $0 < 0x80 } ? "" : "\u{FEFF}") + text
  }
}
