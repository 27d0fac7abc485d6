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

  /// The rows of a timing; the first begins with the phases before the first barrier.
  public func intervals(_ timing: RingTiming) -> [SignalInterval] {
    let running = zip(timing.begins, zip(rings.phases, timing.splits)).compactMap { begin, phase in
      begin.map { self.running(phase.0, from: $0, for: phase.1) }
    }
    return GreenTimeline(
      cycle: timing.cycle, phases: running, of: controller.groups.map(\.kind),
      conflicts: controller.conflicts, background: background
    ).intervals
  }

  private func running(_ phase: RingPhase, from begin: Double, for split: Double) -> RunningPhase {
    let green = split - phase.clearance
    return RunningPhase(
      begin: begin, green: green, yellow: phase.yellow, clearance: phase.clearance,
      walk: green - phase.flashingDontWalk,
      services: (phase.groups + phase.permitted).map {
        RunningPhase.Service(
          group: $0, isPermissive: phase.permitted.contains($0) || isAlwaysPermissive[$0])
      })
  }
}
