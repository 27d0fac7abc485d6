internal import TrafficModel

extension SignalProgram {
  /// When something holds of what the groups show, as spans from the begin of `intervals[0]`; one of a whole cycle where it always
  /// does.
  func windows(_ holds: ([SignalState]) -> Bool) -> [GreenSpan] {
    let holding = intervals.map { holds($0.states) }
    guard holding.contains(false) else {
      return intervals.isEmpty ? [] : [GreenSpan(begin: 0, length: cycle)]
    }
    let count = holding.count
    return holding.indices.filter { holding[$0] && !holding[($0 + count - 1) % count] }.map { first in
      var (length, row) = (0.0, first)
      while holding[row % count] {
        length += intervals[row % count].duration
        row += 1
      }
      return GreenSpan(begin: begin(ofInterval: first), length: length)
    }
  }

  /// s from the end of a green's yellow until traffic that it conflicts with may start, as far as the controller asks for it.
  func redClearance(after green: GreenSpan, ofGroup group: Int, _ controller: SignalController) -> Double {
    let others = controller.groups.indices.filter {
      $0 != group && controller.groups[$0].kind == .vehicle && controller.conflicts[group][$0] != .none
    }
    let asked = others.map { controller.intergreens[group][$0] }.max() ?? 0
    let end = green.end + green.yellow
    let next = others.flatMap { greens(ofGroup: $0) }.map { ($0.begin - end).positiveRemainder(cycle) }.min()
    return max(0, min(asked - green.yellow, next ?? 0))
  }
}

extension GreenSpan {
  /// Greens that begin and end within a second of each other count as one, s.
  static let sameness = 1.0

  /// Whether two spans of a cycle are the same.
  func isSame(as other: GreenSpan, in cycle: Double) -> Bool {
    let shift = (begin - other.begin).positiveRemainder(cycle)
    return min(shift, cycle - shift) <= Self.sameness && abs(length - other.length) <= Self.sameness
  }

  /// s from the end of this span to the begin of another.
  func gap(to other: GreenSpan, in cycle: Double) -> Double {
    let gap = (other.begin - end).positiveRemainder(cycle)
    return cycle - gap < Self.sameness ? 0 : gap
  }
}
