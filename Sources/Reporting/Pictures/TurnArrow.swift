internal import TrafficModel

/// The arrow on a lane: a stem, and a head for each way that it leads.
struct TurnArrow {
  /// Of the lane.
  var turns: Set<Turn>
  /// Whether traffic keeps to the left, so that who turns round does it to the right.
  var isLeftHand = false

  // Of the arrow's own units, ten to a lane's width: x to the driver's right, y forward.
  private static let stem = (from: -13.0, to: 9.0)
  private static let head = 3.2

  /// The path data of the stem and bends, which are stroked, and that of the heads, which are filled.
  ///
  /// - Parameter place: from the arrow's units to the picture's.
  func paths(_ place: (_ x: Double, _ y: Double) -> (x: Double, y: Double)) -> (lines: String, heads: String)
  {
    var (lines, heads) = ("", "")
    func at(_ x: Double, _ y: Double) -> String {
      let point = place(x, y)
      return "\(px(point.x)) \(px(point.y))"
    }
    func head(_ x: Double, _ y: Double, _ dx: Double, _ dy: Double) {
      let size = Self.head
      heads +=
        "M\(at(x + dx * size * 1.5, y + dy * size * 1.5))L\(at(x - dy * size, y + dx * size))L\(at(x + dy * size, y - dx * size))z"
    }
    let isStraight = turns.contains(.through)
    let top = isStraight ? Self.stem.to : turns.contains(.uTurn) && turns.count == 1 ? 4 : 2
    lines += "M\(at(0, Self.stem.from))L\(at(0, top))"
    if isStraight { head(0, Self.stem.to, 0, 1) }
    for (turn, side) in [(Turn.left, -1.0), (.right, 1.0)] where turns.contains(turn) {
      let bend = isStraight ? -1.0 : 2.0
      lines += "M\(at(0, bend - 4))L\(at(side * 2.6, bend + 1.5))"
      // Heads of bends are turned to the side.
      head(side * 2.6, bend + 1.5, side * 0.87, 0.5)
    }
    if turns.contains(.uTurn) {
      let side = isLeftHand ? 1.0 : -1.0
      lines += "M\(at(0, 2))L\(at(side * 1.5, 4))L\(at(side * 3.6, 3))L\(at(side * 3.8, -3))"
      head(side * 3.8, -3, 0, -1)
    }
    return (lines, heads)
  }
}
