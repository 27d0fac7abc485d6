/// Planning: every vehicle decides on its speed for the next second, from where all vehicles are now.
extension Traffic {
  /// Vehicles stop so far before a stop line, m.
  static let stopMargin = 1.0
  /// Who must yield, not the signal, stops so far before it, m: near enough to go through a gap at once.
  static let yieldMargin = 0.1
  /// Nobody drives more slowly than this, m/s: queues would creep together for ever, each second by a part of what is left.
  static let slowest = 0.001
  /// From here on a driver sees whether the way is free, m before the stop line.
  static let visibility = 4.5

  /// Plans for all on a segment, and counts them as the second before left them.
  @inline(__always)
  mutating func plan(_ segment: Int32) -> Count {
    let length = roads.segments[segment].length
    var count = Count()
    var vehicle = vehicles.first[segment]
    while vehicle >= 0 {
      self.count(vehicle, in: &count)
      plan(vehicle, segment: segment, length: length)
      vehicle = vehicles[vehicle].behind
    }
    return count
  }

  @inline(__always)
  private mutating func plan(_ index: Int32, segment: Int32, length: Double) {
    let type = types[vehicles[index].type]
    let (position, current, limit) = (vehicles[index].position, vehicles[index].speed, vehicles[index].limit)
    let left = length - position
    // No less than the way that it looks ahead.
    let fastest = current + type.acceleration
    let free = min(fastest, max(limit, current))
    let seesEnd = left < free + type.longestBrakingDistance(free, reaction: type.headway)
    if current <= 0, rests(index, type, left: left) {
      // In a standing queue only the random numbers go on.
      vehicles[index].skipRandom()
      vehicles[index].nextSpeed = 0
      vehicles[index].willWait = true
      vehicles[index].isHeld = vehicles[index].ahead >= 0
      vehicles[index].beside = -1
      return
    }
    var speed = min(fastest, max(limit, current - type.deceleration))
    let (headway, imperfection) = driving(type, vehicles[index].connection)

    if vehicles[index].ahead >= 0 {
      speed = follow(vehicles[index].ahead, type, gap: -position, headway, atMost: speed)
    } else if segment < roads.laneCount, lastOut[segment] >= 0 {
      speed = min(speed, rearOfLastOut(segment, index, headway))
    }
    if vehicles[index].beside >= 0 {
      speed = min(speed, besideSpeed(index, headway))
      vehicles[index].beside = -1
    }
    vehicles[index].isHeld = speed < Self.slowest
    var line = Line.open
    if seesEnd || segment >= roads.laneCount {
      speed = lookAhead(index, speed: speed, headway: headway, line: &line)
    } else {
      line = farLine(vehicles[index].connection)
    }
    vehicles[index].willWait =
      switch line {
      case .open: speed < type.deceleration && speed < fastest
      case .closed: speed < max(current, Self.standingSpeed)
      case .yielded: true
      }

    // Braking harder than comfortably happens where somebody cuts in.
    let least = current - 2 * type.deceleration
    speed = max(max(speed, least), 0)
    let dawdled = type.dawdled(speed, imperfection: imperfection, random: vehicles[index].nextRandom())
    let next = max(dawdled, least)
    vehicles[index].nextSpeed = next < Self.slowest ? 0 : next
  }

  /// The first line ahead that a vehicle may not pass.
  private enum Line {
    /// There is none in view.
    case open
    /// It is closed by a signal, or for lack of room beyond, or the lane does not lead on.
    case closed
    /// Others may have to be let pass before.
    case yielded
  }

  /// What a driver who is too far away to brake makes of the end of the lane.
  @inline(__always)
  private func farLine(_ connection: Int32) -> Line {
    guard connection >= 0 else { return .closed }
    switch heads.aspects[connection] {
    case .red, .yellow: return .closed
    case .protected: return .open
    case .yielding, .yieldingToAll, .stopFirst:
      return roads.connections[connection].waitingPosition <= 0 && yielding(connection) != .toNobody
        ? .yielded : .open
    }
  }

