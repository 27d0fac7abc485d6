/// A green of a signal group within a cycle, and the yellow after it.
public struct GreenSpan: Hashable, Sendable {
  /// s after second 0 of the cycle; it may lie in a later one.
  public var begin: Double
  /// s, above 0 and at most the cycle; the green may last over the cycle's end.
  public var length: Double
  /// s of yellow that follow.
  public var yellow: Double
  /// Whether the group waits for gaps whatever else is green.
  public var isPermissive: Bool

  /// A green.
  public init(begin: Double, length: Double, yellow: Double = 0, isPermissive: Bool = false) {
    self.begin = begin
    self.length = length
    self.yellow = yellow
    self.isPermissive = isPermissive
  }

  /// s after second 0 of the cycle.
  public var end: Double { begin + length }

  /// Whether two greens of a cycle share more than what rounding makes of none.
  public func overlaps(_ other: GreenSpan, in cycle: Double) -> Bool {
    (other.begin - begin).wrapped(in: cycle) < length - SignalProgram.slack
      || (begin - other.begin).wrapped(in: cycle) < other.length - SignalProgram.slack
  }
}

extension SignalProgram {
  /// The greens of group `group`, each with the yellow that follows, counted from the begin of `intervals[0]`.
  public func greens(ofGroup group: Int) -> [GreenSpan] {
    spans(ofGroup: group, where: \.isGreen)
  }

  /// The times in which group `group` shows a state that `shows` accepts, with the yellow that follows each, counted from
  /// the begin of `intervals[0]`; one span of a whole cycle where it always does.
  public func spans(ofGroup group: Int, where shows: (SignalState) -> Bool) -> [GreenSpan] {
    runs(ofGroup: group, where: shows).map { run in
      GreenSpan(
        begin: begin(ofInterval: run.first), length: duration(of: run),
        yellow: yellow(after: run, ofGroup: group))
    }
  }

  /// s from the begin of `intervals[0]` until an interval begins.
  public func begin(ofInterval index: Int) -> Double {
    intervals[..<index].reduce(0) { $0 + $1.duration }
  }

  /// s of yellow that group `group` shows at once after a run of intervals.
  public func yellow(after run: IntervalRun, ofGroup group: Int) -> Double {
    var yellow = 0.0
    for row in rows(after: run) {
      guard intervals[row].states[group] == .yellow else { break }
      yellow += intervals[row].duration
    }
    return yellow
  }

  /// Whether the green that a run of intervals is ends in red at last, not in green again after its yellow.
  func isLost(_ run: IntervalRun, ofGroup group: Int) -> Bool {
    let next = rows(after: run).first { intervals[$0].states[group] != .yellow }
    return next.map { !intervals[$0].states[group].isGreen } ?? false
  }

  private func rows(after run: IntervalRun) -> some Sequence<Int> {
    (run.count..<max(intervals.count, run.count)).lazy.map { (run.first + $0) % intervals.count }
  }

  /// The shortest yellow after which group `group` loses its green, s; nil where it never does. Yellow that leads back to
  /// green takes no right of way from anybody.
  public func shortestYellow(ofGroup group: Int) -> Double? {
    let runs = runs(ofGroup: group, where: \.isGreen).filter { isLost($0, ofGroup: group) }
    return runs.map { yellow(after: $0, ofGroup: group) }.min()
  }

  /// The shortest green of group `group`, s; nil where it is never or always green.
  public func shortestGreen(ofGroup group: Int) -> Double? {
    let runs = runs(ofGroup: group, where: \.isGreen)
    guard runs != [IntervalRun(first: 0, count: intervals.count)] else { return nil }
    return runs.map(duration(of:)).min()
  }

  /// Whether group `group` turns green in some interval while `other` shows yellow.
  public func starts(_ group: Int, duringYellowOf other: Int) -> Bool {
    intervals.indices.contains { row in
      intervals[row].states[other] == .yellow && intervals[row].states[group].isGreen
        && !intervals[(row + intervals.count - 1) % intervals.count].states[group].isGreen
    }
  }
}
