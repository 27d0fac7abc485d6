/// Saturation flow and start-up lost time that Krauss's car following brings about.
///
/// Fitted to queues discharged in SUMO 1.28 with 1 s steps; see Documentation/SUMO.md for the table. The model:
/// S. Krauss (1998), "Microscopic modeling of traffic flow", DLR report 98-08.
public struct CarFollowing: Hashable, Sendable {
  /// Desired time headway, s: the mean over the demand.
  public let headway: Double
  /// Driver imperfection, 0 ... 1: the mean over the demand.
  public let imperfection: Double
  /// Metres of queue per vehicle: the mean over the demand.
  public let spacing: Double

  /// The mean of a mix of vehicle types, each with its number of vehicles; a passenger car where the mix is empty.
  public init(types: [VehicleType], vehicles: [Double]) {
    let total = vehicles.reduce(0, +)
    let car = VehicleType(name: "car")
    func mean(_ value: (VehicleType) -> Double) -> Double {
      total > 0 ? zip(types, vehicles).reduce(0) { $0 + value($1.0) * $1.1 } / total : value(car)
    }
    headway = mean(\.headway)
    imperfection = mean(\.imperfection)
    spacing = mean(\.spacing)
  }

  /// veh/s from a standing queue that leaves its lane at `speed` m/s.
  ///
  /// Headway = desired headway + 0.2 σ + (way per vehicle) / v: a car's 7.5 m grow with the driver's imperfection;
  /// of a longer vehicle's surplus, 0.7 counts, because a queue also catches up with it. A turn is driven at the
  /// turn's own speed after the stop line, which costs less than its length would.
  ///
  /// - Parameters:
  ///   - speed: speed on the way through the junction, m/s.
  ///   - laneSpeed: speed of the lane before the stop line, m/s.
  ///   - isTurn: whether the way is a left, right or U-turn.
  public func saturationFlow(speed: Double, laneSpeed: Double, isTurn: Bool) -> Double {
    let way = Self.carSpacing * (1.29 + 0.487 * imperfection) + 0.7 * (spacing - Self.carSpacing)
    let fixed = headway + 0.2 * imperfection
    let onLane = fixed + way / laneSpeed
    let flow = 1 / (isTurn ? max(onLane, fixed + Self.turnShare * way / speed) : fixed + way / speed)
    return min(flow, Self.highestFlow)
  }

  /// s of green lost at its start; the faster the road, the more. Turns lose little: they never get fast.
  ///
  /// - Parameters:
  ///   - speed: speed on the way through the junction, m/s.
  ///   - turn: as where traffic keeps to the right.
  public func startUpLostTime(speed: Double, turn: Turn) -> Double {
    switch turn {
    case .through: -0.6 + 0.289 * (speed - 8.33)
    case .left, .uTurn: 0.1
    case .right: -0.9
    }
  }

  /// Share of the drivers' imperfection with which a queue's headway is `gain` s shorter than with all of it;
  /// 0 where even perfect drivers do not get there.
  public func imperfectionShare(forHeadwayLess gain: Double, laneSpeed: Double) -> Double {
    // The headway grows by so much per unit of imperfection; see `saturationFlow`.
    let slope = 0.2 + Self.carSpacing * 0.487 / laneSpeed
    return imperfection > 0 ? max(0, 1 - gain / (slope * imperfection)) : 1
  }

  private static let carSpacing = 7.5
  private static let turnShare = 8 / 11.5
  /// veh/s; no measured queue discharges faster.
  private static let highestFlow = 0.7
}
