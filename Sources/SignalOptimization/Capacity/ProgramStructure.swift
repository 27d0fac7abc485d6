internal import TrafficModel

/// What may change in a programme while its stages and their order stay: the stages' durations.
///
/// Transitions (yellow, all-red) keep their durations, so what holds for them in the existing programme
/// holds in every programme of the same structure.
struct ProgramStructure: Hashable, Sendable {
  let program: SignalProgram
  /// Positions of the intervals whose durations may change.
  let stages: [Int]
  /// Seconds of all transitions together.
  let lostTime: Double
  /// Minimum greens, walks and intergreens, one for each set of intervals.
  let minimums: [IntervalMinimum]
  /// What rows of linear programs are called that hold them.
  let minimumNames: [String]

  /// Stages are never shorter than this, s: signals are set in whole seconds.
  static let shortestStage = 1.0

  /// Of a ring-barrier controller the durations may change of all intervals in which no ring is in a clearance: whatever
  /// they are, each ring then has as many seconds before a barrier as the others.
  init(program: SignalProgram, controller: SignalController) {
    let ofRings = controller.rings.map {
      RingReading(program, controller, rings: $0).adjustableIntervals
    }
    self.init(program: program, stages: ofRings ?? program.stages, controller: controller)
  }

  /// - Parameter stages: positions of the intervals whose durations may change, ascending.
  init(program: SignalProgram, stages: [Int], controller: SignalController) {
    // What is planned runs by the clock.
    self.program = program.fixedTime
    self.stages = stages
    lostTime = program.intervals.indices.reduce(0) {
      $0 + (stages.contains($1) ? 0 : program.intervals[$1].duration)
    }
    let shortest = stages.map {
      IntervalMinimum(intervals: [$0], seconds: controller.shortestStage, cause: .stage)
    }.filter { $0.seconds > Self.shortestStage }
    minimums = program.minimums(of: controller) + shortest
    minimumNames = minimums.map { $0.cause.name(in: controller) }
  }

  /// The durations of all intervals when the stages last `stageDurations`.
  func durations(stages stageDurations: [Double]) -> [Double] {
    var durations = program.intervals.map(\.duration)
    for (stage, duration) in zip(stages, stageDurations) { durations[stage] = duration }
    return durations
  }

  /// The programme with these stage durations.
  func program(stages stageDurations: [Double]) -> SignalProgram {
    var program = program
    for (stage, duration) in zip(stages, stageDurations) { program.intervals[stage].duration = duration }
    return program
  }

  /// Seconds of transitions among some intervals.
  func fixedTime(of intervals: [Int]) -> Double {
    intervals.reduce(0) { $0 + (stages.contains($1) ? 0 : program.intervals[$1].duration) }
  }
}

extension IntervalMinimum.Cause {
  /// Of a row of a linear program.
  fileprivate func name(in controller: SignalController) -> String {
    func name(_ group: Int) -> String { controller.groups[group].name }
    return switch self {
    case .minimumGreen(let group): "minimum_green_\(name(group))"
    case .walk(let group): "walk_\(name(group))"
    case .intergreen(let from, let to): "intergreen_\(name(from))_\(name(to))"
    case .split(let phase): "split_\(phase)"
    case .lead(let walker, let vehicles): "lead_\(name(walker))_\(name(vehicles))"
    case .stage: "shortest_stage"
    }
  }
}
