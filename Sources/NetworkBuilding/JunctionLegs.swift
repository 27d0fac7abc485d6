public import TrafficModel

/// By which leg of its junctions each road comes in and goes out.
///
/// Legs are the eight points of the compass. Roads to and from the same neighbour share a leg; each other road has its
/// own, in their order round the junction, so that who crosses whom stays right where two lie close together.
public struct JunctionLegs: Sendable {
  /// By link: the leg of its last junction by which it comes in.
  public private(set) var ofEnd: [Compass]
  /// By link: the leg of its first junction by which it goes out.
  public private(set) var ofBegin: [Compass]

  /// - Parameter given: by link, the legs by which it leaves its first junction and comes to its last, where they are known.
  public init(links: [Link], junctions: [Junction], given: [(from: Compass?, to: Compass?)]) {
    ofEnd = [Compass](repeating: .n, count: links.count)
    ofBegin = ofEnd
    var ends = [[(road: Int, isEnd: Bool)]](repeating: [], count: junctions.count)
    for (index, link) in links.enumerated() {
      ends[link.to.index].append((index, true))
      ends[link.from.index].append((index, false))
    }
    for here in ends where !here.isEmpty { assign(here, links, junctions, given) }
  }

  /// Unit vector of travel where a link ends.
  public static func direction(ofEnd link: Link, _ junctions: [Junction]) -> Point {
    let shape = shape(link, junctions)
    return unit(shape[shape.count - 2], shape[shape.count - 1])
  }

  /// Unit vector of travel where a link begins.
  public static func direction(ofBegin link: Link, _ junctions: [Junction]) -> Point {
    let shape = shape(link, junctions)
    return unit(shape[0], shape[1])
  }

  /// Which way a driver turns from one link to another, as their directions suggest.
  public static func turn(from: Link, to: Link, _ junctions: [Junction]) -> Turn {
    if from.from == to.to { return .uTurn }
    let arriving = direction(ofEnd: from, junctions)
    let leaving = direction(ofBegin: to, junctions)
    let cross = arriving.x * leaving.y - arriving.y * leaving.x
    let dot = arriving.x * leaving.x + arriving.y * leaving.y
    if dot > abs(cross) { return .through }
    if dot < 0, abs(cross) < -0.2 * dot { return .uTurn }
    return cross > 0 ? .left : .right
  }

  private static func shape(_ link: Link, _ junctions: [Junction]) -> [Point] {
    var points: [Point] = []
    for point in link.shape where points.last.map({ length($0, point) > 0.5 }) ?? true {
      points.append(point)
    }
    return points.count > 1
      ? points : [junctions[link.from.index].position, junctions[link.to.index].position]
  }

  private static func length(_ a: Point, _ b: Point) -> Double {
    ((b.x - a.x) * (b.x - a.x) + (b.y - a.y) * (b.y - a.y)).squareRoot()
  }

  private static func unit(_ a: Point, _ b: Point) -> Point {
    let length = length(a, b)
    return length > 0 ? Point(x: (b.x - a.x) / length, y: (b.y - a.y) / length) : Point(x: 0, y: 1)
  }

  /// A leg under construction.
  private struct Leg {
    var neighbour: JunctionID
    var given: Compass?
    /// Clockwise from north, in eighths of a turn, 0 ..< 8.
    var bearing: Double
    var members: [(road: Int, isEnd: Bool)]
  }

  private mutating func assign(
    _ ends: [(road: Int, isEnd: Bool)], _ links: [Link], _ junctions: [Junction],
    _ given: [(from: Compass?, to: Compass?)]
  ) {
    var legs: [Leg] = []
    for end in ends {
      let link = links[end.road]
      let neighbour = end.isEnd ? link.from : link.to
      let given = end.isEnd ? given[end.road].to : given[end.road].from
      let known = legs.firstIndex { leg in
        leg.neighbour == neighbour && leg.given == given && !leg.members.contains { $0.isEnd == end.isEnd }
      }
      if let known {
        legs[known].members.append(end)
      } else {
        let way =
          end.isEnd
          ? Self.direction(ofEnd: link, junctions)
          : Self.direction(ofBegin: link, junctions)
        let outward = end.isEnd ? Point(x: -way.x, y: -way.y) : way
        legs.append(
          Leg(
            neighbour: neighbour, given: given,
            bearing: given.map { Double($0.rawValue) } ?? Self.eighths(outward), members: [end]))
      }
    }
    for (leg, compass) in zip(legs, Self.compass(legs)) {
      for member in leg.members {
        if member.isEnd { ofEnd[member.road] = compass } else { ofBegin[member.road] = compass }
      }
    }
  }

  /// Clockwise from north in eighths of a turn: exact at the points of the compass, in order between them.
  private static func eighths(_ direction: Point) -> Double {
    guard let nearest = Compass(nearestTo: direction) else { return 0 }
    let axis = nearest.direction
    // To the right of the axis is clockwise; a chord grows with the angle.
    let aside = axis.y * direction.x - axis.x * direction.y
    let eighth = Double(nearest.rawValue) + aside / 0.7654
    return eighth < 0 ? eighth + 8 : eighth
  }

  /// A point of the compass for each leg, each its own as long as there are enough, in the order of their bearings and
  /// nearest to them.
  private static func compass(_ legs: [Leg]) -> [Compass] {
    let nearest = legs.map { Compass(rawValue: Int($0.bearing.rounded()) % 8) ?? .n }
    guard Set(nearest).count < legs.count, legs.count <= 8 else { return nearest }
    if legs.allSatisfy({ $0.given != nil }) { return nearest }
    let order = legs.indices.sorted { (legs[$0].bearing, $0) < (legs[$1].bearing, $1) }
    var best: (cost: Double, points: [Int])?
    // Choosing which points are used, and which of them is the first leg's, keeps the order round the junction.
    for set in 1..<256 where set.nonzeroBitCount == legs.count {
      let points = (0..<8).filter { set & (1 << $0) != 0 }
      for shift in points.indices {
        var cost = 0.0
        for (rank, leg) in order.enumerated() {
          let apart = abs(legs[leg].bearing - Double(points[(rank + shift) % points.count]))
          let turned = min(apart, 8 - apart)
          cost += turned * turned
        }
        if cost < best?.cost ?? .infinity {
          best = (cost, order.indices.map { points[($0 + shift) % points.count] })
        }
      }
    }
    var result = nearest
    if let best {
      for (rank, leg) in order.enumerated() { result[leg] = Compass(rawValue: best.points[rank]) ?? .n }
    }
    return result
  }
}
