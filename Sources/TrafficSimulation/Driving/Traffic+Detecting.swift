/// Detecting: who is above each detector at the end of a second, and when the last one left it.
///
/// A vehicle is above it from when its front reaches the near edge until its rear has passed the far one. Who changes onto the lane
/// beyond a detector was never above it.
extension Traffic {
  mutating func detect(_ loops: inout FlatArray<Loop>) {
    for index in 0..<loops.count {
      let loop = loops[index]
      let (vehicle, front) = hindmost(beyond: loop.begin, on: loop.lane)
      let occupant = vehicle >= 0 && front - types[vehicles[vehicle].type].length <= loop.end ? vehicle : -1
      if loop.occupant >= 0, loop.occupant != occupant {
        loops[index].left = timeOfLeaving(loop.occupant, loop)
      } else if occupant < 0, vehicle >= 0, front - vehicles[vehicle].speed < loop.begin,
        vehicles[vehicle].changedIn != step
      {
        // It came and went within the second.
        loops[index].left = timeOfLeaving(vehicle, loop)
      }
      if occupant >= 0, occupant != loop.occupant {
        loops[index].entered = timeOfPassing(loop.begin, front: front, speed: vehicles[occupant].speed)
      }
      loops[index].occupant = occupant
    }
  }

  /// The last vehicle whose front is beyond a position on a lane, those inside the junction at its end included, and where
  /// it is, m from where the lane's positions count; -1 where there is none.
  private mutating func hindmost(beyond position: Double, on lane: Int32) -> (vehicle: Int32, front: Double) {
    var found: (vehicle: Int32, front: Double) = (-1, .infinity)
    var vehicle = vehicles.first[lane]
    while vehicle >= 0, vehicles[vehicle].position >= position {
      found = (vehicle, vehicles[vehicle].position)
      vehicle = vehicles[vehicle].behind
    }
    guard found.vehicle < 0 else { return found }
    for place in roads.firstLeaving[lane]..<roads.firstLeaving[lane + 1] {
      let segment = roads.segment(ofConnection: roads.leaving[place])
      let last = vehicles.last[segment]
      guard last >= 0 else { continue }
      let front = roads.segments[lane].length + vehicles[last].position
      if front < found.front { found = (last, front) }
    }
    return found
  }

  /// When a vehicle's rear passed a loop, absolute s; the end of the second for one that changed lanes above it, or is gone.
  private mutating func timeOfLeaving(_ vehicle: Int32, _ loop: Loop) -> Double {
    guard let front = front(of: vehicle, seenFrom: loop.lane) else { return now + 1 }
    let rear = front - types[vehicles[vehicle].type].length
    guard rear > loop.end else { return now + 1 }
    return timeOfPassing(loop.end, front: rear, speed: vehicles[vehicle].speed)
  }

  /// When something that is at `front` at the end of this second, and moved at a steady speed, passed a place, absolute s.
  private func timeOfPassing(_ place: Double, front: Double, speed: Double) -> Double {
    guard speed > 0 else { return now + 1 }
    return now + 1 - min(1, max(0, (front - place) / speed))
  }

  /// Where a vehicle is that is on a lane, or has left it, in the lane's positions, m; nil where it is anywhere else.
  private mutating func front(of vehicle: Int32, seenFrom lane: Int32) -> Double? {
    let (segment, position) = (vehicles[vehicle].segment, vehicles[vehicle].position)
    guard segment >= 0 else { return nil }
    if segment == lane { return position }
    let end = roads.segments[lane].length
    if roads.isConnection(segment) {
      return roads.connections[roads.connection(of: segment)].from == lane ? end + position : nil
    }
    for place in roads.firstEntering[segment]..<roads.firstEntering[segment + 1] {
      let connection = roads.entering[place]
      guard roads.connections[connection].from == lane else { continue }
      let way = roads.segments[roads.segment(ofConnection: connection)].length
      return end + way + position - roads.segments[segment].start
    }
    return nil
  }
}
