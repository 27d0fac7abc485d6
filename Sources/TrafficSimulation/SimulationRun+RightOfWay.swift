/// Right of way: whether a vehicle may pass a stop line now.
extension SimulationRun {
  /// Drivers who must yield leave so much time before another vehicle, and between two that merge, s.
  private static let safetyTime = 1.0
  /// A driver who has waited so long makes others brake, s.
  private static let patience = 180.0
  /// Below this a vehicle stands, m/s.
  static let standingSpeed = 0.1

  /// Whether the signal of a connection lets a vehicle pass that is `distance` m before the stop line.
  func signalAllows(_ connection: Int32, _ vehicle: Vehicle, _ type: KraussModel, distance: Double) -> Bool {
    switch signals.aspects[connection] {
    case .red: return false
    case .yellow:
      let canStop = type.brakingDistance(vehicle.speed) <= distance
      return !canStop || now - signals.since[connection] < connections[connection].yellowUsed
    case .protected, .yielding:
      let reaction = connections[connection].reaction
      return reaction <= 0 || vehicle.speed >= Self.standingSpeed
        || now - signals.since[connection] >= reaction
    case .yieldingToAll: return true
    case .stopFirst: return vehicle.standing >= 1
    }
  }

  /// Whom a connection yields to at present: nobody, those with priority, or all that conflict.
  enum Yielding { case toNobody, toPriority, toAll }

  @inline(__always)
  func yielding(_ connection: Int32) -> Yielding {
    switch signals.aspects[connection] {
    case .protected, .yellow, .red: .toNobody
    case .yielding: connections[connection].isMinor ? .toPriority : .toNobody
    case .yieldingToAll, .stopFirst: .toAll
    }
  }

  /// Whether traffic lets vehicle `index` pass the stop line of `connection`, `distance` m ahead; its signal does.
  func trafficAllows(_ connection: Int32, _ index: Int32, _ type: KraussModel, distance: Double) -> Bool {
    let way = connections[connection]
    if way.isCrossed, !hasRoomBeyond(connection, type) { return false }
    guard way.firstConflict < way.endConflict else { return true }
    let yielding = yielding(connection)
    let own = schedule(connection, vehicles[index], type, distance: distance)
    if yielding != .toNobody, way.waitingPosition <= 0 {
      return !isBlocked(connection, index, own, byAll: yielding == .toAll)
    }
    return !way.isCrossed || !isOccupied(connection, index, own)
  }

  /// Whether a vehicle on a way through a junction must wait for gaps at its waiting position, `distance` m ahead.
  func mustWaitInside(_ connection: Int32, _ index: Int32, _ type: KraussModel, distance: Double) -> Bool {
    guard signals.aspects[connection] != .protected, connections[connection].isMinor else { return false }
    let own = schedule(connection, vehicles[index], type, distance: distance, isInside: true)
    return isBlocked(connection, index, own, byAll: false)
  }

  /// When a vehicle comes to a connection and when it leaves it, absolute s.
  struct Schedule {
    var arrival: Double
    var leaving: Double
    /// If it brakes for somebody.
    var brakedArrival: Double
    /// How ready it is to make others brake, 0 ... 1.
    var impatience: Double
  }

  func schedule(
    _ connection: Int32, _ vehicle: Vehicle, _ type: KraussModel, distance: Double, isInside: Bool = false
  ) -> Schedule {
    let segment = segments[segment(ofConnection: connection)]
    let limit = min(segment.speed * vehicle.speedFactor, type.maximumSpeed)
    let arrivalSpeed = max(0.5, min(limit, type.speedAfter(distance: distance, from: vehicle.speed)))
    let arrival = now + type.arrivalTime(distance: distance, speed: vehicle.speed, arrivalSpeed: arrivalSpeed)
    let rest = isInside ? segment.length - connections[connection].waitingPosition : segment.length
    let way = rest + type.length
    let leavingSpeed = min(limit, type.speedAfter(distance: way, from: arrivalSpeed))
    let canStop = type.brakingDistance(vehicle.speed, reaction: 1) < distance
    return Schedule(
      arrival: arrival, leaving: arrival + way / (0.5 * (arrivalSpeed + leavingSpeed)),
      brakedArrival: canStop ? arrival + Self.brakedDelay : arrival,
      impatience: min(1, Double(vehicle.standing) / Self.patience))
  }

  /// A vehicle that stops for an impatient one comes so much later, s.
  private static let brakedDelay = 30.0

  /// Whether somebody with priority comes at the same time, or stands in the way.
  private func isBlocked(_ connection: Int32, _ index: Int32, _ own: Schedule, byAll: Bool) -> Bool {
    let way = connections[connection]
    for place in way.firstConflict..<way.endConflict {
      let conflict = conflicts[place]
      if isInTheWay(conflict, index, own) { return true }
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
    for place in way.firstConflict..<way.endConflict where isInTheWay(conflicts[place], index, own) {
      return true
    }
    return false
  }

  private func collides(_ own: Schedule, _ other: Approaches.Entry, merges: Bool) -> Bool {
    if other.leaving < own.arrival { return merges && own.arrival - other.leaving < Self.safetyTime }
    let arrival = other.arrival + own.impatience * (other.brakedArrival - other.arrival)
    return arrival <= own.leaving + Self.safetyTime
  }

  /// Whether a vehicle inside the junction on a crossing way will still be at the crossing when this one gets
  /// there. Where the ways cross is taken to be their middle; who merges is followed, not waited for.
  private func isInTheWay(_ conflict: RoadModel.Conflict, _ index: Int32, _ own: Schedule) -> Bool {
    let segment = segment(ofConnection: conflict.other)
    var vehicle = head[segment]
    guard vehicle >= 0, !conflict.merges else { return false }
    let waiting = connections[conflict.other].waitingPosition
    let crossing = max(waiting, segments[segment].length * 0.5)
    let ownTime = own.arrival + 0.25 * (own.leaving - own.arrival)
    while vehicle >= 0 {
      let other = vehicles[vehicle]
      // Who has not passed its waiting position waits for gaps itself.
      let isWaiting = waiting > 0 && other.position <= waiting
      let left = crossing + types[other.type].length - other.position
      if vehicle != index, !isWaiting, left > 0, now + left / max(other.speed, 0.5) > ownTime { return true }
      vehicle = other.behind
    }
    return false
  }

  /// Whether the lane beyond a junction has room, so that the vehicle does not stop on the crossing.
  func hasRoomBeyond(_ connection: Int32, _ type: KraussModel) -> Bool {
    let lane = connections[connection].to
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
  func behindMerging(
    _ connection: Int32, _ index: Int32, _ type: KraussModel, distance: Double, _ headway: Double
  ) -> Double {
    let way = connections[connection]
    var speed = Double.infinity
    for place in way.firstConflict..<way.endConflict where conflicts[place].merges {
      let segment = segment(ofConnection: conflicts[place].other)
      let waiting = connections[conflicts[place].other].waitingPosition
      var vehicle = tail[segment]
      while vehicle >= 0 {
        let other = vehicles[vehicle]
        let left = segments[segment].length - other.position
        let isWaiting = waiting > 0 && other.position <= waiting
        if vehicle != index, !isWaiting, left < distance || (left == distance && vehicle < index) {
          let otherType = types[other.type]
          speed = min(
            speed,
            type.followingSpeed(
              gap: max(0, distance - left - otherType.length - type.minimumGap), leaderSpeed: other.speed,
              leaderDeceleration: otherType.deceleration, headway: headway))
          break
        }
        vehicle = other.ahead
      }
    }
    return speed
  }
}
