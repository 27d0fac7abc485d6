/// Changing lanes: because the route asks for another lane, or because another lane is faster.
///
/// After the two motives of J. Erdmann (2015), "SUMO's lane-changing model", in: Modeling Mobility with Open Data:
/// strategic changes when the rest of the lane gets short, and changes for speed once an advantage has lasted.
extension Traffic {
  /// Seconds of driving ahead of the end of its lane from which on a vehicle looks for another one.
  private static let foresight = 5.0
  /// The same above `fast` m/s.
  private static let fastForesight = 15.0
  private static let fast = 14.0
  /// Changes away from the kerb are begun so many times earlier.
  private static let outwardForesight = 2.0
  /// Advantage, in seconds of relative gain, at which a vehicle changes for speed.
  private static let gainThreshold: Float = 0.2
  /// Relative gains are reckoned against at least this speed, m/s.
  private static let gainSpeed = 10.0
  /// What is left of the memory of a gain after a second without one.
  private static let gainMemory: Float = 0.5
  private static let leastGain: Float = 0.001

  mutating func changeLanes() {
    for index in 0..<vehicles.noteActive() {
      let segment = vehicles.noted[index]
      guard !roads.isConnection(segment) else { continue }
      let fastest = roads.fastestBeside[segment]
      guard fastest > 0 else { continue }
      let link = roads.segments[segment].link
      let isFast = roads.segments[segment].speed >= fastest
      var vehicle = vehicles.first[segment]
      while vehicle >= 0 {
        let next = vehicles[vehicle].behind
        if vehicles[vehicle].changedIn != step, !(isFast && isContent(vehicle)) {
          considerChange(vehicle, lane: segment, link: link, fastest: fastest)
        }
        vehicle = next
      }
    }
  }

  /// Whether a vehicle on a lane as fast as those beside it has no reason to leave it: it is on its way, nobody is ahead,
  /// and it remembers no gain.
  @inline(__always)
  private func isContent(_ index: Int32) -> Bool {
    vehicles[index].ahead < 0 && vehicles[index].change == 0 && vehicles[index].gainInwards == 0
      && vehicles[index].gainOutwards == 0
  }

  @inline(__always)
  private mutating func considerChange(_ index: Int32, lane: Int32, link: Int32, fastest: Double) {
    let type = types[vehicles[index].type]
    let change = vehicles[index].change
    if change != 0, isUrgent(index, type, lane: lane, change: change) {
      let target = lane + (change > 0 ? 1 : -1)
      if !tryChange(index, to: target) { cooperate(index, lane: lane, target: target) }
      return
    }
    let own = expectedSpeed(index, type, atMost: vehicles[index].limit, leader: vehicles[index].ahead)
    if vehicles[index].gainInwards == 0, vehicles[index].gainOutwards == 0,
      own >= min(fastest * vehicles[index].speedFactor, type.maximumSpeed)
    {
      return
    }
    considerGain(index, own: own, lane: lane, link: link)
  }

  /// Metres ahead in which a vehicle wants to be on its lane.
  @inline(__always)
  private mutating func foresight(_ index: Int32, _ type: KraussModel, outwards: Bool) -> Double {
    let speed = vehicles[index].speed
    let time = speed > Self.fast ? Self.fastForesight : Self.foresight
    return max(speed, Self.gainSpeed) * time * (outwards ? Self.outwardForesight : 1)
      + 2 * type.spacing
  }

  @inline(__always)
  private mutating func isUrgent(_ index: Int32, _ type: KraussModel, lane: Int32, change: Int32) -> Bool {
    // The lanes that this one leads to are as good as its own way; the queue on the lane to reach takes its share.
    let beyond =
      ownUse(of: index, lane: lane).reach - (roads.segments[lane].length - roads.segments[lane].start)
    let left =
      roads.segments[lane].length - vehicles[index].position + beyond - vehicles.occupied[lane &+ change]
    return left / Double(abs(change)) < foresight(index, type, outwards: change > 0)
  }

  private mutating func considerGain(
    _ index: Int32, own: Double, lane: Int32, link: Int32
  ) {
    // Where there is no such lane, what was remembered of an earlier link's is forgotten.
    let inwards =
      lane > roads.firstLane[link] ? gain(vehicles[index].gainInwards, index, own: own, target: lane - 1) : 0
    let outwards =
      lane + 1 < roads.endLane[link]
      ? gain(vehicles[index].gainOutwards, index, own: own, target: lane + 1) : 0
    vehicles[index].gainInwards = inwards
    vehicles[index].gainOutwards = outwards
    if outwards > Self.gainThreshold, outwards >= inwards {
      _ = tryChange(index, to: lane + 1)
    } else if inwards > Self.gainThreshold {
      _ = tryChange(index, to: lane - 1)
    }
  }

