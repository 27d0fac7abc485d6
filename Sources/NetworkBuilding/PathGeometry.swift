public import TrafficModel

/// How long and how fast the ways through a junction are, where nobody measured them.
///
/// A junction is as large as its widest leg is; a turn is a share of that. Figures are those of ordinary urban junctions.
enum PathGeometry {
  /// Left turns wait for gaps before the middle of the junction: the share of their way up to there.
  private static let waitingShare = 0.4
  /// There is room for one vehicle inside, m: a second one would still be there when others have green.
  private static let longestWaiting = 7.0

  /// m beyond the stop line where a left turn of a length waits for gaps.
  static func waitingPosition(length: Double) -> Double { min(waitingShare * length, longestWaiting) }

  /// Width of a lane, m.
  private static let laneWidth = 3.5
  /// Corner radii and refuges, m.
  private static let corners = 10.0

  /// m from stop line to stop line.
  ///
  /// - Parameter lanes: of the widest leg, in and out.
  static func size(lanes: Int) -> Double { corners + laneWidth * Double(lanes) }

  /// m of a turn through a junction of a size.
  static func length(_ turn: Turn, size: Double) -> Double {
    switch turn {
    case .through: size
    case .left: 1.1 * size
    case .right: 0.4 * size
    case .uTurn: 0.5 * size
    }
  }

  /// m/s of a turn between links.
  ///
  /// - Parameter fastest: the lower of the links' speeds, m/s.
  static func speed(_ turn: Turn, fastest: Double) -> Double {
    switch turn {
    case .through: fastest
    case .left: min(fastest, 8)
    case .right: min(fastest, 6.5)
    case .uTurn: min(fastest, 5)
    }
  }
}

extension Turn {
  /// m/s at which it is driven from one link to another.
  public func speed(from: Link, to: Link) -> Double {
    PathGeometry.speed(self, fastest: min(from.speed, to.speed))
  }
}
