/// A phase of a controller in its place in the cycle, and whom it serves.
public struct RunningPhase: Hashable, Sendable {
  /// A group that the phase serves.
  public struct Service: Hashable, Sendable {
    /// Its position among the controller's groups.
    public var group: Int
    /// Whether it waits for gaps in this phase.
    public var isPermissive: Bool

    /// A group that the phase serves.
    public init(group: Int, isPermissive: Bool) {
      self.group = group
      self.isPermissive = isPermissive
    }
  }
  /// s from second 0 of the cycle to its green.
  public var begin: Double
  /// s of green.
  public var green: Double
  /// s of yellow after the green.
  public var yellow: Double
  /// s from the end of green to the end of the phase: yellow and all-red.
  public var clearance: Double
  /// s from the begin of green for which pedestrians may set out, where no other phase goes on serving them.
  public var walk: Double
  /// Whether pedestrians may set out for as long as there is time to cross, and not for the shortest walk alone.
  public var restsInWalk: Bool
  /// Whom it serves.
  public var services: [Service]

  /// A phase.
  public init(
    begin: Double, green: Double, yellow: Double, clearance: Double, walk: Double, restsInWalk: Bool = true,
    services: [Service]
  ) {
    self.begin = begin
    self.green = green
    self.yellow = yellow
    self.clearance = clearance
    self.walk = walk
    self.restsInWalk = restsInWalk
    self.services = services
  }

  /// s from second 0 of the cycle.
  public var end: Double { begin + green + clearance }

  fileprivate func service(of group: Int) -> Service? { services.first { $0.group == group } }
}

extension GreenTimeline {
  /// What groups show while phases run.
  ///
  /// A group stays green through the clearance of a phase where one that serves it, another or the same again, runs when the
  /// clearance ends; it waits for gaps meanwhile where it does on either side of the clearance.
  ///
  /// - Parameters:
  ///   - cycle: s.
  ///   - slack: s by which begins and ends that are meant to be the same may differ.
  public init(
    cycle: Double, phases: [RunningPhase], of kinds: [SignalGroupKind], conflicts: [[GroupConflict]],
    background: [SignalState]? = nil, slack: Double = SignalProgram.slack
  ) {
    let greens = kinds.enumerated().map { group, kind in
      let serving = phases.compactMap { phase in phase.service(of: group).map { (phase, $0) } }
      return serving.flatMap { phase, service -> [GreenSpan] in
        let next = serving.filter { other, _ in
          (phase.end - other.begin + slack).positiveRemainder(cycle) < other.green
        }
        let endsEarly = kind == .pedestrian && !phase.restsInWalk && phase.walk < phase.green - slack
        if !next.isEmpty, !endsEarly {
          let waits = service.isPermissive || next.allSatisfy(\.1.isPermissive)
          return [
            GreenSpan(begin: phase.begin, length: phase.green, isPermissive: service.isPermissive),
            GreenSpan(begin: phase.begin + phase.green, length: phase.clearance, isPermissive: waits),
          ].filter { $0.length > slack }
        }
        let length = kind == .pedestrian ? min(phase.walk, phase.green) : phase.green
        guard length > slack else { return [] }
        return [
          GreenSpan(
            begin: phase.begin, length: length, yellow: kind == .pedestrian ? 0 : phase.yellow,
            isPermissive: service.isPermissive)
        ]
      }
    }
    self.init(cycle: cycle, greens: greens, conflicts: conflicts, background: background)
  }
}
