internal import TrafficModel

/// How a link fares under a plan.
struct LinkCondition {
  /// Degree of saturation of its fullest lane; nil without signal or traffic.
  var saturation: Double?
  /// Largest queue as a share of a lane's storage, 0 ... 1; nil where nobody was.
  var storage: Double?

  /// What links are coloured by.
  enum Measure: String, CaseIterable {
    case saturation, storage
  }

  func value(_ measure: Measure) -> Double? { measure == .saturation ? saturation : storage }

  /// Bounds between the five levels.
  static func bounds(_ measure: Measure) -> [Double] {
    measure == .saturation ? [0.6, 0.8, 0.9, 1] : [0.4, 0.6, 0.8, 1]
  }

  /// 0 (easy) to 4 (too much); nil where there is nothing to tell.
  func level(_ measure: Measure) -> Int? {
    value(measure).map { value in
      // What is written as 1.00 is full.
      Self.bounds(measure).count { (100 * value).rounded() >= 100 * $0 }
    }
  }
}

/// The network with its links coloured by how full they are.
struct NetworkMap {
  var title: String
  var network: Network
  /// By plan, then by link.
  var conditions: [[LinkCondition]]
  /// The plan that is shown.
  var plan: Int
  var measure: LinkCondition.Measure
  var words: PictureWords
  /// Of a controller: where a click leads; nil for a picture that stands alone.
  var address: ((ControllerID) -> String)?

  // px.
  private static let width = 760.0
  private static let heights = 200.0...560.0
  private static let top = 40.0
  private static let margin = 40.0
  private static let legendHeight = 50.0
  /// Half the distance of the two directions of a road.
  private static let side = 3.8
  /// With more signals their names would hide the map.
  private static let mostNames = 40

  var picture: Picture {
    let places = JunctionPlaces(network)
    let plane = Plane(places.points + network.links.flatMap(\.shape))
    let bottom = Self.top + plane.height
    var elements = [SVG.text(title, x: 8, y: 20, style: "title"), "<g class=\"links\">"]
    // Those that matter are drawn over the others.
    let order = network.links.indices.sorted {
      (conditions[plan][$0].level(measure) ?? -1, $0) < (conditions[plan][$1].level(measure) ?? -1, $1)
    }
    let ends = Set(network.links.map { [$0.from, $0.to] })
    elements += order.map { index in
      let hasOpposite = ends.contains([network.links[index].to, network.links[index].from])
      return link(LinkID(index), places: places, plane: plane, side: hasOpposite ? Self.side : 0)
    }
    elements.append("</g>")
    let nodes = network.controllers.indices.compactMap { controller -> (id: ControllerID, place: Point)? in
      let id = ControllerID(controller)
      return place(of: id, places: places, plane: plane).map { (id, $0) }
    }
    let labels = labels(of: nodes)
    elements += zip(nodes, labels).flatMap { node($0.id, at: $0.place, label: $1) }
    return Picture(
      width: Self.width, height: bottom + Self.legendHeight, title: title,
      elements: elements + legend(y: bottom + 22), isOperable: address != nil)
  }

  // MARK: Links and signals

  private func link(_ id: LinkID, places: JunctionPlaces, plane: Plane, side: Double) -> String {
    let link = network[id]
    var points = places.isSchematic ? [] : link.shape
    if points.count < 2 { points = [places.points[link.from.index], places.points[link.to.index]] }
    let line = plane.beside(points.map(plane.place), by: side)
    let path = line.enumerated().map { "\($0 == 0 ? "M" : "L")\(px($1.x)) \(px($1.y))" }.joined()
    let level = conditions[plan][id.index].level(measure).map { " v\($0)" } ?? ""
    guard address != nil else { return "<path class=\"link\(level)\" d=\"\(path)\"/>" }
    let levels = LinkCondition.Measure.allCases.map { measure in
      conditions.map { $0[id.index].level(measure).map(String.init) ?? "-" }.joined()
    }
    return
      "<path class=\"link\(level)\" data-levels=\"\(levels.joined())\"\(SVG.tip(tip(of: id))) d=\"\(path)\"/>"
  }

  private func tip(of id: LinkID) -> String {
    func change(_ value: (LinkCondition) -> Double?, _ text: (Double) -> String) -> String? {
      let values = conditions.map { value($0[id.index]) }
      guard values.contains(where: { $0 != nil }) else { return nil }
      return values.map { $0.map(text) ?? "–" }.joined(separator: " → ")
    }
    let saturation = change(\.saturation) { NumberText.fixed($0, decimals: 2) }.map { "v/c \($0)" }
    let storage = change(\.storage) { "\(NumberText.fixed(100 * $0, decimals: 0)) %" }.map { words.queue($0) }
    let parts = [saturation, storage].compactMap { $0 }
    return "\(network[id].name): \(parts.isEmpty ? words.noTraffic : parts.joined(separator: ", "))"
  }

  /// The middle of a signal's junctions; nil where it has none.
  private func place(of id: ControllerID, places: JunctionPlaces, plane: Plane) -> Point? {
    let points = network.junctionsOfController[id.index].map { plane.place(places.points[$0.index]) }
    guard !points.isEmpty else { return nil }
    return Point(
      x: points.reduce(0) { $0 + $1.x } / Double(points.count),
      y: points.reduce(0) { $0 + $1.y } / Double(points.count))
  }

