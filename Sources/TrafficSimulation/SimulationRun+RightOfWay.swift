/// Right of way: whether a vehicle may pass a stop line now.
extension SimulationRun {
  /// Drivers who must yield leave so much time before and after another vehicle, s.
  private static let safetyTime = 1.0
  /// A driver who has waited so long makes others brake, s.
  private static let patience = 180.0
  /// Below this a vehicle stands, m/s.
  static let standingSpeed = 0.1

  struct Passage {
    var isOpen: Bool
    /// Speed now with which the stop line may be approached, m/s.
    var speed: Double
    static let closed = Passage(isOpen: false, speed: 0)
  }

  /// Whether vehicle `index` may pass the stop line of `connection`, `distance` m ahead; if it may, others are
  /// told that it comes.
  mutating func passage(
    _ connection: Int32, _ index: Int32, _ type: KraussModel, distance: Double
  ) -> Passage {
    let vehicle = vehicles[index]
    let way = connections[connection]
    let aspect = signals.aspects[connection]
    let since = now - signals.since[connection]
    switch aspect {
    case .red: return .closed
    case .yellow:
      let canStop = type.brakingDistance(vehicle.speed) <= distance
      if canStop, since >= way.yellowUsed { return .closed }
    case .protected, .yielding:
      if since < way.reaction, vehicle.speed < Self.standingSpeed { return .closed }
    case .yieldingToAll, .stopFirst: break
    }
    if way.isCrossed, !hasRoomBeyond(connection, index, type) { return .closed }

    let schedule = schedule(connection, vehicle, type, distance: distance)
    var speed = Double.infinity
    let mustYield =
      aspect == .yielding && way.isMinor || aspect == .yieldingToAll || aspect == .stopFirst
    if mustYield, way.waitingPosition <= 0 {
      if distance > Self.visibility {
        // Until the way can be seen, be ready to stop where it can be.
        let ready = type.stoppingSpeed(gap: Self.visibility, headway: 1)
        speed = type.approachSpeed(
          distance: distance, target: type.speedAfter(distance: Self.visibility, from: ready))
      }
      if aspect == .stopFirst, vehicle.standing < 1 { return .closed }
      if isBlocked(connection, index, schedule, byAll: aspect != .yielding) { return .closed }
    } else if way.isCrossed, isOccupied(connection, index, schedule) {
      return .closed
    }
    approaches.add(
      Approaches.Entry(
        vehicle: index, next: -1, arrival: schedule.arrival, leaving: schedule.leaving,
        brakedArrival: schedule.brakedArrival, arrivalSpeed: schedule.speed), to: connection)
    return Passage(isOpen: true, speed: speed)
  }

  /// Whether a vehicle on a way through a junction must wait for gaps at its waiting position, `distance` m ahead.
  mutating func mustWaitInside(
    _ connection: Int32, _ index: Int32, _ type: KraussModel, distance: Double
  ) -> Bool {
    switch signals.aspects[connection] {
    case .protected: return false
    case .yielding, .yieldingToAll, .stopFirst, .yellow, .red: break
    }
    guard connections[connection].isMinor else { return false }
    let vehicle = vehicles[index]
    let schedule = schedule(connection, vehicle, type, distance: distance, isInside: true)
    return isBlocked(connection, index, schedule, byAll: false)
  }

  /// When a vehicle comes to a connection and when it leaves it, absolute s.
  struct Schedule {
    var arrival: Double
    var leaving: Double
    var brakedArrival: Double
    /// On arrival, m/s.
    var speed: Double
    var impatience: Double
  }

  private func schedule(
    _ connection: Int32, _ vehicle: Vehicle, _ type: KraussModel, distance: Double, isInside: Bool = false
  ) -> Schedule {
    let segment = segments[segment(ofConnection: connection)]
    let limit = min(segment.speed * vehicle.speedFactor, type.maximumSpeed)
    let arrivalSpeed = max(1, min(limit, type.speedAfter(distance: distance, from: vehicle.speed)))
    let arrival = now + type.arrivalTime(distance: distance, speed: vehicle.speed, arrivalSpeed: arrivalSpeed)
    let rest = isInside ? segment.length - connections[connection].waitingPosition : segment.length
    let way = rest + type.length
    let leavingSpeed = min(limit, type.speedAfter(distance: way, from: arrivalSpeed))
    let brakes = type.brakingDistance(vehicle.speed, reaction: 1)
    return Schedule(
      arrival: arrival, leaving: arrival + way / (0.5 * (arrivalSpeed + leavingSpeed)),
      brakedArrival: brakes < distance ? arrival + 30 : arrival, speed: arrivalSpeed,
      impatience: min(1, Double(vehicle.standing) / Self.patience))
  }

