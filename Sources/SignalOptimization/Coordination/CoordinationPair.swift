public import TrafficModel

/// Two neighbouring signals, and what running them together would bring.
public struct CoordinationPair: Hashable, Sendable {
  /// A signal.
  public var first: ControllerID
  /// The other; later in the network.
  public var second: ControllerID
  /// Traffic between them, both ways, veh/s.
  public var flow: Double
  /// Mean free-flow time between them, s.
  public var time: Double
  /// Cost of queues that the best offset saves against a random one, veh·s per second; 0 where the cycles do not fit.
  public var gain: Double
  /// Cost of queues on the links between them at a random offset, veh·s per second.
  public var costAtRandom: Double
  /// Whether the plan's cycles let them run together.
  public var hasCommonCycle: Bool
}

extension OffsetPlanner {
  /// All pairs of signals with traffic from one to the other, in order of controllers.
  func pairs(for plan: TimingPlan) -> [CoordinationPair] {
    let programs = plan.programs.compactMap { $0 }
    var byPair: [Ends: CoordinationPair] = [:]
    for ends in neighbours() {
      byPair[ends.key] = CoordinationPair(
        first: ends.key.first, second: ends.key.second, flow: ends.flow, time: ends.time, gain: 0,
        costAtRandom: 0, hasCommonCycle: false)
    }
    for cycle in Set(programs.compactMap { CommonCycle([$0.cycle])?.seconds }).sorted() {
      let together = programs.filter {
        CommonCycle([$0.cycle, Double(cycle)])?.seconds == cycle
      }
      let platoons = platoons(of: together)
      let links = platoons.links(offsets: together.map { _ in 0 })
      let longest = Dictionary(uniqueKeysWithValues: zip(platoons.members, platoons.cycles))
      var tables: [Ends: [Double]] = [:]
      for link in links where max(longest[link.from] ?? 0, longest[link.to] ?? 0) == cycle {
        let ends = Ends(link.from, link.to)
        let isForward = ends.first == link.from
        let count = link.costs.count
        let turned = link.costs.indices.map { link.costs[isForward ? $0 : modulo(-$0, count)] }
        tables[ends] = tables[ends].map { zip($0, turned).map { $0 + $1 } } ?? turned
      }
      for (ends, costs) in tables {
        let mean = costs.reduce(0, +) / Double(costs.count)
        byPair[ends]?.costAtRandom = mean
        byPair[ends]?.gain = mean - (costs.min() ?? mean)
        byPair[ends]?.hasCommonCycle = true
      }
    }
    return byPair.values.sorted { ($0.first, $0.second) < ($1.first, $1.second) }
  }

  /// Two controllers in order.
  private struct Ends: Hashable {
    let first: ControllerID
    let second: ControllerID

    init(_ a: ControllerID, _ b: ControllerID) {
      first = min(a, b)
      second = max(a, b)
    }
  }

  /// Controllers with traffic from one to the other: how much, and how far.
  private func neighbours() -> [(key: Ends, flow: Double, time: Double)] {
    var found: [Ends: (flow: Double, weighted: Double)] = [:]
    for (movement, feeds) in feeds.ofMovement.enumerated() {
      let signal = network.movements[movement].connections.lazy.compactMap { network[$0].signal }.first
      guard let to = signal?.controller else { continue }
      for feed in feeds where feed.controller != to && feed.flow > 0 {
        let known = found[Ends(feed.controller, to)] ?? (0, 0)
        found[Ends(feed.controller, to)] = (known.flow + feed.flow, known.weighted + feed.flow * feed.time)
      }
    }
    return found.map { ($0.key, $0.value.flow, $0.value.weighted / $0.value.flow) }
  }
}
