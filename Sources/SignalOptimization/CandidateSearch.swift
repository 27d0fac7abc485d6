internal import TrafficModel
internal import TrafficSimulation

/// Chooses among settings by simulation.
struct CandidateSearch {
  let simulator: Simulator
  let seeds: [UInt64]
  let cost: @Sendable (Measures) -> Double
  let shouldStop: @Sendable () -> Bool

  /// So many candidates play all seeds.
  private static let finalists = 4

  /// The candidates with the least mean plus standard deviation over the seeds, best first: of two that do alike on
  /// the average, the steadier, for a plan that works on the brink of a jam is not the one to run. The field is halved
  /// after each seed, down to a few that play all.
  func best(among candidates: [PlanSetting], progress: (Double) -> Void) async -> [PlanSetting] {
    var seen: Set<PlanSetting> = []
    var field = candidates.filter { seen.insert($0).inserted }
    var costs = [[Double]](repeating: [], count: field.count)
    for (round, seed) in seeds.enumerated() {
      let comparison = await PlanComparison(of: field.map { $0.plan(named: "") }, on: simulator, seeds: [seed])
      for index in field.indices { costs[index].append(cost(comparison.entries[index].runs[0])) }
      progress(Double(round + 1) / Double(seeds.count))
      let risks = costs.map(Self.risk)
      let order = field.indices.sorted { (risks[$0], $0) < (risks[$1], $1) }
      let kept = order.prefix(max(Self.finalists, field.count / 2))
      (field, costs) = (kept.map { field[$0] }, kept.map { costs[$0] })
      if shouldStop() { break }
    }
    return field
  }

  /// Mean plus standard deviation.
  private static func risk(_ costs: [Double]) -> Double {
    let count = Double(costs.count)
    let mean = costs.reduce(0, +) / count
    guard costs.count > 1 else { return mean }
    let variance = costs.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (count - 1)
    return mean + variance.squareRoot()
  }
}
