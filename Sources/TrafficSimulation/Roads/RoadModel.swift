internal import TrafficModel

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

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
    /// Whether some way crosses it or merges with it, so that nobody should stop on it.
    var isCrossed: Bool
    /// Whether it yields to some conflicting way where no signal protects it.
    var isMinor: Bool
    /// Whether it crosses a way to which it yields, and does not only join it.
    var crossesMajor: Bool
    /// The connection's part of `siblings`.
    var firstSibling: Int32
    var endSibling: Int32
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
    /// Whether who waits inside lets those of the other come first.
    var isAwaited: Bool
    /// Whether the other yields to this one, too: who comes first goes first.
    var isMutual: Bool
    /// Whether both enter the same lane.
    var merges: Bool
    /// Whether they cross, so that one has to stop before a vehicle on the other.
    var crosses: Bool
    /// Where the ways begin to be in each other's way, m along this one and along the other, and where that ends
    /// along the other.
    var begin: Double
    var otherBegin: Double
    var otherEnd: Double
  }

  /// Another connection from the same lane.
  struct Sibling: BitwiseCopyable, Sendable {
    var other: Int32
    /// Until where vehicles on it are in the way, m beyond the stop line.
    var parting: Double
  }

  let laneCount: Int
  let segments: [Segment]
  let connections: [Connection]
  let bits: JunctionBits
  let conflicts: [Conflict]
  let siblings: [Sibling]
  /// By link: first lane, and one past its last.
  let firstLane: [Int32]
  let endLane: [Int32]
  /// By lane: the higher limit of the lanes beside it, m/s; 0 where there is none.
  let fastestBeside: [Double]
  /// By lane: the connections that enter it are `entering[firstEntering[lane] ..< firstEntering[lane + 1]]`.
  let firstEntering: [Int32]
  let entering: [Int32]
  /// By lane, likewise: the connections that leave it.
  let firstLeaving: [Int32]
  let leaving: [Int32]

  /// Ways shorter than this would never hold a vehicle, m.
  private static let shortestWay = 0.1

  init(network: Network, carFollowing: CarFollowing) {
    laneCount = network.lanes.count
    bits = JunctionBits(network: network)
    let lengths = network.links.indices.map { link in
      network.lanes(of: LinkID(link)).map { network[$0].length }.max() ?? 0
    }
    let begins = network.laneBegins
    segments =
      network.lanes.enumerated().map { index, lane in
        Segment(
          start: begins[index], length: begins[index] > 0 ? lengths[lane.link.index] : lane.length,
          speed: lane.speed, link: Int32(lane.link.index), movement: -1)
      }
      + network.connections.indices.map { index in
        let connection = network.connections[index]
        return Segment(
          start: 0, length: max(Self.shortestWay, connection.length), speed: connection.speed,
          link: Int32(network[connection.from].link.index),
          movement: Int32(network.movementOfConnection[index].index))
      }
    var flat: [Conflict] = []
    var siblings: [Sibling] = []
    connections = network.connections.indices.map { index in
      let first = flat.count
      for conflict in network.conflicts[index] { flat.append(Self.conflict(conflict, of: index, network)) }
      let firstSibling = siblings.count
      siblings += Self.siblings(of: index, network)
      return Self.connection(
        network.connections[index], network: network, conflicts: flat[first...],
        siblings: siblings[firstSibling...], carFollowing: carFollowing)
    }
    conflicts = flat
    self.siblings = siblings
    firstLane = network.lanesOfLink.map { Int32($0.lowerBound) }
    endLane = network.lanesOfLink.map { Int32($0.upperBound) }

    fastestBeside = network.lanes.indices.map { index in
      let lanes = network.lanesOfLink[network.lanes[index].link.index]
      return [index - 1, index + 1].filter(lanes.contains).map { network.lanes[$0].speed }.reduce(0, max)
    }

    var into = [[Int32]](repeating: [], count: network.lanes.count)
    for (index, connection) in network.connections.enumerated() {
      into[connection.to.index].append(Int32(index))
    }
    firstEntering = Self.starts(of: into)
    entering = into.flatMap { $0 }
    let outOf = network.connectionsFromLane.map { $0.map { Int32($0.index) } }
    firstLeaving = Self.starts(of: outOf)
    leaving = outOf.flatMap { $0 }
  }

  /// Where each list begins when all stand one after the other, and where the last one ends.
  private static func starts(of lists: [[Int32]]) -> [Int32] {
    var starts: [Int32] = [0]
    for list in lists { starts.append(starts[starts.count - 1] + Int32(list.count)) }
    return starts
  }

  private static func conflict(_ conflict: ConnectionConflict, of index: Int, _ network: Network) -> Conflict
  {
    let mirror = network.conflicts[conflict.other.index].first { $0.other.index == index }
    let merges = network[conflict.other].to == network.connections[index].to
    func stretch(_ conflict: ConnectionConflict?, of connection: LaneConnection) -> (
      begin: Double, end: Double
    ) {
      let half = (conflict?.extent ?? laneWidth) / 2
      let middle = conflict?.meeting ?? (merges ? connection.length - half : connection.length / 2)
      return (max(0, middle - half), middle + half)
    }
    let other = stretch(mirror, of: network[conflict.other])
    return Conflict(
      other: Int32(conflict.other.index), yields: conflict.yields,
      isAwaited: conflict.isAwaited, isMutual: conflict.yields && mirror?.yields == true, merges: merges,
      crosses: !merges && conflict.extent != 0,
      begin: stretch(conflict, of: network.connections[index]).begin, otherBegin: other.begin,
      otherEnd: other.end)
  }

  /// What a way takes up where another crosses it, m.
  private static let laneWidth = 3.2

  private static func siblings(of index: Int, _ network: Network) -> [Sibling] {
    let own = partingPosition(network.connections[index])
    return network.connectionsFromLane[network.connections[index].from.index].compactMap { other in
      guard other.index != index else { return nil }
      // Each knows where the last of the others leaves it, of which this one need not be.
      return Sibling(other: Int32(other.index), parting: min(own, partingPosition(network[other])))
    }
  }

  /// Where nobody measured, a turn is taken for a quarter of a circle that leaves the way straight on.
  private static func partingPosition(_ connection: LaneConnection) -> Double {
    if let known = connection.partingPosition { return known }
    guard connection.turn != .through else { return connection.length }
    let radius = connection.length / (Double.pi / 2)
    return radius * acos(max(0, 1 - clearance / radius))
  }

  /// Ways so far apart do not hinder each other, m.
  private static let clearance = 2.5

  private static func connection(
    _ connection: LaneConnection, network: Network, conflicts: ArraySlice<Conflict>,
    siblings: ArraySlice<Sibling>, carFollowing: CarFollowing
  ) -> Connection {
    // What the drivers' own following would give, against what the network says.
    let adjustment = carFollowing.adjustment(to: connection, of: network)
    return Connection(
      from: Int32(connection.from.index), to: Int32(connection.to.index),
      waitingPosition: connection.waitingPosition ?? 0, firstConflict: Int32(conflicts.startIndex),
      endConflict: Int32(conflicts.endIndex), isCrossed: !conflicts.isEmpty,
      isMinor: conflicts.contains(where: \.yields),
      crossesMajor: conflicts.contains { $0.yields && $0.crosses }, firstSibling: Int32(siblings.startIndex),
      endSibling: Int32(siblings.endIndex), extraHeadway: adjustment.extraHeadway,
      imperfectionShare: adjustment.imperfectionShare, reaction: adjustment.reaction,
      yellowUsed: connection.yellowUsed)
  }
}
