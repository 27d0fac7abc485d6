internal import NetworkBuilding
internal import TrafficModel

/// Lanes of a MATSim network side by side, and the ways between them.
///
/// MATSim's lanes lead to links, not to lanes.
struct MATSimLayout {
  /// By link, from the kerb.
  private(set) var lanes: [[Lane]] = []
  private(set) var turns: [ConnectedRoads.Turn] = []

  /// Two links, one after the other.
  struct Succession: Hashable {
    var from: LinkID
    var to: LinkID
  }

  private let source: MATSimRoads
  private let junctions: [Junction]
  private let driven: Set<Succession>
  private let systems: [MATSimSignals.System]
  /// By link and lane: the stop lane that it belongs to.
  private var stopLanes: [[Int]] = []

  /// - Parameters:
  ///   - systems: by controller.
  ///   - driven: which links routes have one after the other.
  init(
    _ source: MATSimRoads, _ junctions: [Junction], systems: [MATSimSignals.System], driven: Set<Succession>
  ) {
    self.source = source
    self.junctions = junctions
    self.driven = driven
    self.systems = systems
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
      let paths = JunctionTurn.lanes(of: turn, leaving: fromKerb, entering: exits).map { from, to in
        let stop = source.stopLanes[index]?[stopLanes[index][from]]
        return JunctionTurn.LanePath(
          from: from, to: to, signal: signal(link: index, lane: stop?.id ?? "", target: target),
          discharge: Discharge(
            saturationFlow: min(stop?.capacity ?? source.capacities[index], Self.mostSaturated),
            isGiven: true,
            startUpLostTime: UsualFigures.startUpLostTime, yellowUsed: UsualFigures.yellowUsed))
      }
      turns.append(
        ConnectedRoads.Turn(from: LinkID(index), to: LinkID(target), turn: turn, paths: paths))
    }
  }

  /// veh/s: no lane of a road discharges more, whatever capacities say.
  private static let mostSaturated = 1.9

  /// The signal of the first of the controllers that have one for a lane and where it leads.
  private func signal(link: Int, lane: String, target: Int) -> SignalGroupReference? {
    for (controller, system) in systems.enumerated() {
      let signal = system.signals.first { signal in
        signal.link == link && (signal.lanes.isEmpty || signal.lanes.contains(lane))
          && (signal.targets.isEmpty || signal.targets.contains(target))
      }
      if let signal, let group = signal.group {
        return SignalGroupReference(controller: ControllerID(controller), group: group)
      }
    }
    return nil
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
