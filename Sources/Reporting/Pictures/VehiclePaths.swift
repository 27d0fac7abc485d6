internal import SignalOptimization
internal import TrafficModel
internal import TrafficSimulation

/// Where vehicles are along an arterial, by link and position.
struct VehiclePaths {
  /// m of the outbound way from the first signal, at the begin and the end of each link of a direction.
  private var ends: [LinkID: (begin: Double, end: Double, length: Double)] = [:]

  /// Longer times between two sightings are two pieces: the vehicle was elsewhere, s.
  private static let longestGap = 12.0
  /// Corners that move a line by less are left out, px.
  private static let accuracy = 0.8

  init(_ progression: Progression, _ direction: Progression.Direction) {
    let signals = progression.signals
    for index in signals.indices.dropLast() {
      let road = direction == .outbound ? progression.outbound[index] : progression.inbound[index]
      let (from, to) =
        direction == .outbound
        ? (signals[index].position, signals[index + 1].position)
        : (signals[index + 1].position, signals[index].position)
      let total = road.linkLengths.reduce(0, +)
      var run = 0.0
      for (link, length) in zip(road.links, road.linkLengths) {
        let begin = from + (to - from) * run / total
        run += length
        ends[link] = (begin, from + (to - from) * run / total, length)
      }
    }
    let (link, length) = progression.approach(direction)
    switch direction {
    case .outbound: ends[link] = (-length, 0, length)
    case .inbound:
      let last = signals[signals.count - 1].position
      ends[link] = (last + length, last, length)
    }
  }

  /// The parts of a vehicle's way that lie on the arterial, in this direction.
  func pieces(of sightings: [TrafficObservation.Sighting]) -> [[(time: Double, position: Double)]] {
    var pieces: [[(time: Double, position: Double)]] = []
    var last: Double?
    for sighting in sightings {
      guard let end = ends[sighting.link] else { continue }
      let share = min(1, sighting.position / end.length)
      let point = (time: sighting.time, position: end.begin + share * (end.end - end.begin))
      if let before = last, sighting.time - before <= Self.longestGap {
        pieces[pieces.count - 1].append(point)
      } else {
        pieces.append([point])
      }
      last = sighting.time
    }
    return pieces.filter { $0.count > 1 }
  }

  /// A line with fewer corners that stays near to all of its points: the farthest is kept, then the same on either side
  /// (U. Ramer 1972).
  static func simplified(_ points: [(x: Double, y: Double)]) -> [(x: Double, y: Double)] {
    guard points.count > 2 else { return points }
    var isKept = [Bool](repeating: false, count: points.count)
    isKept[0] = true
    isKept[points.count - 1] = true
    var open = [(0, points.count - 1)]
    while let (first, last) = open.popLast() {
      guard last > first + 1 else { continue }
      let (a, b) = (points[first], points[last])
      let length = max(((b.x - a.x) * (b.x - a.x) + (b.y - a.y) * (b.y - a.y)).squareRoot(), 1e-9)
      var farthest = (place: first, distance: 0.0)
      for place in first + 1..<last {
        let point = points[place]
        let area = (b.x - a.x) * (a.y - point.y) - (a.x - point.x) * (b.y - a.y)
        if abs(area) / length > farthest.distance { farthest = (place, abs(area) / length) }
      }
      guard farthest.distance > accuracy else { continue }
      isKept[farthest.place] = true
      open.append((first, farthest.place))
      open.append((farthest.place, last))
    }
    return points.indices.filter { isKept[$0] }.map { points[$0] }
  }
}
