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
  /// turn's own speed only after the stop line, which costs a little less.
  ///
  /// - Parameters:
  ///   - speed: speed on the way through the junction, m/s.
  ///   - laneSpeed: speed of the lane before the stop line, m/s.
  ///   - isTurn: whether the way is a left, right or U-turn.
  public func saturationFlow(speed: Double, laneSpeed: Double, isTurn: Bool) -> Double {
    let way = Self.carSpacing * (1.29 + Self.wayShare * imperfection) + 0.7 * (spacing - Self.carSpacing)
    let fixed = Self.fixedShare * imperfection + headway
    let pace = Self.pace(speed: speed, laneSpeed: laneSpeed, isTurn: isTurn)
    return min(1 / (fixed + way * pace), Self.highestFlow)
  }

  /// s that a metre of queue takes to leave its lane.
  private static func pace(speed: Double, laneSpeed: Double, isTurn: Bool) -> Double {
    isTurn ? max(1 / laneSpeed, turnShare / speed) : 1 / speed
  }

  /// s of green lost at its start; the faster the way, the more. Who never gets fast gains a little.
  ///
  /// - Parameters:
  ///   - speed: speed on the way through the junction, m/s.
  ///   - isTurn: whether the way is a left, right or U-turn.
  public func startUpLostTime(speed: Double, isTurn: Bool) -> Double {
    isTurn ? 0.25 * (speed - 8) : -0.6 + 0.289 * (speed - 8.33)
  }

  /// Share of the drivers' imperfection with which a queue's headway is `gain` s shorter than with all of it;
  /// 0 where even perfect drivers do not get there. Parameters as for `saturationFlow`.
  public func imperfectionShare(
    forHeadwayLess gain: Double, speed: Double, laneSpeed: Double, isTurn: Bool
  ) -> Double {
    // The headway grows by so much per unit of imperfection.
    let pace = Self.pace(speed: speed, laneSpeed: laneSpeed, isTurn: isTurn)
    let slope = Self.fixedShare + Self.carSpacing * Self.wayShare * pace
    return imperfection > 0 ? max(0, 1 - gain / (slope * imperfection)) : 1
  }

  /// m of queue that a car fills.
  private static let carSpacing = 7.5
  /// s, and shares of a car's way, per unit of imperfection.
  private static let fixedShare = 0.2
  private static let wayShare = 0.487
  /// Turns of 4 to 12 m/s and 12 to 34 m: 0.85 to 0.98.
  private static let turnShare = 0.9
  /// veh/s; no measured queue discharges faster.
  private static let highestFlow = 0.7
}
