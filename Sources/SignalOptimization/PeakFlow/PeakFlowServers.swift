internal import TrafficModel

/// The green time that the movements of one link share: lanes as servers, movements that may use several.
///
/// For any set of movements, the lanes that serve some of them must have green time for all of them. Where headways do
/// not depend on the lane these conditions are also enough (a flow between movements and lanes exists: Hall 1935), so
/// drivers who choose the emptier lane are modelled exactly, without a variable for each lane.
struct PeakFlowServers {
  /// A lane's time for one set of movements.
  private struct LaneTime {
    /// Seconds of a second of each interval: 0 ... 1.
    var shares: [Double]
    /// Seconds in each cycle beyond that: use of yellow, less start-up losses.
    var extra: Double
  }
  /// A stream of a movement on one lane.
  private struct Way {
    let movement: Int
    let lane: LaneID
    let connection: LaneConnection
    /// Share of its saturation flow that it has in each interval.
    let rates: [Double]
    let isSneaking: Bool
  }

  let network: Network
  /// The programme with its durations at the problem's cycle; nil where no signal is.
  let structure: ProgramStructure?
  let durations: [Double]
  private var ways: [Way] = []
  /// Movement indices, ascending, and the seconds that a vehicle of each takes.
  let movements: [MovementID]
  let headways: [Double]

  /// More movements of a link than these are not looked at in all combinations.
  private static let mostCombined = 6

  /// - Parameters:
  ///   - movements: of one link, with traffic, under one controller.
  ///   - rates: by movement index and lane: saturation flow by interval, veh/s, where there is a signal.
  init(
    network: Network, movements: [MovementID], structure: ProgramStructure?, durations: [Double],
    rate: (MovementID, LaneID) -> [Double]
  ) {
    self.network = network
    self.structure = structure
    self.durations = durations
    self.movements = movements
    var headways: [Double] = []
    for (position, movement) in movements.enumerated() {
      var seen: [LaneID] = []
      var sum = 0.0
      for id in network[movement].connections where !seen.contains(network[id].from) {
        let connection = network[id]
        seen.append(connection.from)
        sum += 1 / connection.saturationFlow
        let isPermissive =
          structure.map { structure in
            connection.signal.map { signal in
              structure.program.intervals.contains { $0.states[signal.group] == .permissiveGreen }
            } ?? false
          } ?? false
        ways.append(
          Way(
            movement: position, lane: connection.from, connection: connection,
            rates: rate(movement, connection.from).map { min(1, $0 / connection.saturationFlow) },
            isSneaking: isPermissive))
      }
      headways.append(sum / Double(max(1, seen.count)))
    }
    self.headways = headways
  }

  /// Sets of movements that matter, each with its time: queues are numbered from `firstQueue` in the movements' order.
  func servers(firstQueue: Int, controller: Int?) -> [PeakFlowProblem.Server] {
    var found: [PeakFlowProblem.Server] = []
    for members in combinations() {
      let server = server(members, firstQueue: firstQueue, controller: controller)
      let isImplied = found.contains { other in
        Set(server.queues).isSubset(of: other.queues) && other.constant <= server.constant
          && zip(other.greenShares, server.greenShares).allSatisfy { $0 <= $1 }
      }
      if !isImplied { found.append(server) }
    }
    return found
  }

  /// Sets of movements that share lanes, larger ones first.
  private func combinations() -> [[Int]] {
    let all = Array(movements.indices)
    guard movements.count <= Self.mostCombined else { return [all] + all.map { [$0] } }
    let sets = (1..<(1 << movements.count)).map { bits in all.filter { (bits >> $0) & 1 == 1 } }
    return sets.filter(isConnected).sorted {
      $0.count == $1.count ? $0.lexicographicallyPrecedes($1) : $0.count > $1.count
    }
  }

  private func isConnected(_ members: [Int]) -> Bool {
    var reached: Set<Int> = [members[0]]
    while true {
      let lanes = Set(ways.filter { reached.contains($0.movement) }.map(\.lane))
      let next = Set(ways.filter { members.contains($0.movement) && lanes.contains($0.lane) }.map(\.movement))
      if next == reached { return reached.count == members.count }
      reached = next
    }
  }

  private func server(_ members: [Int], firstQueue: Int, controller: Int?) -> PeakFlowProblem.Server {
    let serving = ways.filter { members.contains($0.movement) }
    let lanes = Set(serving.map(\.lane)).sorted()
    var constant = 0.0
    var shares = [Double](repeating: 0, count: structure?.stages.count ?? 0)
    for lane in lanes {
      let time = time(of: serving.filter { $0.lane == lane })
      constant += time.extra
      guard let structure else { continue }
      for (interval, share) in time.shares.enumerated() where share > 0 {
        if let stage = structure.stages.firstIndex(of: interval) {
          shares[stage] += share
        } else {
          constant += share * durations[interval]
        }
      }
    }
    return PeakFlowProblem.Server(
      queues: members.map { firstQueue + $0 }, headways: members.map { headways[$0] }, controller: controller,
      constant: constant, greenShares: shares, lanes: lanes.count)
  }

  /// The time that one lane has for some of its ways: in each interval as much as the fastest of them.
  private func time(of ways: [Way]) -> LaneTime {
    guard structure != nil else { return LaneTime(shares: [], extra: 1) }
    let count = durations.count
    let shares = (0..<count).map { interval in ways.reduce(0) { max($0, $1.rates[interval]) } }
    var extra = 0.0
    for interval in 0..<count where shares[interval] > 0 {
      let first = ways.filter { $0.rates[interval] > 0 }
      if shares[(interval + count - 1) % count] <= 0 {
        extra -= shares[interval] * (first.map(\.connection.startUpLostTime).min() ?? 0)
      }
      if shares[(interval + 1) % count] <= 0 {
        extra += shares[interval] * (first.map(\.connection.yellowUsed).max() ?? 0)
        if let sneaking = first.first(where: \.isSneaking) {
          extra += GapAcceptance.sneakers / sneaking.connection.saturationFlow
        }
      }
    }
    return LaneTime(shares: shares, extra: extra)
  }
}
