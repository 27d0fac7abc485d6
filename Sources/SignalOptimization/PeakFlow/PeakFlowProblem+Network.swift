public import TrafficModel

/// What a peak-flow problem is made of beside network, demand and plan.
public struct PeakFlowOptions: Hashable, Sendable {
  /// What is made small or large.
  public var objective = PeakFlowObjective.timeSpent
  /// Length of the slices, s; the period is cut into the whole number that comes nearest.
  public var sliceLength = 300.0
  /// Cycle of each controller by its index, s; nil for that of its programme.
  public var cycles: [Double?] = []

  /// Least time spent, slices of 300 s, cycles of the plan.
  public init() {}
}

extension PeakFlowProblem {
  /// The problem of a period: what the plan's stages, in their order and with their transitions, can do with the demand.
  ///
  /// Controllers without a programme, and such whose minimums do not fit their cycle, keep their green; signals without
  /// demand have no part. Turning shares are those of the whole period. Traffic that comes up within the network waits
  /// outside its link; what does not go on ends on its link.
  /// - Complexity: O(network × slices).
  public init(
    network: Network, demand: Demand, plan: TimingPlan, options: PeakFlowOptions = PeakFlowOptions()
  ) {
    var builder = PeakFlowBuilder(network: network, demand: demand, plan: plan, options: options)
    builder.addLinks()
    self = builder.problem
  }
}

/// Collects the parts of a peak-flow problem.
private struct PeakFlowBuilder {
  let network: Network
  let demand: PeakFlowDemand
  let plan: TimingPlan
  let options: PeakFlowOptions
  let spacing: Double
  /// Mean flow by movement, veh/s.
  let flows: [Double]
  /// Vehicles of the period that leave and enter each link by movements.
  var leaving: [Double]
  var entering: [Double]
  /// Position among the problem's links of each link with a queue; nil for others.
  var positions: [Int?]
  var links: [PeakFlowProblem.Link] = []
  var queues: [PeakFlowProblem.Queue] = []
  var servers: [PeakFlowProblem.Server] = []
  var controllers: [PeakFlowProblem.Controller] = []
  /// By controller index: what its lanes can do; nil without a programme.
  private let capacities: [ControllerRates?]
  private var positionOfController: [Int?]

  init(network: Network, demand: Demand, plan: TimingPlan, options: PeakFlowOptions) {
    self.network = network
    self.plan = plan
    self.options = options
    let sliced = PeakFlowDemand(network: network, demand: demand, sliceLength: options.sliceLength)
    self.demand = sliced
    spacing = demand.vehicleTypes[0].spacing
    let flows = sliced.totals.map { $0 / demand.duration }
    self.flows = flows
    leaving = [Double](repeating: 0, count: network.links.count)
    entering = leaving
    for (movement, vehicles) in zip(network.movements, sliced.totals) {
      leaving[movement.from.index] += vehicles
      entering[movement.to.index] += vehicles
    }
    capacities = network.controllers.indices.map { index in
      plan[ControllerID(index)].flatMap {
        ControllerRates(
          network: network, program: $0, flows: flows,
          cycle: index < options.cycles.count ? options.cycles[index] : nil)
      }
    }
    positionOfController = [Int?](repeating: nil, count: network.controllers.count)
    var next = 0
    positions = []
    for link in network.links.indices {
      guard leaving[link] > 0 else {
        positions.append(nil)
        continue
      }
      // Its outside comes first, if it has one.
      if needsOutside(link) { next += 1 }
      positions.append(next)
      next += 1
    }
  }

  var problem: PeakFlowProblem {
    PeakFlowProblem(
      objective: options.objective, sliceCount: demand.vehicles.count, sliceLength: demand.sliceLength,
      links: links, queues: queues, servers: servers, controllers: controllers)
  }

  /// Smaller differences between what enters and leaves a link, as a share of it, are errors of counting.
  private static let countingError = 0.01

  /// Vehicles of the period that come up on a link.
  private func source(_ link: Int) -> Double {
    let difference = leaving[link] - entering[link]
    return difference > Self.countingError * leaving[link] ? difference : 0
  }

