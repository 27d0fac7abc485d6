internal import HighwayCapacity
internal import TrafficModel

/// An approach of a junction in the manual's words: its lanes from the median to the kerb, and what each serves.
///
/// Where traffic keeps to the left all is told of the mirror image, so that turns away from the kerb are left turns.
struct SurveyedApproach {
  /// A way through the junction.
  struct Way {
    let connection: ConnectionID
    let use: LaneUse
    let isUTurn: Bool
    let signal: SignalGroupReference?
  }
  /// A lane with the ways that leave it.
  struct Lane {
    let id: LaneID
    let ways: [Way]
    /// What it serves; nothing where no way leaves it.
    var use: LaneUse { ways.reduce(LaneUse()) { $0.union($1.use) } }
  }
  let link: LinkID
  /// Those that some way leaves.
  let lanes: [Lane]
  /// Where its vehicles are heading, a unit vector of the mirror image.
  let heading: Point

  init(_ link: LinkID, in network: Network) {
    self.link = link
    lanes = network.lanes(of: link).reversed().map { lane in
      Lane(
        id: lane,
        ways: network.connectionsFromLane[lane.index].map { id in
          Way(
            connection: id, use: network.side.use(of: network[id].turn),
            isUTurn: network[id].turn == .uTurn, signal: network[id].signal)
        })
    }.filter { !$0.ways.isEmpty }
    let towards = network.heading(of: link)
    heading = Point(x: network.side == .left ? -towards.x : towards.x, y: towards.y)
  }

  /// The controllers that signal its ways, in order of lanes.
  var controllers: [ControllerID] {
    lanes.flatMap { $0.ways.compactMap { $0.signal?.controller } }.reduce(into: []) { found, controller in
      if !found.contains(controller) { found.append(controller) }
    }
  }

  /// Ways of these lanes that serve a use.
  func ways(_ use: LaneUse, of lanes: [Lane]) -> [Way] {
    lanes.flatMap(\.ways).filter { use.contains($0.use) }
  }
}

extension TrafficSide {
  /// What the manual calls a turn; vehicles that turn round use left-turn lanes and gaps, and count as left turns.
  func use(of turn: Turn) -> LaneUse {
    switch equivalent(of: turn) {
    case .uTurn, .left: .left
    case .through: .through
    case .right: .right
    }
  }
}

extension Network {
  /// m of a link's end that say where it leads; ends of measured shapes are bent.
  private static let headingLength = 15.0

  /// Where vehicles are heading at a link's stop line: a unit vector; north where nothing says more.
  func heading(of id: LinkID) -> Point {
    let link = self[id]
    let end = link.shape.last ?? self[link.to].position
    let start =
      link.shape.last { end.distance(to: $0) >= Self.headingLength } ?? link.shape.first
      ?? self[link.from].position
    let length = end.distance(to: start)
    guard length > 0 else { return Point(x: 0, y: 1) }
    return Point(x: (end.x - start.x) / length, y: (end.y - start.y) / length)
  }
}

extension Point {
  fileprivate func distance(to other: Point) -> Double {
    ((x - other.x) * (x - other.x) + (y - other.y) * (y - other.y)).squareRoot()
  }
}
