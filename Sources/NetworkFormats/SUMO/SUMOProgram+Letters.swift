internal import TrafficModel

extension SUMOProgram {
  /// Leaves out letters that nothing obeys and that are always red: netconvert adds such for crossings.
  ///
  /// - Parameter width: how many letters are obeyed.
  mutating func leaveOutLetters(beyond width: Int) {
    guard intervals.allSatisfy({ $0.states.dropFirst(width).allSatisfy { $0 == .red } }) else { return }
    for index in intervals.indices { intervals[index].states = Array(intervals[index].states.prefix(width)) }
  }
}

extension SUMOProgram {
  /// Leaves out letters beyond those that are obeyed, with a warning, as SUMO does.
  mutating func cutLetters(beyond width: Int, _ log: inout DiagnosticLog) {
    guard let letters = intervals.first?.states.count, letters > width else { return }
    log.warning(
      "signal '\(controller)': of the \(letters) letters of programme '\(name)' the network obeys \(width), the others are left out",
      at: place, quote: controller)
    for index in intervals.indices { intervals[index].states = Array(intervals[index].states.prefix(width)) }
  }
}
