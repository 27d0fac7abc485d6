/// The routes of one run: those of `RouteLanes`, each list in one block of memory.
struct Routes: ~Copyable {
  /// By route: its first position in `links`; one more entry for the end of the last.
  let starts: FlatArray<Int32>
  let links: FlatArray<Int32>
  /// By position: what is to be added to a lane of the link to find it in `uses`.
  let useOffset: FlatArray<Int32>
  private let uses: FlatArray<LaneUse>

  init(_ lanes: RouteLanes) {
    starts = FlatArray(lanes.starts)
    links = FlatArray(lanes.links)
    useOffset = FlatArray(lanes.useOffset)
    uses = FlatArray(lanes.uses)
  }

  /// What a route says at a position in the routes' links about a lane of the link there.
  @inline(__always)
  func use(at place: Int32, lane: Int32) -> LaneUse { use(offset: useOffset[place], lane: lane) }

  /// The same, where the offset is known.
  @inline(__always)
  func use(offset: Int32, lane: Int32) -> LaneUse { uses[offset &+ lane] }
}
