/// A ring-barrier controller's programme as the people who key it in need it: phase by phase, not movement by movement, so that the
/// splits of a ring add up to the cycle.
public struct PhaseSheet: Hashable, Sendable {
  /// One phase.
  public struct Row: Hashable, Sendable {
    /// The phase, with its number, ring, yellow, all-red, walk and whom it serves.
    public var phase: RingPhase
    /// s of the cycle at which the green begins, from the programme's begin.
    public var begin: Double
    /// s; where the ring waits for another at a barrier, the rest in green included.
    public var green: Double
    /// s of green, yellow and all-red together.
    public var split: Double
    /// s of the cycle at which the green ends at the latest, from the programme's begin.
    public var forceOff: Double
  }
  /// By ring, then as the phases run.
  public let rows: [Row]

  /// The sheet of a programme; nil where the controller has no rings, or the programme is none that they can run.
  public init?(_ program: SignalProgram, _ controller: SignalController) {
    guard let rings = controller.rings else { return nil }
    let reading = RingReading(program, controller, rings: rings)
    guard reading.problems.isEmpty else { return nil }
    let cycle = program.cycle
    let ran = rings.phases.indices.compactMap { index -> Row? in
      guard let run = reading.runs[index] else { return nil }
      let phase = rings.phases[index]
      // A phase that always runs has no room for yellow.
      let clearance = min(phase.clearance, cycle - run.green)
      return Row(
        phase: phase, begin: run.begin, green: run.green, split: run.green + clearance,
        forceOff: (run.begin + run.green).positiveRemainder(cycle))
    }
    let first = reading.origin
    rows = ran.sorted {
      ($0.phase.ring, ($0.begin - first + SignalProgram.slack).positiveRemainder(cycle), $0.phase.number) < (
        $1.phase.ring, ($1.begin - first + SignalProgram.slack).positiveRemainder(cycle), $1.phase.number
      )
    }
  }
}
