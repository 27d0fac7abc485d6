internal import NetworkBuilding
internal import TrafficModel

/// A programme as phases of a controller: those of its rings, where it has some and the programme keeps to them, or else one
/// after the other in a single ring.
struct ControllerPhases {
  /// A phase with its split.
  struct Phase {
    var number: Int
    var ring: Int
    /// Before which barrier; phases of different rings before one may run together.
    var barrier: Int
    /// Least green, walk and pedestrians' clearance, yellow, all-red, and all of it as planned: s.
    var minimumGreen: Double
    var walk: Double
    var pedestrianClear: Double
    var yellow: Double
    var allRed: Double
    var split: Double
    /// s from second 0 of the programme to its green; nil where it is left out.
    var begin: Double?
    var services: [RunningPhase.Service]

    var green: Double { split - yellow - allRed }
  }
  private(set) var phases: [Phase] = []
  /// By ring: numbers of phases in the order in which they run.
  private(set) var sequence: [(ring: Int, phases: [Int])] = []
  /// s from second 0 of the programme to the green of the first phases of the sequence.
  private(set) var origin = 0.0
  let cycle: Double

  init(_ program: SignalProgram, _ controller: SignalController) {
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

  /// A phase lasts as long as the vehicles' greens stay the same, and ends with the yellow and red that follow.
  private mutating func takeStages(_ program: SignalProgram, _ controller: SignalController) {
    let rows = program.intervals
    let vehicles = controller.groups.indices.filter { controller.groups[$0].kind == .vehicle }
    func greens(_ row: Int) -> [SignalState] {
      vehicles.map { rows[row].states[$0].isGreen ? rows[row].states[$0] : .red }
    }
    var parts: [(rows: [Int], change: [Int])] = []
    for row in rows.indices {
      // In a change some may stay green, as long as nobody's green begins.
      let goesOn = parts.last.map { last in
        !last.change.isEmpty
          && zip(greens(row), greens(last.rows[0])).allSatisfy { !$0.isGreen || $1.isGreen }
      }
      if !parts.isEmpty, rows[row].isTransition || goesOn == true {
        parts[parts.count - 1].change.append(row)
      } else if let last = parts.last, last.change.isEmpty, greens(last.rows[0]) == greens(row) {
        parts[parts.count - 1].rows.append(row)
      } else {
        parts.append(([row], []))
      }
    }
    var time = 0.0
    for (index, part) in parts.enumerated() {
      func length(_ members: [Int]) -> Double { members.reduce(0) { $0 + rows[$1].duration } }
      let (green, change) = (length(part.rows), length(part.change))
      let yellow = length(part.change.filter { row in vehicles.contains { rows[row].states[$0] == .yellow } })
      let first = rows[part.rows[0]].states
      let served = controller.groups.indices.filter { group in
        part.rows.contains { rows[$0].states[group].isGreen }
      }
      let walkers = served.filter { controller.groups[$0].kind == .pedestrian }
      let next = rows[parts[(index + 1) % parts.count].rows[0]].states
      // Who walks on in the next phase has no clearance in this one.
      let ending = walkers.filter { !next[$0].isGreen || parts.count == 1 }
      let walk = ending.map { group in length(part.rows.filter { rows[$0].states[group].isGreen }) }.min()
      phases.append(
        Phase(
          number: index + 1, ring: 1, barrier: 1,
          minimumGreen: served.filter { controller.groups[$0].kind == .vehicle }.map {
            controller.groups[$0].minimumGreen
          }
          .max().map { min($0, green) } ?? green,
          walk: walk ?? (walkers.isEmpty ? 0 : green), pedestrianClear: walk.map { green - $0 } ?? 0,
          yellow: yellow,
          allRed: change - yellow, split: green + change, begin: time,
          services: served.map { .init(group: $0, isPermissive: first[$0] == .permissiveGreen) }))
      time += green + change
    }
    sequence = [(1, phases.map(\.number))]
  }

  // MARK: What they show

  /// Numbers of the phases that serve a group.
  func numbers(serving group: Int) -> [Int] {
    phases.filter { $0.services.contains { $0.group == group } }.map(\.number)
  }

  /// The groups whose greens are others than the phases would show, where groups of several phases stay green from one to the
  /// next.
  func differing(from program: SignalProgram, _ controller: SignalController) -> [Int] {
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