  private func storage(_ link: Int) -> Double {
    let limit = network.links[link].queueLimit ?? .infinity
    guard entering[link] > 0 || limit.isFinite else { return .infinity }
    let room = network.lanes(of: LinkID(link)).reduce(0) { $0 + network[$1].length } / spacing
    return min(room, limit)
  }

  private func needsOutside(_ link: Int) -> Bool {
    source(link) > 0 && storage(link).isFinite
  }

  mutating func addLinks() {
    for link in network.links.indices where leaving[link] > 0 {
      if needsOutside(link) { addOutside(link) }
      addLink(link)
    }
  }

  /// Share of the vehicles that come up on a link in each slice, times those of the whole period.
  private func arrivals(_ link: Int) -> [Double] {
    let movements = network.movementsFromLink[link]
    let ratio = source(link) / leaving[link]
    return demand.vehicles.map { slice in ratio * movements.reduce(0) { $0 + slice[$1.index] } }
  }

  /// Saturation flow with which vehicles come onto each lane of a link, veh/s.
  private static let entryFlow = 0.5

  private mutating func addOutside(_ link: Int) {
    let lanes = network.lanes(of: LinkID(link)).count
    links.append(
      PeakFlowProblem.Link(id: LinkID(link), isOutside: true, storage: .infinity, travelTime: 0))
    servers.append(
      PeakFlowProblem.Server(
        queues: [queues.count], headways: [1 / Self.entryFlow], controller: nil, constant: Double(lanes),
        greenShares: [], lanes: lanes))
    queues.append(
      PeakFlowProblem.Queue(
        movement: nil, link: links.count - 1, next: links.count, share: 0, arrivals: arrivals(link)))
  }

  private mutating func addLink(_ link: Int) {
    let id = LinkID(link)
    let lanes = network.lanes(of: id)
    links.append(
      PeakFlowProblem.Link(
        id: id, storage: storage(link), density: Double(lanes.count) / spacing,
        travelTime: network[id].freeFlowTime))
    let hasSource = !needsOutside(link)
    let entry = hasSource ? source(link) / leaving[link] : 0
    let kept = entering[link] > leaving[link] ? leaving[link] / entering[link] : 1
    let movements = network.movementsFromLink[link].filter { demand.totals[$0.index] > 0 }
    for group in byController(movements) {
      let first = queues.count
      for movement in group.movements {
        let share = demand.totals[movement.index] / leaving[link]
        queues.append(
          PeakFlowProblem.Queue(
            movement: movement, link: links.count - 1, next: positions[network[movement].to.index],
            share: kept * share,
            arrivals: demand.vehicles.map { entry * $0[movement.index] }))
      }
      let rates = group.controller.flatMap { capacities[$0.index] }
      let made = PeakFlowServers(
        network: network, movements: group.movements, structure: rates?.structure,
        durations: rates?.durations ?? [], rate: { rates?.rates($0, $1) ?? [] })
      let controller = rates.map { position(of: $0) }
      servers += made.servers(firstQueue: first, controller: controller).map {
        guard let controller else { return $0 }
        return controllers[controller].keptAboveZero($0)
      }
    }
  }

  /// A link's movements by the controller of their first signalled connection.
  private func byController(_ movements: [MovementID]) -> [(
    controller: ControllerID?, movements: [MovementID]
  )] {
    var groups: [(controller: ControllerID?, movements: [MovementID])] = []
    for movement in movements {
      let signals = network[movement].connections.compactMap { network[$0].signal?.controller }
      let controller = signals.first { capacities[$0.index] != nil }
      if let index = groups.firstIndex(where: { $0.controller == controller }) {
        groups[index].movements.append(movement)
      } else {
        groups.append((controller, [movement]))
      }
    }
    return groups
  }

  private mutating func position(of rates: ControllerRates) -> Int {
    let index = rates.structure.program.controller.index
    if let position = positionOfController[index] { return position }
    positionOfController[index] = controllers.count
    controllers.append(rates.controller)
    return controllers.count - 1
  }
}

extension PeakFlowProblem.Controller {
  /// A server that never has less than no time: where greens are short and losses long, it has none.
  fileprivate func keptAboveZero(_ server: PeakFlowProblem.Server) -> PeakFlowProblem.Server {
    var kept = server
    kept.constant = max(server.constant, -zip(server.greenShares, least).reduce(0) { $0 + $1.0 * $1.1 })
    return kept
  }
}
