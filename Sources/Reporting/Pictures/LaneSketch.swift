internal import TrafficModel

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// A junction from above, not to scale: lanes with their arrows, turn pockets, crossings, and the volumes of its movements.
struct LaneSketch {
  var title: String
  var legs: LegLayout
  var network: Network
  /// By movement, veh/s; empty to draw none.
  var flows: [Double]
  /// By leg: what it is called.
  var names: [String]
  /// What a turn is called, in one or two letters.
  var letter: (Turn) -> String

  // px.
  private static let size = (width: 352.0, height: 318.0)
  private static let reach = 105.0
  private static let widestLane = 11.5
  private static let narrowestLane = 5.0
  private static let longestPocket = 40.0
  private static let shortestPocket = 31.0
  private static let pocketLabel = 27.0
  private static let crossing = 8.0
  private static let lineHeight = 11.5

  private var side: Double { network.side == .right ? 1 : -1 }

  var picture: Picture {
    let lane = laneWidth
    let stops = stopDistances(lane)
    var elements: [String] = [
      "<path class=\"road\" d=\"\(surface(lane, stops))\"/>"
    ]
    for (place, leg) in legs.legs.enumerated() {
      elements += markings(leg, lane, stops[place])
      elements += crossings(leg, lane, stops[place])
      elements += arrows(leg, lane, stops[place])
      elements += label(place, leg)
    }
    return Picture(
      width: Self.size.width, height: Self.size.height, title: title, description: description,
      elements: elements)
  }

  private var description: String {
    legs.legs.indices.map { place in
      let volumes = volumes(place).map { "\($0.letter) \($0.volume)" }.joined(separator: ", ")
      return "\(names[place]): \(volumes)"
    }.joined(separator: ". ")
  }

  // MARK: Geometry

  private func lanesIn(_ leg: LegLayout.Leg) -> [LaneID] { leg.into.map { network.lanes(of: $0) } ?? [] }
  private func countOut(_ leg: LegLayout.Leg) -> Int { leg.out.map { network.lanes(of: $0).count } ?? 0 }

  /// Lanes that reach as far out as the sketch; pockets do not.
  private func isPocket(_ lane: LaneID) -> Bool {
    let longest = network.lanes(of: network[lane].link).map { network[$0].length }.max() ?? 0
    return longest - network[lane].length > 5
  }

  /// How long a pocket is drawn, so that its length stands within the road.
  private func pocket(_ stop: Double) -> Double {
    min(Self.longestPocket, max(Self.shortestPocket, Self.reach - stop - Self.crossing - Self.pocketLabel))
  }

  /// From the middle of the whole road, before it is shifted, to the line between traffic in and out.
  private func shift(_ leg: LegLayout.Leg, _ lane: Double) -> Double {
    Double(lanesIn(leg).count - countOut(leg)) * lane / 2
  }

  private func halfWidth(_ leg: LegLayout.Leg, _ lane: Double) -> Double {
    Double(max(1, lanesIn(leg).count + countOut(leg))) * lane / 2
  }

  /// The middle of a lane, to the right of the leg's axis as who comes in sees it.
  private func aside(_ leg: LegLayout.Leg, lane position: Int, isIn: Bool, _ lane: Double) -> Double {
    let from =
      isIn
      ? (Double(lanesIn(leg).count - position) - 0.5) * lane
      : -(Double(countOut(leg) - position) - 0.5) * lane
    return side * (from - shift(leg, lane))
  }

  private func place(_ point: (x: Double, y: Double)) -> (x: Double, y: Double) {
    (Self.size.width / 2 + point.x, Self.size.height / 2 + point.y)
  }

  /// Lanes are as wide as leaves room for the legs beside each other.
  private var laneWidth: Double {
    var lane = Self.widestLane
    while lane > Self.narrowestLane,
      (stopDistances(lane).max() ?? 0) > Self.reach - Self.shortestPocket - Self.crossing - Self.pocketLabel
    { lane -= 0.5 }
    return lane
  }

