internal import TrafficModel

/// Where two ways through a junction meet.
enum CrossingPoint {
  /// Metres along `path`, a line of points, to the first place where `other` crosses it; nil where they do not cross.
  static func distance(along path: [Point], to other: [Point]) -> Double? {
    var travelled = 0.0
    for (start, end) in zip(path, path.dropFirst()) {
      let length = distance(start, end)
      let nearest = zip(other, other.dropFirst()).compactMap {
        share(from: start, to: end, crossing: $0.0, $0.1)
      }
      .min()
      if let nearest { return travelled + nearest * length }
      travelled += length
    }
    return nil
  }

  /// Length of a line of points, m.
  static func length(of path: [Point]) -> Double {
    zip(path, path.dropFirst()).reduce(0) { $0 + distance($1.0, $1.1) }
  }

  private static func distance(_ a: Point, _ b: Point) -> Double {
    ((b.x - a.x) * (b.x - a.x) + (b.y - a.y) * (b.y - a.y)).squareRoot()
  }

  /// Share of the way from `start` to `end` at which the stretch from `a` to `b` crosses it.
  private static func share(from start: Point, to end: Point, crossing a: Point, _ b: Point) -> Double? {
    let (dx, dy) = (end.x - start.x, end.y - start.y)
    let (ex, ey) = (b.x - a.x, b.y - a.y)
    let determinant = dx * ey - dy * ex
    guard abs(determinant) > 1e-9 else { return nil }
    let (fx, fy) = (a.x - start.x, a.y - start.y)
    let along = (fx * ey - fy * ex) / determinant
    let across = (fx * dy - fy * dx) / determinant
    return (0...1).contains(along) && (0...1).contains(across) ? along : nil
  }
}
