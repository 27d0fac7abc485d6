internal import HighwayCapacity
internal import TrafficModel

/// When ways through a junction may be driven in a programme's cycle, and when vehicles on them wait for others.
struct WayTimes {
  let network: Network
  let controller: ControllerID
  let program: SignalProgram

  /// Greens of a group, each with its yellow.
  func greens(ofGroup group: Int) -> [GreenSpan] { program.greens(ofGroup: group) }

  /// s of a cycle in which a group shows no green.
  func red(ofGroup group: Int) -> Double { program.cycle - program.green(ofGroup: group) }

  /// Whether a group's signals are dark or blink at some time.
  func isOff(_ group: Int) -> Bool {
    program.intervals.contains { $0.states[group] == .off || $0.states[group] == .blinking }
  }

  /// Ways straight on or to the right, from other approaches, that some controller signals and vehicles on some ways wait for.
  private func signalledAwaited(by ways: [ConnectionID]) -> [ConnectionID] {
    ways.flatMap { way in
      network.conflicts[way.index].filter(\.yields).map(\.other).filter { other in
        network[network[other].from].link != network[network[way].from].link
          && network[other].signal != nil && network.side.use(of: network[other].turn) != .left
      }
    }
  }

  /// Those of them that this controller signals.
  private func awaited(by ways: [ConnectionID]) -> [ConnectionID] {
    signalledAwaited(by: ways).filter { network[$0].signal?.controller == controller }
  }

  /// Whether vehicles on some ways may have to wait for traffic that another controller signals, at their signal's own word.
  func waitsForOthers(_ ways: [ConnectionID], group: Int) -> Bool {
    program.intervals.contains { $0.states[group] == .permissiveGreen }
      && signalledAwaited(by: ways).contains { network[$0].signal?.controller != controller }
  }

  private func shows(_ way: ConnectionID, _ states: [SignalState]) -> Bool {
    guard let group = network[way].signal?.group else { return false }
    return states[group].isGreen || states[group] == .yellow
  }

  /// The approaches whose vehicles those on some ways wait for while they have green, in order.
  func opponents(of ways: [ConnectionID]) -> [LinkID] {
    let awaited = awaited(by: ways)
    let opposing = awaited.filter { other in
      program.intervals.contains { interval in
        interval.duration > 0 && shows(other, interval.states)
          && ways.contains { isGreen($0, interval.states) }
      }
    }
    return opposing.map { network[network[$0].from].link }.reduce(into: []) { found, link in
      if !found.contains(link) { found.append(link) }
    }
  }

  private func isGreen(_ way: ConnectionID, _ states: [SignalState]) -> Bool {
    network[way].signal.map { states[$0.group].isGreen } ?? false
  }

  /// When a group is green while somebody comes whom its vehicles wait for.
  func waiting(_ ways: [ConnectionID], group: Int) -> [GreenSpan] {
    let awaited = awaited(by: ways)
    return program.windows { states in
      states[group].isGreen && awaited.contains { shows($0, states) }
    }
  }

  /// When a group is green and nobody comes whom its vehicles wait for.
  func free(_ ways: [ConnectionID], group: Int) -> [GreenSpan] {
    let awaited = awaited(by: ways)
    return program.windows { states in
      states[group].isGreen && !awaited.contains { shows($0, states) }
    }
  }

  /// Whether two groups are green together at some time.
  func areTogether(_ group: Int, _ green: GreenSpan) -> Bool {
    program.greens(ofGroup: group).contains { $0.overlaps(green, in: program.cycle) }
  }
}
