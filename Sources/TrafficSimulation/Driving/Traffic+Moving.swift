/// Moving: every vehicle drives for a second at the speed it decided on.
extension Traffic {
  mutating func move(_ recorder: inout Recorder) {
    recorder.drive(vehicles: vehicles.onRoad)
    // A vehicle that comes to a later segment carries the step's number and is left alone.
    for index in 0..<vehicles.noteActive() {
      let segment = vehicles.noted[index]
      let road = roads.segments[segment]
      var delay = 0.0
      var vehicle = vehicles.first[segment]
      while vehicle >= 0 {
        let next = vehicles[vehicle].behind
        if vehicles[vehicle].movedIn != step { delay += drive(vehicle, on: road, &recorder) }
        vehicle = next
      }
      recorder.add(delay: delay, link: road.link)
    }
  }

  /// Drives for a second and returns the delay.
  @inline(__always)
  private mutating func drive(_ index: Int32, on road: RoadModel.Segment, _ recorder: inout Recorder)
    -> Double
  {
    let speed = vehicles[index].nextSpeed
    let delay = max(0, 1 - speed / vehicles[index].limit)
    let movement = road.movement >= 0 ? road.movement : vehicles[index].movement
    if movement >= 0 { recorder.add(delay: delay, movement: movement) }
    if speed < Self.standingSpeed {
      if vehicles[index].speed >= Self.standingSpeed { recorder.stop(movement: movement) }
      vehicles[index].standing += 1
    } else {
      vehicles[index].standing = 0
    }
    vehicles[index].movedIn = step
    vehicles[index].speed = speed
    vehicles[index].mustWait = vehicles[index].willWait
    vehicles.drive(index, by: speed)
    if vehicles[index].position > road.length {
      pass(index, &recorder)
      noteEntry(index)
    } else if road.movement >= 0 {
      noteEntry(index)
    }
    return delay
  }

  /// Notes when a vehicle came into the junction.
  @inline(__always)
  private mutating func noteEntry(_ index: Int32) {
    let segment = vehicles[index].segment
    guard segment >= roads.laneCount, vehicles[index].enteredCrossing == .max else { return }
    let waiting = roads.connections[roads.connection(of: segment)].waitingPosition
    if waiting <= 0 || vehicles[index].position > waiting {
      vehicles[index].enteredCrossing = step
    }
  }

  /// Brings a vehicle that has driven beyond the end of its segment to the next ones.
  private mutating func pass(_ index: Int32, _ recorder: inout Recorder) {
    var position = vehicles[index].position
    var segment = take(index)
    while position > roads.segments[segment].length {
      let beyond = position - roads.segments[segment].length
      if roads.isConnection(segment) {
        junctions.setLastOut(index, ofConnection: roads.connection(of: segment))
        vehicles[index].entered = .max
        vehicles[index].enteredCrossing = .max
        vehicles[index].place += 1
        segment = roads.connections[roads.connection(of: segment)].to
        recorder.enter(link: roads.segments[segment].link)
        arrive(index, onLink: roads.segments[segment].link, &recorder)
      } else {
        let connection = routes.use(at: vehicles[index].place, lane: segment).connection
        if vehicles[index].place + 1 == vehicles[index].routeEnd {
          recorder.arrive(link: roads.segments[segment].link)
          return
        }
        guard connection >= 0 else {
          // It could not brake for the lane's end.
          position = roads.segments[segment].length
          vehicles[index].speed = 0
          break
        }
        lastOut[segment] = index
        vehicles[index].entered = step
        recorder.leave(link: roads.segments[segment].link)
        segment = roads.segment(ofConnection: connection)
        recorder.pass(movement: roads.segments[segment].movement)
      }
      position = roads.segments[segment].start + beyond
    }
    put(index, on: segment, at: position)
  }

  /// Notes which movement a vehicle that comes onto a link means to make.
  mutating func arrive(_ index: Int32, onLink link: Int32, _ recorder: inout Recorder) {
    vehicles[index].movement = -1
    let place = vehicles[index].place
    guard place + 1 < vehicles[index].routeEnd else { return }
    // Any lane's connection tells the movement: all lead to the route's next link.
    for lane in roads.firstLane[link]..<roads.endLane[link] {
      let connection = routes.use(at: place, lane: lane).connection
      if connection >= 0 {
        vehicles[index].movement = roads.segments[roads.segment(ofConnection: connection)].movement
        recorder.demand(movement: vehicles[index].movement)
        return
      }
    }
  }
}
