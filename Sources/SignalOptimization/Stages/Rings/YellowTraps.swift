internal import TrafficModel

/// A turn that waits for gaps sees yellow while the traffic that it waits for stays green: its drivers think that the
/// others stop, too, and turn (Signal Timing Manual, 2nd edition, 4.4.3: "yellow trap").
struct YellowTrap: Hashable {
  /// Positions of the turn's group and of the one that stays green.
  var turn: Int
  var oncoming: Int
}

extension SignalProgram {
  /// The traps of left and U-turns, in order of the groups.
  func yellowTraps(on network: Network) -> [YellowTrap] {
    let controller = network[controller]
    let connections = network.connectionsOfGroup[self.controller.index]
    func turns(_ group: Int) -> Bool {
      !connections[group].isEmpty
        && connections[group].allSatisfy {
          [.left, .uTurn].contains(network.side.equivalent(of: network[$0].turn))
        }
    }
    return controller.groups.indices.filter(turns).flatMap { turn in
      controller.groups.indices.compactMap { other -> YellowTrap? in
        guard controller.conflicts[turn][other].makesRowYield,
          controller.groups[other].kind == .vehicle
        else { return nil }
        let isTrapped = intervals.indices.contains { row in
          let next = intervals[(row + 1) % intervals.count].states
          return intervals[row].states[turn] == .permissiveGreen && next[turn] == .yellow
            && intervals[row].states[other].isGreen && next[other].isGreen
        }
        return isTrapped ? YellowTrap(turn: turn, oncoming: other) : nil
      }
    }
  }
}
