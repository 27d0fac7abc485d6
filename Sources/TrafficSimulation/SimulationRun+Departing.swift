internal import TrafficModel

/// Departures: vehicles join the line outside their first link when their time has come, and enter when there is room.
extension SimulationRun {
  mutating func depart() {
    while nextTrip < trips.count, trips[nextTrip].time <= now {
      join(Int32(nextTrip))
      nextTrip += 1
    }
    var index = 0
    while index < waitingLinkCount {
      let link = waitingLinks[index]
      while waitingHead[link] >= 0, enter(waitingHead[link], link) {
        let entered = waitingHead[link]
        waitingHead[link] = vehicles[entered].line
        waitingLength[link] -= 1
        waitingCount -= 1
        onRoad += 1
        // It waited since it meant to depart; whole seconds have been counted while it stood in the line.
        recorder.enter(link: link)
        arrive(entered, onLink: link)
      }
      if waitingHead[link] < 0 {
        waitingLinkCount -= 1
        waitingLinks[index] = waitingLinks[waitingLinkCount]
      } else {
        index += 1
      }
    }
  }

  private mutating func join(_ vehicle: Int32) {
    if trips[Int(vehicle)].choosesRoute { chooseRoute(vehicle, trips[Int(vehicle)].route) }
    let link = routeLinks[vehicles[vehicle].place]
    if waitingHead[link] < 0 {
      waitingHead[link] = vehicle
      waitingLinks[waitingLinkCount] = link
      waitingLinkCount += 1
    } else {
      vehicles[waitingTail[link]].line = vehicle
    }
    waitingTail[link] = vehicle
    vehicles[vehicle].line = -1
    waitingLength[link] += 1
    waitingCount += 1
    // The part of this second that it had not yet waited is taken off what the line counts.
    recorder.add(delay: now - trips[Int(vehicle)].time, link: link)
  }

  /// Takes the alternative that is the quickest at present.
  private mutating func chooseRoute(_ vehicle: Int32, _ route: Int) {
    let first = Int(alternatives.first[route])
    var best = (time: Double.infinity, route: route)
    for alternative in alternatives.routes[first..<(first + Int(alternatives.count[route]))] {
      var time = alternatives.passageTime[Int(alternative)]
      for place in routeStarts[alternative]..<routeStarts[alternative + 1] {
        time += linkSpeeds.time(routeLinks[place])
      }
      if time < best.time { best = (time, Int(alternative)) }
    }
    vehicles[vehicle].place = routeStarts[best.route]
    vehicles[vehicle].routeEnd = routeStarts[best.route + 1]
  }

  private mutating func enter(_ index: Int32, _ link: Int32) -> Bool {
    let insertion = trips[Int(index)].insertion
    let lane = entryLane(index, link, insertion.lane)
    let type = types[vehicles[index].type]
    let length = segments[lane].length
    switch insertion.place {
    case .begin: return enter(index, type, lane, at: min(type.length, length), insertion.speed)
    case .anywhere:
      for _ in 0..<Self.triesAnywhere {
        let start = min(type.length, length)
        let place = start + vehicles[index].nextRandom() * (length - start)
        if enter(index, type, lane, at: place, insertion.speed) { return true }
      }
      return false
    }
  }

  /// Places that a vehicle which may depart anywhere tries in a second.
  private static let triesAnywhere = 10

  private mutating func entryLane(_ index: Int32, _ link: Int32, _ choice: Insertion.LaneChoice) -> Int32 {
    let first = firstLane[link]
    let end = endLane[link]
    if case .position(let position) = choice { return min(first + Int32(position), end - 1) }
    var chosen = first
    var least = (changes: Int32.max, occupied: Double.infinity)
    // Nobody enters a link in a turn pocket.
    for lane in first..<end where segments[lane].start <= 0 {
      let changes = choice == .best ? abs(use(of: index, lane: lane).change) : 0
      if (changes, occupied[lane]) < least {
        least = (changes, occupied[lane])
        chosen = lane
      }
    }
    return chosen
  }

  private mutating func enter(
    _ index: Int32, _ type: KraussModel, _ lane: Int32, at place: Double, _ speed: Insertion.Speed
  ) -> Bool {
    let limit = min(segments[lane].speed * vehicles[index].speedFactor, type.maximumSpeed)
    var ahead: Int32 = tail[lane]
    var behind: Int32 = -1
    while ahead >= 0, vehicles[ahead].position <= place {
      behind = ahead
      ahead = vehicles[ahead].ahead
    }
    var gap = Double.infinity
    if ahead >= 0 {
      gap = vehicles[ahead].position - types[vehicles[ahead].type].length - place - type.minimumGap
      guard gap >= 0 else { return false }
    }
    var entrySpeed: Double
    switch speed {
    case .free: entrySpeed = limit
    case .average: entrySpeed = min(limit, meanSpeed(onLinkOf: lane) ?? limit)
    case .metresPerSecond(let wanted): entrySpeed = min(wanted, limit)
    }
    if ahead >= 0 {
      let safe = type.followingSpeed(
        gap: gap, leaderSpeed: vehicles[ahead].speed,
        leaderDeceleration: types[vehicles[ahead].type].deceleration, headway: type.headway)
      if safe < entrySpeed {
        if case .metresPerSecond = speed { return false }
        entrySpeed = safe
      }
    }
    let rear = place - type.length
    if behind >= 0 {
      guard leavesRoom(for: behind, gap: rear - vehicles[behind].position, speed: entrySpeed, type) else {
        return false
      }
    } else if !entryIsClear(lane, rear: rear, speed: entrySpeed, type) {
      return false
    }
    entrySpeed = min(entrySpeed, stoppable(lane, place, type))
    vehicles[index].position = place
    vehicles[index].speed = entrySpeed
    vehicles[index].movedIn = step
    self.link(index, to: lane)
    return true
  }

  /// Mean speed of the vehicles on a lane's link, m/s; nil when it is empty.
  private mutating func meanSpeed(onLinkOf lane: Int32) -> Double? {
    var sum = 0.0
    var count = 0.0
    for other in firstLane[segments[lane].link]..<endLane[segments[lane].link] {
      var vehicle = tail[other]
      while vehicle >= 0 {
        sum += vehicles[vehicle].speed
        count += 1
        vehicle = vehicles[vehicle].ahead
      }
    }
    return count > 0 ? sum / count : nil
  }

  /// Speed from which a vehicle that comes onto a lane could stop at its end: it cannot see the signal beyond.
  private mutating func stoppable(_ lane: Int32, _ place: Double, _ type: KraussModel) -> Double {
    type.stoppingSpeed(gap: segments[lane].length - place, headway: 1)
  }

  private mutating func leavesRoom(for follower: Int32, gap: Double, speed: Double, _ type: KraussModel)
    -> Bool
  {
    let other = vehicles[follower]
    let otherType = types[other.type]
    return gap - otherType.minimumGap
      >= otherType.secureGap(speed: other.speed, leaderSpeed: speed, leaderDeceleration: type.deceleration)
  }

  /// Whether nobody who is about to come onto the lane would have to brake hard.
  mutating func entryIsClear(_ lane: Int32, rear: Double, speed: Double, _ type: KraussModel) -> Bool {
    for place in firstEntering[lane]..<firstEntering[lane + 1] {
      let segment = segment(ofConnection: entering[place])
      let first = head[segment]
      guard first >= 0 else { continue }
      let gap = segments[segment].length - vehicles[first].position + rear
      if !leavesRoom(for: first, gap: gap, speed: speed, type) { return false }
    }
    return true
  }
}
