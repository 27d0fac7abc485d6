/// Queues: who stands on a lane, and whether that keeps others from coming onto it.
extension Traffic {
  /// Slower vehicles count as queued, m/s.
  static let queueSpeed = 1.4
  /// Of a lane that is full up to its begin, with the gaps of a queue that moves up.
  private static let leastOccupied = 0.5

  /// The vehicles of a segment in a second, as one walks along it.
  struct Count {
    var vehicles: Int32 = 0
    var speeds = 0.0
    var queued: Int32 = 0
    /// Metres of lane that the queued ones fill.
    var filled = 0.0
  }

  @inline(__always)
  func count(_ vehicle: Int32, in count: inout Count) {
    let speed = vehicles[vehicle].speed
    count.vehicles &+= 1
    count.speeds += speed
    if speed < Self.queueSpeed {
      count.queued &+= 1
      count.filled += types[vehicles[vehicle].type].spacing
    }
  }

  mutating func count(on segment: Int32) -> Count {
    var count = Count()
    var vehicle = vehicles.first[segment]
    while vehicle >= 0 {
      self.count(vehicle, in: &count)
      vehicle = vehicles[vehicle].behind
    }
    return count
  }

  /// Whether a lane with a queue is full up to its begin.
  ///
  /// Nobody comes into a turn pocket from upstream, and who has just come onto a lane with room drives slowly, too.
  @inline(__always)
  func isFull(_ lane: Int32) -> Bool {
    let road = roads.segments[lane]
    let last = vehicles.last[lane]
    let type = types[vehicles[last].type]
    return road.start <= 0 && vehicles[last].speed < Self.queueSpeed
      && vehicles[last].position - type.length < type.spacing
      && vehicles.occupied[lane] > Self.leastOccupied * road.length
  }

  /// Whether somebody waits on the road to come onto a full lane: stands on a way to it, or at a stop line before one
  /// that is not red.
  mutating func isWantedInVain(_ lane: Int32) -> Bool {
    for place in roads.firstEntering[lane]..<roads.firstEntering[lane + 1] {
      let connection = roads.entering[place]
      let inside = vehicles.first[roads.segment(ofConnection: connection)]
      if inside >= 0, vehicles[inside].speed < Self.queueSpeed { return true }
      let first = vehicles.first[roads.connections[connection].from]
      if first >= 0, vehicles[first].connection == connection, vehicles[first].speed < Self.queueSpeed,
        heads.aspects[connection] != .red, heads.aspects[connection] != .yellow
      {
        return true
      }
    }
    return false
  }
}
