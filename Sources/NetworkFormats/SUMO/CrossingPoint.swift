internal import TrafficModel

/// Where two ways through a junction meet.
enum CrossingPoint {
  /// A lane's width, m.
  private static let laneWidth = 3.2
  /// Smaller angles are taken for the one with this sine: ways side by side do not share everything.
  private static let smallestSine = 0.2

  /// The first place along `path`, a line of points, where `other` crosses it: metres from its begin, and how
  /// many metres of it lanes of the usual width share there; nil where they do not cross.
  static func place(along path: [Point], to other: [Point]) -> (distance: Double, extent: Double)? {
    var travelled = 0.0
    for (start, end) in zip(path, path.dropFirst()) {
      let length = distance(start, end)
      let nearest = zip(other, other.dropFirst()).compactMap { a, b in
        share(from: start, to: end, crossing: a, b).map { (share: $0, sine: sine(start, end, a, b)) }
      }
      .min { $0.share < $1.share }
      if let nearest {
        // Two strips of one width that cross at an angle: the rhomb that they share is 2/sin − 1 widths long, from
        // 1 at right angles.
        let extent = laneWidth * (2 / max(nearest.sine, smallestSine) - 1)
        return (travelled + nearest.share * length, extent)
      }
      travelled += length
    }
    return nil
  }

  /// Sine of the angle between two stretches.
  private static func sine(_ start: Point, _ end: Point, _ a: Point, _ b: Point) -> Double {
    let determinant = (end.x - start.x) * (b.y - a.y) - (end.y - start.y) * (b.x - a.x)
    let product = distance(start, end) * distance(a, b)
    return product > 0 ? abs(determinant) / product : 1
  }

  /// Length of a line of points, m.
  static func length(of path: [Point]) -> Double {
    path.indices.dropLast().reduce(0) { $0 + distance(path[$1], path[$1 + 1]) }
  }

  static func distance(_ a: Point, _ b: Point) -> Double {
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
