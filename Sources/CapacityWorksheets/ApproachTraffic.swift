internal import HighwayCapacity
internal import SignalOptimization
internal import TrafficModel

/// Traffic of an approach in the manual's units: vehicles and people per hour.
struct ApproachTraffic {
  /// By use of a single letter.
  private var volumes: [LaneUse: Double] = [:]
  private let people: [Double]
  private let network: Network
  private let approach: SurveyedApproach

  static let movements: [LaneUse] = [.left, .through, .right]

  init(_ approach: SurveyedApproach, flows: MovementFlows, network: Network) {
    self.network = network
    self.approach = approach
    people = flows.people.map { Quantities.perHour(vehiclesPerSecond: $0) }
    for id in network.movementsFromLink[approach.link.index] {
      let flow = Quantities.perHour(vehiclesPerSecond: flows.mean[id.index])
      volumes[network.side.use(of: network[id].turn), default: 0] += flow
    }
  }

  /// veh/h of all lanes.
  var total: Double { Self.movements.reduce(0) { $0 + (volumes[$1] ?? 0) } }

  /// veh/h of a movement on some of the approach's lanes: all lanes that serve it get the same.
  func volume(_ use: LaneUse, lanes: [Int]) -> Double {
    let all = approach.lanes.count { $0.use.contains(use) }
    guard all > 0, let volume = volumes[use] else { return 0 }
    let own = lanes.count { approach.lanes[$0].use.contains(use) }
    return volume * Double(own) / Double(all)
  }

  /// veh/h of all movements on some of the approach's lanes.
  func volume(lanes: [Int]) -> Double { Self.movements.reduce(0) { $0 + volume($1, lanes: lanes) } }

  /// Crossings over the ways of a movement that people walk while greens of the approach show, or at any time where no
  /// signal holds them.
  func crossings(_ use: LaneUse, during greens: [GreenSpan], _ times: WayTimes) -> [CrossingID] {
    let ways = Set(approach.ways(use, of: approach.lanes).map(\.connection))
    return network.crossings.indices.map { CrossingID($0) }.filter { id in
      guard network[id].crossedConnections.contains(where: ways.contains) else { return false }
      guard let signal = network[id].signal else { return network.leg(of: network[id]).into != approach.link }
      return signal.controller == times.controller
        && greens.contains { times.areTogether(signal.group, $0) }
    }
  }

  /// p/h on some crossings.
  func people(on crossings: [CrossingID]) -> Double { crossings.reduce(0) { $0 + people[$1.index] } }

  /// Lanes that a movement may turn into.
  func receivingLanes(_ use: LaneUse) -> Int {
    let ways = approach.ways(use, of: approach.lanes)
    return ways.map { network.lanesOfLink[network[network[$0.connection].to].link.index].count }.max() ?? 1
  }

  /// What is given of the saturation flows of a movement, veh/h per lane: the mean over its ways.
  func givenFlow(_ use: LaneUse) -> Double? {
    let given = approach.ways(use, of: approach.lanes).map { network[$0.connection] }.filter(
      \.isSaturationFlowGiven)
    guard !given.isEmpty else { return nil }
    return Quantities.perHour(
      vehiclesPerSecond: given.reduce(0) { $0 + $1.saturationFlow } / Double(given.count))
  }

  /// m of room for queues, mean of some lanes.
  func storage(_ lanes: [Int]) -> Double? {
    guard !lanes.isEmpty else { return nil }
    return lanes.reduce(0) { $0 + network[approach.lanes[$1].id].length } / Double(lanes.count)
  }
}

extension MovementFlows {
  /// The busiest quarter of an hour counts only where somebody counted by quarters, s.
  private static let longestSlice = 900.0

  /// Mean flow of a junction over that of its busiest slice, as counted; nil where slices are longer than a quarter of an hour or
  /// there is but one.
  func peakHourFactor(of movements: [MovementID], demand: Demand) -> Double? {
    guard demand.counts.count > 1, demand.counts.allSatisfy({ $0.end - $0.begin <= Self.longestSlice + 1e-6 })
    else { return nil }
    let slices = bySlice.map { slice in movements.reduce(0) { $0 + slice[$1.index] } }
    let mean = movements.reduce(0) { $0 + self.mean[$1.index] }
    guard let most = slices.max(), most > 0, mean > 0 else { return nil }
    return min(max(mean / most, 0.25), 1)
  }
}
