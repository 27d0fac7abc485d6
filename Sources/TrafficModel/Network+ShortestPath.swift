internal import HeapModule

extension Network {
  /// The quickest way from one link to another on free-flow times, both links included.
  ///
  /// Dijkstra's method (1959) on links: the cost of a link is its length over its speed, the cost of a
  /// movement its length over its speed. Ties go to the lower link index, so the answer is unique.
  /// - Parameter penalty: s that a movement costs beyond its free-flow time, by movement; none where empty.
  /// - Returns: the links in order; nil when no way exists.
  /// - Complexity: O(m log m) in the number of movements.
  public func shortestPath(
    from origin: LinkID, to destination: LinkID, penalty: [Double] = []
  ) -> [LinkID]? {
    var best = [Double](repeating: .infinity, count: links.count)
    var previous = [LinkID?](repeating: nil, count: links.count)
    var heap = Heap<PathEnd>()
    best[origin.index] = self[origin].freeFlowTime
    heap.insert(PathEnd(time: best[origin.index], link: origin))
    while let end = heap.popMin() {
      if end.link == destination { break }
      guard end.time <= best[end.link.index] else { continue }
      for id in movementsFromLink[end.link.index] {
        let movement = self[id]
        let connection = self[movement.connections[0]]
        let passing = connection.length / connection.speed + (penalty.isEmpty ? 0 : penalty[id.index])
        let time = end.time + passing + self[movement.to].freeFlowTime
        if time < best[movement.to.index] {
          best[movement.to.index] = time
          previous[movement.to.index] = end.link
          heap.insert(PathEnd(time: time, link: movement.to))
        }
      }
    }
    guard best[destination.index].isFinite else { return nil }
    var path = [destination]
    while path[path.count - 1] != origin, let link = previous[path[path.count - 1].index] {
      path.append(link)
    }
    return path.reversed()
  }

  /// The quickest way that passes `stops` in order; nil when no way exists.
  ///
  /// - Parameters:
  ///   - stops: at least one link: the origin, links to pass, the destination.
  ///   - penalty: s that a movement costs beyond its free-flow time, by movement; none where empty.
  public func shortestPath(through stops: [LinkID], penalty: [Double] = []) -> [LinkID]? {
    var path = Array(stops.prefix(1))
    for (from, to) in zip(stops, stops.dropFirst()) {
      guard let leg = shortestPath(from: from, to: to, penalty: penalty) else { return nil }
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
