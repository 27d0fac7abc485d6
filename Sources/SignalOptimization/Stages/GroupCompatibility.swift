internal import TrafficModel

/// Which of a controller's groups may be green together, and what each shows then.
///
/// Groups whose paths do not meet may. Where they meet, one of them must be a turn that waits for gaps as drivers
/// expect it to: a right turn in whatever it merges with, a left or U-turn in the opposing approach, any turn in
/// the people who walk beside it. Combinations that the existing programme shows are accepted, too.
struct GroupCompatibility {
  let controller: SignalController
  /// `mayYield[a][b]`: whether a may be green while b is, waiting for gaps in b's traffic.
  let mayYield: [[Bool]]
  /// Groups whose traffic waits for somebody outside the controller even under green.
  let isAlwaysPermissive: [Bool]
  /// Groups that the existing programme ever turns green: others have a reason to stay as they are.
  let isUsed: [Bool]
  /// `inseparable[a]`: groups that lanes share with a, directly or over others, where the existing programme never shows one green without the
  /// other. A driver behind one who may not go would see green and stand.
  private let inseparable: [Set<Int>]
  /// What each group shows outside its green: red, or stop-then-go where the existing programme has it.
  let background: [SignalState]

  init(network: Network, id: ControllerID, program: SignalProgram) {
    let controller = network[id]
    self.controller = controller
    let connections = network.connectionsOfGroup[id.index]
    let approaches = Approaches(of: connections.flatMap { $0 }, network: network)
    let groups = controller.groups.indices
    mayYield = groups.map { a in
      groups.map { b in
        if program.shows(a, yieldingTo: b) { return controller.conflicts[a][b] != .none }
        guard controller.conflicts[a][b].makesRowYield else { return false }
        if controller.groups[a].kind == .pedestrian { return false }
        if controller.groups[b].kind == .pedestrian {
          return connections[a].allSatisfy { network[$0].turn != .through }
        }
        return connections[a].allSatisfy { one in
          network.conflicts[one.index].filter { connections[b].contains($0.other) }.allSatisfy {
            approaches.expectsGaps(of: $0.other, for: one)
          }
        }
      }
    }
    isAlwaysPermissive = groups.map { group in
      connections[group].contains { one in
        network.conflicts[one.index].contains {
          $0.yields && network[$0.other].signal?.controller != id
        }
      }
    }
    var inseparable = groups.map { _ in Set<Int>() }
    for group in groups {
      for connection in connections[group] {
        for other in network.connectionsFromLane[network[connection].from.index] {
          guard let signal = network[other].signal, signal.controller == id, signal.group != group,
            program.intervals.allSatisfy({ $0.states[group].isGreen == $0.states[signal.group].isGreen })
          else { continue }
          inseparable[group].insert(signal.group)
        }
      }
    }
    // Who stays with one that stays with a third, stays with it, too.
    for middle in groups {
      for group in inseparable[middle] { inseparable[group].formUnion(inseparable[middle]) }
    }
    self.inseparable = inseparable
    isUsed = groups.map { program.green(ofGroup: $0) > 0 }
    background = groups.map { group in
      program.intervals.contains { $0.states[group] == .stopThenGo } ? .stopThenGo : .red
    }
  }

  /// Whether two groups are green together or not at all.
  func areInseparable(_ a: Int, _ b: Int) -> Bool { inseparable[a].contains(b) }

  /// Whether two groups may be green together.
  func areCompatible(_ a: Int, _ b: Int) -> Bool {
    switch controller.conflicts[a][b] {
    case .none, .accepted: true
    case .exclusive: false
    case .rowYields, .columnYields, .eitherYields: mayYield[a][b] || mayYield[b][a]
    }
  }

  private func isAccepted(_ a: Int, _ b: Int) -> Bool { controller.conflicts[a][b] == .accepted }

  /// What every group shows while the groups of `green`, compatible among each other, are green.
  func states(green: [Int]) -> [SignalState] {
    var states = background
    for a in green {
      let waits =
        isAlwaysPermissive[a]
        || green.contains {
          controller.conflicts[a][$0].makesRowYield || isAccepted(a, $0) && mayYield[a][$0]
        }
      states[a] = waits ? .permissiveGreen : .protectedGreen
    }
    return states
  }
}

/// Who comes from where, so that a left turn's opposing approach is known.
private struct Approaches {
  let network: Network
  /// Approaches, and for each the approaches whose through movements lead to the junction that it comes from.
  private let opposing: [(approach: LinkID, others: Set<LinkID>)]

  init(of connections: [ConnectionID], network: Network) {
    self.network = network
    let approaches = Set(connections.map { network[network[$0].from].link }).sorted()
    opposing = approaches.map { approach in
      let others = connections.filter { id in
        let (from, exit) = (network[network[id].from].link, network[network[id].to].link)
        return network[id].turn == .through && from != approach && network[from].to == network[approach].to
          && network[exit].to == network[approach].from
      }
      return (approach, Set(others.map { network[network[$0].from].link }))
    }
  }

  /// Whether drivers on `turn` are used to wait for gaps in the traffic of `other`.
  func expectsGaps(of other: ConnectionID, for turn: ConnectionID) -> Bool {
    switch network.side.equivalent(of: network[turn].turn) {
    case .through: false
    case .right: true
    case .left, .uTurn:
      opposing.contains {
        $0.approach == network[network[turn].from].link
          && $0.others.contains(network[network[other].from].link)
      }
    }
  }
}

extension SignalProgram {
  /// Whether some interval shows both groups green, the first one permissive.
  fileprivate func shows(_ a: Int, yieldingTo b: Int) -> Bool {
    intervals.contains { $0.states[a] == .permissiveGreen && $0.states[b].isGreen }
  }
}
