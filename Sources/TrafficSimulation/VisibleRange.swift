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
    let fastest = SimulationRun.largestSpeedFactor * (road.segments.map(\.speed).max() ?? 0)
    decision =
      models.map { $0.longestBrakingDistance(fastest, reaction: 0) }.reduce(SimulationRun.visibility, max) + 1
    sight =
      models.map { fastest + $0.longestBrakingDistance(fastest, reaction: $0.headway) }.reduce(0, max) + 1
    var lanes: [Int32] = []
    var first: [Int32] = [0]
    for connection in road.connections {
      Self.add(connection.from, within: sight, to: &lanes, after: Int(first[first.count - 1]), road: road)
      first.append(Int32(lanes.count))
    }
    self.lanes = lanes
    firstLane = first
  }

  /// Adds a lane, and those before it from which its end, `range` m ahead, is seen.
  private static func add(
    _ lane: Int32, within range: Double, to lanes: inout [Int32], after start: Int, road: RoadModel
  ) {
    if !lanes[start...].contains(lane) { lanes.append(lane) }
    let segment = road.segments[Int(lane)]
    let left = range - (segment.length - segment.start)
    guard left > 0 else { return }
    for place in road.firstEntering[Int(lane)]..<road.firstEntering[Int(lane) + 1] {
      let connection = Int(road.entering[Int(place)])
      let rest = left - road.segments[road.laneCount + connection].length
      if rest > 0 {
        add(road.connections[connection].from, within: rest, to: &lanes, after: start, road: road)
      }
    }
  }
}
