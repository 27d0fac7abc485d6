/// The intervals from what a controller shows to a stage of another programme.
///
/// Who is green on both sides stays green; who ends shows yellow at once, then red; all who begin do so together, when
/// everybody they conflict with has been cleared for as long as the intergreens say.
struct Changeover {
  private(set) var intervals: [SignalInterval] = []

  /// s.
  var duration: Double { intervals.reduce(0) { $0 + $1.duration } }

  private let last: [SignalState]
  private let next: [SignalState]
  /// By group: s of yellow still to be shown.
  private var yellows: [Double] = []
  /// By group: s of red and yellow before its green.
  private var leads: [Double] = []

  /// - Parameters:
  ///   - history: what was shown until now, a cycle at least.
  ///   - next: what the stage shows that is to come.
  ///   - before: what the new programme shows before that stage, with its duration.
  init(
    after history: [SignalInterval], to next: [SignalState], before: SignalInterval,
    _ controller: SignalController
  ) {
    last = history[history.count - 1].states
    self.next = next
    for (group, description) in controller.groups.enumerated() {
      if last[group].isGreen {
        yellows.append(next[group].isGreen ? 0 : description.yellow)
      } else if last[group] == .yellow {
        yellows.append(max(0, description.yellow - Self.time(in: history, group) { $0 == .yellow }))
      } else {
        yellows.append(0)
      }
      let begins = next[group].isGreen && !last[group].isGreen
      leads.append(begins && before.states[group] == .redYellow ? before.duration : 0)
    }
    let end = Self.clearance(history, to: next, controller)
    build(until: ([end] + yellows + leads).reduce(0, max))
  }

  /// s until all who begin may do so.
  private static func clearance(
    _ history: [SignalInterval], to next: [SignalState], _ controller: SignalController
  ) -> Double {
    let last = history[history.count - 1].states
    var needed = 0.0
    for other in last.indices where !(last[other].isGreen && next[other].isGreen) {
      let since = time(in: history, other) { !$0.isGreen }
      for group in last.indices where next[group].isGreen && !last[group].isGreen && group != other {
        guard controller.conflicts[other][group] != .none else { continue }
        let wasGreen = last[other].isGreen || history.contains { $0.states[other].isGreen }
        guard wasGreen else { continue }
        needed = max(needed, controller.intergreens[other][group] - since)
      }
    }
    return needed
  }

  /// s for which a group has shown states that `shows` accepts, up to the end of `history`.
  private static func time(
    in history: [SignalInterval], _ group: Int, _ shows: (SignalState) -> Bool
  ) -> Double {
    history.reversed().prefix { shows($0.states[group]) }.reduce(0) { $0 + $1.duration }
  }

  private mutating func build(until end: Double) {
    let bounds = Set(yellows + leads.map { $0 > 0 ? end - $0 : end } + [0, end]).filter { $0 <= end }.sorted()
    for (begin, bound) in zip(bounds, bounds.dropFirst()) {
      intervals.append(
        SignalInterval(
          duration: bound - begin, states: last.indices.map { state(of: $0, at: begin, until: end) }))
    }
  }

  private func state(of group: Int, at time: Double, until end: Double) -> SignalState {
    if last[group].isGreen, next[group].isGreen {
      // Permissive harms nobody while others end or begin.
      return last[group] == next[group] ? last[group] : .permissiveGreen
    }
    if time < yellows[group] { return .yellow }
    if leads[group] > 0, time >= end - leads[group] { return .redYellow }
    return last[group] == next[group] ? last[group] : .red
  }
}
