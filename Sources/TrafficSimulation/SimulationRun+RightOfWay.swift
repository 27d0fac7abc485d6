/// Right of way: whether a vehicle may pass a stop line now.
extension SimulationRun {
  /// Drivers who must yield leave so much time before another vehicle, and between two that merge, s.
  private static let safetyTime = 1.0
  /// A driver who has waited so long makes others brake, s.
  private static let patience = 180.0
  /// Nobody yields to a vehicle that has stood inside the junction for so long, s, unless it is in the way: who waits
  /// for it may be what it waits for. As SUMO has it.
  private static let blockageTime: Int32 = 5
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
    if way.isCrossed, !hasRoomBeyond(connection, place: place, routeEnd: vehicles[index].routeEnd, type) {
      return false
    }
    guard way.firstConflict < way.endConflict else { return true }
    let yielding = yielding(connection)
    guard yielding != .toNobody else { return !(hasFoesInside(connection) && isObstructed(way, index)) }
    guard way.waitingPosition <= 0 else { return true }
    let own = schedule(connection, index, type, distance: distance)
    return !isBlocked(connection, index, own, byAll: yielding == .toAll)
  }

  /// Whether a vehicle on a way through a junction must wait for gaps at its waiting position, `distance` m ahead.
  mutating func mustWaitInside(_ connection: Int32, _ index: Int32, _ type: KraussModel, distance: Double)
    -> Bool
  {
    guard signals.aspects[connection] != .protected, connections[connection].isMinor else { return false }
    if hasPriorityInside(connections[connection]) { return true }
    let own = schedule(connection, index, type, distance: distance, isInside: true)
    return isBlocked(connection, index, own, byAll: false)
  }

  /// Whether somebody with priority drives through the junction and has not passed the crossing with `way`: who waits
  /// inside lets him pass before he sets off.
  private mutating func hasPriorityInside(_ way: RoadModel.Connection) -> Bool {
    for place in way.firstConflict..<way.endConflict where conflicts[place].yields {
      let conflict = conflicts[place]
      let waiting = connections[conflict.other].waitingPosition
      var vehicle = tail[segment(ofConnection: conflict.other)]
      while vehicle >= 0 {
        let other = vehicles[vehicle]
        if other.position - types[other.type].length >= conflict.otherEnd { break }
        let isCommitted = other.position > waiting || waiting <= 0
        if isCommitted, other.standing <= Self.blockageTime { return true }
        vehicle = other.ahead
      }
    }
    return false
  }

  /// When a vehicle comes to a connection and when it leaves it, absolute s.
  struct Schedule {
    var arrival: Double
    var leaving: Double
    /// Its speed then, m/s.
    var arrivalSpeed: Double
    var leavingSpeed: Double
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
      arrivalSpeed: arrivalSpeed, leavingSpeed: leavingSpeed,
      impatience: min(1, Double(vehicles[index].standing) / Self.patience))
  }

  /// Whether somebody with priority comes at the same time.
  private mutating func isBlocked(_ connection: Int32, _ index: Int32, _ own: Schedule, byAll: Bool) -> Bool {
    let way = connections[connection]
    for place in way.firstConflict..<way.endConflict {
      let conflict = conflicts[place]
      guard conflict.yields || byAll else { continue }
      let isCalled = heard[conflict.other] == step
      assert(isCalled, "who asks has called those that he asks for")
      var entry = approaches.firstEntry(of: conflict.other)
      while entry >= 0 {
        let other = approaches[entry]
        let goesFirst = (other.arrival, other.vehicle) < (own.arrival, index)
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

  /// The largest speed with which a vehicle, whose front is `start` m before the connection's stop line (negative
  /// inside the junction), lets those drive first that stand or drive on a way that crosses its own.
  mutating func beforeCrossing(_ connection: Int32, _ index: Int32, _ type: KraussModel, start: Double)
    -> Double
  {
    guard isCrossedNow(connection) else { return .infinity }
    let way = connections[connection]
    var speed = Double.infinity
    for place in way.firstConflict..<way.endConflict where conflicts[place].crosses {
      let conflict = conflicts[place]
      let segment = segment(ofConnection: conflict.other)
      guard head[segment] >= 0 || lastOut[segment] >= 0 else { continue }
      let distance = start + conflict.begin
      // Who has come to the crossing drives on.
      guard distance > 0 else { continue }
      speed = min(speed, behind(conflict, segment, connection, index, type, distance: distance))
    }
    return speed
  }

  /// Speed behind those who drive over a crossing, `distance` m ahead, before vehicle `index`: it can stop before the
  /// crossing, or follows them as though they drove ahead on its own way.
  private mutating func behind(
    _ conflict: RoadModel.Conflict, _ segment: Int32, _ connection: Int32, _ index: Int32,
    _ type: KraussModel, distance: Double
  ) -> Double {
    let waiting = connections[conflict.other].waitingPosition
    var speed = Double.infinity
    var vehicle = head[segment]
    while vehicle >= 0 {
      let other = vehicles[vehicle]
      let otherType = types[other.type]
      let rear = other.position - otherType.length
      // Who has not passed its waiting position yields.
      let isCommitted = other.position > waiting || waiting <= 0
      if vehicle != index, isCommitted, rear < conflict.otherEnd {
        let left = conflict.otherBegin - other.position
        if left < 0
          || other.standing <= Self.blockageTime
            && goesFirst(vehicle, conflict, connection, index, distance: distance, left: left)
        {
          speed = min(
            speed,
            type.followingSpeed(
              gap: max(
                0,
                distance - type.minimumGap - (left + otherType.length)
                  - (conflict.otherEnd - conflict.otherBegin)), leaderSpeed: other.speed,
              leaderDeceleration: otherType.deceleration, headway: 1))
        }
      }
      vehicle = other.behind
    }
    if speed == .infinity, !hasRearOnCrossing(conflict, segment, index) { return .infinity }
    let stopping = type.stoppingSpeed(gap: distance - type.minimumGap, headway: 1)
    return speed == .infinity ? stopping : max(speed, stopping)
  }

  /// Whether another vehicle inside the junction, `left` m before the crossing, passes it before vehicle `index`.
  ///
  /// As SUMO orders vehicles inside a junction: by when they entered it, or the part of it where ways cross.
  private mutating func goesFirst(
    _ foe: Int32, _ conflict: RoadModel.Conflict, _ connection: Int32, _ index: Int32, distance: Double,
    left: Double
  ) -> Bool {
    let vehicle = vehicles[index]
    let other = vehicles[foe]
    // Who is still outside waits for all inside.
    guard vehicle.segment == segment(ofConnection: connection) else { return true }
    let (yields, otherYields) = rightOfWay(conflict, connection, other, distance: distance, left: left)
    let own = yields ? vehicle.enteredCrossing : vehicle.entered
    let theirs = yields && !otherYields ? other.entered : other.enteredCrossing
    return (own, other.speed, foe) > (theirs, vehicle.speed, index)
  }

  /// Who of vehicle and `other`, on ways that cross, must let the other drive first.
  private mutating func rightOfWay(
    _ conflict: RoadModel.Conflict, _ connection: Int32, _ other: Vehicle, distance: Double, left: Double
  ) -> (yields: Bool, otherYields: Bool) {
    let isRed = signals.aspects[connection] == .red
    let otherIsRed = signals.aspects[conflict.other] == .red
    if isRed || otherIsRed {
      if !otherIsRed, other.speed > Self.standingSpeed {
        // Who still clears the junction does so unless that makes one with green brake too hard.
        let cannotBrake = left - distance < types[other.type].brakingDistance(other.speed)
        return (cannotBrake, !cannotBrake)
      }
      return (otherIsRed, isRed)
    }
    let hasPriority = yielding(connection) == .toNobody
    let otherHasPriority = yielding(conflict.other) == .toNobody
    if hasPriority != otherHasPriority { return (!hasPriority, !otherHasPriority) }
    return (conflict.yields, conflict.isMutual || !conflict.yields)
  }

  /// Whether a vehicle stands on a crossing of the way; who has priority does not drive up to it.
  private mutating func isObstructed(_ way: RoadModel.Connection, _ index: Int32) -> Bool {
    guard way.isCrossed else { return false }
    for place in way.firstConflict..<way.endConflict where conflicts[place].crosses {
      let conflict = conflicts[place]
      let first = head[segment(ofConnection: conflict.other)]
      guard first >= 0, first != index, vehicles[first].standing > 0 else { continue }
      let position = vehicles[first].position
      let isOn =
        position > conflict.otherBegin
        && position - types[vehicles[first].type].length < conflict.otherEnd
      if isOn, position > connections[conflict.other].waitingPosition { return true }
    }
    return false
  }

  /// Whether the vehicle that last left the other way still has its rear on the crossing.
  private mutating func hasRearOnCrossing(_ conflict: RoadModel.Conflict, _ segment: Int32, _ index: Int32)
    -> Bool
  {
    let vehicle = lastOut[segment]
    guard vehicle >= 0, vehicle != index else { return false }
    let other = vehicles[vehicle]
    let lane = connections[conflict.other].to
    let rear = segments[segment].length + other.position - segments[lane].start - types[other.type].length
    guard other.segment == lane, rear < segments[segment].length else {
      setLastOut(-1, ofConnection: conflict.other)
      return false
    }
    return rear < conflict.otherEnd
  }

  /// Whether there is room beyond a junction, so that the vehicle does not stop on the crossing.
  ///
  /// Room ends at a vehicle that stands, or in a lane whose last one waits; it goes on beyond short lanes as far as
  /// signals let it. Who still has its rear on a lane takes up room there.
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
      let leaving = rearOnEnd(of: lane)
      if let leaving { filled += types[vehicles[leaving].type].spacing }
      room += segments[lane].length - segments[lane].start - filled
      let last = tail[lane] >= 0 ? tail[lane] : leaving ?? -1
      if last >= 0, vehicles[last].mustWait { return room >= type.spacing }
      seen += segments[lane].length - segments[lane].start
      guard seen < Self.lengthsToClear * type.length, place + 1 < routeEnd else { return true }
      connection = uses[firstUse[place] + lane - firstLane[routeLinks[place]]].connection
      guard connection >= 0 else { return true }
      switch signals.aspects[connection] {
      case .red, .yellow: return true
      default: place += 1
      }
    }
  }

  /// Vehicle lengths beyond a junction that must be seen to be clear.
  private static let lengthsToClear = 5.0

  /// Safe speed behind vehicles on other ways into the same lane.
  ///
  /// Inside the junction those that are nearer to the lane drive first; who is still outside follows all of them, and
  /// does not enter while one of them leaves no gap.
  mutating func behindMerging(
    _ connection: Int32, _ index: Int32, _ type: KraussModel, distance: Double, _ headway: Double
  ) -> Double {
    guard hasFoesInside(connection) else { return .infinity }
    let way = connections[connection]
    let line = distance - segments[self.segment(ofConnection: connection)].length
    var speed = Double.infinity
    for place in way.firstConflict..<way.endConflict where conflicts[place].merges {
      let segment = segment(ofConnection: conflicts[place].other)
      let waiting = connections[conflicts[place].other].waitingPosition
      var vehicle = tail[segment]
      while vehicle >= 0 {
        let other = vehicles[vehicle]
        let left = segments[segment].length - other.position
        // Who yields itself, or is blocked before the ways join, lets this one go first.
        let isWaiting =
          waiting > 0 && other.position <= waiting
          || other.standing > Self.blockageTime && other.position < conflicts[place].otherBegin
        let isAhead = line > 0 || left < distance || (left == distance && vehicle < index)
        if vehicle != index, !isWaiting, isAhead {
          let otherType = types[other.type]
          let gap = distance - left - otherType.length - type.minimumGap
          let stop = line + way.waitingPosition - Self.yieldMargin
          if gap < 0, stop > 0 {
            speed = min(speed, type.stoppingSpeed(gap: stop, headway: 1))
          } else {
            speed = min(
              speed,
              type.followingSpeed(
                gap: max(0, gap), leaderSpeed: other.speed, leaderDeceleration: otherType.deceleration,
                headway: headway))
          }
          break
        }
        vehicle = other.ahead
      }
    }
    return speed
  }
}
