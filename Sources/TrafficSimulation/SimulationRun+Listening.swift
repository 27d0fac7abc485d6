/// Listening: at which connections somebody asks in this step who comes. Elsewhere nobody need announce himself, and most
/// of the time nobody is near enough to a gap to ask.
extension SimulationRun {
  /// Finds those connections and the lanes that their traffic comes from, and tells whether there are any.
  mutating func listen() -> Bool {
    calledCount = 0
    isAnybodyHeard = false
    for index in 0..<activeCount {
      let segment = active[index]
      if isConnection(segment) {
        let connection = segment - laneCount
        // Vehicles that wait for gaps within a junction listen whatever the signals show behind them.
        if connections[connection].waitingPosition > vehicles[tail[segment]].position {
          listen(at: connection, toAll: false)
        }
      } else if signals.openFromLane[segment] == 0 {
        continue
      }
      listen(from: segment)
    }
    return isAnybodyHeard
  }

  @inline(__always)
  private mutating func listen(from segment: Int32) {
    let length = segments[segment].length
    var vehicle = head[segment]
    while vehicle >= 0 {
      let left = length - vehicles[vehicle].position
      guard left < farthestDecision else { break }
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
    if isConnection(segment) {
      segment = connections[segment - laneCount].to
      place += 1
      seen += segments[segment].length - segments[segment].start
    }
    while seen <= range, place + 1 < vehicles[index].routeEnd {
      let connection = uses[firstUse[place] + segment - firstLane[routeLinks[place]]].connection
      guard connection >= 0 else { return }
      switch yielding(connection) {
      case .toNobody: if signals.aspects[connection] == .red { return }
      case .toPriority: listen(at: connection, toAll: false)
      case .toAll: listen(at: connection, toAll: true)
      }
      segment = connections[connection].to
      place += 1
      seen += segments[self.segment(ofConnection: connection)].length
      seen += segments[segment].length - segments[segment].start
    }
  }

  /// Calls those who conflict with a connection: those that have priority, or all.
  private mutating func listen(at connection: Int32, toAll: Bool) {
    let way = connections[connection]
    for place in way.firstConflict..<way.endConflict where toAll || conflicts[place].yields {
      let other = conflicts[place].other
      guard heard[other] != step else { continue }
      heard[other] = step
      isAnybodyHeard = true
      for place in firstCaller[other]..<firstCaller[other + 1] {
        let lane = callers[place]
        if calledIn[lane] != step {
          calledIn[lane] = step
          // Nobody comes from where all is red.
          if signals.openFromLane[lane] > 0, head[lane] >= 0 {
            called[calledCount] = lane
            calledCount += 1
          }
        }
      }
    }
  }
}
