/// A solution of a peak-flow problem, and what is proven about it.
public struct PeakFlowPlan: Hashable, Sendable {
  /// Stage durations by controller of the problem, s.
  public var greens: [[Double]]
  /// Vehicles at the end of each slice: queues × slices.
  public var queues: [[Double]]
  /// Vehicles that leave in each slice: queues × slices.
  public var leaving: [[Double]]
  /// The objective: total time spent in queues, veh·s, what is left at the end included; or vehicles that are not out of the
  /// network at the end.
  public var value: Double
  /// No greens and no flows have a smaller value.
  public var bound: Double
  /// What the problem's parts are worth.
  public var prices: PeakFlowPrices

  /// (value − bound) / value: 0 is a proof that nothing is better.
  public var gap: Double { (value - bound) / max(value, 1e-9) }
}

/// What one unit more of a problem's parts would save of the objective, by linear programming duality: exact for small
/// changes at an optimum, and a bound from above for all others.
public struct PeakFlowPrices: Hashable, Sendable {
  /// By controller and stage: a second more green for all that go in it.
  public var stages: [[Double]]
  /// By server: a second more of effective green in each cycle.
  public var servers: [Double]
  /// By link: room for one vehicle more.
  public var links: [Double]
  /// By controller: a second more of cycle, all of it green.
  public var cycles: [Double]
  /// By controller and stage: a second less of its least duration; 0 where it does not bind.
  public var leastGreens: [[Double]]
  /// By controller: a second less of each minimum over several stages.
  public var minimums: [[Double]]
}

extension PeakFlowPrices {
  init(_ problem: PeakFlowProblem, _ layout: PeakFlowLayout, _ bound: PeakFlowBound) {
    let slices = layout.slices
    let unit = problem.objective == .timeSpent ? problem.sliceLength : 1
    func sum(_ prices: [Double], _ index: Int) -> Double {
      prices[(index * slices)..<((index + 1) * slices)].reduce(0, +) * unit
    }
    servers = [Double](repeating: 0, count: problem.servers.count)
    for (position, index) in layout.serverOrder.enumerated() {
      let factor = problem.sliceFactor(problem.servers[index]) / layout.servers[position].scale
      servers[index] = sum(bound.service, position) * factor
    }
    links = problem.links.indices.map { sum(bound.storage, $0) }
    stages = layout.controllers.map { $0.stages.map { bound.stages[$0] * unit } }
    cycles = stages.map { $0.max() ?? 0 }
    leastGreens = zip(stages, cycles).map { stages, dearest in stages.map { dearest - $0 } }
    minimums = layout.controllers.map { $0.minimums.map { bound.minimums[$0] * unit } }
  }
}
