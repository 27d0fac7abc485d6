/// Gaps: who must yield compares his own time on the way with those that others have announced.
extension Traffic {
  /// Drivers who must yield leave so much time before another vehicle, and between two that merge, s.
  private static let safetyTime = 1.0
  /// A driver who has waited so long makes others brake, s.
  private static let patience = 180.0

  /// When a vehicle comes to a connection and when it leaves it, absolute s.
  struct Schedule {
    var arrival: Double
    var leaving: Double
    /// Its speed then, m/s.
    var arrivalSpeed: Double
    var leavingSpeed: Double
    /// How ready it is to make others brake, 0 ... 1.
    var impatience: Double

    /// Takes it for going to stop on its way, `length` m with the vehicle's own, before those who cross it: as SUMO's drivers
    /// do, who then want a gap to go through all of it at half the speed of their arrival. Who starts slowly wants a longer one.
    mutating func stopInside(length: Double) {
      leavingSpeed = 0
      leaving = arrival + length / (0.5 * arrivalSpeed)
    }
  }

  /// - Parameters:
  ///   - isInside: whether it waits inside the junction, at the connection's waiting position.
  ///   - isStarting: whether it decides now whether to cross: it then reckons with the speed that it can have in a second.
  @inline(__always)
  func schedule(
    _ connection: Int32, _ index: Int32, _ type: KraussModel, distance: Double, isInside: Bool = false,
    isStarting: Bool = false
  ) -> Schedule {
    let segment = roads.segments[roads.segment(ofConnection: connection)]
    let limit = min(segment.speed * vehicles[index].speedFactor, type.maximumSpeed)
    let current = vehicles[index].speed
    let speed =
      isStarting ? min(current + type.acceleration, max(vehicles[index].limit, current)) : current
    let arrivalSpeed = max(0.5, min(limit, type.speedAfter(distance: distance, from: speed)))
    let arrival = now + type.arrivalTime(distance: distance, speed: speed, arrivalSpeed: arrivalSpeed)
    let rest = isInside ? segment.length - roads.connections[connection].waitingPosition : segment.length
    let way = rest + type.length
    let leavingSpeed = min(
      limit, type.speedAfter(distance: isStarting ? rest : way, from: arrivalSpeed))
    return Schedule(
      arrival: arrival, leaving: arrival + way / (0.5 * (arrivalSpeed + leavingSpeed)),
      arrivalSpeed: arrivalSpeed, leavingSpeed: leavingSpeed,
      impatience: min(1, Double(vehicles[index].standing) / Self.patience))
  }

  /// Whether somebody with priority comes at the same time.
  ///
  /// - Parameter isInside: whether this one waits inside the junction: then nobody goes first for being there first.
  mutating func isBlocked(
    _ connection: Int32, _ index: Int32, _ own: Schedule, byAll: Bool, isInside: Bool = false
  ) -> Bool {
    let way = roads.connections[connection]
    for place in way.firstConflict..<way.endConflict {
      let conflict = roads.conflicts[place]
      guard isInside ? conflict.isAwaited : conflict.yields || byAll else { continue }
      let isCalled = listening.isHeard(conflict.other)
      assert(isCalled, "who asks has called those that he asks for")
      var entry = approaches.firstEntry(of: conflict.other)
      while entry >= 0 {
        let other = approaches[entry]
        let goesFirst = isInside || (other.arrival, other.vehicle) < (own.arrival, index)
        if other.vehicle != index, goesFirst || !conflict.isMutual,
          collides(own, other, merges: conflict.merges)
        {
          return true
        }
        entry = other.next
      }
    }
    return false
  }

  /// Whether somebody with priority who waits for gaps inside the junction, too, would go at the same time.
  ///
  /// He counts as coming though he stands, as in SUMO. Where he stands on the way of the one who waits for him, they wait
  /// for each other for ever: a plan must not bring that about.
  mutating func isBlockedByWaiting(_ connection: Int32, _ index: Int32, _ own: Schedule) -> Bool {
    let way = roads.connections[connection]
    for place in way.firstConflict..<way.endConflict where roads.conflicts[place].isAwaited {
      let conflict = roads.conflicts[place]
      let waiting = roads.connections[conflict.other].waitingPosition
      guard waiting > 0 else { continue }
      var vehicle = vehicles.last[roads.segment(ofConnection: conflict.other)]
      while vehicle >= 0, vehicles[vehicle].position <= waiting {
        let type = types[vehicles[vehicle].type]
        let distance = waiting - vehicles[vehicle].position
        let theirs = schedule(conflict.other, vehicle, type, distance: distance, isInside: true)
        let entry = Approaches.Entry(
          vehicle: vehicle, next: -1, arrival: theirs.arrival, leaving: theirs.leaving,
          leavingSpeed: theirs.leavingSpeed,
          brakedSpeed: min(
            theirs.arrivalSpeed, type.speedAfterBraking(distance: distance, from: vehicles[vehicle].speed)),
          distance: distance)
        if vehicle != index, collides(own, entry, merges: conflict.merges) { return true }
        vehicle = vehicles[vehicle].ahead
      }
    }
    return false
  }

  private mutating func collides(_ own: Schedule, _ other: Approaches.Entry, merges: Bool) -> Bool {
    if other.leaving < own.arrival {
      return merges
        && (own.arrival - other.leaving < Self.safetyTime || own.arrivalSpeed > other.leavingSpeed)
    }
    var (arrival, speed) = (other.arrival, other.brakedSpeed)
    if own.impatience > 0, own.arrival < other.arrival {
      let braked = braked(other, own)
      arrival += own.impatience * (braked.arrival - arrival)
      speed = braked.speed
    }
    // Who merges must be as fast as the one behind will be.
    return arrival <= own.leaving + Self.safetyTime || (merges && speed > own.leavingSpeed)
  }

  /// A vehicle that stops for an impatient one comes so much later, s.
  private static let stoppedDelay = 30.0

  /// When, and how fast, a vehicle with priority arrives if it brakes for an impatient one, as hard as that one is
  /// impatient, from the time that the other would arrive.
  private mutating func braked(_ other: Approaches.Entry, _ own: Schedule) -> (arrival: Double, speed: Double)
  {
    let ahead = other.arrival - own.arrival
    // Who enters in the same second cannot brake any more.
    guard own.arrival.rounded(.down) < other.arrival.rounded(.down) else {
      return (other.arrival, other.brakedSpeed)
    }
    let braking = types[vehicles[other.vehicle].type].deceleration * own.impatience
    let speed = other.distance / (other.arrival - now + 1)
    let left = other.distance - speed * (own.arrival - now)
    if 0.5 * speed * speed / braking <= left { return (other.arrival + Self.stoppedDelay, 0) }
    // The way saved by braking until the arrival is made up for after it, braking on.
    let slowed = speed - ahead * braking
    let saved = ahead * ahead * braking / 2
    let root = slowed * slowed - 2 * braking * saved
    guard slowed > 0, root >= 0 else { return (other.arrival + Self.stoppedDelay, 0) }
    return (other.arrival + (slowed - root.squareRoot()) / braking, root.squareRoot())
  }
}
