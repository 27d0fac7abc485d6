internal import TrafficModel

/// Decides which interval every controller shows next, and when, by the clock alone: its timetable's programmes, one after
/// the other.
///
/// What is shown stands in `SignalHeads`. `ActuatedLogic`, which hears of vehicles, stands beside this one and shows to
/// the same heads what its own controllers decide.
struct FixedTimeLogic: ~Copyable {
  /// What all controllers run, in order of time for each.
  private let pieces: FlatArray<Piece>
  /// By controller: the piece that it runs now, and the end of its pieces.
  private var piece: FlatArray<Int>
  private let endPiece: FlatArray<Int>
  /// By controller: when its next interval begins.
  private var nextChange: FlatArray<Double>
  /// The programmes' intervals: s that each takes, and what it shows to each of the controller's connections.
  private let durations: FlatArray<Double>
  private let shown: FlatArray<Aspect>
  /// Connections of all controllers, one after the other.
  private let signalled: FlatArray<Int32>

  /// A programme from some time on.
  struct Piece: BitwiseCopyable {
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
    var pieces: [Piece] = []
    var firstPiece: [Int] = []
    var endPiece: [Int] = []
    var durations: [Double] = []
    var shown: [Aspect] = []
    var signalled: [Int32] = []
    var nextChange: [Double] = []
    for index in network.controllers.indices {
      let responds = timetable.actuation(ofController: index) != nil
      nextChange.append(responds ? .infinity : -.infinity)
      let groups = network.connectionsOfGroup[index]
      let first = signalled.count
      for connections in groups { signalled += connections.map { Int32($0.index) } }
      firstPiece.append(pieces.count)
      for piece in timetable.pieces[index] {
        let program = piece.program
        pieces.append(
          Piece(
            begin: piece.begin, offset: program.offset, cycle: program.cycle, firstInterval: durations.count,
            endInterval: durations.count + program.intervals.count, firstShown: shown.count,
            firstConnection: first, connectionCount: signalled.count - first))
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
    piece = FlatArray(firstPiece)
    self.endPiece = FlatArray(endPiece)
    self.durations = FlatArray(durations)
    self.shown = FlatArray(shown)
    self.signalled = FlatArray(signalled)
    self.nextChange = FlatArray(nextChange)
  }

  /// Brings what all controllers show to absolute time `time`, s.
  mutating func advance(to time: Double, _ heads: inout SignalHeads) {
    for controller in 0..<piece.count where nextChange[controller] <= time + Self.rounding {
      var next = piece[controller] + 1
      while next < endPiece[controller], pieces[next].begin <= time + Self.rounding { next += 1 }
      piece[controller] = next - 1
      let piece = pieces[next - 1]
      var position = (time + Self.rounding - piece.offset).truncatingRemainder(dividingBy: piece.cycle)
      if position < 0 { position += piece.cycle }
      var interval = piece.firstInterval
      while interval + 1 < piece.endInterval, position >= durations[interval] {
        position -= durations[interval]
        interval += 1
      }
      nextChange[controller] = time + durations[interval] - position
      if next < endPiece[controller] {
        nextChange[controller] = min(nextChange[controller], pieces[next].begin)
      }
      let row = piece.firstShown + (interval - piece.firstInterval) * piece.connectionCount
      for place in 0..<piece.connectionCount {
        heads.show(shown[row &+ place], on: signalled[piece.firstConnection &+ place], at: time)
      }
    }
  }

  /// More than roundings make of a time, s.
  private static let rounding = 1e-9
}
