internal import TrafficModel

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// Where a map draws the junctions: where they lie or, where nobody says so, where the lengths of the roads fit best.
struct JunctionPlaces {
  /// By junction, m.
  let points: [Point]
  /// Whether the places were made up.
  let isSchematic: Bool

  /// Junctions nearer than this together have no places, m.
  private static let least = 1.0

  init(_ network: Network) {
    let places = network.junctions.map(\.position)
    func extent(_ values: [Double]) -> Double { (values.max() ?? 0) - (values.min() ?? 0) }
    isSchematic =
      places.count > 1 && extent(places.map(\.x)) < Self.least && extent(places.map(\.y)) < Self.least
    points = isSchematic ? Self.schematic(network) : places
  }

  /// Rounds of the majorization; the picture no longer changes to the eye.
  private static let rounds = 60

  /// Places whose distances are as near as can be to those along the roads: stress majorization, by E. Gansner, Y. Koren and
  /// S. North (2004), "Graph drawing by stress majorization", each junction in turn.
  private static func schematic(_ network: Network) -> [Point] {
    let distances = distances(network)
    let count = network.junctions.count
    let longest = distances.joined().filter(\.isFinite).max() ?? 1
    // From a circle: no two junctions begin at the same place.
    var points = (0..<count).map { index in
      let angle = 2 * Double.pi * Double(index) / Double(count)
      return Point(x: longest / 2 * cos(angle), y: longest / 2 * sin(angle))
    }
    for _ in 0..<rounds {
      for index in 0..<count {
        var (x, y, weights) = (0.0, 0.0, 0.0)
        for other in 0..<count where other != index {
          // Parts that no road joins are kept apart.
          let wanted = distances[index][other].isFinite ? distances[index][other] : longest
          let weight = 1 / (wanted * wanted)
          let (dx, dy) = (points[index].x - points[other].x, points[index].y - points[other].y)
          let pull = wanted / max((dx * dx + dy * dy).squareRoot(), 1e-6)
          x += weight * (points[other].x + dx * pull)
          y += weight * (points[other].y + dy * pull)
          weights += weight
        }
        if weights > 0 { points[index] = Point(x: x / weights, y: y / weights) }
      }
    }
    return points
  }

  /// Shortest ways along the roads in either direction, m: R. Floyd (1962).
  private static func distances(_ network: Network) -> [[Double]] {
    let count = network.junctions.count
    var distances = [[Double]](repeating: [Double](repeating: .infinity, count: count), count: count)
    for index in 0..<count { distances[index][index] = 0 }
    for link in network.links where link.from != link.to {
      let length = max(link.length, least)
      for (from, to) in [(link.from.index, link.to.index), (link.to.index, link.from.index)] {
        distances[from][to] = min(distances[from][to], length)
      }
    }
    for middle in 0..<count {
      for from in 0..<count where distances[from][middle].isFinite {
        for to in 0..<count {
          distances[from][to] = min(distances[from][to], distances[from][middle] + distances[middle][to])
        }
      }
    }
    return distances
  }
}
