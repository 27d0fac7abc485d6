public import HighwayCapacity
public import TrafficModel

/// The manual's worksheet of a signalled junction under one plan and one demand.
public struct JunctionWorksheet: Hashable, Sendable {
  /// The junction.
  public let junction: JunctionID
  /// Its name.
  public let name: String
  /// Its approaches, in the order of their links.
  public let approaches: [ApproachWorksheet]
  /// Its crossings for people on foot, in the network's order.
  public let crossings: [CrossingWorksheet]
  /// What was evaluated: the junction, mostly as a whole; what four directions and two rings do not hold, by itself.
  public let evaluations: [IntersectionEvaluation]
  /// Critical v/c ratio X_c (equation 19-30); nil where nothing was evaluated.
  public let criticalSaturation: Double?
  /// Whether phases last as long as detectors ask for.
  public let isActuated: Bool

  /// All lane groups, approach by approach.
  public var laneGroups: [LaneGroupWorksheet] { approaches.flatMap(\.laneGroups) }
  /// s; nil where nothing was evaluated.
  public var cycle: Double? { evaluations.first?.timing.cycle }
  /// Flow of the lane groups that are covered, veh/h.
  public var flow: Double { approaches.reduce(0) { $0 + $1.flow } }
  /// All that wants to pass, veh/h.
  public var volume: Double { approaches.reduce(0) { $0 + $1.volume } }
  /// Control delay of the lane groups that are covered, s/veh (equation 19-29); nil without flow.
  public var delay: Double? { ControlDelay.mean(laneGroups) }
  /// By exhibit 19-8, of delay alone; nil without flow.
  public var levelOfService: HighwayCapacity.LevelOfService? { delay.map { .vehicles(delay: $0) } }
  /// Whether the manual covers all its lane groups.
  public var isCovered: Bool { laneGroups.allSatisfy { $0.notCovered == nil } }

  /// The lane group of a name, "NB TR".
  public func laneGroup(_ name: String) -> LaneGroupWorksheet? { laneGroups.first { $0.name == name } }

  /// How the figures of a lane group came about, step by step; nil where the manual does not cover it.
  public func explain(_ group: LaneGroupWorksheet) -> [CalculationStep]? {
    guard let service = group.service, let evaluation = group.evaluation,
      evaluations.indices.contains(evaluation)
    else { return nil }
    return evaluations[evaluation].explain(service)
  }
}
