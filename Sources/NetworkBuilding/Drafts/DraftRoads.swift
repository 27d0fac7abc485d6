internal import TrafficModel

/// Junctions, links and lanes that a file describes, which turns lead through the junctions, and what pedestrians cross.
struct DraftRoads {
  private(set) var junctions: [Junction] = []
  private(set) var links: [Link] = []
  private(set) var lanes: [Lane] = []
  /// By file junction: its turns, in order of approach, then from the driver's left.
  private(set) var turns: [[JunctionTurn]] = []
  /// In order of junction and approach.
  private(set) var crossings: [CrossingDraft] = []
  /// By file junction: positions of its crossings.
  private(set) var crossingsOfJunction: [[Int]] = []
  /// The link that comes in by a leg, and the one that goes out.
  private(set) var inbound: [LegID: LinkID] = [:]
  private(set) var outbound: [LegID: LinkID] = [:]

  private let draft: NetworkDraft
  private let references: LegReferences
  private var roads: [LegID: (other: LegID, road: RoadDraft)] = [:]

  init(_ draft: NetworkDraft, references: LegReferences, _ log: inout some ProblemLog) {
    self.draft = draft
    self.references = references
    junctions = draft.junctions.map {
      Junction(name: $0.name.value, position: Point(x: 0, y: 0), control: .uncontrolled)
    }
    joinRoads(&log)
    place()
    for (index, junction) in draft.junctions.enumerated() {
      for approach in junction.approaches {
        addLinks(of: approach, at: LegID(junction: index, leg: approach.leg), &log)
      }
    }
    for (leg, link) in inbound {
      if let (other, _) = roads[leg] { outbound[other] = link }
    }
    let first = lanes.firstOfLinks(links.count)
    turns = draft.junctions.indices.map { findTurns(at: $0, firstLane: first, &log) }
    for (index, junction) in draft.junctions.enumerated() {
      let first = crossings.count
      defer { crossingsOfJunction.append(Array(first..<crossings.count)) }
      for approach in junction.approaches {
        guard let length = approach.crossing else { continue }
        crossings.append(
          CrossingDraft(
            name: "\(junction.name.value).\(approach.leg.name).P",
            leg: LegID(junction: index, leg: approach.leg), length: length,
            walkingSpeed: approach.settings.walkingSpeed))
      }
    }
  }

  /// Says how right of way is decided at a junction of the file.
  mutating func setControl(_ control: JunctionControl, at junction: Int) {
    junctions[junction].control = control
  }

  /// Says which groups control the turns and the crossings.
  mutating func setSignals(_ groups: DraftGroups) {
    for junction in turns.indices {
      for index in turns[junction].indices {
        let signal = groups.signal(of: turns[junction][index])
        for path in turns[junction][index].paths.indices {
          turns[junction][index].paths[path].signal = signal
        }
      }
    }
    for index in crossings.indices {
      crossings[index].signal = groups.signal(ofCrossing: crossings[index].leg)
    }
  }

  private mutating func joinRoads(_ log: inout some ProblemLog) {
    for road in draft.roads {
      let ends = road.ends.map { references.leg($0, &log) }
      guard ends.count == 2, let first = ends[0], let second = ends[1] else { continue }
      if first.junction == second.junction {
        log.error("a road leads from one junction to another", at: road.ends[1].place)
        continue
      }
      for (end, other) in [(0, second), (1, first)] {
        let leg = end == 0 ? first : second
        if roads[leg] != nil {
          log.error("'\(road.ends[end].value)' already has a road", at: road.ends[end].place)
        }
        roads[leg] = (other, road)
        guard let approach = draft.junctions[leg.junction].approach(leg.leg) else { continue }
        let leading =
          draft.junctions[other.junction].approach(other.leg)?.lanes.count { $0.length == nil } ?? 0
        if let lanes = approach.exitLanes, lanes.value != leading {
          log.error(
            "'exit-lanes' is \(lanes.value), but '\(road.ends[1 - end].value)', at the other end, has \(counted(leading, "lane")) of full length",
            at: lanes.place)
        }
        if let length = approach.length {
          log.error(
            "'length' is for approaches without a road: here the road's length holds", at: length.place)
        }
      }
    }
  }

  // Junctions without a position are placed from their neighbours', along the roads. Positions are for pictures:
  // lengths come from the file.
  private mutating func place() {
    var isPlaced = draft.junctions.map { $0.position != nil }
    for (index, junction) in draft.junctions.enumerated() {
      if let position = junction.position { junctions[index].position = position }
    }
    let given = draft.junctions.indices.filter { isPlaced[$0] }
    var eastmost = placeNeighbours(of: given, &isPlaced) ?? -Self.gap
    for index in draft.junctions.indices where !isPlaced[index] {
      junctions[index].position = Point(x: eastmost + Self.gap, y: 0)
      isPlaced[index] = true
      eastmost = max(eastmost, placeNeighbours(of: [index], &isPlaced) ?? eastmost)
    }
  }

  /// Between parts of a network that no road joins, m.
  private static let gap = 1000.0

