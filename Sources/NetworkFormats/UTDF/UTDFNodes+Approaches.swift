internal import NetworkBuilding
internal import TrafficModel

/// What approaches have that their records leave out: lengths, speeds, lanes, and movements at bends.
extension UTDFNodes {
  mutating func finish(_ number: Int, of index: Int, _ log: inout DiagnosticLog) {
    var approach = nodes[index].approaches[number]
    if approach.length <= 0 {
      let (a, b) = (nodes[index].position, nodes[indexOfID[approach.from] ?? index].position)
      let distance = ((a.x - b.x) * (a.x - b.x) + (a.y - b.y) * (a.y - b.y)).squareRoot()
      approach.length = distance > 1 && distance <= Network.longestLength ? distance : 100
      log.warning(
        "the link has no distance, \(plainNumber(approach.length.rounded())) m are assumed",
        at: approach.place)
    }
    if approach.speed <= 0 {
      approach.speed = Self.usualSpeed
      log.warning("the link has no speed, 50 km/h are assumed", at: approach.place)
    }
    approach.movements.sort { $0.rank < $1.rank }
    for (first, movement) in approach.movements.enumerated().reversed() {
      guard let twin = approach.movements[..<first].firstIndex(where: { $0.target == movement.target }) else {
        continue
      }
      log.warning(
        "\(movement.column) leads to the same node as \(approach.movements[twin].column), it is not read",
        at: movement.place)
      approach.movements.remove(at: first)
    }
    if approach.movements.isEmpty {
      let count = UTDFNumber.whole(
        file[.links]["lanes", nodes[index].id, approach.direction.name], "Lanes", 0...12, &log)
      approach.lanes = [UTDFLane](repeating: UTDFLane(movements: [], pocket: nil), count: count ?? 1)
      addPlainMovements(&approach, at: index)
    } else {
      let (lanes, strays) = UTDFLane.lanes(of: approach.movements)
      approach.lanes = lanes
      for stray in strays {
        let movement = approach.movements[stray]
        let volume = file[.lanes]["volume", nodes[index].id, movement.column]
        guard volume.flatMap({ UTDFNumber.value($0.value) }) ?? 0 > 0 else { continue }
        log.warning("no lane is for \(movement.column), it uses the one next to it", at: movement.place)
      }
    }
    for lane in approach.lanes.indices {
      if let pocket = approach.lanes[lane].pocket, pocket >= approach.length {
        approach.lanes[lane].pocket = nil
      }
    }
    if !approach.lanes.isEmpty, approach.lanes.allSatisfy({ $0.pocket != nil }) {
      let longest = approach.lanes.indices.max {
        (approach.lanes[$0].pocket ?? 0) < (approach.lanes[$1].pocket ?? 0)
      }
      if let longest { approach.lanes[longest].pocket = nil }
      log.warning(
        "all lanes of \(approach.direction.name) are pockets: one is taken as of full length",
        at: approach.place)
    }
    nodes[index].approaches[number] = approach
  }

  /// m/s.
  private static let usualSpeed = Quantities.metresPerSecond(kilometresPerHour: 50)

  /// Where the file has no movements, as at bends: straight on where there is one way out, or by direction.
  private func addPlainMovements(_ approach: inout UTDFApproach, at index: Int) {
    guard nodes[index].kind != .external, !approach.lanes.isEmpty else { return }
    let node = nodes[index]
    let exits = node.approaches.filter { $0.from != approach.from }
    var targets: [(turn: Turn, target: UTDFNodeID)] = []
    if exits.count == 1 {
      targets = [(.through, exits[0].from)]
    } else {
      let legs = TurnTargets(from: approach.direction.leg, exits: exits.map(\.direction.leg))
      for turn in [Turn.left, .through, .right] {
        guard let exit = exits.first(where: { $0.direction.leg == legs[turn] }) else { continue }
        targets.append((turn, exit.from))
      }
    }
    for (turn, target) in targets {
      approach.movements.append(
        UTDFMovement(
          column: approach.direction.name + String(turn.letter), turn: turn, order: 0, target: target,
          lanes: 0,
          sharesLeft: false, sharesRight: false, storage: nil, pockets: 0, phases: [], permitted: [],
          isChannelled: false, place: approach.place))
    }
    let last = approach.lanes.count - 1
    for (number, movement) in approach.movements.enumerated() {
      switch movement.turn {
      case .left, .uTurn: approach.lanes[0].movements.append(number)
      case .right: approach.lanes[last].movements.append(number)
      case .through: for lane in 0...last { approach.lanes[lane].movements.append(number) }
      }
    }
    // Where there is no way straight on, the lanes between would lead nowhere.
    for lane in 0...last where approach.lanes[lane].movements.isEmpty {
      approach.lanes[lane].movements = [lane * 2 <= last ? 0 : approach.movements.count - 1].filter {
        approach.movements.indices.contains($0)
      }
    }
  }
}
