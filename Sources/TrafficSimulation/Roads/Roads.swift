/// The roads of one run: those of a `RoadModel`, each list in one block of memory.
struct Roads: ~Copyable {
  let laneCount: Int32
  let segments: FlatArray<RoadModel.Segment>
  let connections: FlatArray<RoadModel.Connection>
  let conflicts: FlatArray<RoadModel.Conflict>
  let siblings: FlatArray<RoadModel.Sibling>
  let firstLane: FlatArray<Int32>
  let endLane: FlatArray<Int32>
  let fastestBeside: FlatArray<Double>
  let firstEntering: FlatArray<Int32>
  let entering: FlatArray<Int32>
  let firstLeaving: FlatArray<Int32>
  let leaving: FlatArray<Int32>

  init(_ model: RoadModel) {
    laneCount = Int32(model.laneCount)
    segments = FlatArray(model.segments)
    connections = FlatArray(model.connections)
    conflicts = FlatArray(model.conflicts)
    siblings = FlatArray(model.siblings)
    firstLane = FlatArray(model.firstLane)
    endLane = FlatArray(model.endLane)
    fastestBeside = FlatArray(model.fastestBeside)
    firstEntering = FlatArray(model.firstEntering)
    entering = FlatArray(model.entering)
    firstLeaving = FlatArray(model.firstLeaving)
    leaving = FlatArray(model.leaving)
  }

  /// Whether a segment is a way through a junction.
  @inline(__always)
  func isConnection(_ segment: Int32) -> Bool { segment >= laneCount }

  @inline(__always)
  func segment(ofConnection connection: Int32) -> Int32 { connection &+ laneCount }

  @inline(__always)
  func connection(of segment: Int32) -> Int32 { segment &- laneCount }
}
