internal import HighwayCapacity
internal import SignalOptimization
internal import TrafficModel

extension JunctionMaking {
  /// What the manual says of the junction's crossings.
  var crossings: [CrossingWorksheet] {
    network.crossings.indices.map { CrossingID($0) }.filter { network[$0].junction == junction }.map { id in
      let people = Quantities.perHour(vehiclesPerSecond: flows.people[id.index])
      guard let signal = network[id].signal else {
        return CrossingWorksheet(crossing: id, people: people, service: nil, notCovered: .noSignal)
      }
      guard let times = members.lazy.compactMap(\.times).first(where: { $0.controller == signal.controller })
      else { return CrossingWorksheet(crossing: id, people: people, service: nil, notCovered: .noProgram) }
      guard !times.isOff(signal.group) else {
        return CrossingWorksheet(crossing: id, people: people, service: nil, notCovered: .signalsOff)
      }
      guard let walk = times.greens(ofGroup: signal.group).max(by: { $0.length < $1.length }) else {
        return CrossingWorksheet(crossing: id, people: people, service: nil, notCovered: .neverGreen)
      }
      return CrossingWorksheet(
        crossing: id, people: people, service: crossing(id, walk: walk, times), notCovered: nil)
    }
  }

  private func crossing(
    _ id: CrossingID, walk: GreenSpan, _ times: WayTimes
  ) -> HighwayCapacity.PedestrianCrossing {
    let leg = network.leg(of: network[id])
    let links = [leg.into, leg.out].compactMap { $0 }
    let lanes = links.reduce(0) { $0 + network.lanesOfLink[$1.index].count }
    let crossed = Set(network[id].crossedConnections.map { network.movementOfConnection[$0.index] }).sorted()
    func flow(_ movements: [MovementID]) -> Double {
      Quantities.perHour(vehiclesPerSecond: movements.reduce(0) { $0 + flows.mean[$1.index] })
    }
    // Left turns that are green while people walk give way to them.
    let lefts = crossed.filter { movement in
      network.side.use(of: network[movement].turn) == .left
        && network[movement].connections.contains {
          guard let signal = network[$0].signal, signal.controller == times.controller else { return false }
          return times.areTogether(signal.group, walk)
        }
    }
    let onRed = crossed.filter { network.side.use(of: network[$0].turn) == .right }.map { movement in
      network[network[movement].from].conditions.turnsOnRed ?? 0
    }
    return HighwayCapacity.PedestrianCrossing(
      cycle: times.program.cycle, walk: min(walk.length, times.program.cycle), lanesCrossed: max(lanes, 1),
      rightOnRed: onRed.reduce(0, +), permittedLeft: flow(lefts), streetFlow: flow(crossed),
      streetLanes: max(lanes, 1), speed: links.map { network[$0].speed }.max() ?? 0)
  }

  /// What the manual says of bicycles beside an approach's lanes; nil where nobody counted any, or the approach has no green.
  func bicycles(_ member: Member, _ parts: JunctionParts) -> BicycleApproach? {
    let conditions = network[member.approach.link].conditions
    guard let bicycles = conditions.bicycles,
      let index = members.firstIndex(where: { $0.approach.link == member.approach.link }),
      let green = parts.mainGreens[index], let cycle = member.times?.program.cycle
    else { return nil }
    let width = conditions.laneWidth ?? CapacityDefaults.laneWidth
    return BicycleApproach(
      cycle: cycle, green: green, bicycles: bicycles, crossStreetWidth: crossStreetWidth(member),
      outsideWidth: width + (conditions.bicycleLaneWidth ?? 0), vehicles: member.traffic.total,
      throughLanes: max(member.approach.lanes.count { $0.use.contains(.through) }, 1))
  }

  /// Lanes of the widest leg across, both ways, each as wide as its approach's, m.
  private func crossStreetWidth(_ member: Member) -> Double {
    let across = members.filter {
      guard let direction = $0.direction, let own = member.direction else { return false }
      return direction != own && direction != own.opposite
    }
    return across.map { other in
      let width = network[other.approach.link].conditions.laneWidth ?? CapacityDefaults.laneWidth
      let out = network.links.indices.filter {
        network.links[$0].from == junction && network.links[$0].to == network[other.approach.link].from
      }
      let lanes =
        network.lanesOfLink[other.approach.link.index].count
        + out.reduce(0) { $0 + network.lanesOfLink[$1].count }
      return width * Double(lanes)
    }.max() ?? 0
  }
}