  /// Whether a vehicle that stands, `left` m before the end of its segment, has no room to move: the one ahead stands,
  /// too, or its signal is red.
  @inline(__always)
  private func rests(_ index: Int32, _ type: KraussModel, left: Double) -> Bool {
    let leader = vehicles[index].ahead
    if leader < 0 {
      let connection = vehicles[index].connection
      return left <= Self.stopMargin && connection >= 0 && !roads.isConnection(vehicles[index].segment)
        && heads.aspects[connection] == .red
    }
    let gap =
      vehicles[leader].position - types[vehicles[leader].type].length - type.minimumGap
      - vehicles[index].position
    return vehicles[leader].speed <= 0 && gap < Self.slowest * type.headway
  }

  /// The vehicle's headway and imperfection on the way to a connection: the network may know better than
  /// the driver what a stop line discharges.
  @inline(__always)
  private func driving(_ type: KraussModel, _ connection: Int32) -> (headway: Double, imperfection: Double) {
    guard connection >= 0 else { return (type.headway, type.imperfection) }
    return (
      type.headway + roads.connections[connection].extraHeadway,
      type.imperfection * roads.connections[connection].imperfectionShare
    )
  }

  /// `speed`, or what is safe behind `leader`, whose segment begins `gap` m ahead of the follower's front.
  @inline(__always)
  func follow(
    _ leader: Int32, _ type: KraussModel, gap: Double, _ headway: Double, atMost speed: Double = .infinity
  ) -> Double {
    let other = types[vehicles[leader].type]
    return type.followingSpeed(
      atMost: speed, gap: gap + vehicles[leader].position - other.length - type.minimumGap,
      leaderSpeed: vehicles[leader].speed, leader: other, headway: headway)
  }

  /// Safe speed behind a vehicle that has passed the stop line but whose rear is still on the lane.
  private mutating func rearOfLastOut(_ lane: Int32, _ index: Int32, _ headway: Double)
    -> Double
  {
    guard let other = rearOnEnd(of: lane) else { return .infinity }
    let type = types[vehicles[index].type]
    return follow(other, type, gap: roads.segments[lane].length - vehicles[index].position, headway)
  }

  /// Comfortable speed behind a vehicle on the neighbouring lane that is let in, or that one falls in behind.
  private mutating func besideSpeed(_ index: Int32, _ headway: Double) -> Double {
    let type = types[vehicles[index].type]
    let other = vehicles[index].beside
    let (segment, otherSegment) = (vehicles[index].segment, vehicles[other].segment)
    guard otherSegment >= 0, roads.segments[otherSegment].link == roads.segments[segment].link,
      !roads.isConnection(otherSegment), !roads.isConnection(segment)
    else { return .infinity }
    let safe = follow(other, type, gap: -vehicles[index].position, headway)
    return max(safe, vehicles[index].speed - type.deceleration)
  }

