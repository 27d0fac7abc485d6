internal import HighwayCapacity
internal import TrafficModel

/// From members of a junction to the manual's intersections.
extension JunctionParts {
  func approachMaking(_ index: Int) -> ApproachMaking? {
    let member = making.members[index]
    guard let signals = member.signals, let times = member.times else { return nil }
    return ApproachMaking(
      approach: member.approach, signals: signals, traffic: member.traffic, times: times,
      direction: member.direction ?? .northbound, peakHourFactor: making.factor(index))
  }

  /// Approaches as a junction, with the lanes that it holds of each; nil where it holds none.
  func intersection(
    _ members: [Int], withArrows: Bool, actuated: Bool
  ) -> (intersection: Intersection, lanes: [(member: Int, lanes: [Int])])? {
    var (approaches, lanes): ([Approach], [(member: Int, lanes: [Int])]) = ([], [])
    for index in members {
      guard let made = approachMaking(index) else { continue }
      let arrows = rightArrows(index, among: withArrows ? members : [])
      let isOpposed = members.contains { faces($0, index) }
      let served = (regular(index, among: members) + arrows).sorted()
      guard
        let approach = made.regular(
          served, isOpposed: isOpposed, hasRightArrow: !arrows.isEmpty, actuated: actuated)
      else { continue }
      approaches.append(approach)
      lanes.append((index, served))
    }
    guard let first = lanes.first, let cycle = making.members[first.member].times?.program.cycle else {
      return nil
    }
    var made = junction(approaches, lanes.map(\.member), cycle)
    if actuated { made.control = .actuated() }
    return (made, lanes)
  }

  /// Whether one member faces another.
  func faces(_ index: Int, _ other: Int) -> Bool {
    index != other && making.members[index].direction != nil
      && making.members[index].direction == making.members[other].direction?.opposite
  }

  func opposing(_ index: Int) -> LinkID? {
    making.members.indices.first { faces($0, index) }.map { making.members[$0].approach.link }
  }

  /// Lanes that the main green serves, without those whose left turns wait for traffic that is not evaluated with them.
  func regular(_ index: Int, among members: [Int]) -> [Int] {
    let member = making.members[index]
    guard let signals = member.signals else { return [] }
    switch signals.leftTurns {
    case nil, .unopposed, .arrow: return signals.regular
    case .permitted, .arrowAndGaps:
      let isOpposed = members.contains { other in
        faces(other, index) && goesStraightByMainGreen(making.members[other])
      }
      return isOpposed
        ? signals.regular : signals.regular.filter { !member.approach.lanes[$0].use.contains(.left) }
    }
  }

  /// Whether all that goes straight on has the main green.
  private func goesStraightByMainGreen(_ member: JunctionMaking.Member) -> Bool {
    guard let signals = member.signals, signals.main != nil else { return false }
    return member.approach.lanes.indices.allSatisfy {
      !member.approach.lanes[$0].use.contains(.through) || signals.regular.contains($0)
    }
  }

  func junction(_ approaches: [Approach], _ members: [Int], _ cycle: Double) -> Intersection {
    var made = Intersection(approaches: approaches, control: .pretimed(cycle: cycle))
    made.isCentralBusinessDistrict = making.members.contains {
      network[$0.approach.link].conditions.area == .businessDistrict
    }
    let times = members.map { DischargeTimes(making.members[$0].approach, network) }
    func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(max(values.count, 1)) }
    made.startUpLostTime = mean(times.map { $0.startUpLostTime ?? CapacityDefaults.startUpLostTime })
    made.yellowUsed = mean(times.map { $0.yellowUsed ?? CapacityDefaults.yellowUsed })
    return made
  }

  /// Lanes for right turns with an arrow beside left turns of the cross street.
  func rightArrows(_ index: Int, among members: [Int]) -> [Int] {
    let member = making.members[index]
    guard let signals = member.signals, let cycle = member.times?.program.cycle,
      let beside = members.first(where: {
        making.members[$0].direction != nil
          && making.members[$0].direction == member.direction?.besideRightTurns
      })
    else { return [] }
    switch making.members[beside].signals?.leftTurns {
    case .arrow(let arrow, _), .arrowAndGaps(let arrow, _):
      return signals.secondGreens.filter { $0.second.overlaps(arrow, in: cycle) }.flatMap(\.greens.lanes)
    case nil, .unopposed, .permitted: return []
    }
  }
}

extension Direction {
  /// Of the cross street, where left turns go that right turns of this direction do not meet.
  fileprivate var besideRightTurns: Direction {
    switch self {
    case .eastbound: .northbound
    case .northbound: .westbound
    case .westbound: .southbound
    case .southbound: .eastbound
    }
  }
}
