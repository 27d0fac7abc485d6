/// Control delay of a lane group (HCM 7, chapter 19, equations 19-18 to 19-27 and 19-44 to 19-49); all s/veh.
public enum ControlDelay {
  /// Share of vehicles that arrive on green, P (equation 19-15), at most 1.
  ///
  /// - Parameters:
  ///   - platoonRatio: R_p; see ``ArrivalType``.
  ///   - greenRatio: g/C, 0 to 1.
  public static func arrivalsOnGreen(platoonRatio: Double, greenRatio: Double) -> Double {
    min(platoonRatio * greenRatio, 1)
  }

  /// Progression factor PF (equations 19-20 and 19-21); 1 for random arrivals.
  ///
  /// - Parameters:
  ///   - onGreen: P, 0 to 1.
  ///   - greenRatio: g/C, 0 to 1.
  ///   - saturation: X = v/c; counts up to 1.
  public static func progressionFactor(onGreen: Double, greenRatio: Double, saturation: Double) -> Double {
    guard greenRatio > 0, greenRatio < 1, onGreen * min(saturation, 1) < 1 else { return 1 }
    let load = min(saturation, 1)
    let flowRatio = load * greenRatio
    return (1 - onGreen) / (1 - greenRatio) * (1 - flowRatio) / (1 - load * onGreen)
      * (1 + flowRatio * (1 - onGreen / greenRatio) / (1 - greenRatio))
  }

  /// Uniform delay d₁ (equation 19-19), of a group with one green per cycle.
  ///
  /// - Parameters:
  ///   - cycle: C, s.
  ///   - greenRatio: g/C, 0 to 1.
  ///   - saturation: X, counts up to 1.
  ///   - progression: PF.
  public static func uniform(
    cycle: Double, greenRatio: Double, saturation: Double, progression: Double = 1
  ) -> Double {
    guard greenRatio < 1 else { return 0 }
    return progression * 0.5 * cycle * (1 - greenRatio) * (1 - greenRatio)
      / (1 - min(saturation, 1) * greenRatio)
  }

  /// Incremental delay factor k of pretimed and coordinated phases, and of those recalled to their maximum.
  public static let pretimedFactor = 0.5

  /// Least k of an actuated phase (equation 19-23), 0.04 or more.
  ///
  /// - Parameter passageTime: PT, s.
  public static func leastFactor(passageTime: Double) -> Double {
    let time = passageTime
    return max(-0.375 + 0.354 * time - 0.0910 * time * time + 0.00889 * time * time * time, 0.04)
  }

  /// k of an actuated phase (equation 19-22), up to 0.50.
  ///
  /// - Parameters:
  ///   - passageTime: PT, s.
  ///   - availableSaturation: v/c_a.
  public static func actuatedFactor(passageTime: Double, availableSaturation: Double) -> Double {
    let least = leastFactor(passageTime: passageTime)
    return min(max((1 - 2 * least) * (availableSaturation - 0.5) + least, least), pretimedFactor)
  }

  /// Incremental delay d₂ (equation 19-26): random arrivals, and what builds up while demand exceeds capacity.
  ///
  /// - Parameters:
  ///   - saturation: X_A.
  ///   - capacity: c_A, veh/h, above 0.
  ///   - factor: k, 0.04 to 0.50.
  ///   - filtering: I, 0.09 to 1; 1 at an isolated junction.
  ///   - period: analysis period T, h.
  public static func incremental(
    saturation: Double, capacity: Double, factor: Double, filtering: Double = 1, period: Double
  ) -> Double {
    let excess = saturation - 1
    let random = 8 * factor * filtering * saturation / (capacity * period)
    return 900 * period * (excess + (excess * excess + random).squareRoot())
  }

  /// Initial-queue delay d₃ (equations 19-44 to 19-49).
  ///
  /// - Parameters:
  ///   - queue: what is there when the period begins.
  public static func initialQueue(_ queue: InitialQueue) -> Double {
    guard queue.initial > 0, queue.flow > 0, queue.period > 0 else { return 0 }
    let squares =
      queue.atEnd * queue.atEnd - queue.atEndWithout * queue.atEndWithout - queue.initial * queue.initial
    return USUnits.hour / (queue.flow * queue.period)
      * (queue.unmetTime * queue.mean + squares / (2 * queue.capacity))
  }

  /// Mean of delays by flow (equations 19-28 and 19-29), s/veh; 0 without flow.
  public static func mean(_ groups: [(delay: Double, flow: Double)]) -> Double {
    let flow = groups.reduce(0) { $0 + $1.flow }
    return flow > 0 ? groups.reduce(0) { $0 + $1.delay * $1.flow } / flow : 0
  }
}
