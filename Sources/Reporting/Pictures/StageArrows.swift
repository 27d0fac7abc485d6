internal import TrafficModel

/// Who goes in a stage or phase: an arrow through the junction for each movement, a dotted line for each crossing walked.
struct StageArrows {
  var legs: LegLayout
  var network: Network
  /// What each group of the controller shows.
  var states: [SignalState]

  // px of an icon of the usual size.
  private static let radius = 34.0
  private static let crossing = 27.0

  /// The elements of the icon in a square of `size`, whose middle lies at a point.
  func elements(x: Double, y: Double, size: Double) -> [String] {
    let scale = size / (2 * Self.radius + 8)
    func at(_ point: (x: Double, y: Double)) -> (x: Double, y: Double) {
      (x + point.x * scale, y + point.y * scale)
    }
    func text(_ point: (x: Double, y: Double)) -> String {
      let point = at(point)
      return "\(px(point.x)) \(px(point.y))"
    }
    let stubs = legs.legs.map { leg in
      polygon(
        [leg.point(0, 8), leg.point(Self.radius, 8), leg.point(Self.radius, -8), leg.point(0, -8)], text)
    }.joined()
    var elements = ["<path class=\"road\" d=\"\(stubs)\"/>"]
    for (style, isPermissive) in [("yields", true), ("goes", false)] {
      var (lines, heads) = ("", "")
      for movement in movements(isPermissive: isPermissive) {
        guard let from = legs.place(of: network[movement].from), let to = legs.place(of: network[movement].to)
        else { continue }
        let path = way(network[movement].turn, from: legs.legs[from], to: legs.legs[to])
        lines += "M\(text(path.begin))C\(text(path.first)) \(text(path.second)) \(text(path.end))"
        heads += polygon(path.head, text)
      }
      guard !lines.isEmpty else { continue }
      elements += [
        "<path class=\"\(style)\" d=\"\(lines)\"/>", "<path class=\"\(style)-head\" d=\"\(heads)\"/>",
      ]
    }
    let walks = legs.legs.filter { leg in leg.crossings.contains(where: isWalked) }.map { leg in
      "M\(text(leg.point(Self.crossing, 11)))L\(text(leg.point(Self.crossing, -11)))"
    }.joined()
    if !walks.isEmpty { elements.append("<path class=\"walks\" d=\"\(walks)\"/>") }
    return elements
  }

  private func polygon(_ points: [(x: Double, y: Double)], _ text: ((x: Double, y: Double)) -> String)
    -> String
  {
    "M" + points.map(text).joined(separator: "L") + "z"
  }

  /// The movements of the junction that are green, and wait for gaps or do not.
  private func movements(isPermissive: Bool) -> [MovementID] {
    legs.legs.compactMap(\.into).flatMap { network.movementsFromLink[$0.index] }.filter { movement in
      let shown = network[movement].connections.compactMap { connection in
        network[connection].signal.flatMap { states.indices.contains($0.group) ? states[$0.group] : nil }
      }
      return shown.contains(where: \.isGreen) && shown.contains(.protectedGreen) != isPermissive
    }
  }

  private func isWalked(_ crossing: CrossingID) -> Bool {
    network[crossing].signal.map { states.indices.contains($0.group) && states[$0.group].isGreen } ?? false
  }

  /// A curve from where a movement comes in to where it goes out.
  private func way(_ turn: Turn, from: LegLayout.Leg, to: LegLayout.Leg) -> (
    begin: (x: Double, y: Double), first: (x: Double, y: Double), second: (x: Double, y: Double),
    end: (x: Double, y: Double), head: [(x: Double, y: Double)]
  ) {
    let side = network.side == .right ? 1.0 : -1.0
    let aside: Double =
      switch network.side.equivalent(of: turn) {
      case .uTurn: 1.5
      case .left: 2.5
      case .through: 4.5
      case .right: 6.5
      }
    let end = Self.radius - 5
    return (
      from.point(Self.radius, side * aside), from.point(8, side * aside), to.point(8, -side * 4.5),
      to.point(end, -side * 4.5),
      [
        to.point(Self.radius + 1, -side * 4.5), to.point(end - 1, -side * 4.5 + 3.4),
        to.point(end - 1, -side * 4.5 - 3.4),
      ]
    )
  }
}
