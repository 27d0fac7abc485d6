extension PhaseRings {
  /// Why these are no rings of a controller: each reason in a sentence without a full stop; empty where they are sound.
  ///
  /// - Parameter controller: with square matrices.
  public func problems(in controller: SignalController) -> [String] {
    var problems: [String] = []
    let groups = controller.groups
    for (index, phase) in phases.enumerated() {
      let name = "phase \(phase.number)"
      if phases[..<index].contains(where: { $0.number == phase.number }) {
        problems.append("\(name) is listed twice")
      }
      if phase.number < 1 || phase.ring < 1 || phase.barrier < 1 || phase.position < 1 {
        problems.append("\(name) has a number, ring, barrier or position below 1")
      }
      let times = [phase.minimumGreen, phase.yellow, phase.allRed, phase.walk, phase.flashingDontWalk]
      if !times.allSatisfy({ $0 >= 0 && $0.isFinite }) {
        problems.append("the times of \(name) must be 0 s or more")
      }
      guard (phase.groups + phase.permitted).allSatisfy(groups.indices.contains) else {
        problems.append("\(name) serves a signal group that does not exist")
        continue
      }
      if phase.permitted.contains(where: { groups[$0].kind == .pedestrian }) {
        problems.append("\(name) lets pedestrians wait for gaps")
      }
      if keys(of: index, in: controller).groups.isEmpty {
        problems.append("\(name) has no signal group of its own, so that nobody sees when it runs")
      }
      for group in phase.groups where groups[group].yellow > phase.yellow + SignalProgram.slack {
        problems.append(
          "\(name) has a yellow of \(seconds(phase.yellow)) s, its group '\(groups[group].name)' needs \(seconds(groups[group].yellow)) s"
        )
      }
    }
    guard problems.isEmpty else { return problems }
    for group in groups.indices where groups[group].mustBeServed {
      if phases(serving: group).isEmpty { problems.append("no phase serves '\(groups[group].name)'") }
    }
    return problems + conflictsTogether(controller)
  }

  /// Ways that cross in one phase, or in two that may run beside each other.
  private func conflictsTogether(_ controller: SignalController) -> [String] {
    var problems: [String] = []
    for (index, one) in phases.enumerated() {
      for other in phases[index...] where other.barrier == one.barrier {
        guard other.number == one.number || other.ring != one.ring else { continue }
        for a in one.groups + one.permitted {
          for b in other.groups + other.permitted where controller.conflicts[a][b] == .exclusive {
            let (first, second) = (controller.groups[a].name, controller.groups[b].name)
            guard other.number != one.number || a < b else { continue }
            problems.append(
              other.number == one.number
                ? "phase \(one.number) serves '\(first)' and '\(second)', which conflict"
                : "phases \(one.number) and \(other.number) may run together, but '\(first)' and '\(second)' conflict"
            )
          }
        }
      }
    }
    return problems
  }

  /// What tells that a phase runs: groups, and whether only their protected green counts.
  struct Keys {
    var groups: [Int] = []
    var onlyProtected = false
  }

  /// Vehicles that the phase alone serves; else vehicles that have the right of way in it alone; else pedestrians that
  /// it alone serves.
  func keys(of phase: Int, in controller: SignalController) -> Keys {
    func isServedElsewhere(_ group: Int) -> Bool {
      phases.indices.contains { $0 != phase && phases[$0].serves(group) }
    }
    func hasRightElsewhere(_ group: Int) -> Bool {
      phases.indices.contains { $0 != phase && phases[$0].groups.contains(group) }
    }
    let vehicles = phases[phase].groups.filter { controller.groups[$0].kind == .vehicle }
    let own = vehicles.filter { !isServedElsewhere($0) }
    if !own.isEmpty { return Keys(groups: own) }
    let shared = vehicles.filter { !hasRightElsewhere($0) }
    if !shared.isEmpty { return Keys(groups: shared, onlyProtected: true) }
    let walks = phases[phase].groups.filter {
      controller.groups[$0].kind == .pedestrian && !isServedElsewhere($0)
    }
    return Keys(groups: vehicles.isEmpty ? walks : [])
  }
}

/// Seconds as a person writes them: to a hundredth, no fraction where there is none.
func seconds(_ value: Double) -> String {
  let rounded = (value * 100).rounded() / 100
  return rounded == rounded.rounded() ? String(Int(rounded)) : String(rounded)
}
