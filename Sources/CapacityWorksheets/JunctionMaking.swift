internal import HighwayCapacity
internal import SignalOptimization
internal import TrafficModel

/// Puts a junction into the manual's terms, evaluates it, and puts the figures beside the network's lanes.
struct JunctionMaking {
  /// An approach with what is known of its signals.
  struct Member {
    let approach: SurveyedApproach
    let direction: Direction?
    let traffic: ApproachTraffic
    var signals: ApproachSignals?
    var times: WayTimes?
    /// Why nothing is known of its signals.
    var reason: NotCovered?
  }

  let junction: JunctionID
  let network: Network
  let detectorsDecide: Bool
  let peakHourFactor: Double?
  let flows: MovementFlows
  private(set) var members: [Member] = []

  init(
    _ junction: JunctionID, network: Network, plan: TimingPlan, demand: Demand, flows: MovementFlows,
    detectorsDecide: Bool
  ) {
    self.junction = junction
    self.network = network
    self.detectorsDecide = detectorsDecide
    self.flows = flows
    let links = network.links.indices.map { LinkID($0) }.filter {
      network[$0].to == junction && !network.movementsFromLink[$0.index].isEmpty
    }
    peakHourFactor = flows.peakHourFactor(
      of: links.flatMap { network.movementsFromLink[$0.index] }, demand: demand)
    let approaches = links.map { SurveyedApproach($0, in: network) }
    let signalled = approaches.filter { !$0.controllers.isEmpty }
    let directions = LegDirections.directions(of: signalled.map(\.heading))
    members = approaches.map { approach in
      let direction = zip(signalled, directions).first { $0.0.link == approach.link }?.1
      return Member(
        approach: approach, direction: direction,
        traffic: ApproachTraffic(approach, flows: flows, network: network))
    }
    for index in members.indices { findSignals(index, plan) }
  }

  private mutating func findSignals(_ index: Int, _ plan: TimingPlan) {
    let approach = members[index].approach
    guard let controller = approach.controllers.first else {
      members[index].reason = .noSignal
      return
    }
    guard plan.programs.indices.contains(controller.index), let program = plan[controller], program.cycle > 0
    else {
      members[index].reason = .noProgram
      return
    }
    let opposing = members.first {
      $0.direction != nil && $0.direction == members[index].direction?.opposite
        && $0.approach.controllers.first == controller
    }
    members[index].times = WayTimes(network: network, controller: controller, program: program)
    members[index].signals = ApproachSignals(
      approach, opposing: opposing?.approach.link, controller: controller, program: program, network: network)
  }

  var worksheet: JunctionWorksheet {
    var parts = JunctionParts(self)
    parts.evaluate()
    let rows = parts.rows
    var names: [String: Int] = [:]
    let approaches = members.indices.map { index -> ApproachWorksheet in
      let member = members[index]
      let direction = member.direction?.name(on: network.side) ?? network[member.approach.link].name
      let groups = rows[index].sorted { ($0.lanes.first ?? 0) < ($1.lanes.first ?? 0) }.map { row in
        let letters = row.lanes.reduce(LaneUse()) { $0.union(member.approach.lanes[$1].use) }
        let plain = direction + " " + letters.letters(on: network.side)
        names[plain, default: 0] += 1
        let number = names[plain] ?? 1
        return LaneGroupWorksheet(
          name: number > 1 ? "\(plain) \(number)" : plain, link: member.approach.link,
          lanes: row.lanes.map { member.approach.lanes[$0].id },
          volume: row.service.map { $0.flow * factor(index) } ?? member.traffic.volume(lanes: row.lanes),
          evaluation: row.evaluation, service: row.service, notCovered: row.reason)
      }
      return ApproachWorksheet(
        link: member.approach.link, name: direction, laneGroups: groups, peakHourFactor: factor(index),
        volume: member.traffic.total, bicycles: bicycles(member, parts))
    }
    return JunctionWorksheet(
      junction: junction, name: network[junction].name, approaches: approaches, crossings: crossings,
      evaluations: parts.evaluations, criticalSaturation: parts.criticalSaturation,
      isActuated: parts.evaluations.contains { $0.procedure != nil })
  }

  /// As told, else as counted, else 1.
  func factor(_ index: Int) -> Double {
    network[members[index].approach.link].conditions.peakHourFactor ?? peakHourFactor ?? 1
  }
}
