internal import TrafficModel

/// A signalled movement whose traffic reaches a link's stop line.
struct LinkFeed {
  /// The movement, at the upstream signal.
  let movement: MovementID
  /// The controller of that signal.
  let controller: ControllerID
  /// veh/s of its traffic that reach the stop line.
  let flow: Double
  /// Free-flow time from stop line to stop line, s.
  let time: Double
}

/// Looks upstream of a link for the signals that its traffic comes from, through junctions without signals.
struct LinkFeedTrace {
  let network: Network
  /// By movement, veh/s.
  let flows: [Double]

  /// Platoons are not followed over longer times, s, nor over more links.
  private static let longestTime = 150.0
  private static let mostLinks = 12

  /// The feeds of a link, nearest first; together never more than leaves it.
  func feeds(of link: LinkID) -> [LinkFeed] {
    var found: [LinkFeed] = []
    collect(into: &found, link: link, share: 1, time: 0, depth: 0)
    let total = found.reduce(0) { $0 + $1.flow }
    let leaving = flow(leaving: link)
    // Counts of neighbouring junctions need not agree.
    let factor = total > leaving ? leaving / total : 1
    return found.map {
      LinkFeed(movement: $0.movement, controller: $0.controller, flow: $0.flow * factor, time: $0.time)
    }
  }

  private func flow(leaving link: LinkID) -> Double {
    network.movementsFromLink[link.index].reduce(0) { $0 + flows[$1.index] }
  }

  private func collect(
    into found: inout [LinkFeed], link: LinkID, share: Double, time: Double, depth: Int
  ) {
    guard depth < Self.mostLinks else { return }
    for id in network.movementsIntoLink[link.index] where flows[id.index] > 0 {
      let movement = network[id]
      let way = network[movement.connections[0]]
      let total = time + network[link].freeFlowTime + way.length / way.speed
      guard total <= Self.longestTime else { continue }
      let flow = flows[id.index] * share
      if let signal = movement.connections.lazy.compactMap({ network[$0].signal }).first {
        found.append(
          LinkFeed(movement: id, controller: signal.controller, flow: flow, time: total))
      } else {
        let leaving = self.flow(leaving: movement.from)
        collect(
          into: &found, link: movement.from, share: share * flows[id.index] / leaving, time: total,
          depth: depth + 1)
      }
    }
  }
}
