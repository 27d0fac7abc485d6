internal import TrafficModel

/// Which movement and crossing of one network is which of another that has junctions of the same names.
///
/// Links of the same name are the same. Otherwise movements are that come from and lead to the same neighbours, or else
/// that turn the same way from the same leg.
struct MovementMatching {
  private let source: Network
  private let target: Network
  private let sourceLegs: LegNames
  private let targetLegs: LegNames
  /// By junction of the source.
  private var movements: [[MovementID]]
  private var crossings: [[CrossingID]]

  init(_ source: Network, _ target: Network) {
    self.source = source
    self.target = target
    sourceLegs = LegNames(source)
    targetLegs = LegNames(target)
    movements = source.junctions.map { _ in [] }
    crossings = movements.map { _ in [] }
    for index in source.movements.indices {
      movements[source.movements[index].junction.index].append(MovementID(index))
    }
    for (index, crossing) in source.crossings.enumerated() {
      crossings[crossing.junction.index].append(CrossingID(index))
    }
  }

  /// The movements of a junction of the source, in words.
  func names(at junction: JunctionID) -> [String] { movements[junction.index].map(source.name(of:)) }

  /// The signals of the source that the traffic of a connection of the target obeys there; none where it has no
  /// counterpart at the junction, or one without signals.
  func signals(of connection: ConnectionID, at junction: JunctionID) -> [SignalGroupReference] {
    let id = target.movementOfConnection[connection.index]
    guard let twin = twin(of: id, at: junction) else { return [] }
    let (here, there) = (target[id].connections, source[twin].connections)
    // Lanes of one movement can have signals of their own.
    if here.count == there.count, let place = here.firstIndex(of: connection) {
      return [source[there[place]].signal].compactMap { $0 }
    }
    return there.compactMap { source[$0].signal }
  }

  /// The signals of the source that people on a crossing of the target obey there.
  func signals(of crossing: CrossingID, at junction: JunctionID) -> [SignalGroupReference] {
    let here = crossings[junction.index]
    let name = target[crossing].name
    var found = here.filter { source[$0].name == name }
    if found.isEmpty, let leg = targetLegs.leg(of: target[crossing], target) {
      found = here.filter { sourceLegs.leg(of: source[$0], source) == leg }
    }
    return found.compactMap { source[$0].signal }
  }

  private func twin(of id: MovementID, at junction: JunctionID) -> MovementID? {
    let movement = target[id]
    let (from, to) = (target[movement.from], target[movement.to])
    let leg = targetLegs.arriving(movement.from, target)
    func isTwin(_ other: MovementID, _ same: (Movement, Link, Link) -> Bool) -> Bool {
      same(source[other], source[source[other].from], source[source[other].to])
    }
    let rules: [(Movement, Link, Link) -> Bool] = [
      { _, start, end in start.name == from.name && end.name == to.name },
      { _, start, end in
        source[start.from].name == target[from.from].name && source[end.to].name == target[to.to].name
      },
      { other, start, _ in
        source[start.from].name == target[from.from].name && other.turn == movement.turn
      },
      { other, _, _ in sourceLegs.arriving(other.from, source) == leg && other.turn == movement.turn },
    ]
    for rule in rules {
      let found = movements[junction.index].filter { isTwin($0, rule) }
      if found.count == 1 { return found[0] }
    }
    return nil
  }
}
