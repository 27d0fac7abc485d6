internal import TrafficModel

/// Where ways through a junction that begin at one stop line part.
enum PartingPoint {
  /// Ways so far apart do not hinder each other, m: vehicles of 1.8 m and what they keep from each other at the side
  /// (SUMO takes 2.5 m).
  private static let clearance = 2.5
  /// Points are taken so far apart, m; farther on ways that are longer than any, so that the work is bounded.
  private static let finestStep = 0.25
  private static let mostSteps = 4096.0

  /// Metres along the line `path` beyond which it stays clear of `other`, which begins where it begins.
  static func distance(along path: [Point], from other: [Point]) -> Double {
    let length = CrossingPoint.length(of: path)
    let step = max(finestStep, length / mostSteps)
    var travelled = length
    while travelled > 0, isClear(point(on: path, at: travelled), of: other) {
      travelled -= step
    }
    return min(length, max(0, travelled) + step)
  }

  private static func point(on path: [Point], at distance: Double) -> Point {
    var left = distance
    for index in path.indices.dropLast() {
      let (start, end) = (path[index], path[index + 1])
      let length = CrossingPoint.distance(start, end)
      if left <= length, length > 0 {
        let share = left / length
        return Point(x: start.x + share * (end.x - start.x), y: start.y + share * (end.y - start.y))
      }
      left -= length
    }
    return path.last ?? Point(x: 0, y: 0)
  }

  /// Whether a point is as far from all stretches of a line as ways must be that do not hinder each other.
  private static func isClear(_ point: Point, of path: [Point]) -> Bool {
    for index in path.indices.dropLast() {
      let (start, end) = (path[index], path[index + 1])
      let (dx, dy) = (end.x - start.x, end.y - start.y)
      let square = dx * dx + dy * dy
      let share = square > 0 ? ((point.x - start.x) * dx + (point.y - start.y) * dy) / square : 0
      let nearest = min(1, max(0, share))
      let foot = Point(x: start.x + nearest * dx, y: start.y + nearest * dy)
      if CrossingPoint.distance(point, foot) < clearance { return false }
    }
    return true
  }
}