  /// By leg: from the middle to where its road begins, so that no two roads overlap.
  private func stopDistances(_ lane: Double) -> [Double] {
    let all = legs.legs
    return all.indices.map { place in
      var distance = 14.0
      for other in all.indices where other != place {
        let angle = abs(
          atan2(sin(all[other].drawn - all[place].drawn), cos(all[other].drawn - all[place].drawn)))
        guard angle < 2.6 else { continue }
        let (own, foreign) = (halfWidth(all[place], lane), halfWidth(all[other], lane))
        distance = max(distance, (foreign + own * cos(angle)) / sin(angle) + 3)
      }
      return distance
    }
  }

  private func polygon(_ points: [(x: Double, y: Double)]) -> String { SVG.way(points.map(place)) + "z" }

  /// The roads, and what lies between them.
  private func surface(_ lane: Double, _ stops: [Double]) -> String {
    var centre: [(x: Double, y: Double)] = []
    var roads = ""
    // Round the junction: each leg's clockwise corner comes last.
    for (place, leg) in legs.legs.enumerated() {
      let half = halfWidth(leg, lane)
      // On the page the right of who comes in is the anticlockwise end.
      centre += [leg.point(stops[place], half), leg.point(stops[place], -half)]
      for (position, id) in lanesIn(leg).enumerated() {
        let middle = aside(leg, lane: position, isIn: true, lane)
        let end = isPocket(id) ? stops[place] + Self.crossing + pocket(stops[place]) : Self.reach
        roads += polygon([
          leg.point(stops[place], middle - lane / 2), leg.point(stops[place], middle + lane / 2),
          leg.point(end, middle + lane / 2), leg.point(end, middle - lane / 2),
        ])
      }
      for position in 0..<countOut(leg) {
        let middle = aside(leg, lane: position, isIn: false, lane)
        roads += polygon([
          leg.point(stops[place], middle - lane / 2), leg.point(stops[place], middle + lane / 2),
          leg.point(Self.reach, middle + lane / 2), leg.point(Self.reach, middle - lane / 2),
        ])
      }
    }
    return polygon(centre) + roads
  }

  private func line(
    _ leg: LegLayout.Leg, _ from: (Double, Double), _ to: (Double, Double), _ style: String, more: String = ""
  ) -> String {
    let (a, b) = (place(leg.point(from.0, from.1)), place(leg.point(to.0, to.1)))
    return
      "<line class=\"\(style)\" x1=\"\(px(a.x))\" y1=\"\(px(a.y))\" x2=\"\(px(b.x))\" y2=\"\(px(b.y))\"\(more)/>"
  }

  private func markings(_ leg: LegLayout.Leg, _ lane: Double, _ stop: Double) -> [String] {
    var elements: [String] = []
    let (lanes, out) = (lanesIn(leg), countOut(leg))
    let stopLine = stop + Self.crossing
    func edge(_ number: Int) -> Double { side * (Double(number) * lane - shift(leg, lane)) }
    // Between neighbouring lanes, numbered from the line between traffic in and out.
    for number in lanes.indices.dropFirst() {
      let neighbours = [lanes[lanes.count - number], lanes[lanes.count - number - 1]]
      let end = neighbours.contains(where: isPocket) ? stopLine + pocket(stop) : Self.reach
      elements.append(line(leg, (stopLine, edge(number)), (end, edge(number)), "marking"))
    }
    for number in 0..<out where number > 0 {
      elements.append(line(leg, (stop, edge(-number)), (Self.reach, edge(-number)), "marking"))
    }
    if !lanes.isEmpty, out > 0 {
      elements.append(line(leg, (stopLine, edge(0)), (Self.reach, edge(0)), "middle-line"))
    }
    if !lanes.isEmpty {
      elements.append(line(leg, (stopLine, edge(0)), (stopLine, edge(lanes.count)), "stop-line"))
    }
    for (position, id) in lanes.enumerated() where isPocket(id) {
      let at = place(leg.point(stopLine + pocket(stop) + 3, aside(leg, lane: position, isIn: true, lane)))
      elements.append(pocketLength(network[id].length, at: at, leg))
    }
    return elements
  }

