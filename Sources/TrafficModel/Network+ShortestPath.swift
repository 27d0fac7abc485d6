internal import HeapModule

extension Network {
  /// The quickest way from one link to another, both links included.
  ///
  /// Dijkstra's method (1959) on links: the cost of a link is its entry in `linkTimes`, the cost of a movement
  /// its `passageTime`. Ties go to the lower link index, so the answer is unique.
  /// - Parameter linkTimes: s, by link; free-flow times by default.
  /// - Returns: the links in order; nil when no way exists.
  /// - Complexity: O(m log m) in the number of movements.
  public func shortestPath(from origin: LinkID, to destination: LinkID, linkTimes: [Double]? = nil)
    -> [LinkID]?
  {
    shortestPath(fromAny: [origin], toAny: [destination], linkTimes: linkTimes)
  }

  /// The quickest way from any of some links to any of others, both ends included.
  ///
  /// - Parameter linkTimes: s, by link; free-flow times by default.
  /// - Returns: the links in order; nil when no way exists.
  /// - Complexity: as from one link to another.
  public func shortestPath(
    fromAny origins: [LinkID], toAny destinations: [LinkID], linkTimes: [Double]? = nil
  ) -> [LinkID]? {
    let times = linkTimes ?? links.map(\.freeFlowTime)
    var best = [Double](repeating: .infinity, count: links.count)
    var previous = [LinkID?](repeating: nil, count: links.count)
    var heap = Heap<PathEnd>()
    var isDestination = [Bool](repeating: false, count: links.count)
    for link in destinations { isDestination[link.index] = true }
    for origin in origins {
      best[origin.index] = times[origin.index]
      heap.insert(PathEnd(time: best[origin.index], link: origin))
    }
    var found: LinkID?
    while let end = heap.popMin() {
      if isDestination[end.link.index] {
        found = end.link
        break
      }
      guard end.time <= best[end.link.index] else { continue }
      for id in movementsFromLink[end.link.index] {
        let movement = self[id]
        let time = end.time + passageTime(id) + times[movement.to.index]
        if time < best[movement.to.index] {
          best[movement.to.index] = time
          previous[movement.to.index] = end.link
          heap.insert(PathEnd(time: time, link: movement.to))
        }
      }
    }
    guard let found else { return nil }
    var path = [found]
    while let link = previous[path[path.count - 1].index] { path.append(link) }
    return path.reversed()
  }

  /// Seconds that a route choice reckons for a movement: its way through the junction at free-flow speed, and what
  /// SUMO's router adds by default: 1.5 s where it must yield without a signal, 1.5 s where it must yield inside the
  /// junction, and 5 s for a U-turn.
  public func passageTime(_ id: MovementID) -> Double {
    let movement = self[id]
    let connection = self[movement.connections[0]]
    let yields = conflicts[movement.connections[0].index].contains(where: \.yields)
    var penalty = movement.turn == .uTurn ? 5.0 : connection.signal == nil && yields ? 1.5 : 0
    if connection.waitingPosition != nil, yields { penalty += 1.5 }
    return connection.length / connection.speed + penalty
  }

  /// The quickest way that passes `stops` in order; nil when no way exists.
  ///
  /// - Parameter stops: at least one link: the origin, links to pass, the destination.
  public func shortestPath(through stops: [LinkID]) -> [LinkID]? {
    var path = Array(stops.prefix(1))
    for (from, to) in zip(stops, stops.dropFirst()) {
      guard let leg = shortestPath(from: from, to: to) else { return nil }
      path += leg.dropFirst()
    }
    return path
  }
}

/// The last link of a path under construction.
private struct PathEnd: Comparable {
  let time: Double
  let link: LinkID

  static func < (left: Self, right: Self) -> Bool { (left.time, left.link) < (right.time, right.link) }
}
