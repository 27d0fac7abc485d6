/// Listening: who must yield and is near enough to his gap to decide on it asks who comes.
extension Traffic {
  mutating func listen() {
    listening.begin()
    for index in 0..<vehicles.activeCount {
      let segment = vehicles.active[index]
      if roads.isConnection(segment) {
        let connection = roads.connection(of: segment)
        // Vehicles that wait for gaps within a junction listen whatever the signals show behind them.
        if roads.connections[connection].waitingPosition > vehicles[vehicles.last[segment]].position {
          listen(at: connection, toAll: false)
        }
      } else if heads.openFromLane[segment] == 0 {
        continue
      }
      listen(from: segment)
    }
  }

  @inline(__always)
  private mutating func listen(from segment: Int32) {
    let length = roads.segments[segment].length
    var vehicle = vehicles.first[segment]
    while vehicle >= 0 {
      let left = length - vehicles[vehicle].position
      guard left < listening.range else { break }
      let speed = vehicles[vehicle].speed
      let type = types[vehicles[vehicle].type]
      // Only who sees the way, or can no longer stop, asks.
      let range = max(Self.visibility, type.longestBrakingDistance(speed, reaction: 0) + Self.rounding)
      if left <= range { listen(vehicle, left: left, range: range) }
      vehicle = vehicles[vehicle].behind
    }
  }

  /// Listens at the stop lines less than `range` m ahead of a vehicle, the end of whose segment is `left` m ahead.
  private mutating func listen(_ index: Int32, left: Double, range: Double) {
    var seen = left
    var segment = vehicles[index].segment
    var place = vehicles[index].place
    if roads.isConnection(segment) {
      segment = roads.connections[roads.connection(of: segment)].to
      place += 1
      seen += roads.segments[segment].length - roads.segments[segment].start
    }
    while seen <= range, place + 1 < vehicles[index].routeEnd {
      let connection = routes.use(at: place, lane: segment).connection
      guard connection >= 0 else { return }
      switch yielding(connection) {
      case .toNobody: if heads.aspects[connection] == .red { return }
      case .toPriority: listen(at: connection, toAll: false)
      case .toAll: listen(at: connection, toAll: true)
      }
      segment = roads.connections[connection].to
      place += 1
      seen += roads.segments[roads.segment(ofConnection: connection)].length
      seen += roads.segments[segment].length - roads.segments[segment].start
    }
  }

  /// Listens to those who conflict with a connection: those that have priority, or all.
  private mutating func listen(at connection: Int32, toAll: Bool) {
    let way = roads.connections[connection]
    for place in way.firstConflict..<way.endConflict where toAll || roads.conflicts[place].yields {
      listening.listen(to: roads.conflicts[place].other)
    }
  }
}
