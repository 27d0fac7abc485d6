/// Queues of the present second, and what remains at the end.
extension SimulationRun {
  /// Slower vehicles count as queued, m/s.
  private static let queueSpeed = 1.4

  /// Waits outside, and queues on lanes.
  mutating func recordQueues() {
    for index in 0..<waitingLinkCount {
      let link = waitingLinks[index]
      recorder.add(delay: Double(waitingLength[link]), link: link)
    }
    let areSpeedsNeeded = !alternatives.isEmpty
    for index in 0..<activeCount {
      let segment = active[index]
      guard !isConnection(segment) else { continue }
      recordQueue(segment)
      if areSpeedsNeeded { recordSpeeds(segment) }
    }
    if areSpeedsNeeded { linkSpeeds.advance() }
    for index in 0..<activeCount {
      let segment = active[index]
      guard !isConnection(segment) else { continue }
      let link = segments[segment].link
      let queued = recorder.links[link].queued
      guard queued > 0 else { continue }
      recorder.links[link].queue += Double(queued)
      recorder.links[link].maximumQueue = max(recorder.links[link].maximumQueue, queued)
      recorder.links[link].queued = 0
    }
  }

  private func recordSpeeds(_ lane: Int32) {
    let link = segments[lane].link
    var vehicle = head[lane]
    while vehicle >= 0 {
      linkSpeeds.add(speed: vehicles[vehicle].speed, link: link)
      vehicle = vehicles[vehicle].behind
    }
  }

  private mutating func recordQueue(_ lane: Int32) {
    let link = segments[lane].link
    var filled = 0.0
    var queued: Int32 = 0
    var vehicle = head[lane]
    while vehicle >= 0 {
      if vehicles[vehicle].speed < Self.queueSpeed {
        queued += 1
        filled += types[vehicles[vehicle].type].spacing
      }
      vehicle = vehicles[vehicle].behind
    }
    guard queued > 0 else { return }
    recorder.links[link].queued += queued
    recorder.links[link].fullestLane = max(
      recorder.links[link].fullestLane, min(1, filled / (segments[lane].length - segments[lane].start)))
    let last = vehicles[tail[lane]]
    let type = types[last.type]
    if last.speed < Self.queueSpeed, last.position - segments[lane].start - type.length < type.spacing {
      recorder.links[link].spillbackTime += 1
    }
  }

  /// The measures at the end of the period.
  mutating func finish(at end: Double) -> Measures {
    // Vehicles that depart between the last step and the end never had a chance to enter.
    while nextTrip < trips.count {
      let vehicle = vehicles[nextTrip]
      recorder.add(delay: end - vehicle.scheduled, link: routeLinks[vehicle.place])
      waitingCount += 1
      nextTrip += 1
    }
    return recorder.measures(seconds: Double(step), waitingOutside: waitingCount)
  }
}
