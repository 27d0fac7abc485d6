internal import TrafficModel

/// Stages in the order in which a controller runs them.
struct StageSequence: Hashable {
  /// By stage: what each group shows.
  var stages: [[SignalState]]

  /// The programme structure of the sequence: the stages, and between them the transitions that yellow and intergreen
  /// times ask for.
  ///
  /// A group that is green on both sides stays green; one that ends shows its yellow at once; one that begins does so
  /// as soon as everybody it conflicts with has been cleared.
  /// - Parameter stageDuration: s of each stage to begin with.
  func structure(
    of id: ControllerID, _ controller: SignalController, background: [SignalState],
    stageDuration: Double = 10
  ) -> ProgramStructure {
    var intervals: [SignalInterval] = []
    var rows: [Int] = []
    for index in stages.indices {
      rows.append(intervals.count)
      intervals.append(SignalInterval(duration: stageDuration, states: stages[index]))
      let transition = Transition(
        from: stages[index], to: stages[(index + 1) % stages.count], controller, background: background)
      intervals += transition.intervals
    }
    let program = SignalProgram(controller: id, name: "greenwave", offset: 0, intervals: intervals)
    return ProgramStructure(program: program, stages: rows, controller: controller)
  }
}

/// The intervals between two stages.
struct Transition {
  private(set) var intervals: [SignalInterval] = []

  /// s.
  var duration: Double { intervals.reduce(0) { $0 + $1.duration } }

  init(
    from: [SignalState], to: [SignalState], _ controller: SignalController, background: [SignalState]
  ) {
    let groups = from.indices
    let ending = groups.filter { from[$0].isGreen && !to[$0].isGreen }
    let starts = groups.map { group -> Double in
      guard to[group].isGreen, !from[group].isGreen else { return 0 }
      return ending.filter { controller.conflicts[$0][group] != .none }.reduce(0) { latest, other in
        let yellow = controller.startsDuringYellow[other][group] ? 0 : controller.groups[other].yellow
        return max(latest, controller.intergreens[other][group], yellow).rounded(.up)
      }
    }
    let yellows = ending.map { controller.groups[$0].yellow }
    let end = max(starts.max() ?? 0, yellows.max() ?? 0).rounded(.up)
    let bounds = Set(starts + yellows + [0, end]).sorted()
    for (begin, next) in zip(bounds, bounds.dropFirst()) {
      let states = groups.map { group -> SignalState in
        switch (from[group].isGreen, to[group].isGreen) {
        case (true, true):
          from[group] == to[group] ? from[group] : .permissiveGreen
        case (true, false):
          begin < controller.groups[group].yellow ? .yellow : background[group]
        case (false, true):
          begin >= starts[group] ? to[group] : background[group]
        case (false, false):
          background[group]
        }
      }
      intervals.append(SignalInterval(duration: next - begin, states: states))
    }
  }
}
