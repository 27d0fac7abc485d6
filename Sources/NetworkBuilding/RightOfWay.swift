public import TrafficModel

/// How the paths of two ways through a junction meet.
public struct PathMeeting: Hashable, Sendable {
  /// Whether the first waits for gaps in the second.
  public var firstYields: Bool
  /// Whether the second waits for gaps in the first.
  public var secondYields: Bool
  /// Whether both may be green at the same time, one of them waiting for gaps.
  public var mayShareGreen: Bool

  /// The same, seen from the second way.
  public var mirrored: PathMeeting {
    PathMeeting(firstYields: secondYields, secondYields: firstYields, mayShareGreen: mayShareGreen)
  }

  static let never = PathMeeting(firstYields: false, secondYields: false, mayShareGreen: false)
  static func firstYields(mayShareGreen: Bool) -> PathMeeting {
    PathMeeting(firstYields: true, secondYields: false, mayShareGreen: mayShareGreen)
  }
}

/// A way through a junction, by where it comes in and goes out, in right-hand traffic.
///
/// A way in left-hand traffic is told by its mirror image (`JunctionTurn.way`).
public struct Way: Hashable, Sendable {
  /// The leg it comes in by.
  public var from: Compass
  /// The leg it goes out by.
  public var to: Compass
  /// Which way it turns.
  public var turn: Turn
  /// Whether a turn across opposing traffic may be green with it and wait for gaps in it.
  public var isPermissive: Bool

  /// A way through a junction.
  public init(from: Compass, to: Compass, turn: Turn, isPermissive: Bool) {
    self.from = from
    self.to = to
    self.turn = turn
    self.isPermissive = isPermissive
  }
}

/// How right of way is decided at a junction.
public enum RightOfWayRule: Hashable, Sendable {
  /// By signals, and where they leave it open as on major roads.
  case signals
  /// Traffic from these legs goes first.
  case priority([Compass])
  /// Whoever comes from the right goes first.
  case rightBeforeLeft
  /// Everybody stops; who came first goes first.
  case allWayStop
}

/// Who crosses or joins whose path at a junction in right-hand traffic, from where the legs lie.
///
/// On a circle round the junction each leg has a place where traffic comes in and, clockwise after it, one where
/// traffic goes out. Two ways cross where the chords between their places do.
public enum RightOfWay {
  /// The meeting of two ways of a junction from different legs; nil where their paths do not meet.
  public static func meeting(_ first: Way, _ second: Way) -> PathMeeting? {
    guard first.from != second.from else { return nil }
    let merges = first.to == second.to
    guard merges || crosses(first, second) else { return nil }
    if first.turn.rank > second.turn.rank { return ordered(second, first, merges: merges).mirrored }
    return ordered(first, second, merges: merges)
  }

  /// The first way's turn is the second's or one further left.
  private static func ordered(_ first: Way, _ second: Way, merges: Bool) -> PathMeeting {
    let isOpposing = (3...5).contains(first.from.eighths(to: second.from))
    switch (first.turn, second.turn) {
    case (.uTurn, .right): return .firstYields(mayShareGreen: true)
    case (.uTurn, _): return .firstYields(mayShareGreen: first.isPermissive && isOpposing)
    case (.left, .right) where merges && first.isPermissive: return .firstYields(mayShareGreen: true)
    case (.left, .right) where merges, (.through, .right) where merges:
      return PathMeeting.firstYields(mayShareGreen: true).mirrored
    case (.left, .through) where isOpposing: return .firstYields(mayShareGreen: first.isPermissive)
    default: return .never
    }
  }

  private static func crosses(_ first: Way, _ second: Way) -> Bool {
    let start = first.from.rawValue * 2
    let end = first.to.rawValue * 2 + 1
    let length = (end - start + 16) % 16
    func isInside(_ place: Int) -> Bool {
      let since = (place - start + 16) % 16
      return since > 0 && since < length
    }
    return isInside(second.from.rawValue * 2) != isInside(second.to.rawValue * 2 + 1)
  }

  /// Which of two ways whose paths meet waits, at a junction without signals.
  public static func unsignalled(
    _ first: Way, _ second: Way, meeting: PathMeeting, rule: RightOfWayRule
  ) -> (first: Bool, second: Bool) {
    let isOpposing = first.from.eighths(to: second.from) == 4
    let fromRight = (5...7).contains(first.from.eighths(to: second.from))
    switch rule {
    case .signals: return (meeting.firstYields, meeting.secondYields)
    case .allWayStop: return (false, false)
    case .priority(let major):
      let (isFirstMajor, isSecondMajor) = (major.contains(first.from), major.contains(second.from))
      if isFirstMajor != isSecondMajor { return (isSecondMajor, isFirstMajor) }
      if meeting.firstYields || meeting.secondYields { return (meeting.firstYields, meeting.secondYields) }
    case .rightBeforeLeft:
      if isOpposing { return (meeting.firstYields, meeting.secondYields) }
    }
    return (fromRight, !fromRight)
  }

  /// How a vehicle way and a pedestrian crossing over a leg meet; nil where they do not.
  public static func meeting(_ way: Way, crossingOver leg: Compass) -> PathMeeting? {
    if way.from == leg { return .never }
    guard way.to == leg else { return nil }
    switch way.turn {
    case .right: return .firstYields(mayShareGreen: true)
    case .left, .uTurn: return .firstYields(mayShareGreen: way.isPermissive)
    case .through: return .never
    }
  }
}
