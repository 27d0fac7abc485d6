internal import TrafficModel

/// Where ways through a junction that begin at one stop line part.
enum PartingPoint {
  /// Ways so far apart do not hinder each other, m: vehicles of 1.8 m and what they keep from each other at the side
  /// (SUMO takes 2.5 m).
  private static let clearance = 2.5
  /// Points are taken so far apart, m.
  private static let step = 0.25

  /// Metres along the line `path` beyond which it stays clear of `other`, which begins where it begins.
  static func distance(along path: [Point], from other: [Point]) -> Double {
    let length = CrossingPoint.length(of: path)
    var travelled = length
    while travelled > 0, distance(from: point(on: path, at: travelled), to: other) >= clearance {
      travelled -= step
    }
    return min(length, max(0, travelled) + step)
  }

  private static func point(on path: [Point], at distance: Double) -> Point {
    var left = distance
    for (start, end) in zip(path, path.dropFirst()) {
      let length = CrossingPoint.length(of: [start, end])
      if left <= length, length > 0 {
        let share = left / length
        return Point(x: start.x + share * (end.x - start.x), y: start.y + share * (end.y - start.y))
      }
      left -= length
    }
    return path.last ?? Point(x: 0, y: 0)
  }

  private static func distance(from point: Point, to path: [Point]) -> Double {
    zip(path, path.dropFirst()).map { start, end in
      let (dx, dy) = (end.x - start.x, end.y - start.y)
      let square = dx * dx + dy * dy
      let share = square > 0 ? ((point.x - start.x) * dx + (point.y - start.y) * dy) / square : 0
      let nearest = min(1, max(0, share))
      return CrossingPoint.length(of: [
        point, Point(x: start.x + nearest * dx, y: start.y + nearest * dy),
      ])
    }
    .min() ?? .infinity
  }
}
