internal import TrafficModel

/// Follows the traffic of an arterial from signal to signal, and finds the signals that make one.
struct ArterialTrace {
  /// Traffic from a signal to the next.
  struct Way {
    let source: MovementID
    let target: MovementID
    /// veh/s.
    let flow: Double
    /// s at free flow.
    let time: Double
    /// m.
    let length: Double
  }
  let planner: OffsetPlanner

  // MARK: Ways

  /// The ways along named signals: at each, where traffic of the way before goes on, if any does.
  func ways(along controllers: [ControllerID]) throws(NoGreenWaves) -> [Way] {
    var ways: [Way] = []
    for (index, (from, to)) in zip(controllers, controllers.dropFirst()).enumerated() {
      let next = index + 2 < controllers.count ? controllers[index + 2] : nil
      guard let way = strongest(from: from, to: to, source: ways.last?.target, next: next) else {
        throw .noTraffic(from: from, to: to, next: neighbours(of: from))
      }
      ways.append(way)
    }
    return ways
  }

  /// The strongest traffic: better from `source` on, better such as goes on to `next`.
  private func strongest(
    from: ControllerID, to: ControllerID, source: MovementID?, next: ControllerID?
  ) -> Way? {
    let network = planner.network
    let goingOn = next.map { next in
      Set(feeds(to: next).filter { $0.feed.controller == to }.map(\.feed.source))
    }
    var best: (way: Way, rank: (Int, Int, Double))?
    for (target, feed) in feeds(to: to) where feed.controller == from && feed.flow > 0 {
      let rank = (
        feed.source == source ? 1 : 0, goingOn?.contains(target) == true ? 1 : 0, feed.flow
      )
      guard best.map({ rank > $0.rank }) ?? true else { continue }
      let way = Way(
        source: feed.source, target: target, flow: feed.flow, time: feed.time,
        length: feed.time * network[network[target].from].speed)
      best = (way, rank)
    }
    return best?.way
  }

  /// The traffic that comes to a signal from others, by the movement that it makes there.
  private func feeds(to controller: ControllerID) -> [(target: MovementID, feed: MovementFeed)] {
    planner.feeds.ofMovement.indices.flatMap { index -> [(target: MovementID, feed: MovementFeed)] in
      let target = MovementID(index)
      guard self.controller(of: target) == controller else { return [] }
      return planner.feeds.ofMovement[index].filter { $0.controller != controller }.map { (target, $0) }
    }
  }

  private func controller(of movement: MovementID) -> ControllerID? {
    planner.network[movement].connections.lazy.compactMap { planner.network[$0].signal }.first?.controller
  }

  /// The signals that traffic comes to next from a signal, those with most of it first.
  func neighbours(of controller: ControllerID) -> [ControllerID] {
    let flows = planner.network.controllers.indices.map { index in
      feeds(to: ControllerID(index)).reduce(0) {
        $0 + ($1.feed.controller == controller ? $1.feed.flow : 0)
      }
    }
    return flows.indices.filter { flows[$0] > 0 }.sorted { (-flows[$0], $0) < (-flows[$1], $1) }
      .map { ControllerID($0) }
  }

  // MARK: Finding

  /// From a signal to a neighbour.
  private struct Step: Hashable, Comparable {
    let from: ControllerID
    let to: ControllerID

    var reversed: Step { Step(from: to, to: from) }

    static func < (left: Self, right: Self) -> Bool {
      (left.from, left.to) < (right.from, right.to)
    }
  }

  /// Less is no platoon, veh/s: a vehicle a minute.
  private static let leastFlow = 1.0 / 60
  /// Longer ways are not joined, s: a platoon has spread, and other traffic come and gone.
  private static let longestTime = 80.0

  /// The longest chain of neighbouring signals with traffic both ways, at each of which most of the traffic goes on
  /// along it. Of several with as many signals the one whose weakest link carries most, then the first by their order
  /// in the network; nil where no two signals are joined.
  func longestChain() -> [ControllerID]? {
    let flows = joined()
    return longestChain(along: flows, goesOn: continuations(of: flows))
  }

  /// Chains as `longestChain` finds them, the longest first, no two with the same road.
  func chains() -> [[ControllerID]] {
    var flows = joined()
    let goesOn = continuations(of: flows)
    var found: [[ControllerID]] = []
    while let chain = longestChain(along: flows, goesOn: goesOn) {
      found.append(chain)
      for (from, to) in zip(chain, chain.dropFirst()) {
        flows[Step(from: from, to: to)] = nil
        flows[Step(from: to, to: from)] = nil
      }
    }
    return found
  }

  private func continuations(of flows: [Step: Double]) -> [Step: ControllerID] {
    flows.keys.reduce(into: [:]) { $0[$1] = mainContinuation(after: $1) }
  }

  private func longestChain(along flows: [Step: Double], goesOn: [Step: ControllerID]) -> [ControllerID]? {
    var best: (chain: [ControllerID], weakest: Double)?
    for start in flows.keys.sorted() {
      var chain = [start.from, start.to]
      var step = start
      var weakest = flows[start] ?? 0
      while let next = goesOn[step], !chain.contains(next) {
        let onward = Step(from: step.to, to: next)
        guard let flow = flows[onward], goesOn[onward.reversed] == step.from else { break }
        weakest = min(weakest, flow)
        chain.append(next)
        step = onward
      }
      let rank = (chain.count, weakest)
      if best.map({ rank > ($0.chain.count, $0.weakest) }) ?? true { best = (chain, weakest) }
    }
    return best?.chain
  }

  /// Neighbours with platoons both ways: the weaker direction's flow, veh/s.
  private func joined() -> [Step: Double] {
    var sums: [Step: (flow: Double, time: Double)] = [:]
    for index in planner.network.controllers.indices {
      let to = ControllerID(index)
      for (_, feed) in feeds(to: to) {
        let known = sums[Step(from: feed.controller, to: to)] ?? (0, 0)
        sums[Step(from: feed.controller, to: to)] = (
          known.flow + feed.flow, known.time + feed.flow * feed.time
        )
      }
    }
    let near = sums.filter { $1.flow >= Self.leastFlow && $1.time / $1.flow <= Self.longestTime }
    return near.compactMapValues { $0.flow }.filter { near[$0.key.reversed] != nil }
      .reduce(into: [:]) { found, entry in
        found[entry.key] = min(entry.value, near[entry.key.reversed]?.flow ?? 0)
      }
  }

  /// Where most of the traffic goes on to that comes along a step.
  private func mainContinuation(after step: Step) -> ControllerID? {
    let network = planner.network
    var arriving: [LinkID: Double] = [:]
    for (target, feed) in feeds(to: step.to) where feed.controller == step.from {
      arriving[network[target].from, default: 0] += feed.flow
    }
    let links = arriving.keys.sorted()
    guard let link = links.max(by: { (arriving[$0] ?? 0) < (arriving[$1] ?? 0) }) else { return nil }
    let main = network.movementsFromLink[link.index].max {
      planner.flows[$0.index] < planner.flows[$1.index]
    }
    guard let main else { return nil }
    var onward: [ControllerID: Double] = [:]
    for (index, feeds) in planner.feeds.ofMovement.enumerated() {
      guard let to = controller(of: MovementID(index)), to != step.to else { continue }
      for feed in feeds where feed.source == main { onward[to, default: 0] += feed.flow }
    }
    return onward.keys.sorted().max { (onward[$0] ?? 0) < (onward[$1] ?? 0) }
  }
}
