/// A vehicle on the road or waiting to enter it.
///
/// Two lines of a processor's cache, 128 bytes, so that finding one takes no multiplication.
struct Vehicle: BitwiseCopyable {
  /// Position of the front on its segment, m from the segment's begin.
  var position = 0.0
  /// m/s.
  var speed = 0.0
  /// Speed decided on for the next second, m/s.
  var nextSpeed = 0.0
  /// Desired speed on its segment, m/s.
  var limit = 0.0
  /// Its own random numbers, so that they do not depend on what others do.
  var random: UInt64 = 0
  /// Neighbours on the segment.
  var ahead: Int32 = -1
  var behind: Int32 = -1
  /// The connection that it is on, or that its lane leads to; -1 where there is none.
  var connection: Int32 = -1
  /// On a lane: what its route says about it, an index into the routes' uses, and lanes to change by.
  var use: Int32 = -1
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
  var segment: Int32 = -1
  /// Position in the routes' links, and the end of its route there.
  var place: Int32 = 0
  var routeEnd: Int32 = 0
  /// The movement at the end of its link; -1 on the last.
  var movement: Int32 = -1
  /// The last step in which it changed lanes.
  var changedIn: Int32 = -1
  /// The next in the line outside.
  var line: Int32 = -1
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