  /// Places what roads lead to, however far.
  /// - Returns: the largest x among what was placed and what was given; nil when nothing was.
  private mutating func placeNeighbours(of placed: [Int], _ isPlaced: inout [Bool]) -> Double? {
    var queue = placed
    var next = 0
    while next < queue.count {
      let from = queue[next]
      next += 1
      for leg in Compass.allCases {
        guard let (other, road) = roads[LegID(junction: from, leg: leg)], !isPlaced[other.junction]
        else { continue }
        junctions[other.junction].position = junctions[from].position.moved(road.length, towards: leg)
        isPlaced[other.junction] = true
        queue.append(other.junction)
      }
    }
    return queue.map { junctions[$0].position.x }.max()
  }

  private mutating func addLinks(of approach: ApproachDraft, at leg: LegID, _ log: inout some ProblemLog) {
    let name = "\(draft.junctions[leg.junction].name.value).\(leg.leg.name)"
    let here = JunctionID(leg.junction)
    let road = roads[leg]
    let length = road?.road.length ?? approach.settings.length
    let speed = road?.road.speed ?? approach.settings.speed
    let street = approach.street ?? road?.road.street ?? ""
    let outside = road == nil ? addOutside(name, of: leg, length: length) : nil
    let there = road.map { JunctionID($0.other.junction) } ?? outside ?? here
    if !approach.lanes.isEmpty {
      for lane in approach.lanes {
        if let pocket = lane.length, pocket > length {
          log.error(
            "the pocket of \(plainNumber(pocket)) m is longer than the approach of \(plainNumber(length)) m",
            at: lane.place)
        }
      }
      inbound[leg] = addLink(
        Link(
          name: name, street: street, from: there, to: here, length: length, speed: speed,
          queueLimit: approach.queueLimit ?? road?.road.queueLimit, conditions: approach.settings.conditions),
        laneLengths: draft.fromKerb(approach.lanes).map { $0.length ?? length })
    }
    let exitLanes = approach.exitLanes?.value ?? approach.lanes.count { $0.length == nil }
    if road == nil, exitLanes > 0 {
      outbound[leg] = addLink(
        Link(name: name + " out", street: street, from: here, to: there, length: length, speed: speed),
        laneLengths: [Double](repeating: length, count: exitLanes))
    }
  }

  private mutating func addOutside(_ name: String, of leg: LegID, length: Double) -> JunctionID {
    let position = junctions[leg.junction].position.moved(length, towards: leg.leg)
    junctions.append(Junction(name: name + " outside", position: position, control: .uncontrolled))
    return JunctionID(junctions.count - 1)
  }

  private mutating func addLink(_ link: Link, laneLengths: [Double]) -> LinkID {
    let id = LinkID(links.count)
    links.append(link)
    for (position, length) in laneLengths.enumerated() {
      lanes.append(
        Lane(link: id, position: position, sourceIndex: position, length: length, speed: link.speed))
    }
    return id
  }

  private func findTurns(
    at index: Int, firstLane: [Int], _ log: inout some ProblemLog
  ) -> [JunctionTurn] {
    let junction = draft.junctions[index]
    let exits = junction.approaches.map(\.leg).filter { outbound[LegID(junction: index, leg: $0)] != nil }
    var found: [JunctionTurn] = []
    for approach in junction.approaches {
      let from = LegID(junction: index, leg: approach.leg)
      guard let fromLink = inbound[from] else { continue }
      var targets = TurnTargets(from: approach.leg, exits: exits)
      for (turn, leg) in approach.targets {
        guard exits.contains(leg.value) else {
          log.error("nobody can leave junction '\(junction.name.value)' by \(leg.value.name)", at: leg.place)
          continue
        }
        targets[turn] = leg.value
      }
      for turn in Turn.fromLeft.map(draft.side.equivalent) {
        guard let lane = approach.lanes.first(where: { $0.turns.contains(turn) }) else { continue }
        guard let to = targets[turn], let toLink = outbound[LegID(junction: index, leg: to)] else {
          guard junction.isSound else { continue }
          log.error(
            "nobody can \(turn.words) from approach \(approach.leg.name) of junction '\(junction.name.value)'",
            at: lane.place,
            notes: ["traffic can leave by " + exits.map(\.name).joined(separator: ", ")])
          continue
        }
        if let twin = found.first(where: { $0.fromLink == fromLink && $0.toLink == toLink }) {
          log.error(
            "\(twin.turn.letter) and \(turn.letter) of approach \(approach.leg.name) both lead to \(to.name)",
            at: lane.place)
          continue
        }
        found.append(
          JunctionTurn(
            from: from, to: to, turn: turn, fromLink: fromLink, toLink: toLink,
            isPermissive: approach.settings.turnsAcross == .permissive, side: draft.side,
            paths: paths(turn, of: approach, to: toLink, firstLane)))
      }
    }
    return found
  }

  private func paths(
    _ turn: Turn, of approach: ApproachDraft, to link: LinkID, _ firstLane: [Int]
  ) -> [JunctionTurn.LanePath] {
    let leaving = draft.fromKerb(approach.lanes).enumerated().filter { $0.element.turns.contains(turn) }.map(
      \.offset)
    let length = links[link.index].length
    let entering = lanes.of(link, first: firstLane).filter { $0.length >= length }.map(\.position)
    let discharge = approach.settings.discharge(of: turn)
    return JunctionTurn.lanes(of: turn, leaving: leaving, entering: entering, side: draft.side).map {
      JunctionTurn.LanePath(from: $0, to: $1, discharge: discharge)
    }
  }
}
