#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// Headways of what a phase serves, bunched as Cowan's M3 has them (HCM 7, chapter 31, equations 31-3 to 31-8).
public struct ArrivalStream: Hashable, Sendable {
  /// Flow-rate parameter λ*, veh/s.
  public var rate = 0.0
  /// Σ b Δ q, of which the share of unbunched vehicles φ* is the negative exponential.
  private var bunching = 0.0
  /// Σ λ Δ.
  private var headways = 0.0
  /// Flow q*, veh/s.
  public var flow = 0.0

  /// Of no vehicles.
  public init() {}

  /// Of one lane group: its flow, veh/h, on so many lanes.
  ///
  /// Bunched vehicles follow at Δ = 1.5 s on one lane and 0.5 s on several; b is 0.6, 0.5 and 0.8 for one, two and more lanes.
  public init(flow: Double, lanes: Int) {
    let headway = lanes > 1 ? 0.5 : 1.5
    let factor = lanes > 2 ? 0.8 : lanes > 1 ? 0.5 : 0.6
    let vehicles = flow / USUnits.hour
    // Beyond 2,400 veh/h a lane's vehicles are all in bunches; λ of just less stands for them.
    let spare = max(1 - headway * vehicles, 0.01)
    rate = exp(-factor * headway * vehicles) * vehicles / spare
    bunching = factor * headway * vehicles
    headways = rate * headway
    self.flow = vehicles
  }

  /// Share of vehicles that follow nobody, φ* (equation 31-6).
  public var free: Double { exp(-bunching) }
  /// Headway within bunches Δ*, s (equation 31-7).
  public var headway: Double { rate > 0 ? headways / rate : 0 }

  /// Both streams, as one detector memory sees them.
  public static func + (one: ArrivalStream, other: ArrivalStream) -> ArrivalStream {
    var sum = one
    sum.rate += other.rate
    sum.bunching += other.bunching
    sum.headways += other.headways
    sum.flow += other.flow
    return sum
  }
}
