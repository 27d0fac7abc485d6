/// Checks whatever a responding programme may come to show against its controller: every interval, every two that may follow
/// each other, and all ways through them at their shortest.
struct ActuationCheck {
  let actuation: StageActuation
  let controller: SignalController
  private(set) var findings: [(rule: PlanViolation.Rule, message: String)] = []

  init(_ actuation: StageActuation, _ controller: SignalController) {
    self.actuation = actuation
    self.controller = controller
  }

  private var intervals: [ActuatedInterval] { actuation.intervals }
  private func name(_ group: Int) -> String { "'\(controller.groups[group].name)'" }
  private func isGreen(_ group: Int, in interval: Int) -> Bool { intervals[interval].states[group].isGreen }

  private mutating func report(_ rule: PlanViolation.Rule, _ message: String) {
    findings.append((rule, message))
  }

  mutating func run() {
    guard checkStructure() else { return }
    for a in controller.groups.indices {
      for b in controller.groups.indices where a < b && controller.conflicts[a][b] != .none {
        checkConflict(a, b)
      }
    }
    for group in controller.groups.indices {
      checkStates(group)
      checkGreen(group)
      checkArrow(group)
      checkYellow(group)
    }
    for a in controller.groups.indices {
      for b in controller.groups.indices where a != b && controller.conflicts[a][b] != .none {
        checkIntergreen(from: a, to: b)
        checkStart(of: b, duringYellowOf: a)
      }
    }
  }

  private mutating func checkStructure() -> Bool {
    for (row, interval) in intervals.enumerated() {
      if interval.states.count != controller.groups.count {
        report(
          .structure,
          "interval \(row + 1) has \(interval.states.count) states, the controller \(controller.groups.count) groups"
        )
      }
      if !(interval.minimum > 0 && interval.minimum <= interval.maximum) {
        report(
          .duration, "interval \(row + 1) lasts from \(interval.minimum) s to \(interval.maximum) s")
      }
    }
    return findings.isEmpty
  }

  private mutating func checkConflict(_ a: Int, _ b: Int) {
    for (row, interval) in intervals.enumerated()
    where !controller.conflicts[a][b].permits(interval.states[a], interval.states[b]) {
      report(
        .conflict, "conflicting groups \(name(a)) and \(name(b)) are green together in interval \(row + 1)")
    }
  }

  private mutating func checkStates(_ group: Int) {
    let description = controller.groups[group]
    for (row, interval) in intervals.enumerated() {
      let state = interval.states[group]
      guard !state.isUsual, !description.otherStates.contains(state) else { continue }
      report(
        .unusualState,
        "group \(name(group)) shows '\(state.rawValue)' in interval \(row + 1), as the present programme never does"
      )
    }
    if description.mustBeServed, !intervals.indices.contains(where: { isGreen(group, in: $0) }) {
      report(.unserved, "group \(name(group)) never turns green")
    }
  }

  private mutating func checkGreen(_ group: Int) {
    let shortest = actuation.shortest(
      enters: { !isGreen(group, in: $0) && isGreen(group, in: $1) }, lasts: { isGreen(group, in: $0) })
    let needed = controller.groups[group].minimumGreen
    guard let shortest, shortest < needed - SignalProgram.slack else { return }
    let what = controller.groups[group].kind == .pedestrian ? "walk" : "green"
    report(.minimumGreen, "group \(name(group)) may have \(shortest) s of \(what), it needs \(needed) s")
  }

  private mutating func checkArrow(_ group: Int) {
    let needed = controller.groups[group].minimumProtectedGreen
    guard needed > 0 else { return }
    func shows(_ state: SignalState, _ interval: Int) -> Bool { intervals[interval].states[group] == state }
    let begun = actuation.shortest(
      enters: { shows(.permissiveGreen, $0) && shows(.protectedGreen, $1) },
      lasts: { shows(.protectedGreen, $0) })
    let ended = actuation.shortest(
      enters: { !shows(.protectedGreen, $0) && shows(.protectedGreen, $1) },
      lasts: { shows(.protectedGreen, $0) }, counts: { shows(.permissiveGreen, $0) })
    guard let shortest = [begun, ended].compactMap({ $0 }).min(), shortest < needed - SignalProgram.slack
    else {
      return
    }
    report(
      .minimumGreen,
      "group \(name(group)) may have \(shortest) s of protected green beside its permissive green, it needs \(needed) s"
    )
  }

  /// Yellow that leads back to green takes no right of way.
  private mutating func checkYellow(_ group: Int) {
    let needed = controller.groups[group].yellow
    let shortest = actuation.shortest(
      enters: { isGreen(group, in: $0) && !isGreen(group, in: $1) },
      lasts: { intervals[$0].states[group] == .yellow }, counts: { !isGreen(group, in: $0) })
    guard let shortest, shortest < needed - SignalProgram.slack else { return }
    report(.yellow, "group \(name(group)) may have \(shortest) s of yellow, it needs \(needed) s")
  }

  private mutating func checkIntergreen(from a: Int, to b: Int) {
    let needed = controller.intergreens[a][b]
    let shortest = actuation.shortest(
      enters: { isGreen(a, in: $0) && !isGreen(a, in: $1) && !isGreen(b, in: $0) },
      lasts: { !isGreen(a, in: $0) && !isGreen(b, in: $0) },
      counts: { isGreen(b, in: $0) && !isGreen(a, in: $0) })
    guard let shortest, shortest < needed - SignalProgram.slack else { return }
    report(
      .intergreen,
      "\(name(b)) may turn green \(shortest) s after conflicting \(name(a)) ends, it needs \(needed) s")
  }

  private mutating func checkStart(of b: Int, duringYellowOf a: Int) {
    guard !controller.startsDuringYellow[a][b] else { return }
    for (row, interval) in intervals.enumerated() where !isGreen(b, in: row) {
      for next in interval.successors where isGreen(b, in: next) && intervals[next].states[a] == .yellow {
        report(
          .startDuringYellow,
          "\(name(b)) turns green in interval \(next + 1) while conflicting \(name(a)) is yellow")
      }
    }
  }
}
