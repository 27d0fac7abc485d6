/// What a lane serves.
public struct LaneUse: OptionSet, Hashable, Sendable {
  /// Bits.
  public typealias RawValue = Int
  /// Its bits: 1 left, 2 through, 4 right.
  public let rawValue: RawValue
  /// The use with these bits.
  public init(rawValue: RawValue) { self.rawValue = rawValue }
  /// Left turns.
  public static let left = LaneUse(rawValue: 1)
  /// Straight on.
  public static let through = LaneUse(rawValue: 2)
  /// Right turns.
  public static let right = LaneUse(rawValue: 4)

  /// Letters from left to right: "L", "LT", "T", "TR", "R", "LTR", "LR".
  public var letters: String {
    (contains(.left) ? "L" : "") + (contains(.through) ? "T" : "") + (contains(.right) ? "R" : "")
  }
  /// Whether the lane serves more than one movement.
  public var isShared: Bool { letters.count > 1 }
}