  /// The length of a pocket, written along its road beyond its begin, never upside down.
  private func pocketLength(_ length: Double, at: (x: Double, y: Double), _ leg: LegLayout.Leg) -> String {
    let degrees = atan2(leg.outward.y, leg.outward.x) * 180 / .pi
    let isTurned = abs(degrees) > 90.5
    let turned = isTurned ? degrees - 180 : degrees
    return
      "<text class=\"tiny\(isTurned ? " end" : "")\" transform=\"translate(\(px(at.x)) \(px(at.y))) rotate(\(px(turned)))\" y=\"3\">\(NumberText.fixed(length, decimals: 0)) m</text>"
  }

  private func crossings(_ leg: LegLayout.Leg, _ lane: Double, _ stop: Double) -> [String] {
    guard !leg.crossings.isEmpty else { return [] }
    let half = halfWidth(leg, lane)
    return [line(leg, (stop + 3.5, -half + 1), (stop + 3.5, half - 1), "zebra")]
  }

  private func arrows(_ leg: LegLayout.Leg, _ lane: Double, _ stop: Double) -> [String] {
    let scale = min(1.05, lane / 10)
    var (lines, heads) = ("", "")
    for (position, id) in lanesIn(leg).enumerated() {
      let turns = Set(network.connectionsFromLane[id.index].map { network[$0].turn })
      guard !turns.isEmpty else { continue }
      let middle = aside(leg, lane: position, isIn: true, lane)
      let arrow = TurnArrow(turns: turns, isLeftHand: network.side == .left).paths { x, y in
        place(leg.point(stop + Self.crossing + 17 - y * scale, middle + x * scale))
      }
      lines += arrow.lines
      heads += arrow.heads
    }
    return lines.isEmpty
      ? [] : ["<path class=\"arrow-line\" d=\"\(lines)\"/>", "<path class=\"arrow-head\" d=\"\(heads)\"/>"]
  }

  // MARK: Volumes

  private func volumes(_ place: Int) -> [(letter: String, volume: String)] {
    guard let into = legs.legs[place].into, !flows.isEmpty else { return [] }
    let order = SheetOrder.turns(network.side)
    let movements = network.movementsFromLink[into.index]
    return order.flatMap { turn -> [(letter: String, volume: String)] in
      let same = movements.filter { network[$0].turn == turn }
      return same.map { movement in
        let to = same.count > 1 ? legs.place(of: network[movement].to).map { " → \(names[$0])" } ?? "" : ""
        let volume = Quantities.perHour(vehiclesPerSecond: flows[movement.index])
        return (letter(turn) + to, NumberText.fixed(volume, decimals: 0))
      }
    }
  }

  private func label(_ place: Int, _ leg: LegLayout.Leg) -> [String] {
    let volumes = volumes(place)
    let lines = 1 + volumes.count
    let height = Double(lines) * Self.lineHeight
    let width =
      ([names[place].displayWidth] + volumes.map { $0.letter.displayWidth + $0.volume.count + 1 }).max() ?? 0
    // The block's near edge stands off the road's end, whichever way the leg lies.
    let away = Self.reach + 8 + abs(leg.outward.x) * Double(width) * 3.1 + abs(leg.outward.y) * height / 2
    let middle = self.place(leg.point(away, 0))
    let top = min(max(middle.y - height / 2, 0), Self.size.height - height) + 9
    let half = Double(width) * 3.1
    let x = min(max(middle.x, half + 2), Self.size.width - half - 2)
    return [SVG.text(names[place], x: x, y: top, style: "name middle")]
      + volumes.enumerated().map { row, volume in
        SVG.text(
          "\(volume.letter) \(volume.volume)", x: x, y: top + Double(row + 1) * Self.lineHeight,
          style: "small middle")
      }
  }
}

/// The order in which sheets tell of turns: as the driver sees the lanes from the middle of the road to the kerb.
enum SheetOrder {
  /// From the left where traffic keeps to the right.
  static func turns(_ side: TrafficSide) -> [Turn] {
    side == .right ? [.uTurn, .left, .through, .right] : [.uTurn, .right, .through, .left]
  }
}
