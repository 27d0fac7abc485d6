/// What a survey sheet tells of an approach, or of a junction and so of all its approaches, that only a capacity
/// worksheet asks for. Where nothing is told the worksheet has a default.
public struct CapacityConditions: Hashable, Sendable {
  /// Share of vehicles with more than four tyres on the road, 0 ... 1.
  public var heavyVehicles: Double?
  /// Rise over run towards the stop line, positive uphill.
  public var grade: Double?
  /// Mean width of its lanes, m.
  public var laneWidth: Double?
  /// Cars that park or leave beside the lane at the kerb, per hour; nil where nobody may park there.
  public var parking: Double?
  /// Buses that stop near the stop line, per hour.
  public var buses: Double?
  /// Mean flow over that of the busiest quarter of an hour, 0.25 ... 1.
  public var peakHourFactor: Double?
  /// How well platoons meet the green, 1 ... 6, as the Highway Capacity Manual numbers it.
  public var arrivalType: Int?
  /// Where the junction lies.
  public var area: AreaType?
  /// Vehicles per hour that turn along the kerb while their signal is red.
  public var turnsOnRed: Double?
  /// Bicycles per hour, beside the lane at the kerb.
  public var bicycles: Double?
  /// Of the lane for bicycles, m; 0 where there is none.
  public var bicycleLaneWidth: Double?
  /// s of green lost while a queue starts, as surveyed.
  public var startUpLostTime: Double?
  /// s of yellow used as green, as surveyed.
  public var yellowUsed: Double?

  /// Nothing told.
  public init() {}
}

/// What lies around a junction, as far as it slows queues down.
public enum AreaType: String, Hashable, Sendable, CaseIterable {
  /// A central business district: narrow lanes, people, parking, buses.
  case businessDistrict = "business-district"
  /// Anything else.
  case other
}
