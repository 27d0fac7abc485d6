/// Planning: every vehicle decides on its speed for the next second, from where all vehicles are now.
extension SimulationRun {
  /// Vehicles stop so far before a stop line, m.
  static let stopMargin = 1.0
  /// Who must yield, not the signal, stops so far before it, m: near enough to go through a gap at once.
  static let yieldMargin = 0.1
  /// Nobody drives more slowly than this, m/s: queues would creep together for ever, each second by a part of what is left.
  static let slowest = 0.001
  /// From here on a driver sees whether the way is free, m before the stop line.
  static let visibility = 4.5

  mutating func plan() {
    for index in 0..<activeCount {
      let segment = active[index]
      let length = segments[segment].length
      // Who passes by all vehicles counts those of the last second's end, too.
      var lane = Count()
      var vehicle = head[segment]
      while vehicle >= 0 {
        count(vehicle, in: &lane)
        plan(vehicle, segment: segment, length: length)
        vehicle = vehicles[vehicle].behind
      }
      if !isConnection(segment) { record(lane, onLane: segment) }
    }
    if !alternatives.isEmpty { linkSpeeds.advance() }
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
    } else if segment < laneCount, lastOut[segment] >= 0 {
      speed = min(speed, rearOfLastOut(segment, index, headway))
    }
    if vehicles[index].beside >= 0 {
      speed = min(speed, besideSpeed(index, headway))
      vehicles[index].beside = -1
    }
    vehicles[index].isHeld = speed < Self.slowest
    var line = Line.open
    if seesEnd || segment >= laneCount {
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
    switch signals.aspects[connection] {
    case .red, .yellow: return .closed
    case .protected: return .open
    case .yielding, .yieldingToAll, .stopFirst:
      return connections[connection].waitingPosition <= 0 && yielding(connection) != .toNobody
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
      return left <= Self.stopMargin && connection >= 0 && !isConnection(vehicles[index].segment)
        && signals.aspects[connection] == .red
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
      type.headway + connections[connection].extraHeadway,
      type.imperfection * connections[connection].imperfectionShare
    )
  }

  /// `speed`, or what is safe behind `leader`, whose segment begins `gap` m ahead of the follower's front.
  @inline(__always)
  private func follow(
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
    return follow(other, type, gap: segments[lane].length - vehicles[index].position, headway)
  }

  /// The vehicle that has passed the stop line of a lane but whose rear is still on it.
  @inline(__always)
  mutating func rearOnEnd(of lane: Int32) -> Int32? {
    let other = lastOut[lane]
    guard other >= 0 else { return nil }
    let segment = vehicles[other].segment
    guard segment >= 0, isConnection(segment), connections[segment - laneCount].from == lane,
      vehicles[other].position < types[vehicles[other].type].length
    else {
      lastOut[lane] = -1
      return nil
    }
    return other
  }

  /// Comfortable speed behind a vehicle on the neighbouring lane that is let in, or that one falls in behind.
  private mutating func besideSpeed(_ index: Int32, _ headway: Double) -> Double {
    let type = types[vehicles[index].type]
    let other = vehicles[index].beside
    let (segment, otherSegment) = (vehicles[index].segment, vehicles[other].segment)
    guard otherSegment >= 0, segments[otherSegment].link == segments[segment].link,
      !isConnection(otherSegment), !isConnection(segment)
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
    var seen = segments[segment].length - vehicles[index].position
    if isConnection(segment) {
      let connection = segment - laneCount
      let waiting = connections[connection].waitingPosition
      if waiting > vehicles[index].position, sees(waiting - vehicles[index].position, index, type) {
        let distance = waiting - vehicles[index].position
        let isWary = signals.aspects[connection] != .protected && signals.aspects[connection] != .yellow
        if (isWary && !seesWay(index, type, distance: distance))
          || mustWaitInside(connection, index, type, distance: distance)
        {
          return min(speed, type.stoppingSpeed(gap: max(0, distance - Self.yieldMargin), headway: 1))
        }
      }
      speed = min(speed, beforeCrossing(connection, index, type, start: -vehicles[index].position))
      speed = min(speed, behindParting(connection, type, start: -vehicles[index].position, headway))
      place += 1
      segment = connections[connection].to
      speed = enter(segment, index, type, after: seen, atMost: speed)
      if vehicles[index].ahead < 0 {
        speed = min(speed, behindMerging(connection, index, type, distance: seen, headway))
      }
      if tail[segment] >= 0 {
        return vehicles[index].ahead >= 0
          ? speed : follow(tail[segment], type, gap: seen - segments[segment].start, headway, atMost: speed)
      }
      seen += segments[segment].length - segments[segment].start
    }
    while place + 1 < vehicles[index].routeEnd, sees(seen, index, type) {
      let connection = uses[firstUse[place] + segment - firstLane[routeLinks[place]]].connection
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
      let waiting = connections[connection].waitingPosition
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
      let way = self.segment(ofConnection: connection)
      speed = min(speed, beforeCrossing(connection, index, type, start: seen))
      speed = min(speed, behindParting(connection, type, start: seen, headway))
      speed = enter(way, index, type, after: seen, atMost: speed)
      speed = min(
        speed, behindMerging(connection, index, type, distance: seen + segments[way].length, headway))
      if tail[way] >= 0 { return follow(tail[way], type, gap: seen, headway, atMost: speed) }
      seen += segments[way].length
      segment = connections[connection].to
      place += 1
      speed = enter(segment, index, type, after: seen, atMost: speed)
      if tail[segment] >= 0 {
        return follow(tail[segment], type, gap: seen - segments[segment].start, headway, atMost: speed)
      }
      seen += segments[segment].length - segments[segment].start
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
    _ index: Int32, _ type: KraussModel, distance: Double, margin: Double = SimulationRun.stopMargin
  )
    -> Double
  {
    type.stoppingSpeed(gap: max(0, distance - margin), headway: 1)
  }

  /// Safe speed behind vehicles that have left the lane for another connection and are not clear of this one's yet.
  ///
  /// - Parameter start: m from the vehicle's front to the stop line; negative inside the junction.
  mutating func behindParting(
    _ connection: Int32, _ type: KraussModel, start: Double, _ headway: Double
  ) -> Double {
    guard hasSiblingsInside(connection) else { return .infinity }
    let way = connections[connection]
    var speed = Double.infinity
    for place in way.firstSibling..<way.endSibling {
      let sibling = siblings[place]
      let last = tail[segment(ofConnection: sibling.other)]
      guard last >= 0, vehicles[last].position > -start,
        vehicles[last].position - types[vehicles[last].type].length < sibling.parting
      else { continue }
      speed = min(speed, follow(last, type, gap: start, headway))
    }
    return speed
  }

  /// `speed`, or less so that the limit of a segment that begins after `distance` is kept there.
  @inline(__always)
  private func enter(
    _ segment: Int32, _ index: Int32, _ type: KraussModel, after distance: Double, atMost speed: Double
  ) -> Double {
    let limit = min(segments[segment].speed * vehicles[index].speedFactor, type.maximumSpeed)
    return limit >= speed ? speed : min(speed, type.approachSpeed(distance: distance, target: limit))
  }
}
