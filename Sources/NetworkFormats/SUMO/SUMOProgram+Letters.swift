internal import TrafficModel

extension SUMOProgram {
  /// Leaves out letters that nothing obeys and that are always red: netconvert adds such for crossings.
  ///
  /// - Parameter width: how many letters are obeyed.
  mutating func leaveOutLetters(beyond width: Int) {
    let shown = intervals.map(\.states) + (actuation?.phases.map(\.states) ?? [])
    guard shown.allSatisfy({ $0.dropFirst(width).allSatisfy { $0 == .red } }) else { return }
    cut(to: width)
  }

  private mutating func cut(to width: Int) {
    for index in intervals.indices { intervals[index].states = Array(intervals[index].states.prefix(width)) }
    actuation?.cutLetters(beyond: width)
  }

  /// Leaves out letters beyond those that are obeyed, with a warning, as SUMO does.
  mutating func cutLetters(beyond width: Int, _ log: inout DiagnosticLog) {
    guard let letters = intervals.first?.states.count, letters > width else { return }
    log.warning(
      "signal '\(controller)': of the \(letters) letters of programme '\(name)' the network obeys \(width), the others are left out",
      at: place, quote: controller)
    cut(to: width)
  }
}