  /// Safe and allowed speed in view of the stop lines and vehicles beyond the end of the segment.
  private mutating func lookAhead(
    _ index: Int32, speed initial: Double, headway: Double, line: inout Line
  ) -> Double {
    let type = types[vehicles[index].type]
    var speed = initial
    var segment = vehicles[index].segment
    var place = vehicles[index].place
    var seen = roads.segments[segment].length - vehicles[index].position
    if roads.isConnection(segment) {
      let connection = roads.connection(of: segment)
      let waiting = roads.connections[connection].waitingPosition
      if waiting > vehicles[index].position, sees(waiting - vehicles[index].position, index, type) {
        let distance = waiting - vehicles[index].position
        let isWary = heads.aspects[connection] != .protected && heads.aspects[connection] != .yellow
        if (isWary && !seesWay(index, type, distance: distance))
          || mustWaitInside(connection, index, type, distance: distance)
        {
          return min(speed, type.stoppingSpeed(gap: max(0, distance - Self.yieldMargin), headway: 1))
        }
      }
      speed = min(speed, beforeCrossing(connection, index, type, start: -vehicles[index].position))
      if !pedestrians.isEmpty {
        speed = min(speed, beforePeople(connection, index, type, start: -vehicles[index].position))
      }
      speed = min(speed, behindParting(connection, type, start: -vehicles[index].position, headway))
      place += 1
      segment = roads.connections[connection].to
      speed = enter(segment, index, type, after: seen, atMost: speed)
      if vehicles[index].ahead < 0 {
        speed = min(speed, behindMerging(connection, index, type, distance: seen, headway))
      }
      if vehicles.last[segment] >= 0 {
        return vehicles[index].ahead >= 0
          ? speed
          : follow(
            vehicles.last[segment], type, gap: seen - roads.segments[segment].start, headway, atMost: speed)
      }
      seen += roads.segments[segment].length - roads.segments[segment].start
    }
    while place + 1 < vehicles[index].routeEnd, sees(seen, index, type) {
      let connection = routes.use(at: place, lane: segment).connection
      if connection < 0 {
        // The lane does not lead on: wait at its end for a place on the next lane.
        line = .closed
        return min(speed, waitingSpeed(index, type, distance: seen))
      }
      guard signalAllows(connection, index, type, distance: seen) else {
        line = .closed
        return min(speed, waitingSpeed(index, type, distance: seen))
      }
      let isYielding = yielding(connection) != .toNobody
      let waiting = roads.connections[connection].waitingPosition
      guard !isYielding || waiting > 0 || seesWay(index, type, distance: seen),
        trafficAllows(connection, place: place, index, type, distance: seen)
      else {
        let wait = waitingSpeed(
          index, type, distance: seen, margin: isYielding ? Self.yieldMargin : Self.stopMargin)
        line = isYielding ? .yielded : .closed
        return min(speed, wait)
      }
      if isYielding, waiting > 0 {
        let distance = seen + waiting
        if !seesWay(index, type, distance: distance)
          || mustWaitInside(connection, index, type, distance: distance)
        {
          speed = min(speed, type.stoppingSpeed(gap: distance - Self.yieldMargin, headway: 1))
        }
      }
      let way = roads.segment(ofConnection: connection)
      speed = min(speed, beforeCrossing(connection, index, type, start: seen))
      if !pedestrians.isEmpty { speed = min(speed, beforePeople(connection, index, type, start: seen)) }
      let partingSpeed = behindParting(connection, type, start: seen, headway)
      // Whoever is behind one who waits inside the junction cannot move, though he means to go another way.
      if place == vehicles[index].place, partingSpeed < Self.slowest { vehicles[index].isHeld = true }
      speed = min(speed, partingSpeed)
      speed = enter(way, index, type, after: seen, atMost: speed)
      speed = min(
        speed, behindMerging(connection, index, type, distance: seen + roads.segments[way].length, headway))
      if vehicles.last[way] >= 0 {
        return follow(vehicles.last[way], type, gap: seen, headway, atMost: speed)
      }
      seen += roads.segments[way].length
      segment = roads.connections[connection].to
      place += 1
      speed = enter(segment, index, type, after: seen, atMost: speed)
      if vehicles.last[segment] >= 0 {
        return follow(
          vehicles.last[segment], type, gap: seen - roads.segments[segment].start, headway, atMost: speed)
      }
      seen += roads.segments[segment].length - roads.segments[segment].start
    }
    return speed
  }

  /// Whether a driver who must yield `distance` m ahead sees by now whether the way is free; who can no longer stop
  /// does not ask.
  @inline(__always)
  private mutating func seesWay(_ index: Int32, _ type: KraussModel, distance: Double) -> Bool {
    distance <= Self.visibility
      || (vehicles[index].speed >= type.deceleration
        && type.brakingDistance(vehicles[index].speed) >= distance)
  }

  /// Speed now before a stop line `distance` m ahead that may not be passed.
  private mutating func waitingSpeed(
    _ index: Int32, _ type: KraussModel, distance: Double, margin: Double = Self.stopMargin
  )
    -> Double
  {
    type.stoppingSpeed(gap: max(0, distance - margin), headway: 1)
  }

  /// `speed`, or less so that the limit of a segment that begins after `distance` is kept there.
  @inline(__always)
  private func enter(
    _ segment: Int32, _ index: Int32, _ type: KraussModel, after distance: Double, atMost speed: Double
  ) -> Double {
    let limit = min(roads.segments[segment].speed * vehicles[index].speedFactor, type.maximumSpeed)
    return limit >= speed ? speed : min(speed, type.approachSpeed(distance: distance, target: limit))
  }
}
