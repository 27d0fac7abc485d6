/// What the groups of a controller show while the phases of its rings run.
public struct RingProgram {
  /// What groups show outside their green.
  private let background: [SignalState]
  /// Groups that wait for somebody outside the controller even under green.
  private let isAlwaysPermissive: [Bool]
  private let controller: SignalController
  private let rings: PhaseRings

  /// - Parameters:
  ///   - rings: the controller's.
  ///   - background: by group; red where it is left out.
  ///   - isAlwaysPermissive: by group; no group where it is left out.
  public init(
    _ controller: SignalController, rings: PhaseRings, background: [SignalState]? = nil,
    isAlwaysPermissive: [Bool]? = nil
  ) {
    self.controller = controller
    self.rings = rings
    self.background = background ?? controller.groups.map { _ in .red }
    self.isAlwaysPermissive = isAlwaysPermissive ?? controller.groups.map { _ in false }
  }

  /// A green of a group with the yellow after it, s from the begin of the cycle.
  private struct Green {
    var begin: Double
    var end: Double
    var yellow: Double
    var isPermitted: Bool
  }

  /// The rows of a timing; the first begins with the phases before the first barrier.
  ///
  /// A group stays green through the clearance of a phase where another that serves it runs when the clearance ends.
  /// Where only phases run in which it waits for gaps its green is permissive; so is a green that yields to another one.
  public func intervals(_ timing: RingTiming) -> [SignalInterval] {
    let cycle = timing.cycle
    let greens = controller.groups.indices.map { self.greens(of: $0, timing, cycle) }
    var bounds = [0.0]
    for green in greens.joined() {
      for time in [green.begin, green.end, green.end + green.yellow] {
        bounds.append(time.truncatingRemainder(dividingBy: cycle))
      }
    }
    bounds.sort()
    bounds = bounds.reduce(into: []) { kept, bound in
      let isNew = kept.last.map { bound - $0 > PhaseRings.slack } ?? true
      if isNew, bound < cycle - PhaseRings.slack { kept.append(bound) }
    }
    var rows: [SignalInterval] = []
    for (begin, end) in zip(bounds, bounds.dropFirst() + [cycle]) {
      let states = states(at: (begin + end) / 2, greens, cycle)
      if rows.last?.states == states {
        rows[rows.count - 1].duration += end - begin
      } else {
        rows.append(SignalInterval(duration: end - begin, states: states))
      }
    }
    return rows
  }

  private func greens(of group: Int, _ timing: RingTiming, _ cycle: Double) -> [Green] {
    let begins = timing.begins
    let serving = rings.phases(serving: group).filter { begins[$0] != nil }
    return serving.flatMap { index -> [Green] in
      guard let begin = begins[index] else { return [] }
      let phase = rings.phases[index]
      let end = begin + timing.splits[index]
      let green = end - phase.clearance
      let next = serving.filter { other in
        guard other != index, let start = begins[other] else { return false }
        // One that begins as this one ends has just begun, whatever rounding says.
        let since = (end - start + PhaseRings.slack).positiveRemainder(cycle)
        return since < timing.splits[other] - rings.phases[other].clearance
      }
      let isPermitted = phase.permitted.contains(group)
      if !next.isEmpty {
        let waits = isPermitted || next.allSatisfy { rings.phases[$0].permitted.contains(group) }
        return [
          Green(begin: begin, end: green, yellow: 0, isPermitted: isPermitted),
          Green(begin: green, end: end, yellow: 0, isPermitted: waits),
        ]
      }
      guard controller.groups[group].kind == .pedestrian else {
        return [Green(begin: begin, end: green, yellow: phase.yellow, isPermitted: isPermitted)]
      }
      let walkEnd = green - phase.flashingDontWalk
      guard walkEnd > begin + PhaseRings.slack else { return [] }
      return [Green(begin: begin, end: walkEnd, yellow: 0, isPermitted: false)]
    }
  }

  private func states(at time: Double, _ greens: [[Green]], _ cycle: Double) -> [SignalState] {
    var states = greens.indices.map { group in
      greens[group].reduce(background[group]) { state, green in
        let since = (time - green.begin).positiveRemainder(cycle)
        if since < green.end - green.begin {
          return green.isPermitted && state != .protectedGreen ? .permissiveGreen : .protectedGreen
        }
        return since < green.end - green.begin + green.yellow && !state.isGreen ? .yellow : state
      }
    }
    for group in states.indices where states[group] == .protectedGreen {
      let yields = states.indices.contains { other in
        states[other].isGreen
          && [.rowYields, .eitherYields].contains(controller.conflicts[group][other])
      }
      if yields || isAlwaysPermissive[group] { states[group] = .permissiveGreen }
    }
    return states
  }
}
