internal import TrafficModel

extension GMNSRingAllocation {
  /// The phases of a ring-barrier controller as they stand in its rings; nil where the programme does not keep to them.
  init?(_ program: SignalProgram, _ controller: SignalController, rings: PhaseRings) {
    let reading = RingReading(program, controller, rings: rings)
    guard let timing = reading.timing else { return nil }
    var found: [Phase] = []
    for (barrier, segments) in timing.order.enumerated() {
      for segment in segments {
        for (position, index) in segment.enumerated() {
          guard let run = reading.runs[index] else { continue }
          let phase = rings.phases[index]
          let walks = phase.groups.filter { controller.groups[$0].kind == .pedestrian }
          let shown = walks.compactMap { group in
            program.runs(ofGroup: group, where: \.isGreen).map(program.duration(of:)).min()
          }.min()
          let services =
            phase.groups.filter { program.green(ofGroup: $0) > 0 }.map { ($0, false) }
            + phase.permitted.map { ($0, true) }
          found.append(
            Phase(
              number: phase.number, ring: phase.ring, barrier: rings.barriers[barrier],
              position: position + 1,
              start: run.begin, green: run.green, yellow: phase.yellow, clearance: phase.clearance,
              walk: shown, pedestrianClearance: walks.map { controller.intergreens[$0].max() ?? 0 }.max(),
              services: services, keepsPlace: phase.keepsPlace, isOptional: phase.isOptional))
        }
      }
    }
    self.init(
      phases: found.sorted { ($0.ring, $0.barrier, $0.position) < ($1.ring, $1.barrier, $1.position) },
      program, controller)
  }
}
