/// Crossings: who of those inside a junction whose ways cross drives first.
extension SimulationRun {
  /// The largest speed with which a vehicle, whose front is `start` m before the connection's stop line (negative
  /// inside the junction), lets those drive first that stand or drive on a way that crosses its own.
  mutating func beforeCrossing(_ connection: Int32, _ index: Int32, _ type: KraussModel, start: Double)
    -> Double
  {
    let way = connections[connection]
    var speed = Double.infinity
    for place in way.firstConflict..<way.endConflict where !conflicts[place].merges {
      let conflict = conflicts[place]
      let segment = segment(ofConnection: conflict.other)
      guard head[segment] >= 0 || lastOut[segment] >= 0 else { continue }
      let distance = start + conflict.meeting
      // Who has come to the crossing drives on.
      guard distance > Self.halfWidth else { continue }
      speed = min(speed, behind(conflict, segment, connection, index, type, distance: distance))
    }
    return speed
  }

  /// Who waits before a crossing for one that has stood for so long lets those go first who merge with it, s.
  private static let blockage: Int32 = 5

  /// Half of what a way is wide, where another crosses it, m.
  private static let halfWidth = 1.6

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
      let length = types[other.type].length
      let left = conflict.otherMeeting - other.position
      if waiting > 0, other.position <= waiting {
        // It waits for gaps, unless its green is over: then it clears the junction first, and nobody enters.
        if conflict.yields, !isGreen(conflict.other) || !isGreen(connection),
          goesFirst(vehicle, conflict, connection, index, distance: distance, left: left)
        {
          let entry = distance - conflict.meeting
          return type.stoppingSpeed(gap: max(0, entry - Self.stopMargin), headway: 1)
        }
      } else if left + length > -Self.halfWidth,
        left < Self.halfWidth
          || goesFirst(vehicle, conflict, connection, index, distance: distance, left: left)
      {
        if other.standing > Self.blockage { vehicles[index].isBlocked = true }
        let gap = distance - type.minimumGap - (left + length) - Self.halfWidth
        speed = min(
          speed,
          type.followingSpeed(
            gap: max(0, gap), leaderSpeed: other.speed,
            leaderDeceleration: types[other.type].deceleration, headway: 1))
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

  /// Whether a connection's signal shows green, or there is none.
  private mutating func isGreen(_ connection: Int32) -> Bool {
    switch signals.aspects[connection] {
    case .red, .yellow: false
    default: true
    }
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
      lastOut[segment] = -1
      return false
    }
    return rear < conflict.otherMeeting + Self.halfWidth
  }
}
