internal import NetworkBuilding
internal import TrafficModel

/// What differs between a scenario and what is read of the file written for it.
struct UTDFComparison {
  private(set) var differences: [String] = []
  /// By controller: how many of its movements and crossings are not green at the same seconds.
  private var different: [Int: Int] = [:]

  /// Controllers whose greens are not the same.
  var controllers: Set<Int> { Set(different.keys) }

  /// How many greens of a controller are not the same.
  func count(_ controller: Int) -> Int { different[controller] ?? 0 }

  /// Of a file that cannot be read back.
  init(unreadable reason: String) { differences = ["the file cannot be read back: \(reason)"] }

  /// A movement by the junctions that it comes from, passes and leads to, which have the same places in both.
  private struct Key: Hashable {
    var from: Int
    var junction: Int
    var to: Int
  }

  init(_ original: Scenario, _ read: Scenario) {
    let network = original.network
    let others = Dictionary(
      read.network.movements.indices.map { (Self.key(MovementID($0), read.network), MovementID($0)) }
    ) { first, _ in first }
    let plan = original.periods.first?.existingPlan
    let otherPlan = read.periods.first?.existingPlan
    for index in network.movements.indices {
      let id = MovementID(index)
      guard let other = others[Self.key(id, network)] else {
        differences.append("movement '\(network.name(of: id))' cannot be said")
        continue
      }
      let signal = network[network[id].connections[0]].signal
      let otherSignal = read.network[read.network[other].connections[0]].signal
      let greens = Self.greens(signal, plan)
      if !Self.isSame(greens, Self.greens(otherSignal, otherPlan)) {
        differences.append("movement '\(network.name(of: id))': when it is green cannot be said exactly")
        note(signal)
      }
    }
    var lengths = 0
    for (index, crossing) in network.crossings.enumerated() {
      let name = "crossing '\(crossing.name)'"
      guard let other = Self.twin(of: CrossingID(index), network, read.network) else {
        differences.append("\(name) cannot be said")
        note(crossing.signal)
        continue
      }
      if !Self.isSame(
        Self.greens(crossing.signal, plan), Self.greens(read.network[other].signal, otherPlan))
      {
        differences.append("\(name): when it is green cannot be said exactly")
        note(crossing.signal)
      }
      if abs(read.network[other].length - crossing.length) > 0.5 { lengths += 1 }
    }
    if lengths > 0 {
      differences.append(
        "the lengths of \(counted(lengths, "crossing")): the flashing don't walk stands for them")
    }
    for (controller, others) in zip(network.controllers, read.network.controllers)
    where controller.groups.count != others.groups.count {
      differences.append("controller '\(controller.name)': its groups; each movement has one of its own")
    }
    compareRings(network.controllers, read.network.controllers)
  }

  /// A file has rings for every controller, and does not say what a plan may do to their order.
  private mutating func compareRings(_ originals: [SignalController], _ others: [SignalController]) {
    let pairs = zip(originals, others)
    let stages = pairs.count { $0.rings == nil && $1.rings != nil }
    if stages > 0 {
      differences.append("the stages of \(counted(stages, "controller")): they are phases in rings")
    }
    let forgotten = pairs.count { $0.rings != nil && $1.rings == nil }
    if forgotten > 0 {
      differences.append("the rings of \(counted(forgotten, "controller")), which the plan does not keep to")
    }
    let limited = originals.count { controller in
      controller.rings?.phases.contains { $0.keepsPlace || $0.isOptional } ?? false
    }
    if limited > 0 {
      differences.append(
        "phases that keep their places or may be left out, at \(counted(limited, "controller")): any order may be chosen for what is read back"
      )
    }
  }

  private mutating func note(_ signal: SignalGroupReference?) {
    if let signal { different[signal.controller.index, default: 0] += 1 }
  }

  private static func key(_ id: MovementID, _ network: Network) -> Key {
    let movement = network[id]
    return Key(
      from: network[movement.from].from.index, junction: movement.junction.index,
      to: network[movement.to].to.index)
  }

  /// The crossing that meets the same movements.
  private static func twin(of id: CrossingID, _ network: Network, _ other: Network) -> CrossingID? {
    func movements(_ crossing: PedestrianCrossing, _ network: Network) -> Set<Key> {
      Set(crossing.crossedConnections.map { key(network.movementOfConnection[$0.index], network) })
    }
    let wanted = movements(network[id], network)
    let index = other.crossings.firstIndex {
      $0.junction == network[id].junction && movements($0, other) == wanted
    }
    return index.map { CrossingID($0) }
  }

  /// The greens of a signal; nil where there is none.
  private static func greens(
    _ signal: SignalGroupReference?, _ plan: TimingPlan?
  ) -> (cycle: Double, spans: [GreenSpan])? {
    guard let signal, let program = plan?[signal.controller] else { return nil }
    return (program.cycle, GroupTimeline.greens(ofGroup: signal.group, in: program))
  }

  private static func isSame(
    _ first: (cycle: Double, spans: [GreenSpan])?,
    _ second: (cycle: Double, spans: [GreenSpan])?
  ) -> Bool {
    guard let first, let second else { return (first == nil) == (second == nil) }
    return abs(first.cycle - second.cycle) < GroupTimeline.slack
      && GroupTimeline.areSame(first.spans, second.spans, cycle: first.cycle)
  }
}
