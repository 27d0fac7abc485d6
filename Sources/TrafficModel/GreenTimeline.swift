/// What the groups of a controller show over a cycle, told by when they are green.
public struct GreenTimeline: Sendable {
  /// s.
  public var cycle: Double
  /// By group, in any order.
  public var greens: [[GreenSpan]]
  /// By group: what it shows outside its greens and yellows.
  public var background: [SignalState]
  /// `conflicts[a][b]`: how the groups of the controller meet.
  public var conflicts: [[GroupConflict]]

  /// - Parameter background: red for all where it is left out.
  public init(
    cycle: Double, greens: [[GreenSpan]], conflicts: [[GroupConflict]], background: [SignalState]? = nil
  ) {
    self.cycle = cycle
    self.greens = greens
    self.conflicts = conflicts
    self.background = background ?? greens.map { _ in .red }
  }

  /// The rows of the cycle; the first begins at second 0.
  ///
  /// A green is permissive where it is told to be, and where it yields to what is green or clears beside it.
  public var intervals: [SignalInterval] {
    var rows: [SignalInterval] = []
    let bounds = bounds
    for (begin, end) in zip(bounds, bounds.dropFirst() + [cycle]) {
      let states = states(at: (begin + end) / 2)
      if rows.last?.states == states {
        rows[rows.count - 1].duration += end - begin
      } else {
        rows.append(SignalInterval(duration: end - begin, states: states))
      }
    }
    return rows
  }

  /// The programme whose cycle has its second 0 at `offset`; it begins with a stage, and what is shown over second 0 is one
  /// row.
  public func program(_ controller: ControllerID, name: String, offset: Double) -> SignalProgram {
    var (rows, offset) = (intervals, offset)
    if rows.count > 1, rows[rows.count - 1].states == rows[0].states {
      let last = rows.removeLast()
      rows[0].duration += last.duration
      offset -= last.duration
    }
    return SignalProgram(
      controller: controller, name: name, offset: offset.wrapped(in: cycle), intervals: rows
    ).beginningWithStage()
  }

  /// Where what is shown may change, ascending from 0, each below the cycle.
  private var bounds: [Double] {
    let times = greens.joined().flatMap { [$0.begin, $0.end, $0.end + $0.yellow] }
    return ([0] + times.map { $0.wrapped(in: cycle) }).sorted().reduce(into: []) { kept, bound in
      let isNew = kept.last.map { bound - $0 > SignalProgram.slack } ?? true
      if isNew, bound < cycle - SignalProgram.slack { kept.append(bound) }
    }
  }

  private func states(at time: Double) -> [SignalState] {
    var states = greens.indices.map { group in
      greens[group].reduce(background[group]) { state, green in
        let since = (time - green.begin).positiveRemainder(cycle)
        if since < green.length {
          return green.isPermissive && state != .protectedGreen ? .permissiveGreen : .protectedGreen
        }
        return since < green.length + green.yellow && !state.isGreen ? .yellow : state
      }
    }
    for group in states.indices where states[group] == .protectedGreen {
      let yields = states.indices.contains { other in
        conflicts[group][other].makesRowYield && (states[other].isGreen || states[other] == .yellow)
      }
      if yields { states[group] = .permissiveGreen }
    }
    return states
  }
}
