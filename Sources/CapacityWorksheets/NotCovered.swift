public import HighwayCapacity
public import TrafficModel

/// Why the manual's method says nothing of some lanes.
public enum NotCovered: Hashable, Sendable {
  /// No signal holds their traffic: it goes freely, or yields.
  case noSignal
  /// Another controller signals some of it, or traffic that its left turns give way to.
  case otherController
  /// The plan has no programme for their signals.
  case noProgram
  /// Their signals are off, or blink.
  case signalsOff
  /// They never have a green.
  case neverGreen
  /// They never have a red.
  case alwaysGreen
  /// They have several greens in a cycle, and left turns wait for gaps in some.
  case severalGreens
  /// What one of these lanes serves has greens that do not belong together.
  case differentGreens
  /// Left turns wait for gaps in traffic of this approach, which does not face theirs.
  case givesWay(LinkID)
  /// Left turns wait for gaps in traffic of this approach, of which the method does not cover all that goes straight on.
  case opposingNotCovered(LinkID)
  /// What is known of them does not make a junction of the manual.
  case problems([IntersectionProblem])
}
