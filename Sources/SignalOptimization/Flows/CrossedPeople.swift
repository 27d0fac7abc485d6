internal import TrafficModel

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// People on a crossing, as the traffic of one way sees them that has to let them go first.
///
/// Who waited walks in a crowd when the signal turns green; after it people come at random, each of whom holds the way up from
/// shortly before he steps on the crossing until he is past it. Formulas: Documentation/Pedestrians.md.
struct CrossedPeople: Hashable, Sendable {
  /// Their signal, of the controller.
  let group: Int
  /// Per second, both ways together.
  let flow: Double
  /// Of the crossing, m.
  let length: Double
  /// m from the kerb where traffic leaves the junction to the way.
  let middle: Double
  /// Whether who comes to the kerb soon counts, too.
  let isNear: Bool

  /// s for which one who walks holds the way up, mean of both directions.
  private var walking: Double {
    let (near, far) = (min(middle, WalkingModel.gap), min(length - middle, WalkingModel.gap))
    return ((near + far) / 2 + WalkingModel.clearance) / WalkingModel.speed
  }

  /// Share of an interval of their green in which the way is free.
  ///
  /// - Parameters:
  ///   - duration: of the interval, s.
  ///   - elapsed: s of their green before it.
  ///   - red: s without green before that.
  func openShare(duration: Double, elapsed: Double, red: Double) -> Double {
    guard duration > 0 else { return 0 }
    let crowd = flow * red
    let last = (max(middle, length - middle) + WalkingModel.clearance) / WalkingModel.speed
    // Nobody may have waited.
    let clears = (1 - exp(-crowd)) * (last + crowd * WalkingModel.headway)
    let rest = max(0, duration - max(0, clears - elapsed)) / duration
    return rest * exp(-flow * (walking + (isNear ? WalkingModel.timeToCross : 0)))
  }

  /// Share of an interval that begins `elapsed` s after the end of their green, while the last of them arrive, in which the
  /// way is free.
  func openShare(duration: Double, after elapsed: Double) -> Double {
    guard duration > 0 else { return 0 }
    let held = max(0, walking - elapsed)
    let begun = min(duration, held)
    let open = exp(-flow * held) * expm1(flow * begun) / flow + duration - begun
    return min(1, open / duration)
  }
}
