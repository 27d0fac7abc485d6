internal import TrafficModel

/// Lane-to-lane connections of a GMNS network with their conflicts, and what pedestrians cross.
struct GMNSPaths {
  private(set) var links: [Link] = []
  private(set) var lanes: [Lane] = []
  private(set) var connections: [LaneConnection] = []
  private(set) var conflicts: [[ConnectionConflict]] = []
  private(set) var crossings: [PedestrianCrossing] = []
  /// By movement.
  let ways: [Way]
  /// By junction: its movements.
  let movementsOfJunction: [[Int]]
  /// By movement: the lanes that it leaves, from the kerb.
  private(set) var lanesLeft: [[Int]]

  private let roads: GMNSRoads
  private let movements: [GMNSMovements.Movement]
  private let legs: JunctionLegs
  private var firstLane: [Int] = []
  private var details: [(way: Int, from: Int, to: Int)] = []

  /// - Parameter permissive: by movement, whether it may wait for gaps while others are green.
  init(_ roads: GMNSRoads, _ movements: [GMNSMovements.Movement], legs: JunctionLegs, permissive: [Bool]) {
    self.roads = roads
    self.movements = movements
    self.legs = legs
    let protectedTurns = NativeSettings()
    var permissiveTurns = protectedTurns
    permissiveTurns.leftTurns = .permissive
    ways = zip(movements, permissive).map { movement, isPermissive in
      Way(
        from: LegID(junction: movement.junction.index, leg: legs.ofEnd[movement.from]),
        to: legs.ofBegin[movement.to], turn: movement.turn, fromLink: LinkID(movement.from),
        toLink: LinkID(movement.to), settings: isPermissive ? permissiveTurns : protectedTurns)
    }
    var ofJunction = [[Int]](repeating: [], count: roads.junctions.count)
    for (index, movement) in movements.enumerated() { ofJunction[movement.junction.index].append(index) }
    movementsOfJunction = ofJunction
    lanesLeft = [[Int]](repeating: [], count: movements.count)
    addLinks()
  }

  private mutating func addLinks() {
    for (index, road) in roads.roads.enumerated() {
      links.append(road.link)
      firstLane.append(lanes.count)
      for (position, lane) in road.lanes.reversed().enumerated() {
        lanes.append(
          Lane(
            link: LinkID(index), position: position, sourceIndex: position,
            length: min(lane.pocket ?? road.link.length, road.link.length), speed: road.link.speed))
      }
    }
  }

  // MARK: Connections

  /// - Parameters:
  ///   - signals: by movement, the group that controls it.
  ///   - crossingSignals: by crosswalk, the group that controls it.
  ///   - controls: by junction, how right of way is decided.
  mutating func connect(
    signals: [SignalGroupReference?], crossingSignals: [SignalGroupReference?],
    controls: [NativeJunction.Control]
  ) {
    var crosswalks = [[Int]](repeating: [], count: roads.junctions.count)
    for (index, crosswalk) in roads.crosswalks.enumerated() {
      crosswalks[crosswalk.junction.index].append(index)
    }
    // By junction: its connections.
    let ranges = roads.junctions.indices.map { junction in
      let begin = connections.count
      let size = size(of: junction)
      for movement in movementsOfJunction[junction] { connect(movement, signals[movement], size: size) }
      return begin..<connections.count
    }
    let connected = self
    conflicts = concurrentMap(ranges.count) { junction in
      connected.conflicts(of: ranges[junction], junction, controls[junction])
    }.flatMap(\.self)
    for junction in roads.junctions.indices {
      for crosswalk in crosswalks[junction] {
        addCrossing(crosswalk, ranges[junction], crossingSignals[crosswalk])
      }
    }
  }

  /// Positions from the kerb of a road's lanes with numbers in a range; by the turn where no range is given.
  private func positions(_ road: Int, _ numbers: ClosedRange<Int>?, turn: Turn) -> [Int] {
    let lanes = roads.roads[road].lanes
    if let numbers {
      let found = lanes.indices.filter { numbers.contains(lanes[$0].number) }.map { lanes.count - 1 - $0 }
      if !found.isEmpty { return found.reversed() }
    }
    return switch turn {
    case .left, .uTurn: [lanes.count - 1]
    case .right: [0]
    case .through: Array(lanes.indices)
    }
  }

