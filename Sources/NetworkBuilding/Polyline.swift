public import TrafficModel

/// Lines that roads are drawn as.
public enum Polyline {
  /// Metres along a line.
  public static func length(_ points: [Point]) -> Double {
    zip(points, points.dropFirst()).reduce(0) { $0 + distance($1.0, $1.1) }
  }

  /// Metres between two points.
  public static func distance(_ a: Point, _ b: Point) -> Double {
    ((b.x - a.x) * (b.x - a.x) + (b.y - a.y) * (b.y - a.y)).squareRoot()
  }

  /// A line cut into pieces, each of which ends where the next one begins.
  ///
  /// - Parameters:
  ///   - points: two or more.
  ///   - places: m from the line's begin, ascending, within its length.
  public static func cut(_ points: [Point], at places: [Double]) -> [[Point]] {
    precondition(points.count > 1, "a line has a begin and an end")
    var pieces: [[Point]] = []
    var piece = [points[0]]
    var covered = 0.0
    var next = 0
    for (a, b) in zip(points, points.dropFirst()) {
      let length = distance(a, b)
      while next < places.count, places[next] <= covered + length {
        let share = length > 0 ? min(1, max(0, (places[next] - covered) / length)) : 0
        let point = Point(x: a.x + share * (b.x - a.x), y: a.y + share * (b.y - a.y))
        pieces.append(piece + [point])
        piece = [point]
        next += 1
      }
      piece.append(b)
      covered += length
    }
    // Places that rounding puts beyond the end.
    for _ in next..<places.count {
      pieces.append(piece)
      piece = [piece[piece.count - 1]]
    }
    return pieces + [piece.count > 1 ? piece : piece + piece]
  }
}
