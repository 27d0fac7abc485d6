internal import NetworkBuilding
internal import TrafficModel

/// The lines along which CityFlow's vehicles drive: CityFlow takes all lengths from them.
struct CityFlowDrawing {
  /// m.
  static let laneWidth = 3.5

  /// By link: its middle line, as long as the link.
  private(set) var lines: [[Point]] = []
  /// How many links are not as long as the way between their junctions.
  private(set) var bent = 0

  private let network: Network
  /// By junction: half of its size, m.
  private var radii: [Double]

  init(_ network: Network) {
    self.network = network
    radii = network.junctions.map { _ in Self.usualRadius }
    for link in network.links {
      let drawn =
        link.shape.count > 1 ? link.shape : [network[link.from].position, network[link.to].position]
      let line = Self.fit(drawn, to: link.length)
      if line != drawn { bent += 1 }
      lines.append(line)
    }
    for movement in network.movements where movement.turn == .through {
      let half = movement.connections.map { network[$0].length }.max().map { $0 / 2 } ?? 0
      radii[movement.junction.index] = max(radii[movement.junction.index], half)
    }
  }

  /// m, where nothing leads straight on.
  private static let usualRadius = 10.0
  /// Differences of lengths that only rounding makes, as a share.
  private static let rounding = 1e-9

  /// A line of a given length: cut at both ends when it is too long, bent in its longest part when it is too short.
  static func fit(_ drawn: [Point], to length: Double) -> [Point] {
    let total = Polyline.length(drawn)
    let excess = total - length
    if abs(excess) <= rounding * length { return drawn }
    if excess > 0 {
      let cut = shortened(drawn, by: excess / 2)
      return shortened(cut.reversed(), by: excess / 2).reversed()
    }
    let parts = zip(drawn, drawn.dropFirst()).map { Polyline.distance($0, $1) }
    guard let longest = parts.indices.max(by: { parts[$0] < parts[$1] }) else { return drawn }
    let (a, b, part) = (drawn[longest], drawn[longest + 1], parts[longest])
    // Straight for 15 % at either end, so that it still comes and goes as it did.
    let along = part > 0 ? Point(x: (b.x - a.x) / part, y: (b.y - a.y) / part) : Point(x: 1, y: 0)
    let leg = (part - excess - 0.3 * part) / 2
    let aside = max(0, leg * leg - 0.35 * part * 0.35 * part).squareRoot()
    func point(_ share: Double, _ aside: Double) -> Point {
      Point(
        x: a.x + along.x * share * part + along.y * aside, y: a.y + along.y * share * part - along.x * aside)
    }
    return drawn[...longest] + [point(0.15, 0), point(0.5, aside), point(0.85, 0)] + drawn[(longest + 1)...]
  }

  /// A line without its first so many metres.
  private static func shortened(_ line: [Point], by length: Double) -> [Point] {
    var (rest, index) = (length, 0)
    while index + 2 < line.count {
      let part = Polyline.distance(line[index], line[index + 1])
      if part > rest { break }
      rest -= part
      index += 1
    }
    let (a, b) = (line[index], line[index + 1])
    let part = Polyline.distance(a, b)
    guard part > 0 else { return Array(line[index...]) }
    let share = min(rest / part, 1)
    return [Point(x: a.x + (b.x - a.x) * share, y: a.y + (b.y - a.y) * share)] + line[(index + 1)...]
  }

  /// Points that a way is drawn with.
  private static let curvePoints = 8

  /// The way of a connection about its junction: a curve of third order (Bézier) from lane to lane.
  func way(_ id: ConnectionID) -> [Point] {
    let connection = network[id]
    let (from, to) = (network[connection.from], network[connection.to])
    let junction = network[network[from.link].to]
    let radius = radii[network[from.link].to.index]
    let arriving = JunctionLegs.direction(ofEnd: network[from.link], network.junctions)
    let leaving = JunctionLegs.direction(ofBegin: network[to.link], network.junctions)
    func aside(_ lane: Lane) -> Double {
      (Double(network.lanesOfLink[lane.link.index].count - 1 - lane.position) + 0.5) * Self.laneWidth
    }
    // To the right of the road's middle.
    let start = Point(
      x: junction.position.x - arriving.x * radius + arriving.y * aside(from),
      y: junction.position.y - arriving.y * radius - arriving.x * aside(from))
    let end = Point(
      x: junction.position.x + leaving.x * radius + leaving.y * aside(to),
      y: junction.position.y + leaving.y * radius - leaving.x * aside(to))
    guard connection.turn != .through else { return [start, end] }
    let reach = Polyline.distance(start, end) / 2
    let first = Point(x: start.x + arriving.x * reach, y: start.y + arriving.y * reach)
    let second = Point(x: end.x - leaving.x * reach, y: end.y - leaving.y * reach)
    return (0...Self.curvePoints).map { index in
      let t = Double(index) / Double(Self.curvePoints)
      let u = 1 - t
      let weights = [u * u * u, 3 * u * u * t, 3 * u * t * t, t * t * t]
      let points = [start, first, second, end]
      return zip(weights, points).reduce(Point(x: 0, y: 0)) { sum, part in
        Point(x: sum.x + part.0 * part.1.x, y: sum.y + part.0 * part.1.y)
      }
    }
  }
}
