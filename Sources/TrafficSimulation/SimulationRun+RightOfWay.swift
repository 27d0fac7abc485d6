/// Right of way: whether a vehicle may pass a stop line now.
extension SimulationRun {
  /// Drivers who must yield leave so much time before another vehicle, and between two that merge, s.
  private static let safetyTime = 1.0
  /// A driver who has waited so long makes others brake, s.
  private static let patience = 180.0
  /// Below this a vehicle stands, m/s.
  static let standingSpeed = 0.1

  /// Whether the signal of a connection lets a vehicle pass that is `distance` m before the stop line.
  @inline(__always)
  func signalAllows(_ connection: Int32, _ index: Int32, _ type: KraussModel, distance: Double) -> Bool {
    switch signals.aspects[connection] {
    case .red: return false
    case .yellow:
      let canStop = type.brakingDistance(vehicles[index].speed) <= distance
      return !canStop || now - signals.since[connection] < connections[connection].yellowUsed
    case .protected, .yielding:
      let reaction = connections[connection].reaction
      return reaction <= 0 || vehicles[index].speed >= Self.standingSpeed
        || now - signals.since[connection] >= reaction
    case .yieldingToAll: return true
    case .stopFirst: return vehicles[index].standing >= 1
    }
  }

  /// Whom a connection yields to at present: nobody, those with priority, or all that conflict.
  enum Yielding: BitwiseCopyable {
    case toNobody, toPriority, toAll

    /// Whether the way of a conflict is among those that are yielded to.
    @inline(__always)
    func includes(_ conflict: RoadModel.Conflict) -> Bool {
      switch self {
      case .toNobody: false
      case .toPriority: conflict.yields
      case .toAll: true
      }
    }
  }

  @inline(__always)
  func yielding(_ connection: Int32) -> Yielding {
    switch signals.aspects[connection] {
    case .protected, .yellow, .red: .toNobody
    case .yielding: connections[connection].isMinor ? .toPriority : .toNobody
    case .yieldingToAll, .stopFirst: .toAll
    }
  }

  /// Whether traffic lets vehicle `index` pass the stop line of `connection`, `distance` m ahead; its signal does.
  ///
  /// - Parameter place: the vehicle's position in the routes' links before the connection.
  mutating func trafficAllows(
    _ connection: Int32, place: Int32, _ index: Int32, _ type: KraussModel, distance: Double
  ) -> Bool {
    let way = connections[connection]
    if way.keepsClear, !hasRoomBeyond(connection, place: place, routeEnd: vehicles[index].routeEnd, type) {
      return false
    }
    guard way.firstConflict < way.endConflict else { return true }
    let yielding = yielding(connection)
    guard yielding != .toNobody, way.waitingPosition <= 0 else { return true }
    let own = schedule(connection, index, type, distance: distance)
    return !isBlocked(connection, index, own, byAll: yielding == .toAll)
  }

  /// Whether a vehicle on a way through a junction must wait for gaps at its waiting position, `distance` m ahead.
  mutating func mustWaitInside(_ connection: Int32, _ index: Int32, _ type: KraussModel, distance: Double)
    -> Bool
  {
    guard signals.aspects[connection] != .protected, connections[connection].isMinor else { return false }
    let own = schedule(connection, index, type, distance: distance, isInside: true)
    // Once its green is over it clears the junction, and those who stand wait for it.
    return isBlocked(
      connection, index, own, byAll: false, byStanding: signals.aspects[connection] != .red)
  }

  /// When a vehicle comes to a connection and when it leaves it, absolute s.
  struct Schedule {
    var arrival: Double
    var leaving: Double
    /// How ready it is to make others brake, 0 ... 1.
    var impatience: Double
  }

  @inline(__always)
  func schedule(
    _ connection: Int32, _ index: Int32, _ type: KraussModel, distance: Double, isInside: Bool = false
  ) -> Schedule {
    let segment = segments[segment(ofConnection: connection)]
    let limit = min(segment.speed * vehicles[index].speedFactor, type.maximumSpeed)
    let arrivalSpeed = max(0.5, min(limit, type.speedAfter(distance: distance, from: vehicles[index].speed)))
    let arrival =
      now + type.arrivalTime(distance: distance, speed: vehicles[index].speed, arrivalSpeed: arrivalSpeed)
    let rest = isInside ? segment.length - connections[connection].waitingPosition : segment.length
    let way = rest + type.length
    let leavingSpeed = min(limit, type.speedAfter(distance: way, from: arrivalSpeed))
    return Schedule(
      arrival: arrival, leaving: arrival + way / (0.5 * (arrivalSpeed + leavingSpeed)),
      impatience: min(1, Double(vehicles[index].standing) / Self.patience))
  }

