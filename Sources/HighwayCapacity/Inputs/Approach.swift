/// An approach: its demand, lanes and phases.
public struct Approach: Hashable, Sendable {
  /// Where its vehicles are heading.
  public var direction: Direction
  /// Its lanes at the stop line, from the left.
  public var lanes: [LaneUse]
  /// Demand, veh/h.
  public var volumes: TurnVolumes
  /// Phase of the through movement, and of right turns.
  public var phase: Phase
  /// How left turns are served.
  public var leftTurns: LeftTurnTreatment
  /// Greens of the cycle besides that of ``phase``, of an approach whose left turns seek no gaps.
  public var furtherGreens: [FurtherGreen] = []

  /// Mean flow over that of the busiest 15 minutes, 0.25 to 1; 1 where volumes are of these already.
  public var peakHourFactor = 1.0
  /// Share of heavy vehicles of through movement and right turns, 0 to 1.
  public var heavyVehicles = 0.03
  /// Share of heavy vehicles of left turns, 0 to 1.
  public var heavyVehiclesLeft = 0.03
  /// R_p; see ``ArrivalType``.
  public var platoonRatio = 1.0
  /// I: how much upstream signals even out arrivals, 0.09 to 1; 1 far from others (equation 19-6).
  public var filtering = 1.0
  /// Vehicles there when the period begins, on all through and right lanes together.
  public var initialQueue = 0.0
  /// Vehicles there when the period begins, on left lanes.
  public var initialQueueLeft = 0.0

  /// Mean lane width, m.
  public var laneWidth = 3.6
  /// Rise over run, positive uphill.
  public var grade = 0.0
  /// Cars that park or leave beside the right lane, per hour; nil without parking lane.
  public var parkingManeuvers: Double?
  /// Buses that stop near the stop line, per hour.
  public var buses = 0.0
  /// People on the crosswalk that right turns cross, both directions, p/h; they walk with the approach's phase.
  public var pedestrians = 0.0
  /// People on the crosswalk that left turns cross, p/h.
  public var pedestriansLeft = 0.0
  /// Bicycles beside right turns, bicycles/h.
  public var bicycles = 0.0
  /// Lanes that right turns may turn into.
  public var receivingLanesRight = 1
  /// Lanes that left turns may turn into.
  public var receivingLanesLeft = 1
  /// Saturation flows that are known, in place of the base flow and its factors.
  public var givenSaturation = GivenSaturation()
  /// Lane utilisation of through lanes as counted, f_LU; nil for the usual one (equation 19-7).
  public var laneUtilisation: Double?
  /// Whether a lane for right turns only has an arrow while left turns beside it, of the cross street, have theirs.
  public var hasRightArrow = false
  /// Room for queues of through and right lanes, m per lane; nil where it is no matter.
  public var storage: Double?
  /// Room for queues of left lanes, m per lane.
  public var storageLeft: Double?
  /// Room for queues of lanes for right turns only, m per lane; nil where it is that of the through lanes.
  public var storageRight: Double?
  /// Posted speed limit, m/s.
  public var speedLimit = 50 / 3.6
  /// Whether drivers who turn left against this approach heed its right turns from a lane of their own.
  public var rightTurnsFillGaps = true

  /// An approach with these lanes, volumes and phases; the rest has defaults.
  public init(
    _ direction: Direction, lanes: [LaneUse], volumes: TurnVolumes, phase: Phase,
    leftTurns: LeftTurnTreatment = .permitted
  ) {
    self.direction = direction
    self.lanes = lanes
    self.volumes = volumes
    self.phase = phase
    self.leftTurns = leftTurns
  }

  /// Flow rates of the busiest 15 minutes, without right turns on red, veh/h.
  var flows: (left: Double, through: Double, right: Double) {
    (
      volumes.left / peakHourFactor, volumes.through / peakHourFactor,
      max(volumes.right / peakHourFactor - volumes.rightOnRed, 0)
    )
  }
  /// Lanes that through vehicles may use.
  var throughLanes: Int { lanes.filter { $0.contains(.through) }.count }
}
