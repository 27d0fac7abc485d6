/// Announcing: vehicles near a stop line that their signal lets pass say when they will come, so that others can yield.
extension Traffic {
  mutating func announce() {
    approaches.clear()
    listen()
    guard listening.calledCount > 0 else { return }
    for index in 0..<listening.calledCount {
      let lane = listening.called[index]
      // Nobody comes from where all is red.
      guard heads.openFromLane[lane] > 0 else { continue }
      let length = roads.segments[lane].length
      var vehicle = vehicles.first[lane]
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
    for index in 0..<vehicles.activeCount where roads.isConnection(vehicles.active[index]) {
      announce(fromWay: vehicles.active[index])
    }
  }

  /// Vehicles announce themselves at their next stop line from so far, m: others need to know who comes within the
  /// time in which they cross, not only who is near.
  private static let farthestAnnounced = 300.0

  /// Announces vehicles that drive through a junction.
  @inline(__always)
  private mutating func announce(fromWay segment: Int32) {
    let lane = roads.connections[roads.connection(of: segment)].to
    let beyond = roads.segments[lane].length - roads.segments[lane].start
    var vehicle = vehicles.first[segment]
    while vehicle >= 0 {
      let distance = roads.segments[segment].length - vehicles[vehicle].position
      let place = vehicles[vehicle].place + 1
      if place + 1 < vehicles[vehicle].routeEnd {
        let next = routes.use(at: place, lane: lane).connection
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
    guard connection >= 0, heads.aspects[connection] != .red else { return false }
    if listening.isHeard(connection) { return true }
    let lane = roads.connections[connection].to
    let beyond =
      roads.segments[roads.segment(ofConnection: connection)].length + roads.segments[lane].length
      - roads.segments[lane].start
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
    if roads.isConnection(segment) {
      place += 1
      segment = roads.connections[roads.connection(of: segment)].to
      seen += roads.segments[segment].length - roads.segments[segment].start
    }
    var isNext = true
    while seen < sight || isNext, place + 1 < vehicles[index].routeEnd {
      isNext = false
      let connection = routes.use(at: place, lane: segment).connection
      guard connection >= 0, signalAllows(connection, index, type, distance: seen) else { return }
      let way = roads.connections[connection]
      if way.firstConflict < way.endConflict {
        guard
          !way.isCrossed || hasRoomBeyond(connection, place: place, routeEnd: vehicles[index].routeEnd, type)
        else { return }
        if listening.isHeard(connection) {
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
      seen += roads.segments[roads.segment(ofConnection: connection)].length
      segment = way.to
      place += 1
      seen += roads.segments[segment].length - roads.segments[segment].start
    }
  }
}
