internal import SignalOptimization
public import TrafficModel
internal import TrafficSimulation

/// What pictures and pages show of plans in a period, beyond the sums of their runs: gathered once.
public struct PeriodFigures: Sendable {
  let network: Network
  let demand: Demand
  /// The demand's.
  let flows: MovementFlows
  /// The existing plan first.
  let plans: [TimingPlan]
  /// By plan.
  let loads: [LaneLoads]
  /// By arterial, then by plan: its greens; the longest arterial first.
  let arterials: [[Progression]]
  /// By plan, then by seed.
  let observations: [[TrafficObservation]]
  /// Absolute s that time-space diagrams show.
  let window: Range<Double>

  /// The most seeds that are played once more to be looked at.
  static let mostSeeds = 5
  /// More arterials nobody looks at.
  private static let mostArterials = 6
  /// A chain of two signals is an arterial only where there is no longer one.
  private static let leastSignals = 3

  /// Looks at plans.
  ///
  /// - Parameters:
  ///   - plans: each with a programme for each controller.
  ///   - seeds: of the runs to look at; the vehicles of the first one are followed.
  ///   - arterial: signals in outbound order; nil for the arterials that there are.
  ///   - times: s that progression takes along the named arterial's roads; nil for free flow.
  public init(
    network: Network, demand: Demand, plans: [TimingPlan], seeds: [UInt64],
    arterial: [ControllerID]? = nil, times: (outbound: [Double], inbound: [Double])? = nil
  ) async {
    self.network = network
    self.demand = demand
    self.plans = plans
    let flows = MovementFlows(network: network, demand: demand)
    self.flows = flows
    loads = plans.map { LaneLoads(of: $0, network: network, demand: demand, flows: flows) }
    var chains = arterial.map { [$0] } ?? []
    if arterial == nil, network.controllers.count > 1 {
      let found = Progression.arterials(of: network, demand: demand, flows: flows)
      let long = found.filter { $0.count >= Self.leastSignals }
      chains = Array((long.isEmpty ? found : long).prefix(Self.mostArterials))
    }
    arterials = chains.compactMap { chain in
      let seen = plans.compactMap {
        Progression(chain, plan: $0, network: network, demand: demand, times: times, flows: flows)
      }
      return seen.count == plans.count ? seen : nil
    }
    window = Self.window(of: arterials, demand: demand)
    let links = arterials.joined().reduce(into: Set<LinkID>()) { $0.formUnion($1.links) }
    observations = await Self.observations(
      Simulator(network: network, demand: demand), plans: plans, seeds: seeds, links: links, times: window)
  }

  /// Cycles that a time-space diagram shows, beside the time that a vehicle takes for the whole way.
  private static let cycles = 2.5
  private static let longestWindow = 480.0

  /// In the middle of the period: its begin, when the roads fill, is like no other time.
  private static func window(of arterials: [[Progression]], demand: Demand) -> Range<Double> {
    let length =
      arterials.joined().map { progression in
        let way = max(
          progression.time(to: progression.signals.count - 1, .outbound), progression.time(to: 0, .inbound))
        return way + cycles * (progression.signals.map(\.cycle).max() ?? 0)
      }.max() ?? 0
    let shown = min(length, longestWindow, demand.duration)
    let begin = (demand.begin + (demand.duration - shown) / 2).rounded(.down)
    return begin..<begin + shown
  }

  private static func observations(
    _ simulator: Simulator, plans: [TimingPlan], seeds: [UInt64], links: Set<LinkID>, times: Range<Double>
  ) async -> [[TrafficObservation]] {
    await withTaskGroup(of: (Int, TrafficObservation).self) { group in
      for index in 0..<plans.count * seeds.count {
        let (plan, seed) = (plans[index / seeds.count], index % seeds.count)
        group.addTask {
          (index, simulator.observe(plan, seed: seeds[seed], links: seed == 0 ? links : [], times: times))
        }
      }
      var found = [TrafficObservation](repeating: TrafficObservation(), count: plans.count * seeds.count)
      for await (index, observation) in group { found[index] = observation }
      return plans.indices.map { Array(found[$0 * seeds.count..<($0 + 1) * seeds.count]) }
    }
  }

  // MARK: Links

  /// By link, how it fares under plan `plan`, which was played.
  func conditions(_ plan: Int, played: PlanComparison.Entry) -> [LinkCondition] {
    network.links.indices.map { link in
      let saturation = network.lanes(of: LinkID(link)).compactMap { loads[plan][$0]?.saturation }.max()
      let fullest = played.estimate { $0.links[link].fullestLane }.mean
      let entered = played.estimate { Double($0.links[link].entered) }.mean
      return LinkCondition(saturation: saturation, storage: entered > 0 ? fullest : nil)
    }
  }

  /// By minute, vehicles queued in the network and outside under plan `plan`: mean of the runs.
  func queues(_ plan: Int) -> [(minute: Double, vehicles: Double)] {
    let runs = observations[plan]
    return (runs.first?.queues ?? []).indices.map { minute in
      let sum = runs.reduce(0) { $0 + $1.queues[minute].reduce(0, +) + $1.waitingOutside[minute] }
      let middle = (Double(minute) + 0.5) * TrafficObservation.minute
      return (min(middle, demand.duration) / 60, sum / Double(runs.count))
    }
  }
}