  /// Whether somebody with priority comes at the same time, or stands in the way.
  private func isBlocked(_ connection: Int32, _ index: Int32, _ own: Schedule, byAll: Bool) -> Bool {
    let way = connections[connection]
    for place in way.firstConflict..<way.endConflict {
      let conflict = conflicts[place]
      if isInTheWay(conflict, of: connection, index, own) { return true }
      guard conflict.yields || byAll else { continue }
      var entry = approaches.firstEntry(of: conflict.other)
      while entry >= 0 {
        let other = approaches[entry]
        if other.vehicle != index, collides(own, other, merges: conflict.merges) { return true }
        entry = other.next
      }
    }
    return false
  }

  /// Whether a vehicle that entered earlier is still in the way, whoever has priority.
  private func isOccupied(_ connection: Int32, _ index: Int32, _ own: Schedule) -> Bool {
    let way = connections[connection]
    for place in way.firstConflict..<way.endConflict
    where isInTheWay(conflicts[place], of: connection, index, own) { return true }
    return false
  }

  private func collides(_ own: Schedule, _ other: Approaches.Entry, merges: Bool) -> Bool {
    let arrival =
      own.impatience > 0
      ? other.arrival + own.impatience * (other.brakedArrival - other.arrival) : other.arrival
    if other.leaving < own.arrival { return merges && own.arrival - other.leaving < Self.safetyTime }
    return arrival <= own.leaving + Self.safetyTime
  }

  /// Whether a vehicle inside the junction on a crossing way will still be at the crossing when this one gets
  /// there. Where the ways cross is taken to be their middle; who merges is followed, not waited for.
  private func isInTheWay(
    _ conflict: RoadModel.Conflict, of connection: Int32, _ index: Int32, _ own: Schedule
  ) -> Bool {
    let segment = segment(ofConnection: conflict.other)
    var vehicle = head[segment]
    guard vehicle >= 0, !conflict.merges else { return false }
    let waiting = connections[conflict.other].waitingPosition
    let crossing = max(waiting, segments[segment].length * 0.5)
    let ownTime = own.arrival + 0.5 * (own.leaving - own.arrival) * 0.5
    while vehicle >= 0 {
      let other = vehicles[vehicle]
      let isWaiting = waiting > 0 && other.position <= waiting + 1e-6 && other.speed < Self.standingSpeed
      let left = crossing + types[other.type].length - other.position
      if vehicle != index, !isWaiting, left > 0, now + left / max(other.speed, 0.5) > ownTime {
        return true
      }
      vehicle = other.behind
    }
    return false
  }

  /// Whether the lane beyond a junction has room, so that the vehicle does not stop on the crossing.
  private func hasRoomBeyond(_ connection: Int32, _ index: Int32, _ type: KraussModel) -> Bool {
    let lane = connections[connection].to
    guard tail[lane] >= 0 else { return true }
    var filled = 0.0
    var vehicle = tail[lane]
    while vehicle >= 0 {
      let other = vehicles[vehicle]
      let otherType = types[other.type]
      if other.speed < Self.standingSpeed {
        var room = other.position - otherType.length - filled
        for place in firstEntering[lane]..<firstEntering[lane + 1] {
          room -= occupied[segment(ofConnection: entering[place])]
        }
        return room >= type.spacing
      }
      filled += otherType.spacing
      vehicle = other.ahead
    }
    return true
  }

  /// Safe speed behind a vehicle on another way into the same lane that is nearer to it.
  mutating func behindMerging(
    _ connection: Int32, _ index: Int32, _ type: KraussModel, distance: Double, _ headway: Double
  ) -> Double {
    let way = connections[connection]
    var speed = Double.infinity
    for place in way.firstConflict..<way.endConflict where conflicts[place].merges {
      let segment = segment(ofConnection: conflicts[place].other)
      var vehicle = tail[segment]
      while vehicle >= 0 {
        let other = vehicles[vehicle]
        let left = segments[segment].length - other.position
        if vehicle != index, left < distance || (left == distance && vehicle < index) {
          let otherType = types[other.type]
          let waiting = connections[conflicts[place].other].waitingPosition
          let isWaiting = waiting > 0 && other.position <= waiting + 1e-6 && other.speed < Self.standingSpeed
          if !isWaiting {
            speed = min(
              speed,
              type.followingSpeed(
                gap: max(0, distance - left - otherType.length - type.minimumGap), leaderSpeed: other.speed,
                leaderDeceleration: otherType.deceleration, headway: headway))
            break
          }
        }
        vehicle = other.ahead
      }
    }
    return speed
  }
}
