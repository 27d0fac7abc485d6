internal import TrafficModel

/// What a connection's signal allows at the moment.
enum Aspect: UInt8, BitwiseCopyable {
  /// Go; who conflicts is held.
  case protected
  /// Go through the gaps of those that have priority: a permissive green, or no signal at all.
  case yielding
  /// Go through the gaps of everybody who conflicts.
  case yieldingToAll
  /// Stop, then as `yieldingToAll`.
  case stopFirst
  case yellow
  case red

  init(_ state: SignalState) {
    switch state {
    case .protectedGreen: self = .protected
    case .permissiveGreen, .off: self = .yielding
    case .blinking: self = .yieldingToAll
    case .stopThenGo: self = .stopFirst
    case .yellow: self = .yellow
    case .red, .redYellow: self = .red
    }
  }
}

/// Shows a plan's signals second by second.
struct SignalPlayer: ~Copyable {
  /// By connection.
  let aspects: FlatArray<Aspect>
  /// By connection: when the aspect last changed, s; long ago where it never did.
  let since: FlatArray<Double>
  /// By lane: how many of the connections from it are not red.
  let openFromLane: FlatArray<Int32>
  /// Connections whose aspect changed in the present step.
  let changed: FlatArray<Int32>
  private(set) var changedCount = 0
  /// By connection.
  private let fromLane: FlatArray<Int32>
  private let controllers: [Controller]
  /// By controller: when its next interval begins.
  private let nextChange: FlatArray<Double>

  private struct Controller {
    let program: SignalProgram
    /// Connections of each group.
    let connections: [[ConnectionID]]
  }

  /// - Precondition: the plan has a programme for each controller.
  init(network: Network, plan: TimingPlan) {
    aspects = FlatArray(repeating: .yielding, count: network.connections.count)
    since = FlatArray(repeating: -1e9, count: network.connections.count)
    openFromLane = FlatArray(network.connectionsFromLane.map { Int32($0.count) })
    changed = FlatArray(repeating: -1, count: network.connections.count)
    fromLane = FlatArray(network.connections.map { Int32($0.from.index) })
    controllers = network.controllers.indices.map { index in
      guard let program = plan.programs[index] else {
        preconditionFailure("the plan has no programme for '\(network.controllers[index].name)'")
      }
      return Controller(program: program, connections: network.connectionsOfGroup[index])
    }
    nextChange = FlatArray(repeating: -.infinity, count: controllers.count)
    for (index, junction) in network.junctions.enumerated() where junction.control == .allWayStop {
      for connection in network.connections.indices
      where network[network[network.connections[connection].from].link].to.index == index {
        aspects[connection] = .stopFirst
      }
    }
  }

  /// Brings the signals to absolute time `time`, s.
  mutating func advance(to time: Double) {
    changedCount = 0
    for index in controllers.indices where nextChange[index] <= time + 1e-9 {
      let program = controllers[index].program
      var position = program.positionInCycle(at: time + 1e-9)
      var row = 0
      while row + 1 < program.intervals.count, position >= program.intervals[row].duration {
        position -= program.intervals[row].duration
        row += 1
      }
      nextChange[index] = time + program.intervals[row].duration - position
      for (group, connections) in controllers[index].connections.enumerated() {
        let aspect = Aspect(program.intervals[row].states[group])
        for id in connections where aspects[id.index] != aspect {
          let lane = fromLane[id.index]
          openFromLane[lane] += (aspect == .red ? 0 : 1) - (aspects[id.index] == .red ? 0 : 1)
          aspects[id.index] = aspect
          since[id.index] = time
          changed[changedCount] = Int32(id.index)
          changedCount += 1
        }
      }
    }
  }
}
