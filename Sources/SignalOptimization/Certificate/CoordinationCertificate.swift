internal import TrafficModel

/// A group of signals of a plan: why they run together, or one alone, and how good their offsets are.
public struct CoordinationCertificate: Hashable, Sendable {
  /// The signals, and what joins them.
  public var group: CoordinationGroups.Group
  /// Nil for a signal that stands alone.
  public var offsets: OffsetCertificate?
}

/// How good the offsets of a group are by the platoon model, for the plan's cycle and greens. Costs are delay at
/// stop lines between the signals, with what stops and want of room add to it, in veh·s per second.
public struct OffsetCertificate: Hashable, Sendable {
  /// The common cycle, s.
  public var cycle: Double
  /// Cost with the plan's offsets.
  public var cost: Double
  /// Mean cost over all offsets: what chance would give.
  public var costAtRandom: Double
  /// No offsets have a smaller cost, with the platoons as they are under the plan.
  public var bound: Double

  /// (cost − bound) / cost: 0 is a proof that the offsets are the best by this model.
  public var gap: Double { max(0, cost - bound) / max(cost, 1e-9) }
}

extension OffsetPlanner {
  /// The groups of a plan, and the proof of their offsets.
  func certificates(for plan: TimingPlan) -> [CoordinationCertificate] {
    let controllers = plan.programs.compactMap { $0?.controller }
    let groups = CoordinationGroups(
      pairs(for: plan), controllers: controllers, leastGain: CoordinationZones.leastGain)
    return groups.groups.map { group in
      CoordinationCertificate(
        group: group, offsets: certificate(for: group.controllers.compactMap { plan[$0] }))
    }
  }

  private func certificate(for programs: [SignalProgram]) -> OffsetCertificate? {
    guard programs.count > 1, CommonCycle(programs.map(\.cycle)) != nil else { return nil }
    let platoons = platoons(of: programs)
    let offsets = zip(programs, platoons.cycles).map { modulo(Int($0.offset.rounded()), $1) }
    let links = platoons.links(arrivals: platoons.settledArrivals(offsets: offsets), offsets: offsets)
    let problem = platoons.problem(links, fixed: programs.map { _ in nil })
    let cost = problem.cost(of: offsets)
    return OffsetCertificate(
      cycle: Double(platoons.cycle), cost: cost,
      costAtRandom: links.reduce(0) { $0 + $1.costs.reduce(0, +) / Double($1.costs.count) },
      bound: min(cost, problem.solve(start: offsets).bound))
  }
}
