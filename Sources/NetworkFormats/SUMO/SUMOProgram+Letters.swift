internal import TrafficModel

extension SUMOProgram {
  /// Leaves out letters that nothing obeys, as netconvert adds them for crossings, with a warning where they are not always red.
  ///
  /// - Parameter width: how many letters are obeyed.
  mutating func leaveOutLetters(beyond width: Int, _ log: inout DiagnosticLog) {
    guard intervals.contains(where: { $0.states.count > width }) else { return }
    if intervals.contains(where: { $0.states.dropFirst(width).contains { $0 != .red } }) {
      log.warning(
        "signal '\(controller)': nothing obeys the letters after the first \(width) of its states, which are left out",
        line: line, quote: controller)
    }
    for index in intervals.indices { intervals[index].states = Array(intervals[index].states.prefix(width)) }
  }
}
