internal import TrafficModel

extension NetworkReview {
  /// Cycles that do not hold the minimum splits.
  func minimumSplits(_ program: SignalProgram) -> [ReviewFinding] {
    let controller = network[program.controller]
    guard let rings = controller.rings else { return [] }
    let needed = rings.shortestCycle
    let longest = controller.cycleBounds.upperBound
    var matters: [ReviewFinding.Matter] = []
    if needed > program.cycle + 1e-6 {
      matters.append(.minimumSplits(needed: needed.toTenth, cycle: program.cycle.toTenth))
    }
    if needed > longest + 1e-6 {
      matters.append(.minimumSplitsBeyondBounds(needed: needed.toTenth, longestCycle: longest.toTenth))
    }
    return matters.map { ReviewFinding(place: controller.name, matter: $0) }
  }

  /// Turns that see yellow while oncoming traffic stays green.
  func yellowTraps(_ program: SignalProgram) -> [ReviewFinding] {
    let controller = network[program.controller]
    return program.yellowTraps(on: network).map { trap in
      ReviewFinding(
        place: controller.name,
        matter: .yellowTrap(
          turn: controller.groups[trap.turn].name, oncoming: controller.groups[trap.oncoming].name))
    }
  }
}
