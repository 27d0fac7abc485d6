/// A sum of a programme's intervals that must last at least so long.
public struct IntervalMinimum: Hashable, Sendable {
  /// Positions of the intervals, each once, ascending.
  public var intervals: [Int]
  /// s.
  public var seconds: Double
  /// What needs it, in words.
  public var reason: String
}

extension SignalProgram {
  /// Minimum greens, walks, intergreens and the phases' minimum splits as minimums of sums of intervals: the longest
  /// for each set of intervals, in order of the sets.
  ///
  /// - Parameter controller: the one that runs the programme.
  public func minimums(of controller: SignalController) -> [IntervalMinimum] {
    var longest: [[Int]: IntervalMinimum] = [:]
    let splits = controller.rings.map { RingReading(self, controller, rings: $0).minimums } ?? []
    for minimum in minimumGreens(controller) + intergreens(controller) + splits
    where minimum.seconds > longest[minimum.intervals]?.seconds ?? 0 {
      longest[minimum.intervals] = minimum
    }
    return longest.values.sorted { $0.intervals.lexicographicallyPrecedes($1.intervals) }
  }

  private func minimumGreens(_ controller: SignalController) -> [IntervalMinimum] {
    controller.groups.indices.flatMap { group -> [IntervalMinimum] in
      runs(ofGroup: group, where: \.isGreen).filter { $0.count < intervals.count }.map { run in
        let kind = controller.groups[group].kind == .pedestrian ? "walk" : "minimum green"
        return IntervalMinimum(
          intervals: positions(of: run), seconds: controller.groups[group].minimumGreen,
          reason: "\(kind) of group '\(controller.groups[group].name)'")
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
              seconds: controller.intergreens[a][b],
              reason:
                "intergreen from '\(controller.groups[a].name)' to '\(controller.groups[b].name)'"))
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
