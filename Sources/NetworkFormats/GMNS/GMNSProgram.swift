internal import TrafficModel

/// What the groups of a controller show while its phases run in their rings.
struct GMNSProgram {
  /// A phase of the controller, with the groups that it serves.
  struct Phase {
    var green: GMNSRings.Green
    var clearance: Double
    var yellow: Double
    /// s; nil where only the clearance of pedestrians is known.
    var walk: Double?
    var pedestrianClearance: Double
    var services: [(group: Int, isPermitted: Bool)]
  }
  /// When a group is green, from a time in the cycle on; a green may last beyond the cycle's end.
  private struct Green {
    var start: Double
    var length: Double
    var yellow: Double
    var isPermitted: Bool
  }

  private let phases: [Phase]
  private let cycle: Double
  private let isPedestrian: [Bool]
  /// By group.
  private var greens: [[Green]]

  /// Sums of seconds are compared with this slack.
  private static let slack = 1e-6

  init(_ phases: [Phase], cycle: Double, isPedestrian: [Bool]) {
    self.phases = phases
    self.cycle = cycle
    self.isPedestrian = isPedestrian
    greens = isPedestrian.map { _ in [] }
    for phase in phases {
      for service in phase.services { add(service.group, service.isPermitted, phase) }
    }
  }

  private mutating func add(_ group: Int, _ isPermitted: Bool, _ phase: Phase) {
    let green = phase.green
    var length = green.length
    if isPedestrian[group] {
      length = min(length, phase.walk ?? max(0, length + phase.clearance - phase.pedestrianClearance))
    }
    guard length > Self.slack else { return }
    let end = green.start + green.length + phase.clearance
    let next = phases.first { next in
      next.services.contains { $0.group == group } && isSame(next.green.start, end)
    }
    guard let next, length >= green.length - Self.slack, phase.clearance > Self.slack else {
      greens[group].append(
        Green(start: green.start, length: length, yellow: phase.yellow, isPermitted: isPermitted))
      return
    }
    // What the next phase of the ring serves, too, stays green until it begins.
    let staysPermitted = isPermitted || next.services.contains { $0.group == group && $0.isPermitted }
    greens[group].append(Green(start: green.start, length: length, yellow: 0, isPermitted: isPermitted))
    greens[group].append(
      Green(start: green.start + length, length: phase.clearance, yellow: 0, isPermitted: staysPermitted))
  }

  private func isSame(_ first: Double, _ second: Double) -> Bool {
    let apart = (first - second).truncatingRemainder(dividingBy: cycle)
    return abs(apart) < Self.slack || cycle - abs(apart) < Self.slack
  }

  /// The rows of the cycle, from the begin of the first barrier's phases.
  ///
  /// - Parameter conflicts: of the groups: who yields to what is green with it shows it.
  func intervals(conflicts: [[GroupConflict]]) -> [SignalInterval] {
    var bounds = [0.0]
    for green in greens.joined() {
      for time in [green.start, green.start + green.length, green.start + green.length + green.yellow] {
        bounds.append(time.truncatingRemainder(dividingBy: cycle))
      }
    }
    bounds.sort()
    bounds = bounds.reduce(into: []) { kept, bound in
      if kept.last.map({ bound - $0 > Self.slack }) ?? true, bound < cycle - Self.slack { kept.append(bound) }
    }
    bounds.append(cycle)
    var rows: [SignalInterval] = []
    for (begin, end) in zip(bounds, bounds.dropFirst()) {
      let states = states(at: (begin + end) / 2, conflicts)
      if rows.last?.states == states {
        rows[rows.count - 1].duration += end - begin
      } else {
        rows.append(SignalInterval(duration: end - begin, states: states))
      }
    }
    return rows
  }

  private func states(at time: Double, _ conflicts: [[GroupConflict]]) -> [SignalState] {
    var states = greens.indices.map { state(of: $0, at: time) }
    for group in states.indices where states[group] == .protectedGreen {
      let yields = states.indices.contains { states[$0].isGreen && conflicts[group][$0].makesRowYield }
      if yields { states[group] = .permissiveGreen }
    }
    return states
  }

  private func state(of group: Int, at time: Double) -> SignalState {
    var state = SignalState.red
    for green in greens[group] {
      let since = (time - green.start).positiveRemainder(cycle)
      if since < green.length {
        if !green.isPermitted { return .protectedGreen }
        state = .permissiveGreen
      } else if since < green.length + green.yellow, state == .red, !isPedestrian[group] {
        state = .yellow
      }
    }
    return state
  }
}
