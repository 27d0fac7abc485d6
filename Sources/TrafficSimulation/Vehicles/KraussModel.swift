internal import TrafficModel

/// Car following of S. Krauss (1998), "Microscopic modeling of traffic flow", DLR report 98-08, in steps of 1 s:
/// drive as fast as is safe should the vehicle ahead brake, then lose a little by imperfection.
///
/// Speeds in m/s, distances in m, times in s. The stopping distances are those of a vehicle that brakes once a
/// step, as SUMO's default model has them.
struct KraussModel: BitwiseCopyable {
  let length: Double
  let minimumGap: Double
  let acceleration: Double
  let deceleration: Double
  let maximumSpeed: Double
  let headway: Double
  let imperfection: Double
  /// 1 / (2 `deceleration`), s²/m.
  private let halfInverseDeceleration: Double

  init(_ type: VehicleType) {
    length = type.length
    minimumGap = type.minimumGap
    acceleration = type.acceleration
    deceleration = type.deceleration
    maximumSpeed = type.maximumSpeed
    headway = type.headway
    imperfection = type.imperfection
    halfInverseDeceleration = 0.5 / type.deceleration
  }

  /// Metres of queue that the vehicle fills.
  var spacing: Double { length + minimumGap }

  /// Way to a stop from `speed`, braking once a step, after `reaction` s at full speed.
  @inline(__always)
  static func brakingDistance(speed: Double, deceleration: Double, reaction: Double) -> Double {
    let steps = wholePart(speed / deceleration)
    return steps * speed - deceleration * steps * (steps + 1) / 2 + speed * reaction
  }

  /// `value` rounded down; less than 2⁵¹.
  ///
  /// Without the processor's newer instructions `rounded(.down)` is a call. Beyond 2⁵² there are no fractions.
  @inline(__always)
  private static func wholePart(_ value: Double) -> Double {
    let nearest = (value + 0x1p52) - 0x1p52
    return nearest > value ? nearest - 1 : nearest
  }

  /// No less than the way to a stop from `speed`, and at most an eighth of `deceleration` more.
  ///
  /// Braking once a step is longest, against braking all the time, half a step from whole steps: (v − b/2)² / 2b.
  @inline(__always)
  func longestBrakingDistance(_ speed: Double, reaction: Double) -> Double {
    speed * (speed * halfInverseDeceleration + reaction - 0.5) + deceleration * 0.125
  }

  /// Way to a stop from `speed`.
  @inline(__always)
  func brakingDistance(_ speed: Double, reaction: Double = 0) -> Double {
    Self.brakingDistance(speed: speed, deceleration: deceleration, reaction: reaction)
  }

  /// The largest speed for the next step from which the vehicle can still stop within `gap`.
  @inline(__always)
  func stoppingSpeed(gap: Double, headway: Double) -> Double {
    let room = gap - 1e-9
    guard room > 0 else { return 0 }
    let b = deceleration
    // Not even a step of full braking.
    if room < 0.999 * b * headway { return room / headway }
    // Steps of full braking, and what is left of the gap spread over them and the reaction time.
    let root = (1 + 4 * (2 * room / b - headway + headway * headway)).squareRoot()
    let steps = Self.wholePart(0.5 - (headway - root * 0.5))
    let covered = 0.5 * steps * (steps - 1) * b + steps * b * headway
    return steps * b + (room - covered) / (steps + headway)
  }

  /// The largest speed that is safe behind a vehicle at distance `gap` that drives at `leaderSpeed`.
  @inline(__always)
  func followingSpeed(gap: Double, leaderSpeed: Double, leaderDeceleration: Double, headway: Double) -> Double
  {
    let leaderWay = Self.brakingDistance(
      speed: leaderSpeed, deceleration: max(deceleration, leaderDeceleration), reaction: 0)
    return stoppingSpeed(gap: gap + leaderWay, headway: headway)
  }

  /// `speed`, or the largest speed that is safe behind a vehicle at distance `gap` that drives at `leaderSpeed`
  /// if that is less.
  @inline(__always)
  func followingSpeed(
    atMost speed: Double, gap: Double, leaderSpeed: Double, leader: KraussModel, headway: Double
  ) -> Double {
    // Most vehicles have more room than they need; bounds of both stopping ways tell without a root or a division.
    let leaderRate = min(halfInverseDeceleration, leader.halfInverseDeceleration)
    let leaderWay = max(0, leaderSpeed * (leaderSpeed * leaderRate - 0.5))
    if gap + leaderWay > longestBrakingDistance(speed, reaction: headway) + Self.margin { return speed }
    // Who is slower than that stops within the next second.
    guard leaderSpeed >= deceleration else { return min(speed, stoppingSpeed(gap: gap, headway: headway)) }
    return min(
      speed,
      followingSpeed(
        gap: gap, leaderSpeed: leaderSpeed, leaderDeceleration: leader.deceleration, headway: headway))
  }

  /// What bounds of ways are kept apart by, m: more than roundings, less than matters.
  private static let margin = 1e-6

  /// The largest speed now from which `target` is reached after `distance` by comfortable braking.
  @inline(__always)
  func approachSpeed(distance: Double, target: Double) -> Double {
    guard distance >= target else { return target }
    let b = deceleration
    let root = ((b + 2 * target) * (b + 2 * target) + 8 * b * distance).squareRoot()
    let steps = max(0, ((root - b) * 0.5 - target) / b)
    let full = Self.wholePart(steps)
    let exact = (full * full + full) * 0.5 * b + full * target + (steps > full ? target : 0)
    return max(0, distance - exact) / (full + 1) + full * b + target
  }

  /// Gap behind a vehicle at `leaderSpeed` that a vehicle at `speed` needs.
  @inline(__always)
  func secureGap(speed: Double, leaderSpeed: Double, leaderDeceleration: Double) -> Double {
    let leaderWay = Self.brakingDistance(
      speed: leaderSpeed, deceleration: max(deceleration, leaderDeceleration), reaction: 0)
    return max(0, brakingDistance(speed, reaction: headway) - leaderWay)
  }

  /// Speed after imperfection: `random` in 0 ..< 1.
  @inline(__always)
  func dawdled(_ speed: Double, imperfection: Double, random: Double) -> Double {
    max(0, speed - imperfection * min(speed, acceleration) * random)
  }

  /// Speed after accelerating over `distance`.
  @inline(__always)
  func speedAfter(distance: Double, from speed: Double) -> Double {
    (speed * speed + 2 * acceleration * max(0, distance)).squareRoot()
  }

  /// Speed after braking over `distance`; 0 where that is enough to stop.
  @inline(__always)
  func speedAfterBraking(distance: Double, from speed: Double) -> Double {
    max(0, speed * speed - 2 * deceleration * distance).squareRoot()
  }

  /// Shortest time to cover `distance` from `speed` and arrive at `arrivalSpeed`.
  @inline(__always)
  func arrivalTime(distance: Double, speed: Double, arrivalSpeed: Double) -> Double {
    let rate = arrivalSpeed >= speed ? acceleration : -deceleration
    let time = (arrivalSpeed - speed) / rate
    let way = time * (arrivalSpeed + speed) * 0.5
    return time + max(0, distance - way) / max(speed, arrivalSpeed, 0.1)
  }
}
