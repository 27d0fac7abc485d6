/// Saturation flows by the Chinese codes (GB 50647 and the CJJ city code); what of it was read where stands in the guide.
///
/// Flows are passenger cars per hour of green.
public enum ChineseMethod {
  /// Usual base saturation flows, pcu/h per lane: within the ranges of the code, to be replaced by measured ones.
  public static let throughBase = 1650.0, turnBase = 1550.0

  /// Lane width: 1 from 3.0 to 3.5 m, less below, more above.
  ///
  /// - Parameter width: m, 2.7 to 4.5.
  public static func laneWidth(_ width: Double) -> Double {
    width < 3 ? 0.4 * (width - 0.5) : width <= 3.5 ? 1 : 0.05 * (width + 16.5)
  }

  /// Heavy vehicles.
  ///
  /// - Parameters:
  ///   - share: 0 to 1.
  ///   - equivalent: passenger cars per heavy vehicle.
  public static func heavyVehicles(_ share: Double, equivalent: Double = 2) -> Double {
    1 / (1 + share * (equivalent - 1))
  }

  /// Right turns: 0.85 on a lane of their own, less by their share on a shared lane, or on the only lane.
  ///
  /// - Parameters:
  ///   - share: of right turns on the lane, 0 to 1; 1 on a lane of their own.
  ///   - isOnlyLane: whether the approach has one lane.
  public static func rightTurns(share: Double, isOnlyLane: Bool = false) -> Double {
    1 - (isOnlyLane ? 0.135 : 0.15) * share
  }

  /// Left turns with a phase of their own.
  public static let protectedLeft = 0.95

  /// Saturation flow of a lane, veh/h: base × factors, people on foot by f_Rpb of the American manual where right turns must
  /// yield to them.
  public static func saturationFlow(
    base: Double = throughBase, width: Double, heavyVehicles share: Double, turns: Double = 1,
    pedestrians: Double = 1
  ) -> Double {
    base * laneWidth(width) * heavyVehicles(share) * turns * pedestrians
  }
}
