/// A rule that a timing plan breaks.
public struct PlanViolation: Hashable, Sendable {
  /// The rule.
  public enum Rule: String, Hashable, Sendable {
    case structure, duration, cycleLength, unusualState, conflict, yellow, minimumGreen, intergreen,
      startDuringYellow, unserved, rings, pedestrianStages
  }
  /// The rule broken.
  public var rule: Rule
  /// The controller whose programme breaks it.
  public var controller: ControllerID
  /// What is wrong, with the seconds found and the seconds needed.
  public var message: String
}

extension TimingPlan {
  /// Everything in the plan that is not safe on `network`; empty when the plan is legal.
  ///
  /// Independent of the optimizer: it looks only at what each group shows over the repeating cycle. It
  /// checks the rows themselves, cycle bounds, states that the controller does not have, conflicting greens,
  /// yellow after green, minimum greens (walk times, for pedestrians), intergreens (pedestrian clearances among them), that every group
  /// that must be served is, and that a ring-barrier controller can run it in its rings. Of a programme that responds to
  /// traffic it walks all that may come to be shown, each interval at its shortest.
  public func check(against network: Network) -> [PlanViolation] {
    guard programs.count == network.controllers.count else {
      return [
        PlanViolation(
          rule: .structure, controller: ControllerID(0),
          message:
            "the plan has \(programs.count) programmes, the network \(network.controllers.count) controllers")
      ]
    }
    return programs.indices.flatMap { index -> [PlanViolation] in
      guard let program = programs[index] else { return [] }
      if let actuation = program.actuation {
        return actuation.check(against: network.controllers[index], ControllerID(index))
      }
      var check = ProgramCheck(
        program: program, id: ControllerID(index), controller: network.controllers[index])
      check.run()
      return check.violations
    }
  }
}

extension StageActuation {
  fileprivate func check(against controller: SignalController, _ id: ControllerID) -> [PlanViolation] {
    var check = ActuationCheck(self, controller)
    check.run()
    return check.findings.map {
      PlanViolation(rule: $0.rule, controller: id, message: "controller '\(controller.name)': \($0.message)")
    }
  }
}

/// Checks one programme against its controller.
private struct ProgramCheck {
  let program: SignalProgram
  let id: ControllerID
  let controller: SignalController
  var violations: [PlanViolation] = []

  /// s: more than thirty years from the time that offsets count from are a mistake.
  private static let largestOffset = 1e9

  init(program: SignalProgram, id: ControllerID, controller: SignalController) {
    self.program = program
    self.id = id
    self.controller = controller
  }

  mutating func run() {
    guard checkStructure() else { return }
    checkCycle()
    checkConflicts()
    for group in controller.groups.indices {
      checkUnusualStates(group)
      checkService(group)
      checkGreen(group)
      checkArrow(group)
      checkYellow(group)
    }
    checkIntergreens()
    checkRings()
    checkPedestrianStages()
  }

  private mutating func report(_ rule: PlanViolation.Rule, _ message: String) {
    violations.append(
      PlanViolation(rule: rule, controller: id, message: "controller '\(controller.name)': \(message)"))
  }

  /// Seconds for a message: what sums of binary fractions add is nobody's concern.
  private func told(_ seconds: Double) -> Double { (seconds * 1000).rounded() / 1000 }

  private func name(_ group: Int) -> String { "'\(controller.groups[group].name)'" }

  private mutating func checkStructure() -> Bool {
    if program.controller != id { report(.structure, "the programme belongs to another controller") }
    if program.intervals.isEmpty { report(.structure, "the programme has no interval") }
    if !(abs(program.offset) <= Self.largestOffset) {
      report(
        .structure, "the offset of \(program.offset) s is not within \(Self.largestOffset) s")
    }
    for (row, interval) in program.intervals.enumerated() {
      if interval.states.count != controller.groups.count {
        report(
          .structure,
          "interval \(row + 1) has \(interval.states.count) states, the controller \(controller.groups.count) groups"
        )
      }
      if !(interval.duration > 0 && interval.duration.isFinite) {
        report(.duration, "interval \(row + 1) lasts \(interval.duration) s")
      }
    }
    return violations.isEmpty
  }

  private mutating func checkCycle() {
    let cycle = program.cycle
    let bounds = controller.cycleBounds
    if cycle < bounds.lowerBound - SignalProgram.slack || cycle > bounds.upperBound + SignalProgram.slack {
      report(
        .cycleLength, "the cycle of \(told(cycle)) s is not in \(bounds.lowerBound) … \(bounds.upperBound) s")
    }
  }

  private mutating func checkConflicts() {
    for (row, interval) in program.intervals.enumerated() {
      let previous = program.intervals[(row + program.intervals.count - 1) % program.intervals.count]
      for a in controller.groups.indices {
        for b in controller.groups.indices where a < b {
          checkPair(a, b, in: interval, after: previous, row: row)
        }
      }
    }
  }

