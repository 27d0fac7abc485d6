internal import LinearProgramming
internal import TrafficModel

/// Stages: the few stage sequences of a controller that are worth playing.
struct StageShortlist {
  /// With the existing programme's structure.
  let present: ControllerSplits

  private var network: Network { present.problem.network }
  private var options: OptimizationOptions { present.problem.options }
  private var id: ControllerID { present.id }
  private var existing: SignalProgram { present.structure.program }
  private var demand: ControllerDemand { present.initialDemand }

  /// Cycles for which stages are chosen, s: short ones ask for few stages, long ones bear more.
  private static let cycles = [36.0, 52, 75, 110]
  /// Sets of stages for each of these cycles, and orders of each set.
  private static let setsPerCycle = 3
  private static let ordersPerSet = 2
  /// Sequences that go on from each cycle.
  private static let keptPerCycle = 2
  /// The program chooses from so many candidates at most; the ones that serve the most traffic.
  private static let mostCandidates = 40

  /// The sequences' splits, the most promising for short cycles first; empty when the existing stages must stay or
  /// the junction has too many compatible sets.
  func sequences() throws(LinearProgramError) -> [ControllerSplits] {
    guard options.stages != .existing, options.maximumChange == nil,
      network[id].pedestrianStages.leads.isEmpty
    else { return [] }
    let compatibility = GroupCompatibility(network: network, id: id, program: existing)
    guard let stages = candidates(compatibility), !stages.isEmpty else { return [] }
    let groupFlows = groupFlows()
    var tried: [StageSequence: ControllerSplits] = [:]
    var kept: [StageSequence] = []
    for cycle in Self.cycles where network[id].cycleBounds.contains(cycle) {
      let choice = StageChoice(
        network: network, demand: demand, id: id, compatibility: compatibility, stages: stages, cycle: cycle,
        period: present.period)
      for set in try choice.best(Self.setsPerCycle, cycle: cycle) {
        let chosen = set.map { stages[$0] }
        let orders = StageOrder.best(
          Self.ordersPerSet, of: chosen, controller: network[id], groupFlows: groupFlows)
        for sequence in orders where tried[sequence] == nil {
          tried[sequence] = present.with(
            sequence.structure(of: id, network[id]))
        }
      }
      var scored: [(sequence: StageSequence, delay: Double)] = []
      for (sequence, splits) in tried {
        if let found = try splits.splits(cycle: cycle) { scored.append((sequence, found.delay)) }
      }
      scored.sort { ($0.delay, $0.sequence.sortKey) < ($1.delay, $1.sequence.sortKey) }
      for entry in scored.prefix(Self.keptPerCycle) where !kept.contains(entry.sequence) {
        kept.append(entry.sequence)
      }
    }
    return kept.compactMap { tried[$0] }
  }

  /// The states from which stages are chosen: those of the existing programme and of the compatible sets.
  private func candidates(_ compatibility: GroupCompatibility) -> [[SignalState]]? {
    var stages: [[SignalState]] = []
    for row in existing.stages where !stages.contains(existing.intervals[row].states) {
      stages.append(existing.intervals[row].states)
    }
    guard let sets = CompatibleSets(compatibility)?.sets else { return nil }
    let flows = groupFlows()
    let ranked = sets.map { set in (set: set, flow: set.reduce(0) { $0 + flows[$1] }) }.enumerated().sorted {
      ($1.element.flow, $0.offset) < ($0.element.flow, $1.offset)
    }
    for entry in ranked.prefix(Self.mostCandidates) {
      let states = compatibility.states(green: entry.element.set)
      if !stages.contains(states) { stages.append(states) }
    }
    return stages
  }

  /// By group: the flow that it controls, veh/s.
  private func groupFlows() -> [Double] {
    var flows = [Double](repeating: 0, count: network[id].groups.count)
    for (index, stream) in demand.streams.enumerated() {
      for connection in stream.connections {
        guard let signal = network[connection].signal, signal.controller == id else { continue }
        flows[signal.group] += demand.flow(ofStream: index) / Double(stream.connections.count)
      }
    }
    return flows
  }
}

extension StageSequence {
  /// Orders sequences that do alike.
  fileprivate var sortKey: String {
    stages.map { $0.map(\.rawValue).joined() }.joined(separator: " ")
  }
}
