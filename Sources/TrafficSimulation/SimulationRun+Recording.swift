/// Queues, and what remains at the end.
extension SimulationRun {
  /// Slower vehicles count as queued, m/s.
  static let queueSpeed = 1.4
  /// Of a lane that is full up to its begin, with the gaps of a queue that moves up.
  private static let leastOccupied = 0.5

  /// The vehicles of a lane in a second, as one walks along it.
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

  /// Notes the vehicles of a lane that has some.
  @inline(__always)
  mutating func record(_ count: Count, onLane lane: Int32) {
    if !alternatives.isEmpty {
      linkSpeeds.add(speeds: count.speeds, vehicles: count.vehicles, link: segments[lane].link)
    }
    if count.queued > 0 { recordQueue(count, onLane: lane) }
  }

  private mutating func recordQueue(_ count: Count, onLane lane: Int32) {
    let road = segments[lane]
    let last = tail[lane]
    let type = types[vehicles[last].type]
    recorder.addQueue(
      count.queued, link: road.link, step: step, share: min(1, count.filled / (road.length - road.start)))
    // Nobody comes into a turn pocket from upstream, and who has just come onto a lane with room drives slowly, too.
    let isFull =
      road.start <= 0 && vehicles[last].speed < Self.queueSpeed
      && vehicles[last].position - type.length < type.spacing
      && occupied[lane] > Self.leastOccupied * road.length
    if isFull, isWantedInVain(lane) { recorder.spillBack(link: road.link, step: step) }
  }

  /// Whether somebody waits to come onto a full lane: stands on a way to it, or at a stop line before one that is not
  /// red, or outside.
  private mutating func isWantedInVain(_ lane: Int32) -> Bool {
    if waitingHead[segments[lane].link] >= 0 { return true }
    for place in firstEntering[lane]..<firstEntering[lane + 1] {
      let connection = entering[place]
      let inside = head[segment(ofConnection: connection)]
      if inside >= 0, vehicles[inside].speed < Self.queueSpeed { return true }
      let first = head[connections[connection].from]
      if first >= 0, vehicles[first].connection == connection, vehicles[first].speed < Self.queueSpeed,
        signals.aspects[connection] != .red, signals.aspects[connection] != .yellow
      {
        return true
      }
    }
    return false
  }

  /// Waits outside.
  mutating func recordLines() {
    for index in 0..<waitingLinkCount {
      let link = waitingLinks[index]
      recorder.add(delay: Double(waitingLength[link]), link: link)
    }
  }

  /// The measures at the end of the period.
  mutating func finish(at end: Double) -> Measures {
    for index in 0..<activeCount where !isConnection(active[index]) {
      var lane = Count()
      var vehicle = head[active[index]]
      while vehicle >= 0 {
        count(vehicle, in: &lane)
        vehicle = vehicles[vehicle].behind
      }
      record(lane, onLane: active[index])
    }
    // Vehicles that depart between the last step and the end never had a chance to enter.
    while nextTrip < trips.count {
      let vehicle = vehicles[nextTrip]
      recorder.add(delay: end - trips[nextTrip].time, link: routeLinks[vehicle.place])
      waitingCount += 1
      nextTrip += 1
    }
    return recorder.measures(seconds: Double(step), waitingOutside: waitingCount)
  }
}
