/// At which connections somebody asks in this step who comes, and the lanes that those come from.
///
/// Elsewhere nobody need announce himself, and most of the time nobody is near enough to a gap to ask.
struct Listening: ~Copyable {
  /// Nobody asks from further ahead, m.
  let range: Double
  private var step: Int32 = 0
  /// By connection: the last step in which somebody listened to those who approach it, and its part of `callers`, the
  /// lanes that they come from.
  private var heard: FlatArray<Int32>
  private let firstCaller: FlatArray<Int32>
  private let callers: FlatArray<Int32>
  /// Lanes whose vehicles are listened to in this step, and by lane the last step in which they were.
  private(set) var called: FlatArray<Int32>
  private(set) var calledCount = 0
  private var calledIn: FlatArray<Int32>

  init(_ visible: VisibleRange, laneCount: Int) {
    range = visible.decision
    heard = FlatArray(repeating: 0, count: visible.firstLane.count - 1)
    firstCaller = FlatArray(visible.firstLane)
    callers = FlatArray(visible.lanes)
    called = FlatArray(repeating: -1, count: laneCount)
    calledIn = FlatArray(repeating: 0, count: laneCount)
  }

  /// Begins a step, in which nobody listens yet.
  mutating func begin() {
    step += 1
    calledCount = 0
  }

  /// Whether somebody listens to those who approach a connection.
  @inline(__always)
  func isHeard(_ connection: Int32) -> Bool { heard[connection] == step }

  /// Listens to those who approach a connection.
  @inline(__always)
  mutating func listen(to connection: Int32) {
    guard heard[connection] != step else { return }
    heard[connection] = step
    for place in firstCaller[connection]..<firstCaller[connection + 1] {
      let lane = callers[place]
      guard calledIn[lane] != step else { continue }
      calledIn[lane] = step
      called[calledCount] = lane
      calledCount += 1
    }
  }
}
