internal import LinearProgramming
internal import TrafficModel

/// A ring-barrier controller with its traffic: timings become structures whose splits a linear program finds, and are
/// compared by the objective.
struct RingModel {
  /// With the existing programme's structure.
  private let existing: ControllerSplits
  let rings: PhaseRings
  /// What it runs, and when its first barrier's phases begin in it.
  let present: RingTiming
  private let program: RingProgram
  /// Those that the existing programme has are no reason to refuse another.
  private let presentTraps: Set<YellowTrap>

  /// Nil where the controller has no rings, or its existing programme does not keep to them.
  init?(_ existing: ControllerSplits) {
    let (network, id, program) = (existing.problem.network, existing.id, existing.structure.program)
    guard let rings = network[id].rings,
      let present = RingReading(program, network[id], rings: rings).timing
    else { return nil }
    self.existing = existing
    self.rings = rings
    self.present = present
    presentTraps = Set(program.yellowTraps(on: network))
    self.program = RingProgram(
      network[id], rings: rings, following: GroupCompatibility(network: network, id: id, program: program))
  }

  var network: Network { existing.problem.network }
  var options: OptimizationOptions { existing.problem.options }
  var id: ControllerID { existing.id }

  /// The structure that a timing has.
  func splits(of timing: RingTiming) -> ControllerSplits {
    let program = SignalProgram(
      controller: id, name: "greenwave", offset: 0, intervals: program.intervals(timing)
    ).beginningWithStage()
    return existing.with(ProgramStructure(program: program, controller: network[id]))
  }

  /// What the objective makes small, for a timing; nil where it breaks a minimum, or traps drivers who turn.
  func cost(of timing: RingTiming) -> Double? {
    guard rings.keepsMinimums(timing) else { return nil }
    let splits = splits(of: timing)
    let setting = ControllerSetting(structure: splits.structure, offset: 0)
    guard setting.isWithinLimits(network[id]),
      presentTraps.isSuperset(of: splits.structure.program.yellowTraps(on: network))
    else { return nil }
    return splits.program(cycle: setting.cycle, stages: setting.stages)
      .cost(stages: setting.stages, objective: options.objective)
  }

  /// Whether the order of phases changes what lanes discharge: where a group has several phases, or a lane groups of
  /// several.
  var dependsOnOrder: Bool {
    let served = network[id].groups.indices.map { rings.phases(serving: $0) }
    guard served.allSatisfy({ $0.count < 2 }) else { return true }
    return existing.initialDemand.lanes.contains { lane in
      let groups = network.connectionsFromLane[lane.id.index].compactMap { network[$0].signal }
        .filter { $0.controller == id }
      return Set(groups.map { served[$0.group] }).count > 1
    }
  }

  /// The timing of a structure of this controller when its stages last `stages`.
  func timing(of structure: ProgramStructure, stages: [Double]) -> RingTiming? {
    RingReading(structure.program(stages: stages), network[id], rings: rings).timing
  }
}

extension RingProgram {
  /// What groups show outside their green, and who always waits, as in the existing programme.
  init(_ controller: SignalController, rings: PhaseRings, following compatibility: GroupCompatibility) {
    self.init(
      controller, rings: rings, background: compatibility.background,
      isAlwaysPermissive: compatibility.isAlwaysPermissive)
  }
}

extension PhaseRings {
  /// Whether every split holds its minimum, and the rings need the same time before each barrier.
  func keepsMinimums(_ timing: RingTiming) -> Bool {
    for barrier in timing.order.indices {
      let length = timing.length(barrier: barrier)
      for (ring, order) in timing.order[barrier].enumerated() where !order.isEmpty {
        guard abs(timing.sums(barrier: barrier)[ring] - length) < 1e-6 else { return false }
        guard order.allSatisfy({ timing.splits[$0] >= phases[$0].minimumSplit - 1e-6 }) else { return false }
      }
    }
    return true
  }
}
