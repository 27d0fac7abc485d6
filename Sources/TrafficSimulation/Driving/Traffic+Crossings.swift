/// Inside junctions: whom to follow, and before whom to stop, on ways that cross one's own, part from it or join it.
extension Traffic {
  /// The largest speed with which a vehicle, whose front is `start` m before the connection's stop line (negative
  /// inside the junction), lets those drive first that stand or drive on a way that crosses its own.
  mutating func beforeCrossing(_ connection: Int32, _ index: Int32, _ type: KraussModel, start: Double)
    -> Double
  {
    guard junctions.isCrossed(connection) else { return .infinity }
    let way = roads.connections[connection]
    var speed = Double.infinity
    for place in way.firstConflict..<way.endConflict where roads.conflicts[place].crosses {
      let conflict = roads.conflicts[place]
      let segment = roads.segment(ofConnection: conflict.other)
      guard vehicles.first[segment] >= 0 || junctions.lastOut[conflict.other] >= 0 else { continue }
      let distance = start + conflict.begin
      // Who has come to the crossing drives on.
      guard distance > 0 else { continue }
      speed = min(speed, behind(conflict, segment, connection, index, type, distance: distance))
    }
    return speed
  }

  /// The largest speed with which a vehicle, whose front is `start` m before the connection's stop line (negative inside
  /// the junction), lets people on a crossing go first. Who cannot stop any more drives on; who has to yield is ready to
  /// stop until he is near enough to see who comes.
  mutating func beforePeople(_ connection: Int32, _ index: Int32, _ type: KraussModel, start: Double)
    -> Double
  {
    let (place, isInUse, isNear) = pedestrians.nearest(on: connection, beyond: -start, at: now)
    guard place < .infinity else { return .infinity }
    let distance = start + place
    guard type.brakingDistance(vehicles[index].speed) <= distance else { return .infinity }
    if isInUse { return type.stoppingSpeed(gap: max(0, distance - type.minimumGap), headway: 1) }
    guard isNear, distance > Self.visibility, heads.aspects[connection] == .yielding else { return .infinity }
    return type.stoppingSpeed(gap: distance - Self.yieldMargin, headway: 1)
  }

  /// Speed behind those who drive over a crossing, `distance` m ahead, before vehicle `index`: it can stop before the
  /// crossing, or follows them as though they drove ahead on its own way.
  private mutating func behind(
    _ conflict: RoadModel.Conflict, _ segment: Int32, _ connection: Int32, _ index: Int32,
    _ type: KraussModel, distance: Double
  ) -> Double {
    let waiting = roads.connections[conflict.other].waitingPosition
    var speed = Double.infinity
    var vehicle = vehicles.first[segment]
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
    guard vehicle.segment == roads.segment(ofConnection: connection) else { return true }
    let (yields, otherYields) = rightOfWay(conflict, connection, other, distance: distance, left: left)
    let own = yields ? vehicle.enteredCrossing : vehicle.entered
    let theirs = yields && !otherYields ? other.entered : other.enteredCrossing
    return (own, other.speed, foe) > (theirs, vehicle.speed, index)
  }

  /// Who of vehicle and `other`, on ways that cross, must let the other drive first.
  private mutating func rightOfWay(
    _ conflict: RoadModel.Conflict, _ connection: Int32, _ other: Vehicle, distance: Double, left: Double
  ) -> (yields: Bool, otherYields: Bool) {
    let isRed = heads.aspects[connection] == .red
    let otherIsRed = heads.aspects[conflict.other] == .red
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
  mutating func isObstructed(_ way: RoadModel.Connection, _ index: Int32) -> Bool {
    guard way.isCrossed else { return false }
    for place in way.firstConflict..<way.endConflict where roads.conflicts[place].crosses {
      let conflict = roads.conflicts[place]
      let first = vehicles.first[roads.segment(ofConnection: conflict.other)]
      guard first >= 0, first != index, vehicles[first].standing > 0 else { continue }
      let position = vehicles[first].position
      let isOn =
        position > conflict.otherBegin
        && position - types[vehicles[first].type].length < conflict.otherEnd
      if isOn, position > roads.connections[conflict.other].waitingPosition { return true }
    }
    return false
  }

  /// Whether the vehicle that last left the other way still has its rear on the crossing.
  private mutating func hasRearOnCrossing(_ conflict: RoadModel.Conflict, _ segment: Int32, _ index: Int32)
    -> Bool
  {
    let vehicle = junctions.lastOut[conflict.other]
    guard vehicle >= 0, vehicle != index else { return false }
    let other = vehicles[vehicle]
    let lane = roads.connections[conflict.other].to
    let rear =
      roads.segments[segment].length + other.position - roads.segments[lane].start - types[other.type].length
    guard other.segment == lane, rear < roads.segments[segment].length else {
      junctions.setLastOut(-1, ofConnection: conflict.other)
      return false
    }
    return rear < conflict.otherEnd
  }

  /// Safe speed behind vehicles that have left the lane for another connection and are not clear of this one's yet.
  ///
  /// - Parameter start: m from the vehicle's front to the stop line; negative inside the junction.
  mutating func behindParting(
    _ connection: Int32, _ type: KraussModel, start: Double, _ headway: Double
  ) -> Double {
    guard junctions.hasSiblings(of: connection) else { return .infinity }
    let way = roads.connections[connection]
    var speed = Double.infinity
    for place in way.firstSibling..<way.endSibling {
      let sibling = roads.siblings[place]
      let last = vehicles.last[roads.segment(ofConnection: sibling.other)]
      guard last >= 0, vehicles[last].position > -start,
        vehicles[last].position - types[vehicles[last].type].length < sibling.parting
      else { continue }
      speed = min(speed, follow(last, type, gap: start, headway))
    }
    return speed
  }

  /// Safe speed behind vehicles on other ways into the same lane.
  ///
  /// Inside the junction those that are nearer to the lane drive first; who is still outside follows all of them, and
  /// does not enter while one of them leaves no gap.
  mutating func behindMerging(
    _ connection: Int32, _ index: Int32, _ type: KraussModel, distance: Double, _ headway: Double
  ) -> Double {
    guard junctions.hasFoes(inWayOf: connection) else { return .infinity }
    let way = roads.connections[connection]
    let line = distance - roads.segments[roads.segment(ofConnection: connection)].length
    var speed = Double.infinity
    for place in way.firstConflict..<way.endConflict where roads.conflicts[place].merges {
      let segment = roads.segment(ofConnection: roads.conflicts[place].other)
      let waiting = roads.connections[roads.conflicts[place].other].waitingPosition
      var vehicle = vehicles.last[segment]
      while vehicle >= 0 {
        let other = vehicles[vehicle]
        let left = roads.segments[segment].length - other.position
        // Who yields itself, or is blocked before the ways join, lets this one go first.
        let isWaiting =
          waiting > 0 && other.position <= waiting
          || other.standing > Self.blockageTime && other.position < roads.conflicts[place].otherBegin
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
