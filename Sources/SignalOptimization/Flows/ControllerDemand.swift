internal import TrafficModel

/// A movement's traffic on one lane.
struct LaneStream {
  let movement: MovementID
  /// The connections from this lane that make the movement.
  let connections: [ConnectionID]
  /// Position in the controller's lanes.
  let lane: Int
  /// Share of the movement's flow that uses this lane, 0 ... 1.
  var share: Double
}

/// A signalled approach lane with demand.
struct ApproachLane {
  let id: LaneID
  /// Positions in the controller's streams.
  var streams: [Int] = []
}

/// The traffic that one controller has to serve, lane by lane.
///
/// Only lanes whose connections the controller signals count; a stream that passes unsignalled does not
/// use its greens.
struct ControllerDemand {
  var lanes: [ApproachLane] = []
  var streams: [LaneStream] = []
  /// By movement index: streams that serve it; empty for movements elsewhere.
  let streamsOfMovement: [[Int]]
  /// Flow by movement index, veh/s.
  let flows: [Double]
  /// By connection index: the people whom its traffic lets cross; connections without any are left out.
  private(set) var crossedPeople: [Int: [CrossedPeople]] = [:]

  /// - Parameter people: per second, by crossing index; empty where nobody walks.
  init(controller: ControllerID, network: Network, flows: [Double], people: [Double] = []) {
    self.flows = flows
    for index in people.indices where people[index] > 0 {
      guard let signal = network.crossings[index].signal, signal.controller == controller else { continue }
      for way in network.crossedWays(of: CrossingID(index)) {
        crossedPeople[way.connection.index, default: []].append(
          CrossedPeople(
            group: signal.group, flow: people[index], length: network.crossings[index].length,
            middle: way.middle, isNear: way.isNear))
      }
    }
    var ofMovement = [[Int]](repeating: [], count: network.movements.count)
    for lane in network.lanes.indices {
      var approach = ApproachLane(id: LaneID(lane))
      var found: [(movement: MovementID, connections: [ConnectionID])] = []
      for id in network.connectionsFromLane[lane] {
        guard network[id].signal?.controller == controller else { continue }
        let movement = network.movementOfConnection[id.index]
        guard flows[movement.index] > 0 else { continue }
        if let index = found.firstIndex(where: { $0.movement == movement }) {
          found[index].connections.append(id)
        } else {
          found.append((movement, [id]))
        }
      }
      for (movement, connections) in found {
        approach.streams.append(streams.count)
        ofMovement[movement.index].append(streams.count)
        streams.append(
          LaneStream(movement: movement, connections: connections, lane: lanes.count, share: 0))
      }
      if !found.isEmpty { lanes.append(approach) }
    }
    streamsOfMovement = ofMovement
    for index in streams.indices {
      streams[index].share = 1 / Double(ofMovement[streams[index].movement.index].count)
    }
  }

  /// Flow of a stream, veh/s.
  func flow(ofStream index: Int) -> Double {
    flows[streams[index].movement.index] * streams[index].share
  }

  /// Streams with traffic that waits for gaps inside the junction where no signal protects it.
  func streamsWaitingInside(_ network: Network) -> [Int] {
    streams.indices.filter { index in
      flow(ofStream: index) > 0
        && streams[index].connections.contains { network[$0].waitingPosition != nil }
    }
  }

  /// Flow of a lane, veh/s.
  func flow(ofLane lane: Int) -> Double {
    lanes[lane].streams.reduce(0) { $0 + flow(ofStream: $1) }
  }

  /// Shares movements out over their lanes until the lanes that serve a movement are equally used, as
  /// drivers who join the shorter queue do (Wardrop's first principle, 1952, on lanes).
  ///
  /// - Parameter capacities: by stream: vehicles per second if the lane served nothing else.
  mutating func shareLanes(capacities: [Double]) {
    var use = lanes.map { lane in lane.streams.reduce(0) { $0 + flow(ofStream: $1) / capacities[$1] } }
    for _ in 0..<Self.sharingRounds {
      var moved = 0.0
      for streams in streamsOfMovement where streams.count > 1 {
        moved = max(moved, shift(among: streams, use: &use, capacities: capacities))
      }
      if moved < Self.sharingAccuracy { break }
    }
  }

  private static let sharingRounds = 200
  private static let sharingAccuracy = 1e-4

  /// Moves flow from the most used to the least used lane of a movement until the two are equal.
  /// - Returns: the share moved.
  private mutating func shift(among candidates: [Int], use: inout [Double], capacities: [Double]) -> Double {
    let donors = candidates.filter { streams[$0].share > 0 }
    guard let high = donors.max(by: { use[streams[$0].lane] < use[streams[$1].lane] }),
      let low = candidates.min(by: { use[streams[$0].lane] < use[streams[$1].lane] }), high != low
    else { return 0 }
    let flow = flows[streams[high].movement.index]
    let difference = use[streams[high].lane] - use[streams[low].lane]
    let perFlow = 1 / capacities[high] + 1 / capacities[low]
    let share = min(streams[high].share, difference / perFlow / flow)
    guard share > 0 else { return 0 }
    streams[high].share -= share
    streams[low].share += share
    use[streams[high].lane] -= share * flow / capacities[high]
    use[streams[low].lane] += share * flow / capacities[low]
    return share
  }
}
