/// Announcing: vehicles near a stop line that their signal lets pass say when they will come, so that others can yield.
extension SimulationRun {
  mutating func announce() {
    approaches.clear()
    guard listen() else { return }
    for index in 0..<calledCount {
      let lane = called[index]
      let length = segments[lane].length
      var vehicle = head[lane]
      while vehicle >= 0 {
        let distance = length - vehicles[vehicle].position
        guard distance < Self.farthestAnnounced else { break }
        // Who cannot move does not come: of two queues whose first vehicles wait inside the junction, each would hold up
        // the other.
        if !vehicles[vehicle].isHeld,
          mayBeHeard(vehicle, at: vehicles[vehicle].connection, distance: distance)
        {
          announce(vehicle, distance: distance)
        }
        vehicle = vehicles[vehicle].behind
      }
    }
    for index in 0..<activeCount where isConnection(active[index]) { announce(fromWay: active[index]) }
  }

  /// Vehicles announce themselves at their next stop line from so far, m: others need to know who comes within the
  /// time in which they cross, not only who is near.
  private static let farthestAnnounced = 300.0

  /// Announces vehicles that drive through a junction.
  @inline(__always)
  private mutating func announce(fromWay segment: Int32) {
    let lane = connections[segment - laneCount].to
    let beyond = segments[lane].length - segments[lane].start
    var vehicle = head[segment]
    while vehicle >= 0 {
      let distance = segments[segment].length - vehicles[vehicle].position
      let place = vehicles[vehicle].place + 1
      if place + 1 < vehicles[vehicle].routeEnd {
        let next = uses[firstUse[place] + lane - firstLane[routeLinks[place]]].connection
        if mayBeHeard(vehicle, at: next, distance: distance + beyond) {
          announce(vehicle, distance: distance)
        }
      }
      vehicle = vehicles[vehicle].behind
    }
  }

  /// Whether a vehicle whose next stop line, that of `connection`, is `distance` m ahead comes to one at which
  /// somebody listens, or looks beyond it.
  @inline(__always)
  private func mayBeHeard(_ index: Int32, at connection: Int32, distance: Double) -> Bool {
    guard connection >= 0, signals.aspects[connection] != .red else { return false }
    if heard[connection] == step { return true }
    let lane = connections[connection].to
    let beyond =
      segments[segment(ofConnection: connection)].length + segments[lane].length - segments[lane].start
    let type = types[vehicles[index].type]
    let speed = vehicles[index].speed
    let free = min(speed + type.acceleration, max(vehicles[index].limit, speed))
    return distance + beyond < free + type.longestBrakingDistance(free, reaction: type.headway)
      + Self.rounding
  }

  /// More than roundings make of a distance, m.
  static let rounding = 1e-6

  /// Whether a vehicle looks so far: not beyond the way to a stop from the speed that it can have in a second.
  @inline(__always)
  func sees(_ distance: Double, _ index: Int32, _ type: KraussModel) -> Bool {
    let free = min(
      vehicles[index].speed + type.acceleration, max(vehicles[index].limit, vehicles[index].speed))
    let longest = free + type.longestBrakingDistance(free, reaction: type.headway)
    // The exact way takes a division, and is at most an eighth of the deceleration shorter.
    if distance < longest - type.deceleration * 0.125 - Self.rounding { return true }
    return distance < longest + Self.rounding
      && distance < free + type.brakingDistance(free, reaction: type.headway)
  }

  /// How far a vehicle looks: the way to a stop from the speed that it can have in a second.
  @inline(__always)
  func sight(_ index: Int32, _ type: KraussModel) -> Double {
    let free = min(
      vehicles[index].speed + type.acceleration, max(vehicles[index].limit, vehicles[index].speed))
    return free + type.brakingDistance(free, reaction: type.headway)
  }

  private mutating func announce(_ index: Int32, distance: Double) {
    let type = types[vehicles[index].type]
    let sight = sight(index, type)
    var seen = distance
    var segment = vehicles[index].segment
    var place = vehicles[index].place
    if isConnection(segment) {
      place += 1
      segment = connections[segment - laneCount].to
      seen += segments[segment].length - segments[segment].start
    }
    var isNext = true
    while seen < sight || isNext, place + 1 < vehicles[index].routeEnd {
      isNext = false
      let connection = uses[firstUse[place] + segment - firstLane[routeLinks[place]]].connection
      guard connection >= 0, signalAllows(connection, index, type, distance: seen) else { return }
      let way = connections[connection]
      if way.firstConflict < way.endConflict {
        guard
          !way.isCrossed || hasRoomBeyond(connection, place: place, routeEnd: vehicles[index].routeEnd, type)
        else { return }
        if heard[connection] == step {
          let schedule = schedule(connection, index, type, distance: seen)
          approaches.add(
            Approaches.Entry(
              vehicle: index, next: -1, arrival: schedule.arrival, leaving: schedule.leaving,
              leavingSpeed: schedule.leavingSpeed,
              brakedSpeed: min(
                schedule.arrivalSpeed, type.speedAfterBraking(distance: seen, from: vehicles[index].speed)),
              distance: seen), to: connection)
        }
      }
      seen += segments[self.segment(ofConnection: connection)].length
      segment = way.to
      place += 1
      seen += segments[segment].length - segments[segment].start
    }
  }
}
