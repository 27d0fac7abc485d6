/// A queue that is there when the analysis period begins, and what becomes of it (HCM 7, equations 19-45 to 19-49 and
/// 31-144 to 31-148).
public struct InitialQueue: Hashable, Sendable {
  /// Q_b, veh.
  public let initial: Double
  /// v, veh/h.
  public let flow: Double
  /// c_A, veh/h.
  public let capacity: Double
  /// T, h.
  public let period: Double

  /// A queue of this many vehicles before a group with this flow and capacity, both veh/h, in a period in hours.
  public init(initial: Double, flow: Double, capacity: Double, period: Double) {
    self.initial = initial
    self.flow = flow
    self.capacity = capacity
    self.period = period
  }

  /// How long demand is unmet, t_A, h (equations 19-47 and 19-49).
  public var unmetTime: Double { flow >= capacity ? period : min(initial / (capacity - flow), period) }
  /// Queue at the end of the period, Q_e, veh (equation 19-45).
  public var atEnd: Double { initial + unmetTime * (flow - capacity) }
  /// What it would be without the initial one, Q_eo, veh (equations 19-46 and 19-48).
  public var atEndWithout: Double { max(period * (flow - capacity), 0) }
  /// Mean queue that the initial one adds while it lasts, veh.
  var mean: Double { (initial + atEnd - atEndWithout) / 2 }
}
