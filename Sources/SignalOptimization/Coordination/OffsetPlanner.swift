public import TrafficModel

/// What offsets do for a group of signals, in veh·s per second of the platoon model.
public struct OffsetReport: Hashable, Sendable {
  /// The signals.
  public var controllers: [ControllerID]
  /// Their common cycle, s.
  public var cycle: Double
  /// By controller: its offset, s.
  public var offsets: [Double]
  /// Delay with the offsets that the plan had.
  public var delayBefore: Double
  /// Delay with the new ones.
  public var delayAfter: Double
  /// Mean delay of the links over all differences of offsets: what chance would give.
  public var delayAtRandom: Double
  /// Delay of the links, as the offsets were chosen by.
  public var objective: Double
  /// No offsets have less delay on the links.
  public var bound: Double

  /// (objective − bound) / objective: 0 is a proof that the offsets are the best by the links' delays.
  public var gap: Double { max(0, objective - bound) / max(objective, 1e-9) }
}

/// Step 7: finds offsets for groups of signals with a common cycle.
///
/// Delays of links from cyclic flow profiles, then the offset problem; with the offsets found, platoons pass more
/// than one signal, so profiles and offsets are found again, a few times. The best by the delay of all lanes is
/// kept; a plan's own offsets are among the ones compared.
struct OffsetPlanner {
  let network: Network
  /// By movement, veh/s.
  let flows: [Double]
  let feeds: MovementFeeds
  let cost: QueueCost
  private let types: VehicleMix

  /// - Parameter flows: mean flow by movement, veh/s.
  init(network: Network, demand: Demand, flows: [Double], cost: QueueCost = QueueCost()) {
    self.network = network
    self.flows = flows
    self.cost = cost
    feeds = MovementFeeds(network: network, demand: demand, flows: flows)
    types = VehicleMix(demand)
  }

  /// Rounds of profiles and offsets.
  private static let rounds = 4

  /// `plan` with good offsets for each group, and a report for each group that has a common cycle.
  ///
  /// - Parameters:
  ///   - groups: signals that are to run together; their cycles must divide the longest of them, in whole seconds.
  ///   - frozen: signals that keep their offsets.
  func offsets(
    for plan: TimingPlan, groups: [[ControllerID]], frozen: Set<ControllerID> = []
  ) -> (plan: TimingPlan, reports: [OffsetReport]) {
    var plan = plan
    var reports: [OffsetReport] = []
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

  private func offsets(of programs: [SignalProgram], frozen: Set<ControllerID>) -> OffsetReport {
    let platoons = platoons(of: programs)
    let present = zip(programs, platoons.cycles).map { modulo(Int($0.offset.rounded()), $1) }
    let fixed = zip(programs, present).map { frozen.contains($0.controller) ? $1 : nil }
    let before = platoons.cost(arrivals: platoons.settledArrivals(offsets: present))
    var links = platoons.links(offsets: present)
    var best = (offsets: present, delay: before)
    var solution = platoons.problem(links, fixed: fixed).solve(start: present)
    var seen: Set<[Int]> = []
    var kept = (solution: OffsetSolution?.none, links: links)
    for _ in 0..<Self.rounds {
      guard seen.insert(solution.offsets).inserted else { break }
      let arrivals = platoons.settledArrivals(offsets: solution.offsets)
      let delay = platoons.cost(arrivals: arrivals)
      if delay < best.delay || kept.solution == nil {
        kept = (solution, links)
        if delay < best.delay { best = (solution.offsets, delay) }
      }
      links = platoons.links(arrivals: arrivals, offsets: solution.offsets)
      solution = platoons.problem(links, fixed: fixed).solve(start: solution.offsets)
    }
    let problem = platoons.problem(kept.links, fixed: fixed)
    let objective = problem.cost(of: best.offsets)
    return OffsetReport(
      controllers: platoons.members, cycle: Double(platoons.cycle),
      offsets: zip(programs, best.offsets).map {
        frozen.contains($0.controller) ? $0.offset : Double($1)
      }, delayBefore: before, delayAfter: best.delay,
      delayAtRandom: kept.links.reduce(0) { $0 + $1.delays.reduce(0, +) / Double($1.delays.count) },
      objective: objective, bound: min(objective, kept.solution?.bound ?? objective))
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
        return OffsetProblem.Link(from: from, to: to, costs: link.delays)
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