  private func exits(_ road: Int, _ numbers: ClosedRange<Int>?) -> [Int] {
    let lanes = roads.roads[road].lanes
    if numbers != nil { return positions(road, numbers, turn: .through) }
    // Nobody drives into a pocket from across the junction.
    let full = lanes.indices.filter { lanes[$0].pocket == nil }.map { lanes.count - 1 - $0 }
    return full.isEmpty ? Array(lanes.indices) : full.reversed()
  }

  private mutating func connect(_ index: Int, _ signal: SignalGroupReference?, size: Double) {
    let movement = movements[index]
    let fromKerb = positions(movement.from, movement.fromLanes, turn: movement.turn)
    let exits = exits(movement.to, movement.toLanes)
    lanesLeft[index] = fromKerb
    let (length, speed) = path(movement, size: size)
    let yields = movement.turn == .left && signal != nil && ways[index].settings.leftTurns == .permissive
    let flow = saturationFlow(movement, lanes: fromKerb.count)
    let excess = max(0, fromKerb.count - exits.count)
    for (order, lane) in fromKerb.enumerated() {
      // Right turns enter at the kerb, left turns at the middle of the road.
      let exit =
        switch movement.turn {
        case .right: min(order, exits.count - 1)
        case .through: max(0, min(order, exits.count - 1 + excess) - excess)
        case .left, .uTurn: max(exits.count - (fromKerb.count - order), 0)
        }
      details.append((index, lane, exits[exit]))
      connections.append(
        LaneConnection(
          from: LaneID(firstLane[movement.from] + lane), to: LaneID(firstLane[movement.to] + exits[exit]),
          turn: movement.turn, length: length, speed: speed,
          waitingPosition: yields ? Self.waitingShare * length : nil, signal: signal, saturationFlow: flow,
          startUpLostTime: movement.startUpLostTime ?? NativeSettings.usual.startUpLostTime,
          yellowUsed: movement.yellowUsed ?? NativeSettings.usual.yellowUsed))
    }
  }

  /// Left turns wait for gaps before the middle of the junction.
  private static let waitingShare = 0.4
  private static let laneWidth = 3.5
  /// Corner radii and refuges, m.
  private static let corners = 10.0
  /// Speeds of turning cars, m/s.
  private static let turnSpeeds: [Turn: Double] = [.left: 8, .right: 6.5, .uTurn: 5]
  /// veh/h and lane: a movement's capacity outside of these is not one of saturated flow.
  private static let saturation = 500.0...2600.0

  private func saturationFlow(_ movement: GMNSMovements.Movement, lanes: Int) -> Double {
    if let flow = movement.saturationFlow.map({ $0 / Double(lanes) }),
      Self.saturation.contains(Quantities.perHour(vehiclesPerSecond: flow))
    {
      return flow
    }
    let usual = NativeSettings.usual.saturationFlow[movement.turn] ?? 0.45
    guard let road = roads.roads[movement.from].saturationFlow,
      let through = NativeSettings.usual.saturationFlow[.through]
    else { return usual }
    return road * usual / through
  }

  private func size(of junction: Int) -> Double {
    var lanesOfLeg = [Int](repeating: 0, count: 8)
    var seen: Set<Int> = []
    for movement in movementsOfJunction[junction] {
      let (from, to) = (movements[movement].from, movements[movement].to)
      if seen.insert(from * 2).inserted {
        lanesOfLeg[legs.ofEnd[from].rawValue] += roads.roads[from].lanes.count
      }
      if seen.insert(to * 2 + 1).inserted {
        lanesOfLeg[legs.ofBegin[to].rawValue] += roads.roads[to].lanes.count { $0.pocket == nil }
      }
    }
    return Self.corners + Self.laneWidth * Double(lanesOfLeg.max() ?? 0)
  }

  /// Length and speed of a way, from the size of the junction where the file does not say.
  private func path(_ movement: GMNSMovements.Movement, size: Double) -> (length: Double, speed: Double) {
    let share =
      switch movement.turn {
      case .through: 1.0
      case .left: 1.1
      case .right: 0.4
      case .uTurn: 0.5
      }
    let speed = min(roads.roads[movement.from].link.speed, roads.roads[movement.to].link.speed)
    return (
      movement.pathLength ?? share * size,
      movement.pathSpeed.flatMap { $0 > 0 ? $0 : nil } ?? min(speed, Self.turnSpeeds[movement.turn] ?? speed)
    )
  }