  private mutating func checkPair(
    _ a: Int, _ b: Int, in interval: SignalInterval, after previous: SignalInterval, row: Int
  ) {
    let conflict = controller.conflicts[a][b]
    guard conflict != .none else { return }
    let (first, second) = (interval.states[a], interval.states[b])
    if !conflict.permits(first, second) {
      report(
        .conflict, "conflicting groups \(name(a)) and \(name(b)) are green together in interval \(row + 1)")
    }
    for (x, y) in [(a, b), (b, a)] where !controller.startsDuringYellow[x][y] {
      if interval.states[x] == .yellow, interval.states[y].isGreen, !previous.states[y].isGreen {
        report(
          .startDuringYellow,
          "\(name(y)) turns green in interval \(row + 1) while conflicting \(name(x)) is yellow")
      }
    }
  }

  private mutating func checkUnusualStates(_ group: Int) {
    for (row, interval) in program.intervals.enumerated() {
      let state = interval.states[group]
      guard !state.isUsual, !controller.groups[group].otherStates.contains(state) else { continue }
      report(
        .unusualState,
        "group \(name(group)) shows '\(state.rawValue)' in interval \(row + 1), as the present programme never does"
      )
    }
  }

  private mutating func checkService(_ group: Int) {
    let description = controller.groups[group]
    if description.mustBeServed, program.green(ofGroup: group) <= 0 {
      report(.unserved, "group \(name(group)) never turns green")
    } else if !description.otherStates.isEmpty,
      !program.intervals.contains(where: { $0.states[group].mayGo })
    {
      report(.unserved, "group \(name(group)) may never go")
    }
  }

  private mutating func checkGreen(_ group: Int) {
    let needed = controller.groups[group].minimumGreen
    let runs = program.runs(ofGroup: group, where: \.isGreen)
    guard runs != [IntervalRun(first: 0, count: program.intervals.count)] else { return }
    for run in runs where program.duration(of: run) < needed - SignalProgram.slack {
      let what = controller.groups[group].kind == .pedestrian ? "walk" : "green"
      report(
        .minimumGreen,
        "group \(name(group)) has \(told(program.duration(of: run))) s of \(what), it needs \(needed) s")
    }
  }

  private mutating func checkArrow(_ group: Int) {
    let needed = controller.groups[group].minimumProtectedGreen
    for run in program.arrows(ofGroup: group) where program.duration(of: run) < needed - SignalProgram.slack {
      report(
        .minimumGreen,
        "group \(name(group)) has \(told(program.duration(of: run))) s of protected green beside its permissive green, it needs \(needed) s"
      )
    }
  }

  private mutating func checkYellow(_ group: Int) {
    let needed = controller.groups[group].yellow
    for run in program.runs(ofGroup: group, where: \.isGreen) where program.isLost(run, ofGroup: group) {
      let yellow = program.yellow(after: run, ofGroup: group)
      if yellow < needed - SignalProgram.slack {
        report(.yellow, "group \(name(group)) has \(told(yellow)) s of yellow, it needs \(needed) s")
      }
    }
  }

  private mutating func checkRings() {
    guard let rings = controller.rings else { return }
    for problem in RingReading(program, controller, rings: rings).problems { report(.rings, problem) }
  }

  private mutating func checkPedestrianStages() {
    for states in controller.pedestrianStages.exclusive
    where !program.intervals.contains(where: { $0.states == states }) {
      let walkers = states.indices.filter { states[$0].isGreen }.map(name)
      report(.pedestrianStages, "the stage in which only \(walkers.joined(separator: ", ")) may go is gone")
    }
    for lead in controller.pedestrianStages.leads {
      for run in program.runs(ofGroup: lead.pedestrians, where: \.isGreen) {
        guard let seconds = program.lead(of: lead.pedestrians, run, before: lead.vehicles),
          seconds < lead.seconds - SignalProgram.slack
        else { continue }
        report(
          .pedestrianStages,
          "group \(name(lead.pedestrians)) turns green \(told(seconds)) s before \(name(lead.vehicles)), it needs \(lead.seconds) s"
        )
      }
    }
  }

  private mutating func checkIntergreens() {
    let clearances = program.clearances
    for a in controller.groups.indices {
      for b in controller.groups.indices where a != b && controller.conflicts[a][b] != .none {
        let needed = controller.intergreens[a][b]
        guard let gap = clearances.shortest(from: a, to: b), gap < needed - SignalProgram.slack else {
          continue
        }
        report(
          .intergreen,
          "\(name(b)) turns green \(told(gap)) s after conflicting \(name(a)) ends, it needs \(needed) s")
      }
    }
  }
}
