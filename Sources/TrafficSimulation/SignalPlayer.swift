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

/// Shows the signals of a timetable second by second.
struct SignalPlayer: ~Copyable {
  /// By connection.
  let aspects: FlatArray<Aspect>
  /// By connection: when the aspect last changed, s; long ago where it never did.
  let since: FlatArray<Double>
  /// By lane: how many of the connections from it are not red.
  let openFromLane: FlatArray<Int32>
  /// By connection.
  private let fromLane: FlatArray<Int32>
  /// By controller: what it runs now.
  private let controllers: FlatArray<Controller>
  /// What controllers run later, in order of time for each.
  private let pieces: FlatArray<Controller>
  /// By controller: its next piece, and the end of its pieces.
  private let nextPiece: FlatArray<Int>
  private let endPiece: FlatArray<Int>
  /// By controller: when its next interval begins.
  private let nextChange: FlatArray<Double>
  /// The programmes' intervals: s that each takes, and what it shows to each of the controller's connections.
  private let durations: FlatArray<Double>
  private let shown: FlatArray<Aspect>
  /// Connections of all controllers, one after the other.
  private let signalled: FlatArray<Int32>

  struct Controller: BitwiseCopyable {
    /// Absolute s.
    var begin: Double
    var offset: Double
    var cycle: Double
    var firstInterval: Int
    var endInterval: Int
    var firstShown: Int
    var firstConnection: Int
    var connectionCount: Int
  }

  init(network: Network, timetable: SignalTimetable) {
    aspects = FlatArray(repeating: .yielding, count: network.connections.count)
    since = FlatArray(repeating: -1e9, count: network.connections.count)
    openFromLane = FlatArray(network.connectionsFromLane.map { Int32($0.count) })
    fromLane = FlatArray(network.connections.map { Int32($0.from.index) })
    var controllers: [Controller] = []
    var pieces: [Controller] = []
    var nextPiece: [Int] = []
    var endPiece: [Int] = []
    var durations: [Double] = []
    var shown: [Aspect] = []
    var signalled: [Int32] = []
    for index in network.controllers.indices {
      let groups = network.connectionsOfGroup[index]
      let first = signalled.count
      for connections in groups { signalled += connections.map { Int32($0.index) } }
      nextPiece.append(pieces.count)
      for (number, piece) in timetable.pieces[index].enumerated() {
        let program = piece.program
        let controller = Controller(
          begin: piece.begin, offset: program.offset, cycle: program.cycle, firstInterval: durations.count,
          endInterval: durations.count + program.intervals.count, firstShown: shown.count,
          firstConnection: first, connectionCount: signalled.count - first)
        if number == 0 { controllers.append(controller) } else { pieces.append(controller) }
        for interval in program.intervals {
          durations.append(interval.duration)
          for (group, connections) in groups.enumerated() {
            shown += connections.map { _ in Aspect(interval.states[group]) }
          }
        }
      }
      endPiece.append(pieces.count)
    }
    self.pieces = FlatArray(pieces)
    self.nextPiece = FlatArray(nextPiece)
    self.endPiece = FlatArray(endPiece)
    self.controllers = FlatArray(controllers)
    self.durations = FlatArray(durations)
    self.shown = FlatArray(shown)
    self.signalled = FlatArray(signalled)
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
    for index in 0..<controllers.count where nextChange[index] <= time + 1e-9 {
      while nextPiece[index] < endPiece[index], pieces[nextPiece[index]].begin <= time + 1e-9 {
        controllers[index] = pieces[nextPiece[index]]
        nextPiece[index] += 1
      }
      let controller = controllers[index]
      var position = (time + 1e-9 - controller.offset).truncatingRemainder(dividingBy: controller.cycle)
      if position < 0 { position += controller.cycle }
      var interval = controller.firstInterval
      while interval + 1 < controller.endInterval, position >= durations[interval] {
        position -= durations[interval]
        interval += 1
      }
      nextChange[index] = time + durations[interval] - position
      if nextPiece[index] < endPiece[index] {
        nextChange[index] = min(nextChange[index], pieces[nextPiece[index]].begin)
      }
      let row = controller.firstShown + (interval - controller.firstInterval) * controller.connectionCount
      for place in 0..<controller.connectionCount {
        let connection = signalled[controller.firstConnection &+ place]
        let aspect = shown[row &+ place]
        if aspect != aspects[connection] { show(aspect, on: connection, at: time) }
      }
    }
  }

  /// Changes the aspect of a connection.
  private mutating func show(_ aspect: Aspect, on connection: Int32, at time: Double) {
    let old = aspects[connection]
    openFromLane[fromLane[connection]] += (aspect == .red ? 0 : 1) - (old == .red ? 0 : 1)
    aspects[connection] = aspect
    since[connection] = time
  }
}
