public import TrafficModel

/// Timing plans as tables, one row for each interval, that spreadsheets open. Documentation/PlanFormat.md has the
/// columns.
public enum PlanCSV {
  /// The plan as text.
  ///
  /// The text begins with a byte order mark when it holds more than ASCII: spreadsheets need it to show names in
  /// other scripts, and tools that read plain ASCII stumble over it.
  /// - Parameter plan: has an entry for each controller of `network`.
  public static func text(of plan: TimingPlan, network: Network) -> String {
    var text = CSVText.line(Column.allCases.map(\.rawValue))
    for program in plan.programs.compactMap({ $0 }) {
      let controller = network[program.controller]
      let stages = PlanText.stageNumbers(program)
      for (row, interval) in program.intervals.enumerated() {
        text += CSVText.line(
          Column.allCases.map { column in
            switch column {
            case .plan: plan.name
            case .controller: controller.name
            case .program: program.name
            case .cycle: PlanText.seconds(program.cycle)
            case .offset: PlanText.seconds(program.offset)
            case .interval: String(row + 1)
            case .duration: PlanText.seconds(interval.duration)
            case .stage: stages[row].map(String.init) ?? ""
            case .states: PlanText.states(interval)
            case .greenGroups: PlanText.greenGroups(interval, of: controller)
            }
          })
      }
    }
    return CSVTable.marked(text)
  }

  /// Reads the plan in `text`, which comes from `file`.
  ///
  /// - Returns: a plan with a programme for each controller that the file names.
  /// - Throws: `InputFailure` with everything that is wrong.
  public static func read(
    _ text: String, file: String, network: Network
  ) throws(InputFailure) -> TimingPlan {
    let text = text.hasPrefix(CSVTable.byteOrderMark) ? String(text.unicodeScalars.dropFirst()) : text
    var reader = PlanCSVReader(text: text, file: file, network: network)
    return try reader.read()
  }

  /// The columns, in the order in which they are written.
  enum Column: String, CaseIterable {
    case plan, controller, program
    case cycle = "cycle_s"
    case offset = "offset_s"
    case interval
    case duration = "duration_s"
    case stage, states
    case greenGroups = "green_groups"

    /// Whether a file must have it; the others say again what these say, or are names.
    var isRequired: Bool {
      switch self {
      case .controller, .offset, .duration, .states: true
      case .plan, .program, .cycle, .interval, .stage, .greenGroups: false
      }
    }
  }
}
