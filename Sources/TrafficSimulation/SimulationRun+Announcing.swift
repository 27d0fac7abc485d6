/// Announcing: vehicles near a stop line that their signal lets pass say when they will come, so that others can yield.
extension SimulationRun {
  mutating func announce() {
    approaches.clear()
    for index in 0..<activeCount {
      let segment = active[index]
      let length = segments[segment].length
      var vehicle = head[segment]
      while vehicle >= 0 {
        let distance = length - vehicles[vehicle].position
        guard distance < Self.farthestAnnounced else { break }
        announce(vehicle, distance: distance)
        vehicle = vehicles[vehicle].behind
      }
    }
  }

  /// Vehicles announce themselves at their next stop line from so far, m: others need to know who comes within the
  /// time in which they cross, not only who is near.
  private static let farthestAnnounced = 200.0

  /// How far a vehicle looks: the way to a stop from the speed that it can have in a second.
  @inline(__always)
  func sight(_ vehicle: Vehicle, _ type: KraussModel) -> Double {
    let free = min(vehicle.speed + type.acceleration, max(vehicle.limit, vehicle.speed))
    return free + type.brakingDistance(free, reaction: type.headway)
  }

  private mutating func announce(_ index: Int32, distance: Double) {
    let vehicle = vehicles[index]
    let type = types[vehicle.type]
    let sight = sight(vehicle, type)
    var seen = distance
    var segment = vehicle.segment
    var place = vehicle.place
    if isConnection(segment) {
      place += 1
      segment = connections[segment - laneCount].to
      seen += segments[segment].length - segments[segment].start
    }
    var isNext = true
    while seen < sight || isNext, place + 1 < vehicle.routeEnd {
      isNext = false
      let connection = uses[firstUse[place] + segment - firstLane[routeLinks[place]]].connection
      guard connection >= 0, signalAllows(connection, vehicle, type, distance: seen) else { return }
      let way = connections[connection]
      if way.firstConflict < way.endConflict {
        guard
          !way.isCrossed || hasRoomBeyond(connection, place: place, routeEnd: vehicle.routeEnd, type)
        else { return }
        let schedule = schedule(connection, vehicle, type, distance: seen)
        approaches.add(
          Approaches.Entry(
            vehicle: index, next: -1, arrival: schedule.arrival, leaving: schedule.leaving,
            distance: seen), to: connection)
      }
      seen += segments[self.segment(ofConnection: connection)].length
      segment = way.to
      place += 1
      seen += segments[segment].length - segments[segment].start
    }
  }
}
