/// Moving: every vehicle drives for a second at the speed it decided on.
extension SimulationRun {
  mutating func move() {
    // Entering and leaving segments changes the list, so the ones of the step's begin are walked; a vehicle
    // that comes to a later one carries the step's number and is left alone.
    recorder.travelTime += Double(onRoad)
    let count = activeCount
    for index in 0..<count { order[index] = active[index] }
    for index in 0..<count {
      let segment = order[index]
      let road = segments[segment]
      var delay = 0.0
      var vehicle = head[segment]
      while vehicle >= 0 {
        let next = vehicles[vehicle].behind
        if vehicles[vehicle].movedIn != step { delay += drive(vehicle, on: road) }
        vehicle = next
      }
      recorder.add(delay: delay, link: road.link)
    }
  }

  /// Drives for a second and returns the delay.
  @inline(__always)
  private mutating func drive(_ index: Int32, on road: RoadModel.Segment) -> Double {
    let speed = vehicles[index].nextSpeed
    let delay = max(0, 1 - speed / vehicles[index].limit)
    let movement = road.movement >= 0 ? road.movement : vehicles[index].movement
    if movement >= 0 { recorder.movements[movement].delay += delay }
    if speed < Self.standingSpeed {
      if vehicles[index].speed >= Self.standingSpeed { recorder.stop(movement: movement) }
      vehicles[index].standing += 1
    } else {
      vehicles[index].standing = 0
    }
    vehicles[index].movedIn = step
    vehicles[index].speed = speed
    vehicles[index].mustWait = vehicles[index].willWait
    vehicles[index].position += speed
    if vehicles[index].position > road.length {
      pass(index)
      noteEntry(index)
    } else if road.movement >= 0 {
      noteEntry(index)
    }
    return delay
  }

  /// Notes when a vehicle came into the junction.
  @inline(__always)
  private func noteEntry(_ index: Int32) {
    let segment = vehicles[index].segment
    guard segment >= laneCount, vehicles[index].enteredCrossing == .max else { return }
    let waiting = connections[segment - laneCount].waitingPosition
    if waiting <= 0 || vehicles[index].position > waiting {
      vehicles[index].enteredCrossing = step
    }
  }

  /// Brings a vehicle that has driven beyond the end of its segment to the next ones.
  private mutating func pass(_ index: Int32) {
    unlink(index)
    var segment = vehicles[index].segment
    while vehicles[index].position > segments[segment].length {
      let beyond = vehicles[index].position - segments[segment].length
      if isConnection(segment) {
        setLastOut(index, ofConnection: segment - laneCount)
        vehicles[index].entered = .max
        vehicles[index].enteredCrossing = .max
        vehicles[index].place += 1
        segment = connections[segment - laneCount].to
        recorder.enter(link: segments[segment].link)
        arrive(index, onLink: segments[segment].link)
      } else {
        let use = use(of: index, lane: segment)
        if vehicles[index].place + 1 == vehicles[index].routeEnd {
          recorder.leave(link: segments[segment].link)
          recorder.served += 1
          onRoad -= 1
          vehicles[index].segment = -1
          return
        }
        guard use.connection >= 0 else {
          // It could not brake for the lane's end.
          vehicles[index].position = segments[segment].length
          vehicles[index].speed = 0
          break
        }
        lastOut[segment] = index
        vehicles[index].entered = step
        recorder.leave(link: segments[segment].link)
        segment = self.segment(ofConnection: use.connection)
        recorder.pass(movement: segments[segment].movement)
      }
      vehicles[index].position = segments[segment].start + beyond
    }
    link(index, to: segment)
  }

  /// Notes which movement a vehicle that comes onto a link means to make.
  mutating func arrive(_ index: Int32, onLink link: Int32) {
    vehicles[index].movement = -1
    let place = vehicles[index].place
    guard place + 1 < vehicles[index].routeEnd else { return }
    // Any lane's connection tells the movement: all lead to the route's next link.
    var use = firstUse[place]
    for _ in firstLane[link]..<endLane[link] {
      if uses[use].connection >= 0 {
        vehicles[index].movement = segments[segment(ofConnection: uses[use].connection)].movement
        recorder.demand(movement: vehicles[index].movement)
        return
      }
      use += 1
    }
  }
}
