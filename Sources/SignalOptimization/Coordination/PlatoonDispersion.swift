/// How a platoon spreads on its way: Robertson's recurrence (1969, "TRANSYT: a traffic network study tool", RRL
/// report LR 253),
///
///     q(t + lag) = F q₀(t) + (1 − F) q(t + lag − 1)
///
/// whose travel times are lag plus a geometric distribution with mean (1 − F) / F and variance (1 − F) / F².
struct PlatoonDispersion: Hashable, Sendable {
  /// Smoothing factor F, above 0, at most 1: 1 keeps the platoon as it is.
  let smoothing: Double
  /// Travel time of the fastest, s.
  let lag: Double

  init(smoothing: Double, lag: Double) {
    self.smoothing = smoothing
    self.lag = lag
  }

  /// The recurrence with travel times of this mean and standard deviation, s (Yu and Van Aerde 1995): F from the
  /// variance, the lag from what the mean leaves. Where the deviation is too large for the mean, the lag is 0.
  init(meanTime: Double, deviation: Double) {
    let variance = deviation * deviation
    // (1 − F) / F² = variance.
    let smoothing = variance > 1e-9 ? ((1 + 4 * variance).squareRoot() - 1) / (2 * variance) : 1
    self.smoothing = smoothing
    lag = max(0, meanTime - (1 - smoothing) / smoothing)
  }

  /// TRANSYT's form, by the undelayed travel time: F = 1 / (1 + αβT), lag = βT. Usual values: α = 0.35, β = 0.8.
  init(travelTime: Double, alpha: Double, beta: Double) {
    smoothing = 1 / (1 + alpha * beta * travelTime)
    lag = beta * travelTime
  }

  /// What arrives in each second of the cycle of what leaves; both repeat for ever.
  func arrivals(of departures: [Double]) -> [Double] {
    let count = departures.count
    let whole = Int(lag.rounded(.down))
    let part = lag - Double(whole)
    // A lag between whole seconds is shared out among the two.
    let lagged = (0..<count).map { time in
      (1 - part) * departures[modulo(time - whole, count)]
        + part * departures[modulo(time - whole - 1, count)]
    }
    // From a standing start one round leaves out what is still on its way from the rounds before: a share that
    // shrinks by the same factor every cycle.
    let last = lagged.reduce(0) { smoothing * $1 + (1 - smoothing) * $0 }
    var flow = last / (1 - power(1 - smoothing, count))
    return lagged.map { departing in
      flow = smoothing * departing + (1 - smoothing) * flow
      return flow
    }
  }

  private func power(_ base: Double, _ exponent: Int) -> Double {
    (0..<exponent).reduce(1) { product, _ in product * base }
  }
}
