internal import TrafficModel

/// For each link of a route and each of its lanes: where the lane leads and how far it can be used.
struct LaneUse: BitwiseCopyable, Sendable {
  /// The connection to the next link; -1 where the lane has none, or on the last link.
  var connection: Int32
  /// Lanes to change by to reach the lane that leads furthest: positive away from the kerb.
  var change: Int32
  /// Links after this one that can be driven without a change of lane.
  var linksAhead: Int32
  /// Metres that can be driven from the begin of the lane without a change of lane.
  var reach: Double
}

/// Routes with their lanes, in flat arrays.
///
/// Where lanes lead is worked out from the end of the route backwards, as drivers do who know the way: the lane
/// that can be followed furthest is the one to be in.
struct RouteLanes: Sendable {
  /// By route: its first position in `links`, with one more entry for the end of the last.
  private(set) var starts: [Int32] = [0]
  /// Links of all routes, one after the other.
  private(set) var links: [Int32] = []
  /// By position: what is to be added to a lane of the link to find it in `uses`.
  private(set) var useOffset: [Int32] = []
  private(set) var uses: [LaneUse] = []

  var count: Int { starts.count - 1 }

  /// Adds a route, each of whose links a movement joins to the next.
  mutating func append(_ route: [LinkID], network: Network) {
    var after: [LaneUse] = []
    var perLink: [[LaneUse]] = []
    for position in route.indices.reversed() {
      let next = position + 1 < route.count ? route[position + 1] : nil
      after = Self.uses(of: route[position], next: next, nextUses: after, network: network)
      perLink.append(after)
    }
    for (link, lanes) in zip(route, perLink.reversed()) {
      links.append(Int32(link.index))
      useOffset.append(Int32(uses.count - network.lanesOfLink[link.index].lowerBound))
      uses += lanes
    }
    starts.append(Int32(links.count))
  }

  /// A lane is long enough to be changed where a vehicle stands in it as a whole, m.
  private static let shortestForChange = 7.5

  private static func uses(
    of link: LinkID, next: LinkID?, nextUses: [LaneUse], network: Network
  ) -> [LaneUse] {
    let lanes = network.lanes(of: link)
    /// Whether a connection enters a lane that must be left for another, and is too short for that.
    func isTrap(_ id: ConnectionID) -> Bool {
      let entered = network[network[id].to]
      return nextUses[entered.position].change != 0 && entered.length < shortestForChange
    }
    let onward = next.map { next in
      lanes.map { lane in
        network.connectionsFromLane[lane.index].filter { network[network[$0].to].link == next }
      }
    }
    // Who could only change in such a lane changes before it, where any lane of this link leads past it.
    let avoidsTraps = onward?.joined().contains { !isTrap($0) } ?? false
    var uses = lanes.enumerated().map { place, lane -> LaneUse in
      var use = LaneUse(connection: -1, change: 0, linksAhead: 0, reach: network[lane].length)
      guard let onward else { return use }
      var best: LaneUse?
      for id in onward[place] where !(avoidsTraps && isTrap(id)) {
        let entered = nextUses[network[network[id].to].position]
        if let best, (entered.linksAhead, -abs(entered.change)) <= (best.linksAhead, -abs(best.change)) {
          continue
        }
        best = entered
        use.connection = Int32(id.index)
      }
      if let best {
        use.linksAhead = best.linksAhead + 1
        use.reach += best.reach
      }
      return use
    }
    let furthest = uses.map(\.linksAhead).max() ?? 0
    let targets = uses.indices.filter { uses[$0].linksAhead == furthest }
    for lane in uses.indices where uses[lane].linksAhead < furthest {
      let nearest = targets.min { (abs($0 - lane), $0) < (abs($1 - lane), $1) } ?? lane
      uses[lane].change = Int32(nearest - lane)
    }
    return uses
  }
}
