internal import TrafficModel

/// Lanes of a MATSim network side by side, and the ways between them.
///
/// MATSim's lanes lead to links. Right turns enter the lanes at the kerb, left turns the ones at the middle of the road,
/// and straight-on lanes keep their distance from the kerb as far as there are lanes to enter.
struct MATSimLayout {
  /// By link, from the kerb.
  private(set) var lanes: [[Lane]] = []
  private(set) var connections: [ConnectedRoads.Connection] = []
  /// By connection: the name of the lane left, empty where lanes have none, and its capacity, veh/s.
  private(set) var laneNames: [String] = []
  private(set) var capacities: [Double] = []

  /// Two links, one after the other.
  struct Succession: Hashable {
    var from: LinkID
    var to: LinkID
  }

  private let source: MATSimRoads
  private let junctions: [Junction]
  private let driven: Set<Succession>
  /// By link and lane: the stop lane that it belongs to.
  private var stopLanes: [[Int]] = []

  /// - Parameter driven: which links routes have one after the other.
  init(_ source: MATSimRoads, _ junctions: [Junction], driven: Set<Succession>) {
    self.source = source
    self.junctions = junctions
    self.driven = driven
    for index in source.links.indices { addLanes(of: index) }
    for index in source.links.indices { connect(index) }
  }

  private mutating func addLanes(of index: Int) {
    let link = source.links[index]
    var lengths = [Double](repeating: link.length, count: source.permanentLanes[index])
    var members = lengths.indices.map { _ in 0 }
    if let stop = source.stopLanes[index] {
      lengths = stop.flatMap { [Double](repeating: $0.pocket ?? link.length, count: $0.count) }
      members = stop.indices.flatMap { [Int](repeating: $0, count: stop[$0].count) }
    }
    stopLanes.append(members)
    lanes.append(
      lengths.enumerated().map { position, length in
        Lane(
          link: LinkID(index), position: position, sourceIndex: position, length: length, speed: link.speed)
      })
  }

  private mutating func connect(_ index: Int) {
    let link = source.links[index]
    // Where lanes are not told, traffic may go everywhere but back, and back where somebody does.
    let targets = source.successors[index].filter { target in
      guard let stop = source.stopLanes[index] else {
        return source.links[target].to != link.from
          || driven.contains(Succession(from: LinkID(index), to: LinkID(target)))
      }
      return stop.contains { $0.targets.contains(target) }
    }
    for target in targets {
      let turn = JunctionLegs.turn(from: link, to: source.links[target], junctions)
      let fromKerb = lanesLeft(index, to: target, turn)
      let exits = lanes[target].indices.filter { lanes[target][$0].length == source.links[target].length }
      let excess = max(0, (fromKerb.last ?? 0) - (exits.count - 1))
      for (order, lane) in fromKerb.enumerated() {
        let exit =
          switch turn {
          case .right: min(order, exits.count - 1)
          case .through: max(lane - excess, 0)
          case .left, .uTurn: max(exits.count - (fromKerb.count - order), 0)
          }
        let stop = source.stopLanes[index]?[stopLanes[index][lane]]
        laneNames.append(stop?.id ?? "")
        capacities.append(stop?.capacity ?? source.capacities[index])
        connections.append(
          ConnectedRoads.Connection(
            from: LinkID(index), fromLane: lane, to: LinkID(target), toLane: exits[exit], turn: turn))
      }
    }
  }

  /// Positions from the kerb of the lanes by which a link is left for another.
  private func lanesLeft(_ index: Int, to target: Int, _ turn: Turn) -> [Int] {
    if let stop = source.stopLanes[index] {
      return lanes[index].indices.filter { stop[stopLanes[index][$0]].targets.contains(target) }
    }
    return switch turn {
    case .left, .uTurn: [lanes[index].count - 1]
    case .right: [0]
    case .through: Array(lanes[index].indices)
    }
  }
}
