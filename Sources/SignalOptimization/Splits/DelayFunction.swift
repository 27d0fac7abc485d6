/// Delay of a lane's traffic as a convex function of the lane's capacity.
///
/// Uniform delay and incremental delay of the Highway Capacity Manual (HCM 2000, eq. 16-11 and 16-12;
/// uniform part after Webster 1958), per second of the period:
///
///     D(c) = q (d1 + d2)
///     d1 = C (1 − c/s)² / (2 (1 − y)),                            y = q/s
///     d2 = T/4 ((x − 1) + √((x − 1)² + 8 k I x / (c T))),         x = q/c, k = 0.5, I = 1
///
/// The manual's d1 has min(1, x) g/C in place of y; the two agree while x ≤ 1. Beyond it, keeping y keeps
/// D convex, and d2 dominates by far. Not modelled: progression, initial queues, spillback.
struct DelayFunction {
  /// Arrivals, veh/s.
  let flow: Double
  /// Discharge under full green, veh/s.
  let saturationFlow: Double
  /// s.
  let cycle: Double
  /// Length of the analysis period, s.
  let period: Double

  /// Above this flow ratio even full green would not do; the uniform part is held there.
  private static let highestFlowRatio = 0.95

  private var stillRatio: Double { 1 - min(flow / saturationFlow, Self.highestFlowRatio) }

  /// Delay in veh·s per second at `capacity` > 0 veh/s.
  func value(at capacity: Double) -> Double {
    let green = min(1, capacity / saturationFlow)
    let uniform = cycle * (1 - green) * (1 - green) / (2 * stillRatio)
    let x = flow / capacity
    let root = ((x - 1) * (x - 1) + 4 * x / (capacity * period)).squareRoot()
    return flow * (uniform + period / 4 * (x - 1 + root))
  }

  /// Derivative of `value` by the capacity, s of delay per vehicle of capacity; negative.
  func slope(at capacity: Double) -> Double {
    let green = min(1, capacity / saturationFlow)
    let uniform = -cycle * (1 - green) / (stillRatio * saturationFlow)
    let x = flow / capacity
    let xSlope = -flow / (capacity * capacity)
    let root = ((x - 1) * (x - 1) + 4 * x / (capacity * period)).squareRoot()
    let termSlope = -8 * flow / (capacity * capacity * capacity * period)
    let rootSlope = root > 0 ? ((x - 1) * xSlope + termSlope / 2) / root : 0
    return flow * (uniform + period / 4 * (xSlope + rootSlope))
  }
}
