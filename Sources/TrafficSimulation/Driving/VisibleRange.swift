internal import TrafficModel

/// How far vehicles look at most, and from where connections can be seen.
struct VisibleRange: Sendable {
  /// No vehicle looks further ahead than this, m.
  let sight: Double
  /// Nor is in doubt within which it can stop, m.
  let decision: Double
  /// By connection: the lanes from which vehicles may look at it are `lanes[firstLane[c] ..< firstLane[c + 1]]`.
  let firstLane: [Int32]
  let lanes: [Int32]

  init(road: RoadModel, types: [VehicleType]) {
    let models = types.map { KraussModel($0) }
    let fastest = Traffic.largestSpeedFactor * (road.segments.map(\.speed).max() ?? 0)
    decision =
      models.map { $0.longestBrakingDistance(fastest, reaction: 0) }.reduce(Traffic.visibility, max) + 1
    sight =
      models.map { fastest + $0.longestBrakingDistance(fastest, reaction: $0.headway) }.reduce(0, max) + 1
    var walk = Walk(road: road)
    var lanes: [Int32] = []
    var first: [Int32] = [0]
    for connection in road.connections {
      lanes += walk.lanes(seeingTheEndOf: connection.from, within: sight)
      first.append(Int32(lanes.count))
    }
    self.lanes = lanes
    firstLane = first
  }
}

/// Walks back from stop lines along all ways, each lane with the most that is left of the range when it is reached: the
/// work is bounded by lanes times ways, where the number of ways back is not.
private struct Walk {
  private let road: RoadModel
  /// By lane: the most that is left of the range at its end in the present walk, m; 0 where it was not reached.
  private var left: [Double]
  private var isWaiting: [Bool]

  init(road: RoadModel) {
    self.road = road
    left = [Double](repeating: 0, count: road.laneCount)
    isWaiting = [Bool](repeating: false, count: road.laneCount)
  }

  /// A lane, and those before it from which its end, `range` m ahead at most, is seen; in the order in which they are
  /// reached.
  mutating func lanes(seeingTheEndOf lane: Int32, within range: Double) -> [Int32] {
    var reached = [lane]
    var queue = [lane]
    left[Int(lane)] = range
    var next = 0
    while next < queue.count {
      let lane = Int(queue[next])
      next += 1
      isWaiting[lane] = false
      let segment = road.segments[lane]
      let before = left[lane] - (segment.length - segment.start)
      guard before > 0 else { continue }
      for place in road.firstEntering[lane]..<road.firstEntering[lane + 1] {
        let connection = Int(road.entering[Int(place)])
        let rest = before - road.segments[road.laneCount + connection].length
        let from = road.connections[connection].from
        guard rest > left[Int(from)] else { continue }
        if left[Int(from)] == 0 { reached.append(from) }
        left[Int(from)] = rest
        if !isWaiting[Int(from)] {
          isWaiting[Int(from)] = true
          queue.append(from)
        }
      }
    }
    for lane in reached { left[Int(lane)] = 0 }
    return reached
  }
}
