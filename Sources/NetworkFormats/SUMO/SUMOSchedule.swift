public import TrafficModel

/// Timetables for the SUMO simulator: each signal's programmes, and a WAUT that switches between them.
public enum SUMOSchedule {
  /// The text of an additional file that has signals run a timetable.
  ///
  /// Each transition is a programme of its own whose cycle begins when the transition does. Without a `procedure` SUMO
  /// switches at once and shows each programme where its offset says, and so what the timetable shows, second by
  /// second. The file goes last among the additional files.
  /// - Parameters:
  ///   - network: the network that the timetable is for.
  ///   - known: names of the input's programmes, which no new one may have.
  ///   - untouched: controllers that keep what they have.
  public static func text(
    of timetable: SignalTimetable, network: Network, known: [String], untouched: Set<ControllerID> = []
  ) -> String {
    var lines = ["<?xml version=\"1.0\" encoding=\"UTF-8\"?>", "<additional>"]
    let signals = SUMOPlan.controllerNames(network)
    for index in network.controllers.indices where !untouched.contains(ControllerID(index)) {
      let pieces = timetable.pieces[index]
      var programs: [(program: SignalProgram, name: String)] = []
      let names = pieces.map { piece -> String in
        if let same = programs.first(where: { $0.program == piece.program }) { return same.name }
        let name = SUMOPlan.freeProgramName(
          for: piece.program.name, known: known + programs.map(\.name))
        programs.append((piece.program, name))
        lines += SUMOPlan.lines(of: piece.program, network: network, programName: name)
        return name
      }
      // The last programme loaded runs; one that never changes needs no switching.
      guard names.count > 1 else { continue }
      let id = XMLText.escaped(signals[index])
      lines.append("  <WAUT id=\"\(id)\" refTime=\"0\" startProg=\"\(XMLText.escaped(names[0]))\">")
      for (piece, name) in zip(pieces, names).dropFirst() {
        lines.append(
          "    <wautSwitch time=\"\(SUMOPlan.number(piece.begin))\" to=\"\(XMLText.escaped(name))\"/>")
      }
      lines += ["  </WAUT>", "  <wautJunction wautID=\"\(id)\" junctionID=\"\(id)\"/>"]
    }
    lines.append("</additional>")
    return lines.joined(separator: "\n") + "\n"
  }
}
