internal import TrafficModel

/// Entering: whether there is room for a vehicle on its first link, and where.
extension Traffic {
  /// Lets a vehicle onto its first link if nobody has to brake for it, and tells whether it did.
  mutating func enter(_ index: Int32, _ link: Int32, _ insertion: Insertion) -> Bool {
    let lane = entryLane(index, link, insertion.lane)
    let type = types[vehicles[index].type]
    let length = roads.segments[lane].length
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
    let first = roads.firstLane[link]
    let end = roads.endLane[link]
    if case .position(let position) = choice { return min(first + Int32(position), end - 1) }
    var chosen = first
    var least = (changes: Int32.max, occupied: Double.infinity)
    // Nobody enters a link in a turn pocket.
    for lane in first..<end where roads.segments[lane].start <= 0 {
      let changes = choice == .best ? abs(routes.use(at: vehicles[index].place, lane: lane).change) : 0
      if (changes, vehicles.occupied[lane]) < least {
        least = (changes, vehicles.occupied[lane])
        chosen = lane
      }
    }
    return chosen
  }

  private mutating func enter(
    _ index: Int32, _ type: KraussModel, _ lane: Int32, at place: Double, _ speed: Insertion.Speed
  ) -> Bool {
    let limit = min(roads.segments[lane].speed * vehicles[index].speedFactor, type.maximumSpeed)
    let (ahead, behind) = vehicles.neighbours(lane, position: place)
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
    vehicles[index].speed = entrySpeed
    vehicles[index].movedIn = step
    put(index, on: lane, at: place)
    return true
  }

  /// Mean speed of the vehicles on a lane's link, m/s; nil when it is empty.
  private mutating func meanSpeed(onLinkOf lane: Int32) -> Double? {
    var sum = 0.0
    var count = 0.0
    for other in roads.firstLane[roads.segments[lane].link]..<roads.endLane[roads.segments[lane].link] {
      var vehicle = vehicles.last[other]
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
    type.stoppingSpeed(gap: roads.segments[lane].length - place, headway: 1)
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
    for place in roads.firstEntering[lane]..<roads.firstEntering[lane + 1] {
      let segment = roads.segment(ofConnection: roads.entering[place])
      let first = vehicles.first[segment]
      guard first >= 0 else { continue }
      let gap = roads.segments[segment].length - vehicles[first].position + rear
      if !leavesRoom(for: first, gap: gap, speed: speed, type) { return false }
    }
    return true
  }
}
