internal import TrafficModel
internal import TrafficSimulation

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// Chooses among settings by simulation.
struct CandidateSearch {
  let simulator: Simulator
  var seeds: [UInt64]
  let cost: @Sendable (Measures) -> Double
  let shouldStop: @Sendable () -> Bool

  init(_ problem: PlanningProblem, simulator: Simulator, shouldStop: @escaping @Sendable () -> Bool) {
    self.simulator = simulator
    self.shouldStop = shouldStop
    seeds = problem.options.searchSeeds
    cost = problem.options.searchedCost
  }

  /// So many candidates play all seeds.
  static let finalists = 4
  /// A field of so many is not cut before so many seeds: one alone may drop the best.
  private static let smallField = 16
  private static let seedsOfSmallField = 4

  /// The candidates by mean over the seeds plus its standard error, best first: of two that do alike on the average,
  /// the steadier, for a plan that works on the brink of a jam is not the one to run. The field is halved after each
  /// seed, down to a few that play all; who leaves it earlier comes later.
  ///
  /// - Parameter progress: called after each seed with the share of them that are played and the mean total delay of
  ///   the leader, veh·s.
  func ranked(
    _ candidates: [PlanSetting], progress: (_ share: Double, _ leaderDelay: Double) -> Void
  ) async -> [PlanSetting] {
    var seen: Set<PlanSetting> = []
    var field = candidates.filter { seen.insert($0).inserted }
    var costs = [[Double]](repeating: [], count: field.count)
    var delays = costs
    var left: [PlanSetting] = []
    for (round, seed) in seeds.enumerated() {
      let comparison = await PlanComparison(
        of: field.map { $0.plan(named: "") }, on: simulator, seeds: [seed])
      for index in field.indices {
        let run = comparison.entries[index].runs[0]
        costs[index].append(cost(run))
        delays[index].append(run.totalDelay)
      }
      let risks = costs.map(Self.risk)
      let order = field.indices.sorted { (risks[$0], $0) < (risks[$1], $1) }
      let mayCut = field.count > Self.smallField || round + 1 >= Self.seedsOfSmallField
      let count = mayCut ? max(Self.finalists, field.count / 2) : field.count
      left = order.dropFirst(count).map { field[$0] } + left
      let kept = order.prefix(count)
      (field, costs, delays) = (kept.map { field[$0] }, kept.map { costs[$0] }, kept.map { delays[$0] })
      if let leader = delays.first {
        progress(Double(round + 1) / Double(seeds.count), leader.reduce(0, +) / Double(leader.count))
      }
      if shouldStop() { break }
    }
    return field + left
  }

  /// Mean plus its standard error.
  private static func risk(_ costs: [Double]) -> Double {
    let count = Double(costs.count)
    let mean = costs.reduce(0, +) / count
    guard costs.count > 1 else { return mean }
    let variance = costs.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (count - 1)
    return mean + (variance / count).squareRoot()
  }
}

extension OptimizationOptions {
  /// What the search makes small. The mean of logarithms weighs what a plan changes by its share: one jam among many
  /// seeds counts, but does not drown all else.
  fileprivate var searchedCost: @Sendable (Measures) -> Double {
    let weight = pedestrianWeight
    return switch objective {
    case .delay, .reserve: { log(1 + $0.totalDelay + weight * $0.pedestrianDelay) }
    case .throughput: { -Double($0.served) }
    }
  }
}