  /// The memory of a gain on `target`, after another second.
  @inline(__always)
  private mutating func gain(
    _ memory: Float, _ index: Int32, own: Double, target: Int32
  ) -> Float {
    let type = types[vehicles[index].type]
    let limit = min(roads.segments[target].speed * vehicles[index].speedFactor, type.maximumSpeed)
    if limit <= own, memory == 0 { return 0 }
    let change = ownUse(of: index, lane: target).change
    if change != 0, isUrgent(index, type, lane: target, change: change) { return 0 }
    guard limit > own else { return remembered(memory) }
    let leader = vehicles.neighbours(target, position: vehicles[index].position).ahead
    let other = expectedSpeed(index, type, atMost: limit, leader: leader)
    let relative = (other - own) / max(other, Self.gainSpeed)
    return relative > 0 ? memory + Float(relative) : remembered(memory)
  }

  /// What is left of a memory after a second without gain; what no longer matters is forgotten.
  @inline(__always)
  private func remembered(_ memory: Float) -> Float {
    memory > Self.leastGain ? memory * Self.gainMemory : 0
  }

  /// Speed up to `limit` that the vehicle ahead on a lane lets a vehicle have.
  @inline(__always)
  private mutating func expectedSpeed(
    _ index: Int32, _ type: KraussModel, atMost limit: Double, leader: Int32
  ) -> Double {
    guard leader >= 0 else { return limit }
    let other = types[vehicles[leader].type]
    return type.followingSpeed(
      atMost: limit,
      gap: max(0, vehicles[leader].position - other.length - vehicles[index].position - type.minimumGap),
      leaderSpeed: vehicles[leader].speed, leader: other, headway: type.headway)
  }

  /// What the route of a vehicle on a lane says about one of its link's lanes.
  @inline(__always)
  private func ownUse(of index: Int32, lane: Int32) -> LaneUse {
    routes.use(offset: vehicles[index].useOffset, lane: lane)
  }

  /// Changes to the lane `target` if nobody there has to brake for it.
  private mutating func tryChange(_ index: Int32, to target: Int32) -> Bool {
    let type = types[vehicles[index].type]
    // A turn pocket must have begun.
    guard
      vehicles[index].position - type.length >= roads.segments[target].start
        || roads.segments[target].start <= 0
    else {
      return false
    }
    let (ahead, behind) = vehicles.neighbours(target, position: vehicles[index].position)
    if ahead >= 0 {
      guard hasGap(ahead, behindItComes: index, type) else { return false }
    } else if let last = rearOnEnd(of: target) {
      // Who has passed the stop line but is not off the lane yet is in the way as well.
      guard hasGap(last, beyond: roads.segments[target].length, behindItComes: index, type) else {
        return false
      }
    }
    if behind >= 0 {
      if !hasGap(index, behindItComes: behind, types[vehicles[behind].type]) { return false }
    } else if !entryIsClear(
      target, rear: vehicles[index].position - type.length, speed: vehicles[index].speed, type)
    {
      return false
    }
    _ = take(index)
    put(index, on: target, at: vehicles[index].position)
    vehicles[index].changedIn = step
    vehicles[index].gainInwards = 0
    vehicles[index].gainOutwards = 0
    return true
  }

  @inline(__always)
  private mutating func hasGap(
    _ leader: Int32, beyond start: Double = 0, behindItComes follower: Int32, _ type: KraussModel
  ) -> Bool {
    let otherType = types[vehicles[leader].type]
    let gap =
      start + vehicles[leader].position - otherType.length - vehicles[follower].position - type.minimumGap
    return gap >= 0
      && gap
        >= type.secureGap(
          speed: vehicles[follower].speed, leaderSpeed: vehicles[leader].speed,
          leaderDeceleration: otherType.deceleration)
  }

  /// A change that must be but cannot be yet: the vehicle behind on the other lane lets it in, it falls in behind
  /// the one ahead; two that stand side by side and want each other's lane swap places.
  private mutating func cooperate(_ index: Int32, lane: Int32, target: Int32) {
    let type = types[vehicles[index].type]
    let vehicle = vehicles[index]
    let (ahead, behind) = vehicles.neighbours(target, position: vehicle.position)
    if vehicle.standing > 0 {
      for other in [ahead, behind] where other >= 0 && wantsSwap(other, index, lane: lane, target: target) {
        swap(index, other)
        return
      }
    }
    // Who is already beside it goes first: waiting would open no gap.
    if behind >= 0, vehicles[behind].beside < 0,
      vehicles[behind].position + types[vehicles[behind].type].minimumGap <= vehicle.position - type.length
    {
      vehicles[behind].beside = index
    }
    if ahead >= 0 { vehicles[index].beside = ahead }
  }

  private mutating func wantsSwap(_ other: Int32, _ index: Int32, lane: Int32, target: Int32) -> Bool {
    let vehicle = vehicles[other]
    let change = vehicle.change
    guard vehicle.standing > 0, change != 0, target + (change > 0 ? 1 : -1) == lane else { return false }
    let distance = abs(vehicle.position - vehicles[index].position)
    return distance < max(types[vehicle.type].spacing, types[vehicles[index].type].spacing)
  }

  private mutating func swap(_ first: Int32, _ second: Int32) {
    let (firstPosition, secondPosition) = (vehicles[first].position, vehicles[second].position)
    let (firstLane, secondLane) = (take(first), take(second))
    put(first, on: secondLane, at: secondPosition)
    put(second, on: firstLane, at: firstPosition)
    vehicles[first].changedIn = step
    vehicles[second].changedIn = step
  }
}
