public import TrafficModel

/// A road between two signals, and what the difference of their offsets makes of its delay.
public struct CoordinatedLink: Hashable, Sendable {
  /// The upstream signal.
  public var from: ControllerID
  /// The signal that the traffic comes to.
  public var to: ControllerID
  /// The link with the stop line.
  public var link: LinkID
  /// Traffic that comes from the upstream signal, veh/s.
  public var flow: Double
  /// All traffic of the link, veh/s.
  public var totalFlow: Double
  /// Mean free-flow time from stop line to stop line, s.
  public var time: Double
  /// Delay at the stop line, veh·s per second, by offset of `to` less offset of `from`, whole seconds from 0 over
  /// the shorter of both cycles.
  public var delays: [Double]

  /// What the best difference saves against a random one: mean less least delay, veh·s per second.
  public var gain: Double { delays.reduce(0, +) / Double(delays.count) - (delays.min() ?? 0) }
  /// The difference of least delay, s.
  public var bestDifference: Int { delays.indices.min { delays[$0] < delays[$1] } ?? 0 }
}

extension PlatoonNetwork {
  /// The links between different members, by their delays when traffic arrives as in `arrivals`; evenly, where
  /// nothing is known.
  func links(arrivals: [[Double]]? = nil, offsets: [Int]) -> [CoordinatedLink] {
    let departures = departures(arrivals: arrivals ?? uniformArrivals())
    return approaches.flatMap { approach -> [CoordinatedLink] in
      let upstream = Set(approach.feeds.map(\.member)).subtracting([approach.member]).sorted()
      return upstream.map { member in
        let feeds = approach.feeds.filter { $0.member == member }
        let flow = feeds.reduce(0) { $0 + $1.flow }
        return CoordinatedLink(
          from: members[member], to: members[approach.member], link: approach.link, flow: flow,
          totalFlow: approach.flow, time: feeds.reduce(0) { $0 + $1.flow * $1.time } / flow,
          delays: delays(
            at: approach, from: member, departures: departures, arrivals: arrivals, offsets: offsets))
      }
    }
  }
}
