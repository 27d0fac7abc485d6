internal import TrafficModel

/// A programme told as phases in rings: each green becomes a phase, and phases that do not overlap share a ring.
///
/// The begin of the programme's first interval is the first barrier; a green that lasts beyond the cycle's end becomes
/// two phases without a clearance between them.
struct GMNSRingAllocation {
  struct Phase {
    /// Unique in the programme; 0 for a pause in which the ring serves nobody.
    var number = 0
    var ring = 0
    var barrier = 1
    var position = 1
    /// s from the begin of the programme.
    var start: Double
    var green: Double
    var yellow: Double
    var clearance = 0.0
    var walk: Double?
    var pedestrianClearance: Double?
    var services: [(group: Int, isPermitted: Bool)] = []
    var keepsPlace = false
    var isOptional = false
  }
  /// In order of ring, then time.
  private(set) var phases: [Phase] = []

  private let program: SignalProgram
  private let controller: SignalController
  private let cycle: Double

  init(_ program: SignalProgram, _ controller: SignalController) {
    self.program = program
    self.controller = controller
    cycle = program.cycle
    var found: [Phase] = []
    for group in controller.groups.indices where controller.groups[group].kind == .vehicle {
      for run in runs(of: group) { addVehicles(run, group, to: &found) }
    }
    for group in controller.groups.indices where controller.groups[group].kind == .pedestrian {
      for run in runs(of: group) { addPedestrians(run, group, to: &found) }
    }
    allocate(found)
    number()
  }

  init(phases: [Phase], _ program: SignalProgram, _ controller: SignalController) {
    self.phases = phases
    self.program = program
    self.controller = controller
    cycle = program.cycle
  }

  private struct Run {
    var start: Double
    var green: Double
    var yellow: Double
    var isPermitted: Bool
    /// Whether the group is red after it, rather than green in another way.
    var ends: Bool
  }

  /// The greens of a group within 0 ... cycle, each of one kind.
  private func runs(of group: Int) -> [Run] {
    let rows = program.intervals
    var starts: [Double] = []
    var time = 0.0
    for row in rows {
      starts.append(time)
      time += row.duration
    }
    var runs: [Run] = []
    var row = 0
    while row < rows.count {
      let state = rows[row].states[group]
      guard state.isGreen else {
        row += 1
        continue
      }
      var next = row
      while next < rows.count, rows[next].states[group] == state { next += 1 }
      let end = next < rows.count ? starts[next] : cycle
      var yellow = 0.0
      var after = next
      while after < rows.count, rows[after].states[group] == .yellow {
        yellow += rows[after].duration
        after += 1
      }
      let following = rows[next % rows.count].states[group]
      runs.append(
        Run(
          start: starts[row], green: end - starts[row], yellow: yellow,
          isPermitted: state == .permissiveGreen,
          ends: !following.isGreen))
      row = next
    }
    return runs
  }

  /// s from the end of the group's green until whatever conflicts with it may begin.
  private func clearance(_ group: Int) -> Double { controller.intergreens[group].max() ?? 0 }

  private func addVehicles(_ run: Run, _ group: Int, to found: inout [Phase]) {
    let wanted = run.ends ? max(run.yellow, clearance(group)) : 0
    let known = found.firstIndex { phase in
      isSame(phase.start, run.start) && isSame(phase.green, run.green) && isSame(phase.yellow, run.yellow)
        && (phase.clearance > 0) == (wanted > 0)
    }
    if let known {
      found[known].services.append((group, run.isPermitted))
      found[known].clearance = max(found[known].clearance, wanted)
    } else {
      found.append(
        Phase(
          start: run.start, green: run.green, yellow: run.yellow, clearance: wanted,
          services: [(group, run.isPermitted)]))
    }
  }

  private func addPedestrians(_ run: Run, _ group: Int, to found: inout [Phase]) {
    let needed = clearance(group)
    let known = found.firstIndex { phase in
      isSame(phase.start, run.start) && phase.green >= run.green - SignalProgram.slack
        && isSame(phase.walk ?? run.green, run.green)
        && isSame(phase.pedestrianClearance ?? needed, needed)
    }
    if let known {
      found[known].services.append((group, run.isPermitted))
      found[known].walk = run.green
      found[known].pedestrianClearance = needed
    } else {
      found.append(
        Phase(
          start: run.start, green: run.green, yellow: 0, walk: run.green, pedestrianClearance: needed,
          services: [(group, run.isPermitted)]))
    }
  }

  private func isSame(_ a: Double, _ b: Double) -> Bool { abs(a - b) < SignalProgram.slack }

  // MARK: Rings

  private mutating func allocate(_ found: [Phase]) {
    let order = found.indices.sorted {
      (found[$0].start, -found[$0].green, $0) < (found[$1].start, -found[$1].green, $1)
    }
    var rings: [[Phase]] = []
    for index in order {
      let phase = found[index]
      let free = rings.firstIndex { ring in
        ring.last.map { $0.start + $0.green + $0.clearance <= phase.start + SignalProgram.slack } ?? true
      }
      if let free { rings[free].append(phase) } else { rings.append([phase]) }
    }
    for ring in rings.indices {
      var time = 0.0
      for (index, phase) in rings[ring].enumerated() {
        if phase.start - time > SignalProgram.slack { pause(from: time, to: phase.start, ring) }
        let next = index + 1 < rings[ring].count ? rings[ring][index + 1] : nil
        var placed = phase
        placed.ring = ring + 1
        let gap = max(0, (next?.start ?? cycle) - phase.start - phase.green)
        placed.clearance = min(gap, phase.clearance)
        // What two phases in a row both serve would stay green between them.
        let first = next ?? rings[ring][0]
        let repeats = first.services.contains { service in
          phase.services.contains { $0.group == service.group }
        }
        if repeats, isSame(placed.clearance, gap), gap > phase.yellow + SignalProgram.slack {
          placed.clearance = phase.yellow
        }
        phases.append(placed)
        time = phase.start + phase.green + placed.clearance
      }
      if cycle - time > SignalProgram.slack { pause(from: time, to: cycle, ring) }
    }
  }

  /// Time in which a ring serves nobody.
  private mutating func pause(from start: Double, to end: Double, _ ring: Int) {
    phases.append(Phase(ring: ring + 1, start: start, green: 0, yellow: 0, clearance: end - start))
  }

  private mutating func number() {
    let rings = Set(phases.map(\.ring)).sorted()
    // Barriers are where all rings change at once.
    let common = phases.filter { $0.ring == rings.first }.map(\.start).filter { start in
      rings.allSatisfy { ring in phases.contains { $0.ring == ring && isSame($0.start, start) } }
    }
    var (number, before) = (0, (ring: 0, barrier: 0, position: 0))
    for index in phases.indices {
      let phase = phases[index]
      phases[index].barrier = max(1, common.count { $0 <= phase.start + SignalProgram.slack })
      let follows = before.ring == phase.ring && before.barrier == phases[index].barrier
      phases[index].position = follows ? before.position + 1 : 1
      before = (phase.ring, phases[index].barrier, phases[index].position)
      if !phase.services.isEmpty {
        number += 1
        phases[index].number = number
      }
    }
  }
}
