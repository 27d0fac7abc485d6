internal import LinearProgramming
internal import TrafficModel

/// One time without green of a crossing in the cycle, and what it makes its pedestrians wait.
///
/// r seconds of C: flow × r² / (2 C) is their delay per second, convex in r and so in the stages that r is the sum of. See
/// `PedestrianDelay`.
struct PedestrianWait {
  /// The intervals without green, each once.
  let intervals: [Int]
  /// Pedestrians per second, times their weight.
  let flow: Double

  /// The times without green of a group; none where it is always green, or never.
  static func all(ofGroup group: Int, flow: Double, program: SignalProgram) -> [PedestrianWait] {
    let count = program.intervals.count
    return program.runs(ofGroup: group) { !$0.isGreen }.filter { $0.count < count }.map { run in
      PedestrianWait(intervals: (0..<run.count).map { (run.first + $0) % count }.sorted(), flow: flow)
    }
  }

  /// r, s.
  func seconds(durations: [Double]) -> Double { intervals.reduce(0) { $0 + durations[$1] } }

  /// Weighted delay, s per second.
  func delay(durations: [Double], cycle: Double) -> Double {
    let seconds = seconds(durations: durations)
    return flow * seconds * seconds / (2 * cycle)
  }
}

extension SplitProgram {
  /// The tangent of a wait at `seconds` without green: W − slope r ≥ −W(seconds).
  func cut(
    _ wait: PedestrianWait, at seconds: Double, delay: Variable, base: Base
  ) -> (terms: [Term], least: Double) {
    let slope = wait.flow * seconds / cycle
    let stages = zip(structure.stages, base.stages).filter { wait.intervals.contains($0.0) }
    let fixed = structure.fixedTime(of: wait.intervals)
    return (
      [Term(delay, 1)] + stages.map { Term($0.1, -slope) },
      slope * fixed - wait.flow * seconds * seconds / (2 * cycle)
    )
  }
}