  private var radius: Double { network.controllers.count <= Self.mostNames ? 7 : 5 }

  private func node(_ id: ControllerID, at place: Point, label: String?) -> [String] {
    let name = network[id].name
    let circle =
      "<circle class=\"node\" cx=\"\(px(place.x))\" cy=\"\(px(place.y))\" r=\"\(px(radius))\"\(address == nil ? "" : SVG.tip(name))/>"
    let parts = [circle] + (label.map { [$0] } ?? [])
    guard let address else { return parts }
    return ["<a href=\"\(escaped(address(id)))\" aria-label=\"\(escaped(name))\">"] + parts + ["</a>"]
  }

  private static let longestName = 20

  /// The signals' names, each where it covers no other and no signal; nil where there is no such place.
  private func labels(of nodes: [(id: ControllerID, place: Point)]) -> [String?] {
    guard network.controllers.count <= Self.mostNames else { return nodes.map { _ in nil } }
    let size = 2 * radius
    var taken = nodes.map {
      PictureBox(x: $0.place.x - radius, y: $0.place.y - radius, width: size, height: size)
    }
    return nodes.map { node in
      let name = network[node.id].name.truncated(to: Self.longestName)
      let width = 7 * Double(name.displayWidth)
      // Beside the signal, above its road or below; else over or under it.
      let corners = [(11.0, -9.0, ""), (11, 17, ""), (-11, -9, " end"), (-11, 17, " end")]
      let spots = corners + [(0, -13, " middle"), (0, 22, " middle")]
      for (dx, dy, style) in spots {
        let (x, y) = (node.place.x + dx, node.place.y + dy)
        let left = style == "" ? x : style == " end" ? x - width : x - width / 2
        let box = PictureBox(x: left, y: y - 11, width: width, height: 14)
        guard left >= 0, left + width <= Self.width, !taken.contains(where: box.overlaps) else { continue }
        taken.append(box)
        return SVG.text(name, x: x, y: y, style: "tick halo" + style)
      }
      return nil
    }
  }

  // MARK: Legend

  private func legend(y: Double) -> [String] {
    // Both are there, so that a script can show the one that belongs.
    LinkCondition.Measure.allCases.filter { address != nil || $0 == measure }.flatMap { measure -> [String] in
      let bounds = LinkCondition.bounds(measure).map {
        measure == .saturation
          ? NumberText.fixed($0, decimals: 1) : "\(NumberText.fixed(100 * $0, decimals: 0)) %"
      }
      let ranges =
        ["< \(bounds[0])"] + zip(bounds, bounds.dropFirst()).map { "\($0)–\($1)" } + ["≥ \(bounds[3])"]
      var x = 8.0
      var elements = [
        "<g class=\"legend \(measure.rawValue)\"\(measure == self.measure ? "" : " style=\"display:none\"")>",
        SVG.text(measure == .saturation ? words.saturation : words.storage, x: x, y: y, style: "tick"),
      ]
      for (level, range) in (ranges + [words.noTraffic]).enumerated() {
        let style = level < ranges.count ? "link v\(level)" : "link"
        elements.append(SVG.line(x + 3, y + 15, x + 23, y + 15, style))
        elements.append(SVG.text(range, x: x + 31, y: y + 19, style: "tick"))
        x += 48 + 7 * Double(range.displayWidth)
      }
      return elements + ["</g>"]
    }
  }

  // MARK: Places

  /// From metres to pixels.
  private struct Plane {
    private let origin: Point
    private let scale: Double
    let height: Double
    private let inset: Double

    init(_ points: [Point]) {
      let (xs, ys) = (points.map(\.x), points.map(\.y))
      let (west, east) = (xs.min() ?? 0, xs.max() ?? 0)
      let (south, north) = (ys.min() ?? 0, ys.max() ?? 0)
      let room = NetworkMap.width - 2 * NetworkMap.margin
      let tallest = NetworkMap.heights.upperBound - 2 * NetworkMap.margin
      scale = min(room / max(east - west, 1), tallest / max(north - south, 1))
      origin = Point(x: west, y: north)
      inset = NetworkMap.margin + (room - (east - west) * scale) / 2
      height = max(NetworkMap.heights.lowerBound, (north - south) * scale + 2 * NetworkMap.margin)
    }

    func place(_ point: Point) -> Point {
      Point(
        x: inset + (point.x - origin.x) * scale,
        y: NetworkMap.top + NetworkMap.margin + (origin.y - point.y) * scale)
    }

    /// A line to the right of another, as seen along it; px.
    func beside(_ line: [Point], by distance: Double) -> [Point] {
      guard distance > 0 else { return line }
      return line.indices.map { index in
        let (a, b) = (line[max(0, index - 1)], line[min(line.count - 1, index + 1)])
        let length = max(((b.x - a.x) * (b.x - a.x) + (b.y - a.y) * (b.y - a.y)).squareRoot(), 1e-9)
        // y grows downwards, so that right of (x, y) is (-y, x).
        return Point(
          x: line[index].x - (b.y - a.y) / length * distance,
          y: line[index].y + (b.x - a.x) / length * distance)
      }
    }
  }
}

/// The room that something takes in a picture, px.
private struct PictureBox {
  var x: Double
  var y: Double
  var width: Double
  var height: Double

  func overlaps(_ other: PictureBox) -> Bool {
    x < other.x + other.width && other.x < x + width && y < other.y + other.height && other.y < y + height
  }
}
