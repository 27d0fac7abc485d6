internal import TrafficModel

/// What offsets do for a group of signals, by the platoon model. Costs are delay, with what stops and want of room
/// add to it, in veh·s per second.
struct OffsetReport: Hashable, Sendable {
  /// The signals.
  var controllers: [ControllerID]
  /// Their common cycle, s.
  var cycle: Double
  /// By controller: its offset, s.
  var offsets: [Double]
  /// Cost of all lanes with the offsets that the plan had.
  var costBefore: Double
  /// Cost of all lanes with the new ones.
  var costAfter: Double
  /// (cost of the links − its bound) / cost: 0 is a proof that the offsets are the best by the links' costs.
  var gap: Double
}

/// Finds offsets for groups of signals with a common cycle.
///
/// Costs of links from cyclic flow profiles, then the offset problem; with the offsets found, platoons pass more
/// than one signal, so profiles and offsets are found again, a few times. The best by the cost of all lanes is
/// kept; a plan's own offsets are among the ones compared. Documentation/Coordination.md has the formulas.
struct OffsetPlanner {
  let network: Network
  /// By movement, veh/s.
  let flows: [Double]
  let feeds: MovementFeeds
  let cost: QueueCost
  /// Rounds of profiles and offsets.
  var rounds = 4
  /// Of each solve of the offset problem.
  var effort = OffsetEffort()
  private let types: VehicleMix

  /// - Parameter flows: mean flow by movement, veh/s.
  init(network: Network, demand: Demand, flows: [Double], cost: QueueCost = QueueCost()) {
    self.network = network
    self.flows = flows
    self.cost = cost
    feeds = MovementFeeds(network: network, demand: demand, flows: flows)
    types = VehicleMix(demand)
  }

  /// For the flows of a problem.
  init(_ problem: PlanningProblem) {
    self.init(network: problem.network, demand: problem.demand, flows: problem.flows.mean)
  }

  /// `plan` with good offsets for each group, and a report for each group that has a common cycle.
  ///
  /// - Parameters:
  ///   - groups: signals that are to run together; their cycles must divide the longest of them, in whole seconds.
  ///   - frozen: signals that keep their offsets, as those do that respond to traffic.
  func offsets(
    for plan: TimingPlan, groups: [[ControllerID]], frozen: Set<ControllerID> = []
  ) -> (plan: TimingPlan, reports: [OffsetReport]) {
    var plan = plan
    var reports: [OffsetReport] = []
    let frozen = frozen.union(plan.responding)
    for group in groups {
      let programs = group.compactMap { plan[$0] }
      guard programs.count > 1, CommonCycle(programs.map(\.cycle)) != nil else { continue }
      let report = offsets(of: programs, frozen: frozen)
      for (controller, offset) in zip(report.controllers, report.offsets) where !frozen.contains(controller) {
        plan[controller]?.offset = offset
      }
      reports.append(report)
    }
    return (plan, reports)
  }

  /// Offsets that were the best by some links' costs.
  private struct Round {
    let links: [CoordinatedLink]
    let solution: OffsetSolution
    /// Of all lanes.
    let cost: Double
  }

  private func offsets(of programs: [SignalProgram], frozen: Set<ControllerID>) -> OffsetReport {
    let platoons = platoons(of: programs)
    let present = zip(programs, platoons.cycles).map { modulo(Int($0.offset.rounded()), $1) }
    let fixed = zip(programs, present).map { frozen.contains($0.controller) ? $1 : nil }
    let before = platoons.cost(arrivals: platoons.settledArrivals(offsets: present))
    var rounds: [Round] = []
    var links = platoons.links(offsets: present)
    var last = present
    while rounds.count < self.rounds {
      let solution = platoons.problem(links, fixed: fixed).solve(effort: effort, start: last)
      guard !rounds.contains(where: { $0.solution.offsets == solution.offsets }) else { break }
      last = solution.offsets
      let arrivals = platoons.settledArrivals(offsets: last)
      rounds.append(Round(links: links, solution: solution, cost: platoons.cost(arrivals: arrivals)))
      guard rounds.count < self.rounds else { break }
      links = platoons.links(arrivals: arrivals, offsets: last)
    }
    let best = rounds.min { $0.cost < $1.cost } ?? rounds[0]
    let stays = before <= best.cost
    let offsets = stays ? present : best.solution.offsets
    let objective = platoons.problem(best.links, fixed: fixed).cost(of: offsets)
    return OffsetReport(
      controllers: platoons.members, cycle: Double(platoons.cycle),
      offsets: zip(programs, offsets).map { program, offset in
        stays || frozen.contains(program.controller) ? program.offset : Double(offset)
      }, costBefore: before, costAfter: min(before, best.cost),
      gap: max(0, objective - best.solution.bound) / max(objective, 1e-9))
  }

  func platoons(of programs: [SignalProgram]) -> PlatoonNetwork {
    PlatoonNetwork(
      programs: programs, network: network, flows: flows, feeds: feeds, spacing: types.spacing,
      speedDeviation: types.speedDeviation, cost: cost)
  }
}

extension PlatoonNetwork {
  /// The offset problem of some links.
  func problem(_ links: [CoordinatedLink], fixed: [Int?]) -> OffsetProblem {
    let numbers = Dictionary(uniqueKeysWithValues: members.enumerated().map { ($1, $0) })
    return OffsetProblem(
      cycle: cycle, cycles: cycles, fixed: fixed,
      links: links.compactMap { link in
        guard let from = numbers[link.from], let to = numbers[link.to] else { return nil }
        return OffsetProblem.Link(from: from, to: to, costs: link.costs)
      })
  }
}

/// The cycle that signals have in common, if they have one.
struct CommonCycle: Hashable, Sendable {
  /// s.
  let seconds: Int

  /// Cycles that are nearer to whole seconds than this are whole.
  private static let tolerance = 1e-6

  /// Nil unless all `cycles` are whole seconds and divide the longest.
  init?(_ cycles: [Double]) {
    guard let longest = cycles.max(), longest >= 1 else { return nil }
    let whole = cycles.map { Int($0.rounded()) }
    let isWhole = zip(cycles, whole).allSatisfy { abs($0 - Double($1)) < Self.tolerance }
    let seconds = Int(longest.rounded())
    guard isWhole, whole.allSatisfy({ $0 > 0 && seconds % $0 == 0 }) else { return nil }
    self.seconds = seconds
  }
}

/// Means over a demand's vehicles.
private struct VehicleMix {
  /// m of queue per vehicle.
  let spacing: Double
  /// Standard deviation of the drivers' speeds, as a share of their mean.
  let speedDeviation: Double

  init(_ demand: Demand) {
    var vehicles = [Double](repeating: 0, count: demand.vehicleTypes.count)
    for departure in demand.departures { vehicles[departure.type] += 1 }
    for flow in demand.flows { vehicles[flow.type] += flow.rate * (flow.end - flow.begin) }
    if !demand.counts.isEmpty || vehicles.allSatisfy({ $0 == 0 }) { vehicles[0] += 1 }
    let total = vehicles.reduce(0, +)
    func mean(_ value: (VehicleType) -> Double) -> Double {
      zip(demand.vehicleTypes, vehicles).reduce(0) { $0 + value($1.0) * $1.1 } / total
    }
    spacing = mean(\.spacing)
    speedDeviation = mean(\.speedDeviation)
  }
}
