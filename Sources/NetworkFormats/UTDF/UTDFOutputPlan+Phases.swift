internal import NetworkBuilding
internal import TrafficModel

extension UTDFOutputPlan {
  /// The phases of a ring-barrier controller as they stand in its rings; nil where the programme does not keep to them,
  /// or a digit of BRP is not enough.
  init?(rings: PhaseRings, _ program: SignalProgram, of controller: SignalController) {
    let reading = RingReading(program, controller, rings: rings)
    guard let timing = reading.timing, (rings.rings + rings.barriers).allSatisfy({ $0 <= 9 }) else {
      return nil
    }
    cycle = program.cycle
    protected = controller.groups.map { _ in [] }
    permitted = controller.groups.map { _ in [] }
    for (barrier, segments) in timing.order.enumerated() {
      for segment in segments {
        for (position, index) in segment.enumerated() {
          guard let run = reading.runs[index] else { continue }
          let phase = rings.phases[index]
          for group in phase.groups { protected[group].append(phase.number) }
          for group in phase.permitted { permitted[group].append(phase.number) }
          let walks = phase.groups.filter {
            controller.groups[$0].kind == .pedestrian && program.green(ofGroup: $0) > 0
          }
          let shown = walks.compactMap { group in
            program.runs(ofGroup: group, where: \.isGreen).map(program.duration(of:)).min()
          }.min()
          phases.append(
            UTDFPhase(
              number: phase.number, barrier: rings.barriers[barrier], ring: phase.ring,
              position: position + 1,
              minimumGreen: phase.minimumGreen, split: timing.splits[index], yellow: phase.yellow,
              allRed: phase.allRed, walk: shown == nil ? nil : phase.walk,
              dontWalk: shown.map { max(0, run.green - $0) } ?? 0,
              begin: (program.offset + run.begin).wrapped(in: cycle), place: TextPlace(line: 1, column: 1)))
        }
      }
    }
    phases.sort { $0.number < $1.number }
  }
}
