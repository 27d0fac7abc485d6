internal import TrafficModel

/// How the paths of two ways through a junction meet.
struct PathMeeting {
  var firstYields: Bool
  var secondYields: Bool
  /// Whether both may be green at the same time, one of them waiting for gaps.
  var mayShareGreen: Bool

  /// The same, seen from the second way.
  var mirrored: PathMeeting {
    PathMeeting(firstYields: secondYields, secondYields: firstYields, mayShareGreen: mayShareGreen)
  }

  static let never = PathMeeting(firstYields: false, secondYields: false, mayShareGreen: false)
  static func firstYields(mayShareGreen: Bool) -> PathMeeting {
    PathMeeting(firstYields: true, secondYields: false, mayShareGreen: mayShareGreen)
  }
}

/// Who crosses or joins whose path at a junction in right-hand traffic, from where the legs lie.
///
/// On a circle round the junction each leg has a place where traffic comes in and, clockwise after it, one where
/// traffic goes out. Two ways cross where the chords between their places do.
enum RightOfWay {
  /// The meeting of two ways of a junction from different legs; nil where their paths do not meet.
  static func meeting(_ first: Way, _ second: Way) -> PathMeeting? {
    guard first.from.leg != second.from.leg else { return nil }
    let merges = first.to == second.to
    guard merges || crosses(first, second) else { return nil }
    if first.turn.rank > second.turn.rank { return ordered(second, first, merges: merges).mirrored }
    return ordered(first, second, merges: merges)
  }

  /// The first way's turn is the second's or one further left.
  private static func ordered(_ first: Way, _ second: Way, merges: Bool) -> PathMeeting {
    let isPermissive = first.settings.leftTurns == .permissive
    let isOpposing = (3...5).contains(first.from.leg.eighths(to: second.from.leg))
    switch (first.turn, second.turn) {
    case (.uTurn, .right): return .firstYields(mayShareGreen: true)
    case (.uTurn, _): return .firstYields(mayShareGreen: isPermissive && isOpposing)
    case (.left, .right) where merges && isPermissive: return .firstYields(mayShareGreen: true)
    case (.left, .right) where merges, (.through, .right) where merges:
      return PathMeeting.firstYields(mayShareGreen: true).mirrored
    case (.left, .through) where isOpposing: return .firstYields(mayShareGreen: isPermissive)
    default: return .never
    }
  }

  private static func crosses(_ first: Way, _ second: Way) -> Bool {
    let start = first.from.leg.rawValue * 2
    let end = first.to.rawValue * 2 + 1
    let length = (end - start + 16) % 16
    func isInside(_ place: Int) -> Bool {
      let since = (place - start + 16) % 16
      return since > 0 && since < length
    }
    return isInside(second.from.leg.rawValue * 2) != isInside(second.to.rawValue * 2 + 1)
  }

  /// Which of two ways whose paths meet waits, at a junction without signals.
  static func unsignalled(
    _ first: Way, _ second: Way, meeting: PathMeeting, control: NativeJunction.Control
  ) -> (first: Bool, second: Bool) {
    let isOpposing = first.from.leg.eighths(to: second.from.leg) == 4
    let fromRight = (5...7).contains(first.from.leg.eighths(to: second.from.leg))
    switch control {
    case .signals: return (meeting.firstYields, meeting.secondYields)
    case .allWayStop: return (false, false)
    case .priority(let major):
      let (isFirstMajor, isSecondMajor) = (major.contains(first.from.leg), major.contains(second.from.leg))
      if isFirstMajor != isSecondMajor { return (isSecondMajor, isFirstMajor) }
      if meeting.firstYields || meeting.secondYields { return (meeting.firstYields, meeting.secondYields) }
    case .rightBeforeLeft:
      if isOpposing { return (meeting.firstYields, meeting.secondYields) }
    }
    return (fromRight, !fromRight)
  }

  /// How a vehicle way and a pedestrian crossing over a leg meet; nil where they do not.
  static func meeting(_ way: Way, crossingOver leg: Compass) -> PathMeeting? {
    if way.from.leg == leg { return .never }
    guard way.to == leg else { return nil }
    switch way.turn {
    case .right: return .firstYields(mayShareGreen: true)
    case .left, .uTurn: return .firstYields(mayShareGreen: way.settings.leftTurns == .permissive)
    case .through: return .never
    }
  }
}
