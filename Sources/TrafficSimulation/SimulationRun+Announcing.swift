/// Announcing: vehicles near a stop line that their signal lets pass say when they will come, so that others can yield.
extension SimulationRun {
  mutating func announce() {
    approaches.clear()
    for index in 0..<signals.changedCount { noteListening(of: signals.changed[index]) }
    for index in 0..<activeCount where isConnection(active[index]) { listenInside(active[index] - laneCount) }
    for index in 0..<activeCount {
      let segment = active[index]
      // Nobody comes from where all is red.
      if segment < laneCount, signals.openFromLane[segment] == 0 { continue }
      let length = segments[segment].length
      var vehicle = head[segment]
      while vehicle >= 0 {
        let distance = length - vehicles[vehicle].position
        guard distance < Self.farthestAnnounced else { break }
        if segment >= laneCount || mayBeHeard(vehicle, distance: distance) {
          announce(vehicle, distance: distance)
        }
        vehicle = vehicles[vehicle].behind
      }
    }
  }

  /// Keeps count of those who listen to each connection's approaches, after the aspect of `connection` has changed:
  /// only where somebody listens need anybody announce himself.
  mutating func noteListening(of connection: Int32) {
    let new = yielding(connection)
    let old = listening[connection]
    guard new != old else { return }
    listening[connection] = new
    let way = connections[connection]
    for place in way.firstConflict..<way.endConflict {
      let conflict = conflicts[place]
      let (before, now) = (old.includes(conflict), new.includes(conflict))
      if before != now { listeners[conflict.other] += now ? 1 : -1 }
    }
  }

  /// Vehicles that wait for gaps within a junction listen whatever the signals show behind them.
  private mutating func listenInside(_ connection: Int32) {
    let way = connections[connection]
    guard way.waitingPosition > 0, way.isMinor, listening[connection] == .toNobody else { return }
    for place in way.firstConflict..<way.endConflict where conflicts[place].yields {
      heardInside[conflicts[place].other] = step
    }
  }

  /// Whether somebody listens to those who approach a connection.
  @inline(__always)
  private func isHeard(_ connection: Int32) -> Bool {
    listeners[connection] > 0 || heardInside[connection] == step
  }

  /// Whether a vehicle on a lane comes to a connection that somebody listens to, or looks beyond it. Who cannot move
  /// does not come: of two queues whose first vehicles wait inside the junction, each would hold up the other.
  @inline(__always)
  private mutating func mayBeHeard(_ index: Int32, distance: Double) -> Bool {
    let connection = vehicles[index].connection
    guard connection >= 0, !vehicles[index].isHeld, signals.aspects[connection] != .red else { return false }
    if isHeard(connection) { return true }
    let type = types[vehicles[index].type]
    let speed = vehicles[index].speed
    let free = min(speed + type.acceleration, max(vehicles[index].limit, speed))
    let lane = connections[connection].to
    return distance + segments[segment(ofConnection: connection)].length + segments[lane].length
      - segments[lane].start < free + type.longestBrakingDistance(free, reaction: type.headway)
  }

  /// Vehicles announce themselves at their next stop line from so far, m: others need to know who comes within the
  /// time in which they cross, not only who is near.
  private static let farthestAnnounced = 300.0

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
        if isHeard(connection) {
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
