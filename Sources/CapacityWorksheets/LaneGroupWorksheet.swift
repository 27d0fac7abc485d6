public import HighwayCapacity
public import TrafficModel

/// What the manual says of neighbouring lanes of an approach that serve the same movements.
public struct LaneGroupWorksheet: Hashable, Sendable {
  /// Direction and arrows, "NB TR"; the link's name in place of a direction that the manual's four do not hold. A second group of the
  /// same name has a 2 behind it.
  public let name: String
  /// The link that the lanes lie on.
  public let link: LinkID
  /// From the median to the kerb.
  public let lanes: [LaneID]
  /// What the period's demand wants of the lanes, veh/h; turns on red are not part of it.
  public let volume: Double
  /// Position of the evaluation it is from among ``JunctionWorksheet/evaluations``; nil where the manual does not cover it.
  public let evaluation: Int?
  /// Flow, saturation flow, capacity, delay and queues; nil where the manual does not cover the group.
  public let service: LaneGroup?
  /// Why the manual does not cover the group; nil where it does.
  public let notCovered: NotCovered?

  /// Mean queue and the queue that one cycle in twenty exceeds, m per lane.
  public var queue50Length: Double? { service.map { $0.queue50 * $0.spacing } }
  /// The queue that one cycle in twenty exceeds, m per lane.
  public var queue95Length: Double? { service.map { $0.queue95 * $0.spacing } }
}

/// What the manual says of an approach.
public struct ApproachWorksheet: Hashable, Sendable {
  /// The link that comes to the stop line.
  public let link: LinkID
  /// Where its vehicles are heading, "NB"; the link's name where the manual's four directions do not hold it.
  public let name: String
  /// From the median to the kerb.
  public let laneGroups: [LaneGroupWorksheet]
  /// Mean flow over that of the busiest quarter of an hour; 1 where volumes are taken as they stand.
  public let peakHourFactor: Double
  /// All that wants to pass, veh/h, lanes that are not covered and turns on red included.
  public let volume: Double
  /// Bicycles beside the lanes; nil where nobody counted any.
  public let bicycles: BicycleApproach?

  /// Flow of the lane groups that are covered, veh/h.
  public var flow: Double { laneGroups.reduce(0) { $0 + ($1.service?.flow ?? 0) } }
  /// Control delay of these, s/veh (equation 19-28); nil without flow.
  public var delay: Double? { ControlDelay.mean(laneGroups) }
  /// By exhibit 19-8, of delay alone; nil without flow.
  public var levelOfService: HighwayCapacity.LevelOfService? { delay.map { .vehicles(delay: $0) } }
}

/// What the manual says of a crossing for people on foot.
public struct CrossingWorksheet: Hashable, Sendable {
  /// The crossing.
  public let crossing: CrossingID
  /// People who cross, p/h.
  public let people: Double
  /// Delay, score and level of service; nil where the manual does not cover it.
  public let service: HighwayCapacity.PedestrianCrossing?
  /// Why the manual does not cover it; nil where it does.
  public let notCovered: NotCovered?
}

extension ControlDelay {
  /// Mean delay of lane groups by flow, s/veh; nil without flow.
  static func mean(_ groups: [LaneGroupWorksheet]) -> Double? {
    let served = groups.compactMap(\.service).filter { $0.flow > 0 }
    return served.isEmpty ? nil : mean(served.map { ($0.delay, $0.flow) })
  }
}
