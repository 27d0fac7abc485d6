internal import TrafficModel

/// What may change in a programme while its stages and their order stay: the stages' durations.
///
/// Transitions (yellow, all-red) keep their durations, so what holds for them in the existing programme
/// holds in every programme of the same structure.
struct ProgramStructure: Hashable, Sendable {
  /// A sum of intervals that must last at least so long.
  struct Minimum: Hashable {
    /// The intervals, each once, ascending.
    var intervals: [Int]
    /// s.
    var seconds: Double
    /// What needs it, in words.
    var reason: String
  }

  let program: SignalProgram
  /// Positions of the intervals whose durations may change.
  let stages: [Int]
  /// Seconds of all transitions together.
  let lostTime: Double
  /// Minimum greens, walks and intergreens, one for each set of intervals.
  let minimums: [Minimum]

  /// Stages are never shorter than this, s: signals are set in whole seconds.
  static let shortestStage = 1.0

  init(program: SignalProgram, controller: SignalController) {
    self.init(program: program, stages: program.stages, controller: controller)
  }

  /// - Parameter stages: positions of the intervals whose durations may change, ascending.
  init(program: SignalProgram, stages: [Int], controller: SignalController) {
    self.program = program
    self.stages = stages
    lostTime = program.intervals.indices.reduce(0) {
      $0 + (stages.contains($1) ? 0 : program.intervals[$1].duration)
    }
    minimums = Self.merged(
      Self.minimumGreens(program, controller) + Self.intergreens(program, controller))
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

  private static func minimumGreens(_ program: SignalProgram, _ controller: SignalController) -> [Minimum] {
    controller.groups.indices.flatMap { group -> [Minimum] in
      let runs = program.runs(ofGroup: group, where: \.isGreen)
      return runs.filter { $0.count < program.intervals.count }.map { run in
        let needed = controller.groups[group].minimumGreen
        let kind = controller.groups[group].kind == .pedestrian ? "walk" : "minimum green"
        return Minimum(
          intervals: program.positions(of: run), seconds: needed,
          reason: "\(kind) of group '\(controller.groups[group].name)'")
      }
    }
  }

  private static func intergreens(_ program: SignalProgram, _ controller: SignalController) -> [Minimum] {
    let count = program.intervals.count
    var minimums: [Minimum] = []
    for a in controller.groups.indices {
      for b in controller.groups.indices where controller.intergreens[a][b] > 0 {
        for run in program.runs(ofGroup: b, where: \.isGreen) where run.count < count {
          // From the last end of a's green to this start of b's; none while a is green.
          var length = 0
          while length < count, !program.intervals[(run.first - length - 1 + count) % count].states[a].isGreen
          {
            length += 1
          }
          guard length > 0, length < count else { continue }
          let first = (run.first - length + count) % count
          minimums.append(
            Minimum(
              intervals: program.positions(of: IntervalRun(first: first, count: length)),
              seconds: controller.intergreens[a][b],
              reason:
                "intergreen from '\(controller.groups[a].name)' to '\(controller.groups[b].name)'"))
        }
      }
    }
    return minimums
  }

  /// One minimum, the longest, for each set of intervals, in order of the sets.
  private static func merged(_ minimums: [Minimum]) -> [Minimum] {
    var longest: [[Int]: Minimum] = [:]
    for minimum in minimums where minimum.seconds > longest[minimum.intervals]?.seconds ?? 0 {
      longest[minimum.intervals] = minimum
    }
    return longest.values.sorted { $0.intervals.lexicographicallyPrecedes($1.intervals) }
  }
}

extension SignalProgram {
  /// Positions of a run's intervals, ascending.
  fileprivate func positions(of run: IntervalRun) -> [Int] {
    (0..<run.count).map { (run.first + $0) % intervals.count }.sorted()
  }
}
