import TrafficModel

/// A second opinion on programmes: plays one in steps of half a second over several cycles, and watches the lamps.
///
/// It shares nothing with `TimingPlan.check` but the names of the rules. Durations must be multiples of half a second.
struct PlanOracle {
  /// s.
  static let step = 0.5
  /// Seconds that are a little too few are enough: needs may be decimal fractions.
  private static let tolerance = 1e-6

  private let controller: SignalController
  /// Seconds of a cycle, in steps.
  private let cycle: Int
  /// By group: what it shows in each step of four cycles.
  private var lamps: [[SignalState]] = []
  private(set) var broken: Set<PlanViolation.Rule> = []

  init(_ program: SignalProgram, _ controller: SignalController) {
    self.controller = controller
    let lengths = program.intervals.map { Int(($0.duration / Self.step).rounded()) }
    cycle = lengths.reduce(0, +)
    guard lengths.allSatisfy({ $0 > 0 }), !lengths.isEmpty else {
      broken = lengths.isEmpty ? [.structure] : [.duration]
      return
    }
    for group in controller.groups.indices {
      var once: [SignalState] = []
      for (interval, length) in zip(program.intervals, lengths) {
        once += [SignalState](repeating: interval.states[group], count: length)
      }
      lamps.append(once + once + once + once)
    }
    watch()
  }

  private func isGreen(_ group: Int, _ step: Int) -> Bool {
    lamps[group][step] == .protectedGreen || lamps[group][step] == .permissiveGreen
  }

  /// Whether the group's green begins with this step.
  private func begins(_ group: Int, _ step: Int) -> Bool { isGreen(group, step) && !isGreen(group, step - 1) }

  private func lacks(_ steps: Int, of needed: Double) -> Bool {
    Double(steps) * Self.step < needed - Self.tolerance
  }

  private mutating func watch() {
    let seconds = Double(cycle) * Self.step
    if !controller.cycleBounds.contains(seconds) { broken.insert(.cycleLength) }
    // The second cycle, with one before it and two after it to look into.
    for step in cycle..<(2 * cycle) {
      for group in controller.groups.indices { watch(group, at: step) }
      for a in controller.groups.indices {
        for b in controller.groups.indices where a != b { watch(a, b, at: step) }
      }
    }
    for (group, description) in controller.groups.enumerated() {
      let shown = Set(lamps[group])
      let unusual = shown.intersection([.stopThenGo, .blinking, .off])
      if !unusual.isSubset(of: description.otherStates) { broken.insert(.unusualState) }
      let green = shown.intersection([.protectedGreen, .permissiveGreen])
      if description.mustBeServed, green.isEmpty { broken.insert(.unserved) }
      if !description.otherStates.isEmpty, green.isEmpty, unusual.isEmpty { broken.insert(.unserved) }
    }
  }

  private mutating func watch(_ group: Int, at step: Int) {
    if begins(group, step) {
      var green = 0
      while isGreen(group, step + green) { green += 1 }
      if lacks(green, of: controller.groups[group].minimumGreen) { broken.insert(.minimumGreen) }
    }
    if isGreen(group, step - 1), !isGreen(group, step) {
      var yellow = 0
      while lamps[group][step + yellow] == .yellow { yellow += 1 }
      if !isGreen(group, step + yellow), lacks(yellow, of: controller.groups[group].yellow) {
        broken.insert(.yellow)
      }
    }
  }

  /// One group against another that it conflicts with.
  private mutating func watch(_ a: Int, _ b: Int, at step: Int) {
    let conflict = controller.conflicts[a][b]
    guard conflict != .none else { return }
    if isGreen(a, step), isGreen(b, step) {
      let aWaits = lamps[a][step] == .permissiveGreen && (conflict == .rowYields || conflict == .eitherYields)
      let bWaits =
        lamps[b][step] == .permissiveGreen && (conflict == .columnYields || conflict == .eitherYields)
      if !aWaits, !bWaits, conflict != .accepted { broken.insert(.conflict) }
    }
    guard begins(b, step) else { return }
    if lamps[a][step] == .yellow, !controller.startsDuringYellow[a][b] { broken.insert(.startDuringYellow) }
    // b starts: how long ago was a green? While a is green, b may join it as far as the conflict allows.
    if isGreen(a, step - 1), isGreen(a, step) { return }
    var since = 0
    while since < cycle, !isGreen(a, step - 1 - since) { since += 1 }
    if since < cycle, lacks(since, of: controller.intergreens[a][b]) { broken.insert(.intergreen) }
  }
}
