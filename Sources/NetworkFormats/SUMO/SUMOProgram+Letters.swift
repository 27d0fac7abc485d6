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
