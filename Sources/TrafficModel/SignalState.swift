/// What a signal group shows. The raw letters are the ones of the SUMO simulator's state strings.
public enum SignalState: String, Hashable, Sendable, CaseIterable {
  /// Green, and conflicting traffic is held.
  case protectedGreen = "G"
  /// Green, but wait for gaps in the streams that have priority.
  case permissiveGreen = "g"
  /// Yellow: the green has ended.
  case yellow = "y"
  /// Red.
  case red = "r"
  /// Red and yellow together: green comes next; nobody drives.
  case redYellow = "u"
  /// Stop, then go when free (turn on red).
  case stopThenGo = "s"
  /// Blinking: wait for gaps in every conflicting stream.
  case blinking = "o"
  /// Off: the right of way of the unsignalled junction.
  case off = "O"

  /// Whether it is a green, protected or permissive.
  public var isGreen: Bool { self == .protectedGreen || self == .permissiveGreen }

  /// Whether every signal head may show it: green, yellow, red, or red and yellow.
  public var isUsual: Bool { isGreen || !mayGo }

  /// Whether a vehicle may pass the stop line in some circumstances.
  public var mayGo: Bool {
    switch self {
    case .protectedGreen, .permissiveGreen, .stopThenGo, .blinking, .off: true
    case .yellow, .red, .redYellow: false
    }
  }
}
