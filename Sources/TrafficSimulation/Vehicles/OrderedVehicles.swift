/// A vehicle on the road or waiting to enter it.
///
/// Two lines of a processor's cache, 128 bytes, so that finding one takes no multiplication.
struct Vehicle: BitwiseCopyable {
  /// Position of the front on its segment, m from the segment's begin.
  fileprivate(set) var position = 0.0
  /// m/s.
  var speed = 0.0
  /// Speed decided on for the next second, m/s.
  var nextSpeed = 0.0
  /// Desired speed on its segment, m/s.
  var limit = 0.0
  /// Its own random numbers, so that they do not depend on what others do.
  var random: UInt64 = 0
  /// Neighbours on the segment; -1 for none.
  fileprivate(set) var ahead: Int32 = -1
  fileprivate(set) var behind: Int32 = -1
  /// The connection that it is on, or that its lane leads to; -1 where there is none.
  var connection: Int32 = -1
  /// On a lane: where its route has what it says about lanes (`Routes.useOffset`), and lanes to change by.
  var useOffset: Int32 = -1
  var change: Int32 = 0
  /// Seconds that it has stood for.
  var standing: Int32 = 0
  /// The last step in which it was moved.
  var movedIn: Int32 = -1
  /// A vehicle that it lets in, or follows, beside it; -1 for none.
  var beside: Int32 = -1
  var type: Int32 = 0
  /// Whether it waits, as others see it, and from the next second on: for a line that it may not pass, or slow behind
  /// others.
  var mustWait = false
  var willWait = false
  /// Whether those ahead on its own lane leave it no room to move.
  var isHeld = false
  // What every step needs is above.
  /// Where it drives; -1 before it departs and after it has arrived.
  fileprivate(set) var segment: Int32 = -1
  /// Position in the routes' links, and the end of its route there.
  var place: Int32 = 0
  var routeEnd: Int32 = 0
  /// The movement at the end of its link; -1 on the last.
  var movement: Int32 = -1
  /// The last step in which it changed lanes.
  var changedIn: Int32 = -1
  /// Desired speed as a share of the limit.
  var speedFactor = 1.0
  /// The step in which it entered the junction that it is in, and the one in which it left its waiting position
  /// there; the largest number before.
  var entered = Int32.max
  var enteredCrossing = Int32.max
  /// Readiness to change lane for speed: towards the kerb and away from it.
  var gainInwards: Float = 0
  var gainOutwards: Float = 0

  /// Leaves out a random number.
  mutating func skipRandom() { random &+= SplitMix64.increment }

  /// A random number in 0 ..< 1.
  mutating func nextRandom() -> Double {
    var generator = SplitMix64(state: random)
    let unit = generator.nextUnit()
    random = generator.state
    return unit
  }
}

/// All vehicles, and their order on each segment.
///
/// Neighbours know each other, so that who comes or goes changes only theirs.
struct OrderedVehicles: ~Copyable {
  private var all: FlatArray<Vehicle>
  /// By segment: the vehicle furthest ahead, and the last one; -1 when it is empty.
  private(set) var first: FlatArray<Int32>
  private(set) var last: FlatArray<Int32>
  /// By segment: metres of queue that its vehicles would fill.
  private(set) var occupied: FlatArray<Double>
  /// Segments with vehicles, in no particular order, and each one's place in the list (-1: not in it).
  private(set) var active: FlatArray<Int32>
  private(set) var activeCount = 0
  private var placeInActive: FlatArray<Int32>
  /// The active segments as they were when they were last noted.
  private(set) var noted: FlatArray<Int32>
  /// Vehicles on all segments.
  private(set) var onRoad = 0

  init(count: Int, segmentCount: Int) {
    all = FlatArray(repeating: Vehicle(), count: count)
    first = FlatArray(repeating: -1, count: segmentCount)
    last = FlatArray(repeating: -1, count: segmentCount)
    occupied = FlatArray(repeating: 0, count: segmentCount)
    active = FlatArray(repeating: -1, count: segmentCount)
    placeInActive = FlatArray(repeating: -1, count: segmentCount)
    noted = FlatArray(repeating: -1, count: segmentCount)
  }

  subscript(index: Int32) -> Vehicle {
    @inline(__always) _read { yield all[index] }
    @inline(__always) _modify { yield &all[index] }
  }

  /// Who is next ahead of, and behind, a position on a segment; who is at it is ahead.
  @inline(__always)
  func neighbours(_ segment: Int32, position: Double) -> (ahead: Int32, behind: Int32) {
    var behind: Int32 = -1
    var ahead = last[segment]
    while ahead >= 0, all[ahead].position < position {
      behind = ahead
      ahead = all[ahead].ahead
    }
    return (ahead, behind)
  }

  /// Puts a vehicle that is on no segment on one, behind all that are further ahead.
  ///
  /// - Parameter spacing: m of queue that it fills.
  @inline(__always)
  mutating func put(_ index: Int32, on segment: Int32, at position: Double, spacing: Double) {
    assert(all[index].segment < 0, "a vehicle is at one place")
    let (ahead, behind) = neighbours(segment, position: position)
    all[index].position = position
    all[index].segment = segment
    all[index].ahead = ahead
    all[index].behind = behind
    if ahead >= 0 { all[ahead].behind = index } else { first[segment] = index }
    if behind >= 0 { all[behind].ahead = index } else { last[segment] = index }
    occupied[segment] += spacing
    onRoad += 1
    if placeInActive[segment] < 0 {
      placeInActive[segment] = Int32(activeCount)
      active[activeCount] = segment
      activeCount += 1
    }
  }

  /// Moves a vehicle forward on its segment, beyond its end, too: it must be taken off then.
  @inline(__always)
  mutating func drive(_ index: Int32, by distance: Double) {
    assert(distance >= 0, "nobody drives backwards")
    all[index].position += distance
  }

  /// Takes a vehicle off its segment, and tells which that was.
  ///
  /// - Parameter spacing: m of queue that it filled.
  @inline(__always)
  mutating func take(_ index: Int32, spacing: Double) -> Int32 {
    let (segment, ahead, behind) = (all[index].segment, all[index].ahead, all[index].behind)
    assert(segment >= 0, "who is taken off the road is on it")
    if ahead >= 0 { all[ahead].behind = behind } else { first[segment] = behind }
    if behind >= 0 { all[behind].ahead = ahead } else { last[segment] = ahead }
    all[index].segment = -1
    occupied[segment] -= spacing
    onRoad -= 1
    if first[segment] < 0 {
      occupied[segment] = 0
      let place = placeInActive[segment]
      activeCount -= 1
      let moved = active[activeCount]
      active[place] = moved
      placeInActive[moved] = place
      placeInActive[segment] = -1
    }
    return segment
  }

  /// Notes the active segments, which change while vehicles come and go, and tells how many they are.
  mutating func noteActive() -> Int {
    for index in 0..<activeCount { noted[index] = active[index] }
    return activeCount
  }
}
