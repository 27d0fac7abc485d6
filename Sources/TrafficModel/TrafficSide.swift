/// The side of the road that traffic keeps to.
public enum TrafficSide: String, Hashable, Sendable, CaseIterable {
  case right, left

  /// The turn that is driven where traffic keeps to the right as `turn` is on this side: away from the kerb or along it.
  ///
  /// All that is known of turns is told for right-hand traffic, where left turns cross the oncoming traffic.
  public func equivalent(of turn: Turn) -> Turn {
    guard self == .left else { return turn }
    return switch turn {
    case .left: .right
    case .right: .left
    case .through, .uTurn: turn
    }
  }
}
