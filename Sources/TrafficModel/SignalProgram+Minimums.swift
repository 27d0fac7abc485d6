/// A sum of a programme's intervals that must last at least so long.
public struct IntervalMinimum: Hashable, Sendable {
  /// What needs it.
  public enum Cause: Hashable, Sendable {
    /// The shortest green of a group, by its position.
    case minimumGreen(Int)
    /// The walk of a group of pedestrians, by its position.
    case walk(Int)
    /// The time from one group's green to another's, by their positions.
    case intergreen(from: Int, to: Int)
    /// The shortest green of a phase, by its number.
    case split(phase: Int)
    /// The pedestrians' lead over vehicles that yield to them, by the positions of both groups.
    case lead(of: Int, before: Int)
    /// The shortest stage.
    case stage
  }
  /// Positions of the intervals, each once, ascending.
  public let intervals: [Int]
  /// s.
  public let seconds: Double
  /// What needs it.
  public let cause: Cause

  /// A minimum.
  public init(intervals: [Int], seconds: Double, cause: Cause) {
    (self.intervals, self.seconds, self.cause) = (intervals, seconds, cause)
  }
}

extension SignalProgram {
  /// Minimum greens, walks, intergreens and the phases' minimum splits as minimums of sums of intervals: the longest
  /// for each set of intervals, in order of the sets.
  ///
  /// - Parameter controller: the one that runs the programme.
  public func minimums(of controller: SignalController) -> [IntervalMinimum] {
    var longest: [[Int]: IntervalMinimum] = [:]
    let splits = controller.rings.map { RingReading(self, controller, rings: $0).minimums } ?? []
    for minimum in minimumGreens(controller) + intergreens(controller) + leads(controller) + splits
    where minimum.seconds > longest[minimum.intervals]?.seconds ?? 0 {
      longest[minimum.intervals] = minimum
    }
    return longest.values.sorted { $0.intervals.lexicographicallyPrecedes($1.intervals) }
  }

  private func minimumGreens(_ controller: SignalController) -> [IntervalMinimum] {
    controller.groups.indices.flatMap { group -> [IntervalMinimum] in
      let description = controller.groups[group]
      let cause: IntervalMinimum.Cause =
        description.kind == .pedestrian ? .walk(group) : .minimumGreen(group)
      func minimum(_ run: IntervalRun, _ seconds: Double) -> IntervalMinimum {
        IntervalMinimum(intervals: positions(of: run), seconds: seconds, cause: cause)
      }
      let greens = runs(ofGroup: group, where: \.isGreen).filter { $0.count < intervals.count }
      let arrows = description.minimumProtectedGreen > 0 ? arrows(ofGroup: group) : []
      return greens.map { minimum($0, description.minimumGreen) }
        + arrows.map { minimum($0, description.minimumProtectedGreen) }
    }
  }

  private func leads(_ controller: SignalController) -> [IntervalMinimum] {
    controller.pedestrianStages.leads.flatMap { lead in
      runs(ofGroup: lead.pedestrians, where: \.isGreen).compactMap { run -> IntervalMinimum? in
        let rows = (0..<run.count).prefix {
          !intervals[(run.first + $0) % intervals.count].states[lead.vehicles].isGreen
        }
        guard !rows.isEmpty, rows.count < run.count else { return nil }
        return IntervalMinimum(
          intervals: positions(of: IntervalRun(first: run.first, count: rows.count)), seconds: lead.seconds,
          cause: .lead(of: lead.pedestrians, before: lead.vehicles))
      }
    }
  }

  private func intergreens(_ controller: SignalController) -> [IntervalMinimum] {
    let count = intervals.count
    var minimums: [IntervalMinimum] = []
    for a in controller.groups.indices {
      for b in controller.groups.indices where controller.intergreens[a][b] > 0 {
        for run in runs(ofGroup: b, where: \.isGreen) where run.count < count {
          // From the last end of a's green to this start of b's; none while a is green.
          var length = 0
          while length < count, !intervals[(run.first - length - 1 + count) % count].states[a].isGreen {
            length += 1
          }
          guard length > 0, length < count else { continue }
          let first = (run.first - length + count) % count
          minimums.append(
            IntervalMinimum(
              intervals: positions(of: IntervalRun(first: first, count: length)),
              seconds: controller.intergreens[a][b], cause: .intergreen(from: a, to: b)))
        }
      }
    }
    return minimums
  }

  /// Positions of a run's intervals, ascending.
  private func positions(of run: IntervalRun) -> [Int] {
    (0..<run.count).map { (run.first + $0) % intervals.count }.sorted()
  }
}
