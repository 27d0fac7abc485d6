#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// How long vehicles after the queue hold an actuated green (HCM 7, chapter 31, equations 31-28 to 31-30 and 31-43 to 31-45).
public struct GreenExtension: Hashable, Sendable {
  /// Probability that one more headway extends the green, p (equation 31-29).
  public let probability: Double
  /// Mean extension g_e, s (equation 31-30).
  public let time: Double
  /// Probability that the green ends at its maximum, p_x (equation 31-43).
  public let maximumProbability: Double

  /// - Parameters:
  ///   - stream: what may extend the green; of both phases where they end together.
  ///   - headway: MAH*, s.
  ///   - maximumGreen: G_max, s.
  ///   - queueClearance: l₁ + g_s, s.
  public init(stream: ArrivalStream, headway: Double, maximumGreen: Double, queueClearance: Double) {
    let gap = max(headway - stream.headway, 0)
    let ends = stream.free * exp(-stream.rate * gap)
    let p = min(max(1 - ends, 0), 1)
    probability = p
    let extensions = max(stream.flow * (maximumGreen - queueClearance), 0)
    time = stream.flow > 0 && p < 1 ? p * p * (1 - pow(p, extensions)) / (stream.flow * (1 - p)) : 0
    guard stream.rate > 0, p > 0 else {
      maximumProbability = 0
      return
    }
    let mean =
      (stream.headway + stream.free / stream.rate - (headway + 1 / stream.rate) * ends) / (1 - ends)
    let calls = mean > 0 ? max((maximumGreen - headway - queueClearance) / mean, 0) : 0
    maximumProbability = pow(p, calls)
  }
}
