#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// How far queues reach (HCM 7, chapter 31, section 4, equations 31-130 to 31-156); vehicles per lane.
public enum BackOfQueue {
  /// Speed below which a vehicle counts as stopped: 5 mi/h, in m/s (equation 31-131).
  public static let stoppedSpeed = 5 * USUnits.milePerHour
  /// 3.5 ft/s², in m/s².
  public static let acceleration = 3.5 * USUnits.foot
  /// 4.0 ft/s², in m/s².
  public static let deceleration = 4.0 * USUnits.foot
  /// z of the 95th percentile (equation 31-151); 1.28 for the 90th, 1.04 for the 85th.
  public static let percentile95 = 1.64

  /// Mean speed on an approach, m/s (equations 31-12 and 31-132): 0.90 (25.6 + 0.47 limit), both mi/h in the manual.
  ///
  /// - Parameter limit: posted speed limit, m/s.
  public static func approachSpeed(limit: Double) -> Double {
    0.90 * (25.6 * USUnits.milePerHour + 0.47 * limit)
  }

  /// What braking to a stop and accelerating again costs, d_a, s (equation 31-131).
  ///
  /// - Parameter speed: mean speed of the approach, m/s.
  public static func accelerationDelay(speed: Double) -> Double {
    let change = speed - stoppedSpeed
    return change * change / (2 * speed) * (1 / acceleration + 1 / deceleration)
  }

  /// First term Q1 of a group with one green per cycle (equations 31-133 to 31-141): vehicles that stop fully.
  ///
  /// - Parameters:
  ///   - flow: per lane, veh/h; what exceeds capacity belongs to the second term.
  ///   - saturationFlow: per lane, veh/h.
  ///   - onGreen: P, 0 to 1.
  ///   - green: effective, s.
  ///   - cycle: s.
  ///   - accelerationDelay: d_a, s.
  public static func firstTerm(
    flow: Double, saturationFlow: Double, onGreen: Double, green: Double, cycle: Double,
    accelerationDelay: Double
  ) -> Double {
    guard flow > 0, green > 0, saturationFlow > 0, green < cycle else { return 0 }
    let red = cycle - green
    let discharge = saturationFlow / USUnits.hour
    let rate = min(flow / USUnits.hour, discharge * green / cycle)
    let saturation = min(rate * cycle / (discharge * green), 1)
    let onRed = (1 - onGreen) * rate * cycle / red
    let greenRate = onGreen * rate * cycle / green
    if accelerationDelay <= (1 - onGreen) * green * saturation {
      let service =
        rate * cycle * (1 - onGreen - onGreen * accelerationDelay / green)
        / (discharge * (1 - saturation * onGreen))
      return max(onRed * red + greenRate * (service - accelerationDelay), 0)
    }
    let service =
      rate * cycle * (1 - onGreen) * (red - accelerationDelay)
      / (discharge * (red - saturation * (1 - onGreen) * green))
    return max(onRed * (red - accelerationDelay + service), 0)
  }

  /// Second term Q2 (equation 31-142): the mean queue that incremental delay stands for.
  ///
  /// - Parameters:
  ///   - capacity: c_A, veh/h.
  ///   - lanes: of the group.
  ///   - incrementalDelay: d₂, s/veh.
  public static func secondTerm(capacity: Double, lanes: Int, incrementalDelay: Double) -> Double {
    capacity / (USUnits.hour * Double(lanes)) * incrementalDelay
  }

  /// Third term Q3 (equations 31-143 to 31-148): what an initial queue adds.
  ///
  /// - Parameters:
  ///   - queue: of the group.
  ///   - lanes: of the group.
  public static func thirdTerm(_ queue: InitialQueue, lanes: Int) -> Double {
    guard queue.initial > 0, queue.period > 0 else { return 0 }
    return queue.unmetTime * queue.mean / (Double(lanes) * queue.period)
  }

  /// Percentile back of queue (equations 31-150 to 31-153), veh per lane.
  ///
  /// - Parameters:
  ///   - first: Q1.
  ///   - second: Q2.
  ///   - third: Q3.
  ///   - percentile: z; see ``percentile95``.
  ///   - filtering: I, 0.09 to 1.
  ///   - greenRatio: g/C.
  ///   - saturation: X_A.
  public static func percentile(
    first: Double, second: Double, third: Double, percentile: Double = percentile95, filtering: Double = 1,
    greenRatio: Double, saturation: Double
  ) -> Double {
    let mean = first + second
    guard mean > 0 else { return third }
    return mean
      * percentileFactor(
        mean: mean, percentile: percentile, filtering: filtering, greenRatio: greenRatio,
        saturation: saturation) + third
  }

  /// f_B, by which a percentile exceeds the mean queue (equations 31-151 to 31-153), at most 1.8.
  ///
  /// - Parameters:
  ///   - mean: Q1 + Q2, above 0; the others as in
  ///     ``percentile(first:second:third:percentile:filtering:greenRatio:saturation:)``.
  public static func percentileFactor(
    mean: Double, percentile: Double = percentile95, filtering: Double = 1, greenRatio: Double,
    saturation: Double
  ) -> Double {
    var factor = 1 + percentile * (filtering / mean).squareRoot()
    if saturation >= 1 {
      factor += 0.60 * pow(percentile, 0.24) * pow(greenRatio, 0.33) * (1 - exp(2 - 2 * saturation))
    }
    return min(factor, 1.8)
  }

  /// Room that a queued vehicle takes, L_h, m (equation 31-155): 25 ft a car, 45 ft a heavy vehicle.
  ///
  /// - Parameter heavyVehicles: share, 0 to 1.
  public static func spacing(heavyVehicles: Double) -> Double {
    (25 * (1 - heavyVehicles) + 45 * heavyVehicles) * USUnits.foot
  }

  /// Queue storage ratio R_Q (equations 31-154 and 31-156): above 1 the queue blocks what lies behind.
  ///
  /// - Parameters:
  ///   - queue: veh per lane.
  ///   - spacing: L_h, m.
  ///   - storage: L_a, m per lane, above 0.
  public static func storageRatio(queue: Double, spacing: Double, storage: Double) -> Double {
    spacing * queue / storage
  }
}
