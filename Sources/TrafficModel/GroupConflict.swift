/// How two conflicting groups may still be green together.
public enum GroupConflict: Hashable, Sendable {
  /// Their paths do not meet.
  case none
  /// They meet and neither yields: never green together.
  case exclusive
  /// They meet; green together only while the row's group shows permissive green and yields.
  case rowYields
  /// They meet; green together only while the column's group shows permissive green and yields.
  case columnYields
  /// They meet; green together while either shows permissive green.
  case eitherYields
  /// They meet, and the controller's present programme shows them green together: accepted as it is.
  case accepted

  /// The same, seen from the column's group.
  public var mirrored: GroupConflict {
    switch self {
    case .rowYields: .columnYields
    case .columnYields: .rowYields
    case .none, .exclusive, .eitherYields, .accepted: self
    }
  }

  /// Whether the row's group waits for gaps while both are green.
  public var makesRowYield: Bool { self == .rowYields || self == .eitherYields }

  /// Whether a row's group may show `row` while a column's shows `column`.
  public func permits(_ row: SignalState, _ column: SignalState) -> Bool {
    guard row.isGreen, column.isGreen else { return true }
    return switch self {
    case .none, .accepted: true
    case .exclusive: false
    case .rowYields: row == .permissiveGreen
    case .columnYields: column == .permissiveGreen
    case .eitherYields: row == .permissiveGreen || column == .permissiveGreen
    }
  }
}
