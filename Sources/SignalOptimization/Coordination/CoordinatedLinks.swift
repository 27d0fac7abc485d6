public import TrafficModel

/// A road between two signals, and what the difference of their offsets makes of its queues.
public struct CoordinatedLink: Hashable, Sendable {
  /// The upstream signal.
  public var from: ControllerID
  /// The signal that the traffic comes to.
  public var to: ControllerID
  /// The link with the stop line.
  public var link: LinkID
  /// Traffic that comes from the upstream signal, veh/s.
  public var flow: Double
  /// Mean free-flow time from stop line to stop line, s.
  public var time: Double
  /// Cost of the queues at the stop line, veh·s per second, by offset of `to` less offset of `from`, whole seconds from 0 over
  /// the shorter of both cycles.
  public var costs: [Double]

  /// What the best difference saves against a random one: mean less least cost, veh·s per second.
  public var gain: Double { costs.reduce(0, +) / Double(costs.count) - (costs.min() ?? 0) }
  /// The difference of least cost, s.
  public var bestDifference: Int { costs.indices.min { costs[$0] < costs[$1] } ?? 0 }
}

extension PlatoonNetwork {
  /// The links between different members, by their costs when traffic arrives as in `arrivals`; evenly, where
  /// nothing is known.
  func links(arrivals: [[Double]]? = nil, offsets: [Int]) -> [CoordinatedLink] {
    let departures = departures(arrivals: arrivals ?? uniformArrivals())
    var found: [CoordinatedLink] = []
    var positions: [Way: Int] = [:]
    for (index, lane) in lanes.enumerated() {
      for member in Set(lane.feeds.map(\.member)).subtracting([lane.member]).sorted() {
        let feeds = lane.feeds.filter { $0.member == member }
        let costs = costs(
          of: index, from: member, departures: departures, arrivals: arrivals, offsets: offsets)
        let way = Way(from: member, link: lane.link)
        let position = positions[way] ?? found.count
        if position == found.count {
          positions[way] = position
          found.append(
            CoordinatedLink(
              from: members[member], to: members[lane.member], link: lane.link, flow: 0, time: 0,
              costs: costs.map { _ in 0 }))
        }
        let flow = feeds.reduce(0) { $0 + $1.flow }
        let time = feeds.reduce(0) { $0 + $1.flow * $1.time }
        let known = found[position]
        found[position].flow += flow
        found[position].time = (known.flow * known.time + time) / (known.flow + flow)
        found[position].costs = zip(known.costs, costs).map { $0 + $1 }
      }
    }
    return found
  }

  private struct Way: Hashable {
    let from: Int
    let link: LinkID
  }
}
