internal import SignalOptimization
internal import TrafficModel

/// How the lanes of a leg that serve the same movements fare under some plans.
struct LaneGroupFigures {
  /// Under one plan; what is nil was not worked out.
  struct Side {
    /// Degree of saturation.
    var saturation: Double
    /// Mean control delay, s per vehicle.
    var delay: Double?
    /// Length of the back of queue of the longest lane that is not exceeded in half of the cycles, m.
    var medianQueue: Double?
    /// The same for 95 % of the cycles, m.
    var longQueue: Double?
  }
  /// Neighbours.
  var lanes: [LaneID]
  /// veh/h.
  var volume: Double
  /// veh/h under full green, unopposed.
  var saturationFlow: Double?
  /// By plan; nil where it has no green for them.
  var sides: [Side?]

  /// By the split programs' model of lanes, which tells degrees of saturation only.
  static func byLoads(_ controller: ControllerID, _ loads: [LaneLoads], network: Network)
    -> [LaneGroupFigures]
  {
    let lanes = network.lanes.indices.map { LaneID($0) }.filter { lane in
      network.connectionsFromLane[lane.index].contains { network[$0].signal?.controller == controller }
    }
    func turns(_ lane: LaneID) -> Set<Turn> {
      Set(network.connectionsFromLane[lane.index].map { network[$0].turn })
    }
    var groups: [[LaneID]] = []
    for lane in lanes {
      if let last = groups.last, network[last[0]].link == network[lane].link, turns(last[0]) == turns(lane) {
        groups[groups.count - 1].append(lane)
      } else {
        groups.append([lane])
      }
    }
    return groups.map { lanes in
      let shown = loads.map { load in lanes.compactMap { load[$0] } }
      let first = shown.first { !$0.isEmpty } ?? []
      return LaneGroupFigures(
        lanes: lanes,
        volume: Quantities.perHour(vehiclesPerSecond: first.reduce(0) { $0 + $1.flow }),
        saturationFlow: Quantities.perHour(vehiclesPerSecond: first.reduce(0) { $0 + $1.saturationFlow }),
        sides: shown.map { lanes in lanes.map(\.saturation).max().map { Side(saturation: $0) } })
    }
  }
}
