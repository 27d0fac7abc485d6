internal import TrafficModel

/// A network as the inner loop reads it: flat arrays of numbers.
///
/// Vehicles drive on *segments*: the network's lanes come first, then its connections, the ways through the
/// junctions.
struct RoadModel: Sendable {
  struct Segment: BitwiseCopyable, Sendable {
    /// Where it begins and ends, m. All lanes of a link are measured from the link's begin, so that positions on
    /// neighbouring lanes can be compared; a turn pocket begins later.
    var start: Double
    var length: Double
    /// Free-flow speed, m/s.
    var speed: Double
    /// The link of a lane; the link that a connection leaves.
    var link: Int32
    /// The movement of a connection; -1 for lanes.
    var movement: Int32
  }

  struct Connection: BitwiseCopyable, Sendable {
    /// Lanes.
    var from: Int32
    var to: Int32
    /// Where a vehicle waits for gaps, m beyond the stop line; 0 at the stop line.
    var waitingPosition: Double
    /// The connection's part of `conflicts`.
    var firstConflict: Int32
    var endConflict: Int32
    /// Whether ways conflict at its junction, so that nobody should stop there.
    var keepsClear: Bool
    /// Whether it yields to some conflicting way where no signal protects it.
    var isMinor: Bool
    /// s by which its traffic follows more slowly than the vehicles' own headways.
    var extraHeadway: Double
    /// Share of the drivers' imperfection that its traffic has.
    var imperfectionShare: Double
    /// s after the start of green until the first vehicle reacts.
    var reaction: Double
    /// s of yellow used like green.
    var yellowUsed: Double
  }

  struct Conflict: BitwiseCopyable, Sendable {
    var other: Int32
    /// Whether this one yields to the other.
    var yields: Bool
    /// Whether the other yields to this one, too: who comes first goes first.
    var isMutual: Bool
    /// Whether both enter the same lane.
    var merges: Bool
    /// Where the ways meet, m along this one and along the other.
    var meeting: Double
    var otherMeeting: Double
  }

  let laneCount: Int
  let segments: [Segment]
  let connections: [Connection]
  let conflicts: [Conflict]
  /// By link: first lane, and one past its last.
  let firstLane: [Int32]
  let endLane: [Int32]
  /// By lane: the connections that enter it are `entering[firstEntering[lane] ..< firstEntering[lane + 1]]`.
  let firstEntering: [Int32]
  let entering: [Int32]

  /// A lane that nothing leads into is a turn pocket when it begins at least so far from its link's begin, m.
  private static let shortestOpening = 5.0
  /// Ways shorter than this would never hold a vehicle, m.
  private static let shortestWay = 0.1

  init(network: Network, carFollowing: CarFollowing) {
    laneCount = network.lanes.count
    let lengths = network.links.indices.map { link in
      network.lanes(of: LinkID(link)).map { network[$0].length }.max() ?? 0
    }
    var isEntered = [Bool](repeating: false, count: network.lanes.count)
    for connection in network.connections { isEntered[connection.to.index] = true }
    segments =
      network.lanes.enumerated().map { index, lane in
        let end = lengths[lane.link.index]
        let isPocket = !isEntered[index] && end - lane.length > Self.shortestOpening
        return Segment(
          start: isPocket ? end - lane.length : 0, length: isPocket ? end : lane.length, speed: lane.speed,
          link: Int32(lane.link.index), movement: -1)
      }
      + network.connections.indices.map { index in
        let connection = network.connections[index]
        return Segment(
          start: 0, length: max(Self.shortestWay, connection.length), speed: connection.speed,
          link: Int32(network[connection.from].link.index),
          movement: Int32(network.movementOfConnection[index].index))
      }
    var hasConflicts = [Bool](repeating: false, count: network.junctions.count)
    for (index, conflicts) in network.conflicts.enumerated() where !conflicts.isEmpty {
      hasConflicts[Self.junction(of: index, network)] = true
    }
    var flat: [Conflict] = []
    connections = network.connections.indices.map { index in
      let first = flat.count
      for conflict in network.conflicts[index] { flat.append(Self.conflict(conflict, of: index, network)) }
      return Self.connection(
        network.connections[index], network: network, conflicts: flat[first...],
        keepsClear: hasConflicts[Self.junction(of: index, network)], carFollowing: carFollowing)
    }
    conflicts = flat
    firstLane = network.lanesOfLink.map { Int32($0.lowerBound) }
    endLane = network.lanesOfLink.map { Int32($0.upperBound) }

    var into = [[Int32]](repeating: [], count: network.lanes.count)
    for (index, connection) in network.connections.enumerated() {
      into[connection.to.index].append(Int32(index))
    }
    var starts: [Int32] = [0]
    for list in into { starts.append(starts[starts.count - 1] + Int32(list.count)) }
    firstEntering = starts
    entering = into.flatMap { $0 }
  }

  private static func junction(of connection: Int, _ network: Network) -> Int {
    network[network[network.connections[connection].from].link].to.index
  }

  private static func conflict(_ conflict: ConnectionConflict, of index: Int, _ network: Network) -> Conflict
  {
    let mirror = network.conflicts[conflict.other.index].first { $0.other.index == index }
    func meeting(_ known: Double?, of connection: LaneConnection) -> Double { known ?? connection.length / 2 }
    return Conflict(
      other: Int32(conflict.other.index), yields: conflict.yields,
      isMutual: conflict.yields && mirror?.yields == true,
      merges: network[conflict.other].to == network.connections[index].to,
      meeting: meeting(conflict.meeting, of: network.connections[index]),
      otherMeeting: meeting(mirror?.meeting, of: network[conflict.other]))
  }

  private static func connection(
    _ connection: LaneConnection, network: Network, conflicts: ArraySlice<Conflict>,
    keepsClear: Bool, carFollowing: CarFollowing
  ) -> Connection {
    let isTurn = connection.turn != .through
    let laneSpeed = network[connection.from].speed
    // What the drivers' own following would give, against what the network says.
    let natural = carFollowing.saturationFlow(
      speed: connection.speed, laneSpeed: laneSpeed, isTurn: isTurn)
    let extra = 1 / connection.saturationFlow - 1 / natural
    let naturalLoss = carFollowing.startUpLostTime(speed: connection.speed, turn: connection.turn)
    return Connection(
      from: Int32(connection.from.index), to: Int32(connection.to.index),
      waitingPosition: connection.waitingPosition ?? 0, firstConflict: Int32(conflicts.startIndex),
      endConflict: Int32(conflicts.endIndex), keepsClear: keepsClear,
      isMinor: conflicts.contains(where: \.yields), extraHeadway: extra > negligible ? extra : 0,
      imperfectionShare: extra < -negligible
        ? carFollowing.imperfectionShare(forHeadwayLess: -extra, laneSpeed: laneSpeed) : 1,
      reaction: max(0, connection.startUpLostTime - naturalLoss), yellowUsed: connection.yellowUsed)
  }

  /// Differences of headway below this are rounding, s.
  private static let negligible = 1e-6
}
