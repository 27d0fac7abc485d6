/// What the motorized-vehicle method says of a junction (HCM 7, chapter 19 with chapter 31).
public struct IntersectionEvaluation: Hashable, Sendable {
  /// Of an approach.
  public struct Approach: Hashable, Sendable {
    /// Where its vehicles are heading.
    public let direction: Direction
    /// veh/h.
    public let flow: Double
    /// Control delay, s/veh (equation 19-28).
    public let delay: Double
    /// By exhibit 19-8, of delay alone.
    public var levelOfService: LevelOfService { .vehicles(delay: delay) }
  }

  /// What was evaluated.
  public let intersection: Intersection
  /// How long phases last.
  public let timing: Timing
  /// How detectors decided; nil where a plan did.
  public let procedure: ActuatedProcedure?
  /// By approach, from the left.
  public let laneGroups: [LaneGroup]
  /// By approach.
  public let approaches: [Approach]
  /// What decides how much the junction can take.
  public let criticalPath: CriticalPath

  /// Evaluates a junction without ``Intersection/problems``.
  ///
  /// - Parameters:
  ///   - intersection: the junction.
  ///   - measured: durations of an actuated junction as somebody measured or published them; else they are computed.
  public init(_ intersection: Intersection, timing measured: Timing? = nil) {
    precondition(intersection.problems.isEmpty, "junctions with problems have no level of service")
    precondition(measured.map { $0.durations.count == intersection.approaches.count } ?? true)
    self.intersection = intersection
    let timing: Timing
    if let measured {
      procedure = nil
      timing = measured
    } else if case .pretimed(let cycle) = intersection.control {
      procedure = nil
      timing = Timing(planned: intersection, cycle: cycle)
    } else {
      let found = ActuatedProcedure(intersection)
      procedure = found
      timing = found.timing
    }
    self.timing = timing
    let state = JunctionState(intersection, timing)
    let groups = intersection.approaches.indices.flatMap { index in
      state.approaches[index].groups.map { LaneGroup(state, approach: index, group: $0) }
    }
    laneGroups = groups
    approaches = intersection.approaches.map { approach in
      let own = groups.filter { $0.direction == approach.direction }
      return Approach(
        direction: approach.direction, flow: own.reduce(0) { $0 + $1.flow },
        delay: ControlDelay.mean(own.map { ($0.delay, $0.flow) }))
    }
    criticalPath = CriticalPath(intersection, timing, groups)
  }

  /// Control delay of the junction, s/veh (equation 19-29).
  public var delay: Double { ControlDelay.mean(approaches.map { ($0.delay, $0.flow) }) }
  /// By exhibit 19-8, of delay alone.
  public var levelOfService: LevelOfService { .vehicles(delay: delay) }

  /// The group of this name, "EB L" or "NB TR".
  public func laneGroup(_ name: String) -> LaneGroup? { laneGroups.first { $0.name == name } }
}
