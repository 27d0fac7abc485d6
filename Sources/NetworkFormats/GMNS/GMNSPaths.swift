internal import NetworkBuilding
internal import TrafficModel

/// The turns of a GMNS network, one for each movement, and what pedestrians cross.
struct GMNSPaths {
  private(set) var links: [Link] = []
  private(set) var lanes: [Lane] = []
  /// By movement.
  private(set) var turns: [JunctionTurn] = []
  /// By junction: its movements.
  let movementsOfJunction: [[Int]]
  /// In order of junction, then crosswalk.
  private(set) var crossings: [CrossingDraft] = []
  /// By crosswalk.
  private(set) var crossingOfCrosswalk: [Int: CrossingID] = [:]

  private let roads: GMNSRoads

  /// - Parameters:
  ///   - permissive: by movement, whether it may wait for gaps while others are green.
  ///   - groups: what controls movements and crosswalks.
  init(
    _ roads: GMNSRoads, _ movements: [GMNSMovements.Movement], legs: JunctionLegs, permissive: [Bool],
    _ groups: GMNSGroups
  ) {
    self.roads = roads
    var ofJunction = [[Int]](repeating: [], count: roads.junctions.count)
    for (index, movement) in movements.enumerated() { ofJunction[movement.junction.index].append(index) }
    movementsOfJunction = ofJunction
    addLinks()
    for (index, movement) in movements.enumerated() {
      let leaving = positions(movement.from, movement.fromLanes, turn: movement.turn)
      let discharge = discharge(movement, lanes: leaving.count)
      let lanes = JunctionTurn.lanes(
        of: movement.turn, leaving: leaving, entering: exits(movement.to, movement.toLanes))
      turns.append(
        JunctionTurn(
          from: LegID(junction: movement.junction.index, leg: legs.ofEnd[movement.from]),
          to: legs.ofBegin[movement.to], turn: movement.turn, fromLink: LinkID(movement.from),
          toLink: LinkID(movement.to), isPermissive: permissive[index],
          speed: movement.pathSpeed.flatMap { $0 > 0 ? $0 : nil },
          paths: lanes.map {
            JunctionTurn.LanePath(
              from: $0, to: $1, length: movement.pathLength, signal: groups.signals[index],
              discharge: discharge)
          }))
    }
    addCrossings(groups)
  }

  private mutating func addLinks() {
    for (index, road) in roads.roads.enumerated() {
      links.append(road.link)
      for (position, lane) in road.lanes.reversed().enumerated() {
        lanes.append(
          Lane(
            link: LinkID(index), position: position, sourceIndex: position,
            length: min(lane.pocket ?? road.link.length, road.link.length), speed: road.link.speed))
      }
    }
  }

  /// By junction.
  var turnsOfJunction: [[JunctionTurn]] { movementsOfJunction.map { $0.map { turns[$0] } } }

  // MARK: Lanes

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

  // MARK: Discharge

  /// veh/h and lane: a movement's capacity outside of these is not one of saturated flow.
  private static let saturation = 500.0...2600.0

  private func discharge(_ movement: GMNSMovements.Movement, lanes: Int) -> Discharge {
    let flow = saturationFlow(movement, lanes: lanes)
    return Discharge(
      saturationFlow: flow.value, isGiven: flow.isGiven,
      startUpLostTime: movement.startUpLostTime ?? UsualFigures.startUpLostTime,
      yellowUsed: movement.yellowUsed ?? UsualFigures.yellowUsed)
  }

  private func saturationFlow(
    _ movement: GMNSMovements.Movement, lanes: Int
  ) -> (value: Double, isGiven: Bool) {
    if let flow = movement.saturationFlow.map({ $0 / Double(lanes) }),
      Self.saturation.contains(Quantities.perHour(vehiclesPerSecond: flow))
    {
      return (flow, true)
    }
    let usual = UsualFigures.saturationFlow[movement.turn] ?? UsualFigures.throughFlow
    guard let road = roads.roads[movement.from].saturationFlow else { return (usual, false) }
    return (road * usual / UsualFigures.throughFlow, true)
  }

  // MARK: Crossings

  private mutating func addCrossings(_ groups: GMNSGroups) {
    let ordered = roads.crosswalks.indices.sorted {
      (roads.crosswalks[$0].junction.index, $0) < (roads.crosswalks[$1].junction.index, $1)
    }
    for index in ordered {
      let crosswalk = roads.crosswalks[index]
      crossingOfCrosswalk[index] = CrossingID(crossings.count)
      crossings.append(
        CrossingDraft(
          name: crosswalk.name, leg: LegID(junction: crosswalk.junction.index, leg: leg(ofCrosswalk: index)),
          length: crosswalk.length, walkingSpeed: crosswalk.walkingSpeed ?? UsualFigures.walkingSpeed,
          signal: groups.crossingSignals[index]))
    }
  }

  /// The leg that a crosswalk crosses.
  private func leg(ofCrosswalk index: Int) -> Compass {
    let crosswalk = roads.crosswalks[index]
    if let leg = crosswalk.leg { return leg }
    let center = roads.junctions[crosswalk.junction.index].position
    let aside = Point(x: crosswalk.middle.x - center.x, y: crosswalk.middle.y - center.y)
    let used = Set(
      movementsOfJunction[crosswalk.junction.index].flatMap { [turns[$0].from.leg, turns[$0].to] })
    func likeness(_ leg: Compass) -> Double { leg.direction.x * aside.x + leg.direction.y * aside.y }
    return used.sorted().max { likeness($0) < likeness($1) } ?? .n
  }
}
