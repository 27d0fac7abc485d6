/// A programme as phases of a controller: those of its rings, where it has some and the programme keeps to them, or else one
/// after the other in a single ring.
package struct ControllerPhases {
  /// A phase with its split.
  package struct Phase {
    package var number: Int
    package var ring: Int
    /// Before which barrier; phases of different rings before one may run together.
    package var barrier: Int
    /// Least green, walk and pedestrians' clearance, yellow, all-red, and all of it as planned: s.
    package var minimumGreen: Double
    package var walk: Double
    package var pedestrianClear: Double
    package var yellow: Double
    package var allRed: Double
    package var split: Double
    /// s from second 0 of the programme to its green; nil where it is left out.
    package var begin: Double?
    package var services: [RunningPhase.Service]

    package var green: Double { split - yellow - allRed }
  }
  package private(set) var phases: [Phase] = []
  /// By ring: numbers of phases in the order in which they run.
  package private(set) var sequence: [(ring: Int, phases: [Int])] = []
  /// s from second 0 of the programme to the green of the first phases of the sequence.
  package private(set) var origin = 0.0
  package let cycle: Double
  /// Whether the phases are those of the controller's rings, and not made of stages.
  package private(set) var areOfRings = false

  package init(_ program: SignalProgram, _ controller: SignalController) {
    cycle = program.cycle
    if let rings = controller.rings {
      let reading = RingReading(program, controller, rings: rings)
      if let timing = reading.timing {
        takeRings(rings, reading, timing)
        return
      }
    }
    takeStages(program, controller)
  }

  // MARK: Rings

  private mutating func takeRings(_ rings: PhaseRings, _ reading: RingReading, _ timing: RingTiming) {
    areOfRings = true
    origin = reading.origin
    phases = rings.phases.enumerated().map { index, phase in
      Phase(
        number: phase.number, ring: phase.ring, barrier: phase.barrier, minimumGreen: phase.minimumGreen,
        walk: phase.walk, pedestrianClear: phase.flashingDontWalk, yellow: phase.yellow, allRed: phase.allRed,
        split: timing.splits[index], begin: reading.runs[index]?.begin,
        services: phase.groups.map { .init(group: $0, isPermissive: false) }
          + phase.permitted.map { .init(group: $0, isPermissive: true) })
    }
    sequence = rings.rings.enumerated().map { place, ring in
      (ring, timing.order.flatMap { barrier in barrier[place].map { rings.phases[$0].number } })
    }
  }

  // MARK: Stages

  private mutating func takeStages(_ program: SignalProgram, _ controller: SignalController) {
    let rows = program.intervals
    let stages = StageSheet(program, controller).rows
    for (index, stage) in stages.enumerated() {
      let first = rows[stage.intervals[0]].states
      let served = controller.groups.indices.filter { group in
        stage.intervals.contains { rows[$0].states[group].isGreen }
      }
      let walkers = served.filter { controller.groups[$0].kind == .pedestrian }
      let next = rows[stages[(index + 1) % stages.count].intervals[0]].states
      // Who walks on in the next phase has no clearance in this one.
      let ending = walkers.filter { !next[$0].isGreen || stages.count == 1 }
      let walk = ending.map { group in
        stage.intervals.reduce(0) { $0 + (rows[$1].states[group].isGreen ? rows[$1].duration : 0) }
      }.min()
      phases.append(
        Phase(
          number: stage.number, ring: 1, barrier: 1,
          minimumGreen: served.filter { controller.groups[$0].kind == .vehicle }.map {
            controller.groups[$0].minimumGreen
          }
          .max().map { min($0, stage.green) } ?? stage.green,
          walk: walk ?? (walkers.isEmpty ? 0 : stage.green),
          pedestrianClear: walk.map { stage.green - $0 } ?? 0,
          yellow: stage.yellow, allRed: stage.allRed, split: stage.split, begin: stage.begin,
          services: served.map { .init(group: $0, isPermissive: first[$0] == .permissiveGreen) }))
    }
    sequence = [(1, phases.map(\.number))]
  }

  // MARK: What they show

  /// Numbers of the phases that serve a group.
  package func numbers(serving group: Int) -> [Int] {
    phases.filter { $0.services.contains { $0.group == group } }.map(\.number)
  }

  /// The groups whose greens are others than the phases would show, where groups of several phases stay green from one to the
  /// next.
  package func differing(from program: SignalProgram, _ controller: SignalController) -> [Int] {
    let running = phases.compactMap { phase in
      phase.begin.map {
        RunningPhase(
          begin: $0, green: phase.green, yellow: phase.yellow, clearance: phase.yellow + phase.allRed,
          walk: max(phase.walk, phase.green - phase.pedestrianClear), services: phase.services)
      }
    }
    let shown = GreenTimeline(
      cycle: cycle, phases: running, of: controller.groups.map(\.kind), conflicts: controller.conflicts
    ).intervals
    let starts = [program.intervals, shown].map { rows in
      rows.reduce(into: [0.0]) { $0.append($0[$0.count - 1] + $1.duration) }
    }
    let bounds = Set(starts.joined()).sorted()
    var differing: Set<Int> = []
    for (begin, end) in zip(bounds, bounds.dropFirst()) where end - begin > 1000 * SignalProgram.slack {
      let states = zip([program.intervals, shown], starts).map { rows, starts in
        rows[rows.indices.last { starts[$0] <= (begin + end) / 2 } ?? 0].states
      }
      for group in controller.groups.indices where states[0][group].isGreen != states[1][group].isGreen {
        differing.insert(group)
      }
    }
    return differing.sorted()
  }
}
