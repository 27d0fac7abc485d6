/// The intervals between two stages.
///
/// Who is green on both sides stays green; who ends shows the whole yellow at once, then red; who begins does so when
/// everybody it conflicts with has been cleared for as long as yellows and intergreens say.
public struct StageChange: Hashable, Sendable {
  /// When the groups begin that are green in the second stage alone.
  public enum Starts: Hashable, Sendable {
    /// Together, as soon as all of them may.
    case together
    /// Each by itself, at the first whole second at which it may.
    case eachAtWholeSecond
  }

  /// In order; none where nobody has to wait.
  public private(set) var intervals: [SignalInterval] = []

  /// s.
  public var duration: Double { intervals.reduce(0) { $0 + $1.duration } }

  private let last: [SignalState]
  private let next: [SignalState]
  /// By group: s of yellow still to be shown.
  private let yellows: [Double]
  /// By group: s until its green.
  private let starts: [Double]
  /// By group: s of red and yellow before its green.
  private let leads: [Double]

  /// The change between two stages of a programme; whoever is not green in the first was cleared before its end.
  /// - Parameters:
  ///   - last: by group, what the first stage shows.
  ///   - next: by group, what the second stage shows.
  public init(
    from last: [SignalState], to next: [SignalState], of controller: SignalController, starts: Starts
  ) {
    self.init(
      after: [SignalInterval(duration: .infinity, states: last)], to: next, of: controller, starts: starts,
      redYellows: last.map { _ in 0 })
  }

  /// The change from anything that was shown to a stage.
  /// - Parameters:
  ///   - history: what was shown until now, a cycle at least.
  ///   - next: by group, what the stage shows.
  ///   - redYellows: by group, s of red and yellow before its green.
  init(
    after history: [SignalInterval], to next: [SignalState], of controller: SignalController, starts: Starts,
    redYellows: [Double]
  ) {
    let last = history[history.count - 1].states
    let groups = last.indices
    let begins = groups.map { next[$0].isGreen && !last[$0].isGreen }
    let yellows = groups.map { group -> Double in
      if last[group].isGreen { return next[group].isGreen ? 0 : controller.groups[group].yellow }
      guard last[group] == .yellow else { return 0 }
      return max(0, controller.groups[group].yellow - Self.time(in: history, group) { $0 == .yellow })
    }
    let leads = groups.map { begins[$0] ? redYellows[$0] : 0 }
    let clearances = Self.clearances(after: history, to: next, controller)
    var earliest = groups.map { begins[$0] ? max(clearances[$0], leads[$0]) : 0 }
    var end = (earliest + yellows).reduce(0, max)
    switch starts {
    case .together:
      earliest = begins.map { $0 ? end : 0 }
    case .eachAtWholeSecond:
      earliest = earliest.map { $0.rounded(.up) }
      end = end.rounded(.up)
    }
    (self.last, self.next) = (last, next)
    (self.yellows, self.starts, self.leads) = (yellows, earliest, leads)
    build(until: end)
  }

  /// By group: s until those it conflicts with, and that are not green on both sides, have been cleared for it.
  private static func clearances(
    after history: [SignalInterval], to next: [SignalState], _ controller: SignalController
  ) -> [Double] {
    let last = history[history.count - 1].states
    let ending = last.indices.filter { group in
      !(last[group].isGreen && next[group].isGreen) && history.contains { $0.states[group].isGreen }
    }
    let ages = ending.map { time(in: history, $0) { !$0.isGreen } }
    return last.indices.map { group in
      zip(ending, ages).reduce(0.0) { latest, pair in
        let (other, age) = pair
        guard other != group, controller.conflicts[other][group] != .none else { return latest }
        let yellow = controller.startsDuringYellow[other][group] ? 0 : controller.groups[other].yellow
        return max(latest, max(controller.intergreens[other][group], yellow) - age)
      }
    }
  }

  /// s for which a group has shown states that `shows` accepts, up to the end of `history`.
  private static func time(
    in history: [SignalInterval], _ group: Int, _ shows: (SignalState) -> Bool
  ) -> Double {
    history.reversed().prefix { shows($0.states[group]) }.reduce(0) { $0 + $1.duration }
  }

  private mutating func build(until end: Double) {
    let bounds = Set(yellows + starts + zip(starts, leads).map(-) + [0, end]).sorted()
    for (begin, bound) in zip(bounds, bounds.dropFirst()) {
      intervals.append(
        SignalInterval(duration: bound - begin, states: last.indices.map { state(of: $0, at: begin) }))
    }
  }

  private func state(of group: Int, at time: Double) -> SignalState {
    let (last, next) = (last[group], next[group])
    if last.isGreen, next.isGreen {
      // Permissive harms nobody while others end or begin.
      return last == next ? last : .permissiveGreen
    }
    if time < yellows[group] { return .yellow }
    if next.isGreen {
      if time >= starts[group] { return next }
      if time >= starts[group] - leads[group] { return .redYellow }
      return last.mayGo ? last : .red
    }
    return last.isGreen || last == next ? next : .red
  }
}
