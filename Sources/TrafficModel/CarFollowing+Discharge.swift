/// How drivers depart from their own car following where the network knows better what a stop line discharges.
public struct DischargeAdjustment: Hashable, Sendable {
  /// s by which they follow more slowly than by their own headways, 0 or more.
  public var extraHeadway: Double
  /// Share of their imperfection that they have, 0 ... 1: less where more vehicles pass than would by themselves.
  public var imperfectionShare: Double
  /// s after the start of green until the first one reacts, beyond their own start-up lost time; 0 or more.
  public var reaction: Double
}

extension CarFollowing {
  /// What makes drivers discharge a connection of a network as its saturation flow and start-up lost time say.
  public func adjustment(to connection: LaneConnection, of network: Network) -> DischargeAdjustment {
    let laneSpeed = network[connection.from].speed
    let isTurn = connection.turn != .through
    let natural = saturationFlow(speed: connection.speed, laneSpeed: laneSpeed, isTurn: isTurn)
    let extra = 1 / connection.saturationFlow - 1 / natural
    let naturalLoss = startUpLostTime(speed: connection.speed, isTurn: isTurn)
    return DischargeAdjustment(
      extraHeadway: extra > Self.negligible ? extra : 0,
      imperfectionShare: extra < -Self.negligible
        ? imperfectionShare(
          forHeadwayLess: -extra, speed: connection.speed, laneSpeed: laneSpeed, isTurn: isTurn) : 1,
      reaction: max(0, connection.startUpLostTime - naturalLoss))
  }

  /// Differences of headway below this are rounding, s.
  private static let negligible = 1e-6

  /// The mean of a demand's vehicles.
  public init(_ demand: Demand) {
    var vehicles = [Double](repeating: 0, count: demand.vehicleTypes.count)
    for departure in demand.departures { vehicles[departure.type] += 1 }
    for flow in demand.flows { vehicles[flow.type] += flow.rate * (flow.end - flow.begin) }
    for slice in demand.counts { vehicles[0] += slice.vehicles.reduce(0) { $0 + ($1 ?? 0) } }
    self.init(types: demand.vehicleTypes, vehicles: vehicles)
  }
}
