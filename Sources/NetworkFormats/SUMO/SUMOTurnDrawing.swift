internal import NetworkBuilding
internal import TrafficModel

/// How long netconvert draws turns, before it stretches them to the lengths that it is told.
///
/// It wants the place where a turn waits for gaps in metres of its drawing. Stop lines are a corner's radius from where the
/// lanes of the next legs end, and turns are rounded.
struct SUMOTurnDrawing {
  private let network: Network
  private let links: SUMOEdges

  /// netconvert's own, m.
  private static let laneWidth = 3.2
  private static let cornerRadius = 4.0

  init(_ network: Network, links: SUMOEdges) {
    self.network = network
    self.links = links
  }

  /// m from the stop line to the lane entered; nil where the ways before and after it do not meet at an angle.
  func length(of connection: LaneConnection) -> Double? {
    let (from, to) = (network[connection.from], network[connection.to])
    let junction = network[from.link].to
    guard let inward = direction(of: from.link, from: junction),
      let outward = direction(of: to.link, from: junction)
    else { return nil }
    let lanes = network.lanesOfLink[from.link.index].count
    let entered = links.first(of: to.link).lanes
    // Metres from the middle of the road, on the side where traffic comes in, or goes out.
    let begin = (Double(lanes - 1 - from.position) + 0.5) * Self.laneWidth
    let place = entered.firstIndex(of: connection.to.index) ?? 0
    let end = (Double(entered.count - 1 - place) + 0.5) * Self.laneWidth
    let side = network.side == .left ? -1.0 : 1.0
    let start = Point.offset(along: inward, by: setback(of: inward, at: junction), aside: side * begin)
    let exit = Point.offset(along: outward, by: setback(of: outward, at: junction), aside: -side * end)
    let turning = inward.x * outward.y - inward.y * outward.x
    guard abs(turning) > Self.smallestTurn else { return nil }
    // Where the lines on which the two lanes lie meet.
    let along = ((exit.x - start.x) * outward.y - (exit.y - start.y) * outward.x) / turning
    let corner = Point(x: start.x + along * inward.x, y: start.y + along * inward.y)
    let points = (0...Self.steps).map { step in
      let t = Double(step) / Double(Self.steps)
      func between(_ a: Double, _ b: Double, _ c: Double) -> Double {
        (1 - t) * (1 - t) * a + 2 * t * (1 - t) * b + t * t * c
      }
      return Point(x: between(start.x, corner.x, exit.x), y: between(start.y, corner.y, exit.y))
    }
    return Polyline.length(points)
  }

  /// Sine of the angle between ways that count as going on straight.
  private static let smallestTurn = 0.3
  /// Pieces that a curve is measured in.
  private static let steps = 16

  /// Away from a junction along a link that comes in or goes out there; nil where the link has no extent.
  private func direction(of link: LinkID, from junction: JunctionID) -> Point? {
    let comesIn = network[link].to == junction
    let shape = network[link].shape
    let far =
      shape.count > 1
      ? (comesIn ? shape[shape.count - 2] : shape[1])
      : network[comesIn ? network[link].from : network[link].to].position
    let here = network[junction].position
    let distance = Polyline.distance(here, far)
    guard distance > 0 else { return nil }
    return Point(x: (far.x - here.x) / distance, y: (far.y - here.y) / distance)
  }

  /// m from the middle of a junction to the stop line of the leg in a direction.
  private func setback(of leg: Point, at junction: JunctionID) -> Double {
    var widest = 0.0
    for (index, link) in network.links.enumerated() where link.to == junction || link.from == junction {
      guard let other = direction(of: LinkID(index), from: junction) else { continue }
      let turning = (other.x * leg.y - other.y * leg.x) * (network.side == .left ? -1 : 1)
      // Who comes in has the leg on the one side, who goes out on the other.
      guard abs(turning) > Self.smallestTurn, (turning > 0) == (link.to == junction) else { continue }
      let lanes =
        link.to == junction ? network.lanesOfLink[index].count : links.first(of: LinkID(index)).lanes.count
      widest = max(widest, Double(lanes) * Self.laneWidth / abs(turning))
    }
    return widest + Self.cornerRadius
  }
}

extension Point {
  /// `distance` m along a direction, and `aside` m to the left of it.
  fileprivate static func offset(along direction: Point, by distance: Double, aside: Double) -> Point {
    Point(x: direction.x * distance - direction.y * aside, y: direction.y * distance + direction.x * aside)
  }
}
