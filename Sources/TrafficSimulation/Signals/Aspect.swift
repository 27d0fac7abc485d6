internal import TrafficModel

/// What a connection's signal allows at the moment.
enum Aspect: UInt8, BitwiseCopyable {
  /// Go; who conflicts is held.
  case protected
  /// Go through the gaps of those that have priority: a permissive green, or no signal at all.
  case yielding
  /// Go through the gaps of everybody who conflicts.
  case yieldingToAll
  /// Stop, then as `yieldingToAll`.
  case stopFirst
  case yellow
  case red

  init(_ state: SignalState) {
    switch state {
    case .protectedGreen: self = .protected
    case .permissiveGreen, .off: self = .yielding
    case .blinking: self = .yieldingToAll
    case .stopThenGo: self = .stopFirst
    case .yellow: self = .yellow
    case .red, .redYellow: self = .red
    }
  }
}
