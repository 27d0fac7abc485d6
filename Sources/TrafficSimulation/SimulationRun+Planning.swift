/// Planning: every vehicle decides on its speed for the next second, from where all vehicles are now.
extension SimulationRun {
  /// Vehicles stop so far before a stop line, m.
  static let stopMargin = 1.0
  /// From here on a driver sees whether the way is free, m before the stop line.
  static let visibility = 4.5

  mutating func plan() {
    for index in 0..<activeCount {
      var vehicle = head[active[index]]
      while vehicle >= 0 {
        plan(vehicle)
        vehicle = vehicles[vehicle].behind
      }
    }
  }

  private mutating func plan(_ index: Int32) {
    let vehicle = vehicles[index]
    let type = types[vehicle.type]
    let segment = vehicle.segment
    let limit = min(segments[segment].speed * vehicle.speedFactor, type.maximumSpeed)
    let fastest = vehicle.speed + type.acceleration
    var speed = min(fastest, max(limit, vehicle.speed - type.deceleration))
    let onConnection = isConnection(segment)
    let connection =
      onConnection ? segment - laneCount : use(of: vehicle, lane: segment).connection
    let (headway, imperfection) = driving(type, connection)

    if vehicle.ahead >= 0 {
      speed = min(speed, follow(vehicle.ahead, type, gap: -vehicle.position, headway))
    } else if !onConnection, lastOut[segment] >= 0 {
      speed = min(speed, rearOfLastOut(segment, vehicle, type, headway))
    }
    if vehicle.beside >= 0 {
      speed = min(speed, besideSpeed(index, type, headway))
      vehicles[index].beside = -1
    }
    speed = lookAhead(index, type, speed: speed, headway: headway)

    // Braking harder than comfortably happens where somebody cuts in.
    speed = max(speed, vehicle.speed - 2 * type.deceleration, 0)
    let dawdled = type.dawdled(speed, imperfection: imperfection, random: vehicles[index].nextRandom())
    vehicles[index].nextSpeed = max(dawdled, vehicle.speed - 2 * type.deceleration)
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

  /// Safe speed behind `leader`, whose segment begins `gap` m ahead of the follower's front.
  @inline(__always)
  private func follow(_ leader: Int32, _ type: KraussModel, gap: Double, _ headway: Double) -> Double {
    let other = types[vehicles[leader].type]
    return type.followingSpeed(
      gap: gap + vehicles[leader].position - other.length - type.minimumGap,
      leaderSpeed: vehicles[leader].speed, leaderDeceleration: other.deceleration, headway: headway)
  }

  /// Safe speed behind a vehicle that has passed the stop line but whose rear is still on the lane.
  private func rearOfLastOut(_ lane: Int32, _ vehicle: Vehicle, _ type: KraussModel, _ headway: Double)
    -> Double
  {
    let other = lastOut[lane]
    let segment = vehicles[other].segment
    guard segment >= 0, isConnection(segment),
      connections[segment - laneCount].from == lane,
      vehicles[other].position < types[vehicles[other].type].length
    else {
      lastOut[lane] = -1
      return .infinity
    }
    return follow(other, type, gap: segments[lane].length - vehicle.position, headway)
  }

  /// Comfortable speed behind a vehicle on the neighbouring lane that is let in, or that one falls in behind.
  private func besideSpeed(_ index: Int32, _ type: KraussModel, _ headway: Double) -> Double {
    let vehicle = vehicles[index]
    let other = vehicles[vehicle.beside]
    guard other.segment >= 0, segments[other.segment].link == segments[vehicle.segment].link,
      !isConnection(other.segment), !isConnection(vehicle.segment)
    else { return .infinity }
    let safe = follow(vehicle.beside, type, gap: -vehicle.position, headway)
    return max(safe, vehicle.speed - type.deceleration)
  }

  /// Safe and allowed speed in view of the stop lines and vehicles beyond the end of the segment.
  private mutating func lookAhead(
    _ index: Int32, _ type: KraussModel, speed initial: Double, headway: Double
  ) -> Double {
    let vehicle = vehicles[index]
    var speed = initial
    let sight = sight(vehicle, type)
    vehicles[index].willWait = false
    var segment = vehicle.segment
    var place = vehicle.place
    var seen = segments[segment].length - vehicle.position
    if isConnection(segment) {
      let connection = segment - laneCount
      let waiting = connections[connection].waitingPosition
      if waiting > vehicle.position, waiting - vehicle.position < sight {
        let distance = waiting - vehicle.position
        let wait = mustWaitInside(connection, index, type, distance: distance)
        if wait { return min(speed, type.stoppingSpeed(gap: distance, headway: 1)) }
      }
      speed = min(speed, beforeCrossing(connection, index, type, start: -vehicle.position))
      speed = min(speed, behindParting(connection, type, start: -vehicle.position, headway))
      place += 1
      segment = connections[connection].to
      speed = min(speed, enter(segment, vehicle, type, after: seen, headway))
      if vehicle.ahead < 0 {
        speed = min(speed, behindMerging(connection, index, type, distance: seen, headway))
      }
      if tail[segment] >= 0 {
        return vehicle.ahead >= 0
          ? speed : min(speed, follow(tail[segment], type, gap: seen - segments[segment].start, headway))
      }
      seen += segments[segment].length - segments[segment].start
    }
    while seen < sight, place + 1 < vehicle.routeEnd {
      let connection = uses[firstUse[place] + segment - firstLane[routeLinks[place]]].connection
      if connection < 0 {
        // The lane does not lead on: wait at its end for a place on the next lane.
        return min(speed, waitingSpeed(index, type, distance: seen))
      }
      guard signalAllows(connection, vehicle, type, distance: seen) else {
        return min(speed, waitingSpeed(index, type, distance: seen))
      }
      guard trafficAllows(connection, place: place, index, type, distance: seen) else {
        let wait = waitingSpeed(index, type, distance: seen)
        if yielding(connection) != .toNobody { vehicles[index].willWait = true }
        return min(speed, wait)
      }
      if seen > Self.visibility, connections[connection].waitingPosition <= 0,
        yielding(connection) != .toNobody
      {
        speed = min(speed, readySpeed(type, distance: seen))
      }
      let way = self.segment(ofConnection: connection)
      speed = min(speed, beforeCrossing(connection, index, type, start: seen))
      speed = min(speed, behindParting(connection, type, start: seen, headway))
      speed = min(speed, enter(way, vehicle, type, after: seen, headway))
      speed = min(
        speed, behindMerging(connection, index, type, distance: seen + segments[way].length, headway))
      if tail[way] >= 0 { return min(speed, follow(tail[way], type, gap: seen, headway)) }
      seen += segments[way].length
      segment = connections[connection].to
      place += 1
      speed = min(speed, enter(segment, vehicle, type, after: seen, headway))
      if tail[segment] >= 0 {
        return min(speed, follow(tail[segment], type, gap: seen - segments[segment].start, headway))
      }
      seen += segments[segment].length - segments[segment].start
    }
    return speed
  }

  /// Speed now before a stop line `distance` m ahead that may not be passed.
  ///
  /// Others take the vehicle for one that waits only once it brakes for the line: as long as it can go on as it does,
  /// those behind it follow.
  private mutating func waitingSpeed(_ index: Int32, _ type: KraussModel, distance: Double) -> Double {
    let speed = type.stoppingSpeed(gap: max(0, distance - Self.stopMargin), headway: 1)
    vehicles[index].willWait = speed < max(vehicles[index].speed, Self.standingSpeed)
    return speed
  }

  /// Safe speed behind vehicles that have left the lane for another connection and are not clear of this one's yet.
  ///
  /// - Parameter start: m from the vehicle's front to the stop line; negative inside the junction.
  func behindParting(
    _ connection: Int32, _ type: KraussModel, start: Double, _ headway: Double
  ) -> Double {
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

  /// Speed now before a stop line where one must yield: until the way can be seen, be ready to stop at it.
  private func readySpeed(_ type: KraussModel, distance: Double) -> Double {
    let ready = type.stoppingSpeed(gap: Self.visibility, headway: 1)
    return type.approachSpeed(
      distance: distance, target: type.speedAfter(distance: Self.visibility, from: ready))
  }

  /// Speed now, so that the limit of a segment that begins after `distance` is kept there.
  @inline(__always)
  private func enter(
    _ segment: Int32, _ vehicle: Vehicle, _ type: KraussModel, after distance: Double, _ headway: Double
  ) -> Double {
    let limit = min(segments[segment].speed * vehicle.speedFactor, type.maximumSpeed)
    return type.approachSpeed(distance: distance, target: limit)
  }
}
