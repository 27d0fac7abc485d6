internal import TrafficModel

/// Stages in the order in which a controller runs them.
struct StageSequence: Hashable {
  /// By stage: what each group shows.
  var stages: [[SignalState]]

  /// The programme structure of the sequence: the stages, and between them the changes that yellow and intergreen
  /// times ask for.
  /// - Parameter stageDuration: s of each stage to begin with.
  func structure(
    of id: ControllerID, _ controller: SignalController, stageDuration: Double = 10
  ) -> ProgramStructure {
    var intervals: [SignalInterval] = []
    var rows: [Int] = []
    for index in stages.indices {
      rows.append(intervals.count)
      intervals.append(SignalInterval(duration: stageDuration, states: stages[index]))
      intervals +=
        Self.change(from: stages[index], to: stages[(index + 1) % stages.count], controller).intervals
    }
    let program = SignalProgram(controller: id, name: "greenwave", offset: 0, intervals: intervals)
    return ProgramStructure(program: program, stages: rows, controller: controller)
  }

  /// The change between two stages; whoever begins does so as early as it may, so that little green is lost.
  static func change(
    from: [SignalState], to: [SignalState], _ controller: SignalController
  ) -> StageChange {
    StageChange(from: from, to: to, of: controller, starts: .eachAtWholeSecond)
  }
}