  // MARK: Conflicts

  /// How the paths of two movements of a junction meet; nil where they do not.
  func meeting(_ first: Int, _ second: Int) -> PathMeeting? {
    guard ways[first].from == ways[second].from else { return RightOfWay.meeting(ways[first], ways[second]) }
    let crosses = lanesLeft[first].contains { a in
      lanesLeft[second].contains { LanePaths.cross(a, ways[first].turn, $0, ways[second].turn) }
    }
    return crosses ? .never : nil
  }

  /// By connection of a junction: what it meets there.
  private func conflicts(
    of range: Range<Int>, _ junction: Int, _ control: NativeJunction.Control
  ) -> [[ConnectionConflict]] {
    let here = movementsOfJunction[junction]
    guard here.count > 1 else { return range.map { _ in [] } }
    let waysHere = here.map { ways[$0] }
    // By pair of movements: whether the first yields; nil where their paths do not meet.
    let first = waysHere.map { a in
      waysHere.map { b -> Bool? in
        guard a.from != b.from, let meeting = RightOfWay.meeting(a, b) else { return nil }
        return RightOfWay.unsignalled(a, b, meeting: meeting, control: control).first
      }
    }
    var place: [Int: Int] = [:]
    for (position, movement) in here.enumerated() { place[movement] = position }
    let places = range.map { place[details[$0].way] ?? 0 }
    // Ways are large to pass about; this loop wants little of them.
    let leads = places.map { (from: waysHere[$0].from, to: waysHere[$0].to, turn: waysHere[$0].turn) }
    return range.map { one in
      var list: [ConnectionConflict] = []
      for other in range where other != one {
        let (a, b) = (details[one], details[other])
        let (way, otherWay) = (leads[one - range.lowerBound], leads[other - range.lowerBound])
        if way.from == otherWay.from {
          if LanePaths.cross(a.from, way.turn, b.from, otherWay.turn) {
            list.append(ConnectionConflict(other: ConnectionID(other), yields: false))
          }
          continue
        }
        guard let yields = first[places[one - range.lowerBound]][places[other - range.lowerBound]] else {
          continue
        }
        if way.to == otherWay.to {
          // Who turns further right comes in nearer to the kerb, so different lanes do not meet in that order.
          let (kerb, centre) = way.turn.rank > otherWay.turn.rank ? (a, b) : (b, a)
          guard a.to == b.to || kerb.to > centre.to else { continue }
        }
        list.append(ConnectionConflict(other: ConnectionID(other), yields: yields))
      }
      return list
    }
  }

  /// The leg that a crosswalk crosses.
  func leg(ofCrosswalk index: Int) -> Compass {
    let crosswalk = roads.crosswalks[index]
    if let leg = crosswalk.leg { return leg }
    let center = roads.junctions[crosswalk.junction.index].position
    let aside = Point(x: crosswalk.middle.x - center.x, y: crosswalk.middle.y - center.y)
    let used = Set(
      movementsOfJunction[crosswalk.junction.index].flatMap { [ways[$0].from.leg, ways[$0].to] })
    func likeness(_ leg: Compass) -> Double { leg.direction.x * aside.x + leg.direction.y * aside.y }
    return used.sorted().max { likeness($0) < likeness($1) } ?? .n
  }

  private mutating func addCrossing(
    _ index: Int, _ range: Range<Int>, _ signal: SignalGroupReference?
  ) {
    let crosswalk = roads.crosswalks[index]
    let leg = leg(ofCrosswalk: index)
    let crossed = range.filter { ways[details[$0].way].from.leg == leg || ways[details[$0].way].to == leg }
    crossings.append(
      PedestrianCrossing(
        name: crosswalk.name, junction: crosswalk.junction, length: crosswalk.length,
        walkingSpeed: crosswalk.walkingSpeed ?? NativeSettings.usual.walkingSpeed, signal: signal,
        crossedConnections: crossed.map { ConnectionID($0) }))
    crossingOfCrosswalk[index] = CrossingID(crossings.count - 1)
  }

  /// By crosswalk.
  private(set) var crossingOfCrosswalk: [Int: CrossingID] = [:]
}
