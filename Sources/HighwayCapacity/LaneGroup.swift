/// What the method says of a lane group: flows veh/h, times s, delays s/veh, queues veh per lane, lengths m.
public struct LaneGroup: Hashable, Sendable {
  /// How its left turns find room.
  public enum Operation: Hashable, Sendable {
    /// One green per cycle, in which nobody gives way to vehicles.
    case oneGreen
    /// Several greens per cycle, in which nobody gives way to vehicles.
    case severalGreens
    /// Through gaps only.
    case gaps
    /// By an arrow before and gaps after it.
    case arrowThenGaps
    /// Through gaps before and by an arrow after them.
    case gapsThenArrow
    /// Right turns: green, in which people on foot cross, then an arrow beside left turns of the cross street.
    case greenThenArrow
    /// Right turns: the arrow first.
    case arrowThenGreen
  }

  /// Direction and lanes: "EB L", "NB TR".
  public let name: String
  /// Where its vehicles are heading.
  public let direction: Direction
  /// What its lanes serve.
  public let use: LaneUse
  /// Number of lanes N.
  public let lanes: Int
  /// How left turns find room.
  public let operation: Operation
  /// Cycle C, s.
  public let cycle: Double
  /// Analysis period T, h.
  public let period: Double

  /// Flow v, veh/h.
  public let flow: Double
  /// Shares of left turns P_L and right turns P_R, 0 to 1.
  public let leftShare: Double, rightShare: Double
  /// Factors of equation 19-8.
  public let factors: SaturationFactors
  /// Saturation flow s, veh/h per lane: through gaps where nothing else serves the group, else while protected.
  public let saturationFlow: Double
  /// Saturation flow while gaps are sought, veh/h per lane; 0 where none are.
  public let gapSaturationFlow: Double
  /// Effective green g, s; of the arrow where there is one, and of several greens together.
  public let green: Double
  /// When gaps may be sought; nil where none are.
  public let permitted: PermittedGreen?
  /// Flow v_o that its left turns give way to, veh/h.
  public let opposingFlow: Double
  /// s_p before adjustments, veh/h.
  public let gapFlow: Double
  /// f_Lpb and f_Rpb.
  public let pedestriansLeft: Double, pedestriansRight: Double

  /// Green of the arrow besides, of right turns, s; 0 without.
  public let rightArrowGreen: Double

  /// Capacity c, veh/h.
  public let capacity: Double
  /// Capacity were the green at its maximum, c_a, veh/h.
  public let availableCapacity: Double
  /// R_p and P.
  public let platoonRatio: Double, onGreen: Double
  /// k.
  public let incrementalFactor: Double
  /// PT of its phase, s; nil where detectors decide nothing, and k is 0.5.
  public let passageTime: Double?
  /// I.
  public let filtering: Double
  /// Uniform delay d₁, incremental delay d₂ and initial-queue delay d₃, s/veh.
  public let uniformDelay: Double, incrementalDelay: Double, initialQueueDelay: Double
  /// Q_b of the group, veh.
  public let initialQueue: Double
  /// The queue of one of its lanes over a cycle; of demand beyond capacity only what capacity serves.
  public let polygon: QueuePolygon
  /// Q1, Q2 and Q3, veh per lane.
  public let firstTerm: Double, secondTerm: Double, thirdTerm: Double
  /// Room that a queued vehicle takes, L_h, m.
  public let spacing: Double
  /// d_a, s.
  public let accelerationDelay: Double
  /// Room for queues L_a, m per lane; nil where it is no matter.
  public let storage: Double?

  /// Demand over capacity X; infinite without capacity.
  public var saturation: Double { flow == 0 ? 0 : capacity > 0 ? flow / capacity : .infinity }
  /// Control delay d, s/veh (equation 19-18).
  public var delay: Double { uniformDelay + incrementalDelay + initialQueueDelay }
  /// By exhibit 19-8.
  public var levelOfService: LevelOfService { .vehicles(delay: delay, saturation: saturation) }
  /// Mean back of queue, veh per lane (equation 31-149).
  public var queue50: Double { firstTerm + secondTerm + thirdTerm }
  /// Back of queue that one cycle in twenty exceeds, veh per lane (equation 31-150).
  public var queue95: Double {
    BackOfQueue.percentile(
      first: firstTerm, second: secondTerm, third: thirdTerm, filtering: filtering,
      greenRatio: green / cycle, saturation: saturation)
  }
  /// Mean queue over its room (equation 31-154).
  public var storageRatio50: Double? { storage.map { spacing * queue50 / $0 } }
  /// 95th-percentile queue over its room (equation 31-156).
  public var storageRatio95: Double? { storage.map { spacing * queue95 / $0 } }
  /// Demand over saturation flow y: the share of the cycle that it needs of its green, all greens taken together.
  public var flowRatio: Double { saturation.isFinite ? saturation * green / cycle : 0 }
}