  /// Whether somebody with priority comes at the same time.
  private mutating func isBlocked(
    _ connection: Int32, _ index: Int32, _ own: Schedule, byAll: Bool, byStanding: Bool = true
  ) -> Bool {
    let way = connections[connection]
    for place in way.firstConflict..<way.endConflict {
      let conflict = conflicts[place]
      guard conflict.yields || byAll else { continue }
      var entry = approaches.firstEntry(of: conflict.other)
      while entry >= 0 {
        let other = approaches[entry]
        let goesFirst = (other.arrival, other.vehicle) < (own.arrival, index)
        if other.vehicle != index, goesFirst || !conflict.isMutual,
          byStanding || vehicles[other.vehicle].speed >= Self.standingSpeed,
          collides(own, other, merges: conflict.merges)
        {
          return true
        }
        entry = other.next
      }
    }
    return false
  }

  private mutating func collides(_ own: Schedule, _ other: Approaches.Entry, merges: Bool) -> Bool {
    if other.leaving < own.arrival { return merges && own.arrival - other.leaving < Self.safetyTime }
    let arrival = own.impatience > 0 ? brakedArrival(of: other, own) : other.arrival
    return arrival <= own.leaving + Self.safetyTime
  }

  /// A vehicle that stops for an impatient one comes so much later, s.
  private static let stoppedDelay = 30.0

  /// When a vehicle with priority arrives if it brakes for an impatient one, as hard as that one is impatient, from
  /// the time that the other would arrive.
  private mutating func brakedArrival(of other: Approaches.Entry, _ own: Schedule) -> Double {
    let ownArrival = own.arrival.rounded(.up)
    let ahead = other.arrival - ownArrival
    // Who enters in the same second cannot brake any more.
    guard ahead >= 1 else { return other.arrival }
    let braking = types[vehicles[other.vehicle].type].deceleration * own.impatience
    let speed = other.distance / (other.arrival - now + 1)
    let left = other.distance - speed * (ownArrival - now)
    if 0.5 * speed * speed / braking <= left { return other.arrival + Self.stoppedDelay }
    // The way saved by braking until the arrival is made up for after it, braking on.
    let slowed = speed - ahead * braking
    let saved = ahead * ahead * braking / 2
    let root = slowed * slowed - 2 * braking * saved
    guard slowed > 0, root >= 0 else { return other.arrival + Self.stoppedDelay }
    return other.arrival + (slowed - root.squareRoot()) / braking
  }

  /// Whether there is room beyond a junction, so that the vehicle does not stop on the crossing.
  ///
  /// Room ends at a vehicle that stands, or that is last in a lane and must wait at its end; it goes on beyond short
  /// lanes as far as signals let it.
  /// - Parameter place: the vehicle's position in the routes' links before the connection.
  mutating func hasRoomBeyond(_ connection: Int32, place: Int32, routeEnd: Int32, _ type: KraussModel) -> Bool
  {
    var connection = connection
    var place = place + 1
    var room = 0.0
    var seen = 0.0
    while true {
      let lane = connections[connection].to
      room -= occupied[segment(ofConnection: connection)]
      var filled = 0.0
      var vehicle = tail[lane]
      while vehicle >= 0 {
        let other = vehicles[vehicle]
        let otherType = types[other.type]
        if other.speed < Self.standingSpeed {
          return room + other.position - segments[lane].start - otherType.length - filled >= type.spacing
        }
        filled += otherType.spacing
        vehicle = other.ahead
      }
      room += segments[lane].length - segments[lane].start - filled
      if tail[lane] >= 0, vehicles[tail[lane]].mustWait { return room >= type.spacing }
      seen += segments[lane].length - segments[lane].start
      guard seen < Self.lengthsToClear * type.length, place + 1 < routeEnd else { return true }
      connection = uses[firstUse[place] + lane - firstLane[routeLinks[place]]].connection
      guard connection >= 0 else { return true }
      let last = tail[segment(ofConnection: connection)]
      if last >= 0, vehicles[last].speed < Self.standingSpeed {
        // It stands in the junction beyond, perhaps with its rear still on this lane.
        let rear = types[vehicles[last].type].length - vehicles[last].position
        return room - max(0, rear) >= type.spacing
      }
      switch signals.aspects[connection] {
      case .red, .yellow: return true
      default: place += 1
      }
    }
  }

  /// Vehicle lengths beyond a junction that must be seen to be clear.
  private static let lengthsToClear = 5.0

  /// Safe speed behind a vehicle on another way into the same lane that is nearer to it.
  mutating func behindMerging(
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
        // Who is held up before a crossing, and not yet in the way, is passed.
        let canWait = other.givesWay && left > types[other.type].length
        if vehicle != index, !isWaiting, !canWait, left < distance || (left == distance && vehicle < index) {
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
