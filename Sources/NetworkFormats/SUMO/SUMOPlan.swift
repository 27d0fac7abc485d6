public import TrafficModel

/// Timing plans as SUMO's additional files hold them: one static `tlLogic` for each signal.
public enum SUMOPlan {
  /// The text of an additional file that gives signals a plan's programmes.
  ///
  /// SUMO runs the programme of a signal that it loads last, so the file goes last among the additional files.
  /// Offsets mean the same to SUMO and to `SignalProgram`: the first phase begins at offset + n × cycle.
  /// - Parameters:
  ///   - plan: signals without a programme in it, and those that respond to traffic, are left as they are.
  ///   - network: the network that the plan is for; a state has a letter for each group of the controller.
  ///   - programName: the programme's name; no signal may have one of that name already, see
  ///     `freeProgramName(for:known:)`.
  public static func text(of plan: TimingPlan, network: Network, programName: String) -> String {
    var lines = ["<?xml version=\"1.0\" encoding=\"UTF-8\"?>", "<additional>"]
    // One that responds is the network's own, which runs where the plan has none.
    for program in plan.programs.compactMap({ $0 }) where program.actuation == nil {
      lines += self.lines(of: program, network: network, programName: programName)
    }
    lines.append("</additional>")
    return lines.joined(separator: "\n") + "\n"
  }

  /// The `tlLogic` of a programme.
  ///
  /// - Parameter spare: letters after those of the groups, which nothing obeys.
  static func lines(of program: SignalProgram, network: Network, programName: String, spare: Int = 0)
    -> [String]
  {
    let id = XMLText.escaped(controllerNames(network)[program.controller.index])
    var lines = [
      "  <tlLogic id=\"\(id)\" type=\"static\" programID=\"\(XMLText.escaped(programName))\" "
        + "offset=\"\(PlanText.seconds(program.offset))\">"
    ]
    for interval in program.intervals {
      let state = interval.states.map(\.rawValue).joined() + String(repeating: "r", count: spare)
      lines.append("    <phase duration=\"\(PlanText.seconds(interval.duration))\" state=\"\(state)\"/>")
    }
    return lines + ["  </tlLogic>"]
  }

  /// By controller: SUMO's name of it.
  static func controllerNames(_ network: Network) -> [String] {
    SUMOWriter.names(network.controllers.map(\.name)).all
  }

  /// `wanted`, or `wanted-2`, `wanted-3` … where a known programme has that name.
  ///
  /// - Parameter known: names of the input's programmes.
  public static func freeProgramName(for wanted: String, known: [String]) -> String {
    guard known.contains(wanted) else { return wanted }
    var count = 2
    while known.contains("\(wanted)-\(count)") { count += 1 }
    return "\(wanted)-\(count)"
  }

  /// The shortest text that reads back as the same number; whole numbers without a point.
  static func number(_ value: Double) -> String {
    let text = "\(value)"
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }
}
