internal import TrafficModel
internal import TrafficSimulation

/// Chooses among settings by simulation.
struct CandidateSearch {
  private let problem: PlanningProblem
  let days: SearchDays
  var seeds: [UInt64]
  let cost: SearchCost
  let shouldStop: @Sendable () -> Bool

  init(
    _ problem: PlanningProblem, days: SearchDays, cost: SearchCost, shouldStop: @escaping @Sendable () -> Bool
  ) {
    self.problem = problem
    self.days = days
    self.cost = cost
    self.shouldStop = shouldStop
    seeds = problem.options.searchSeeds
  }

  /// So many candidates play all seeds.
  static let finalists = 4
  /// So many are played before somebody is asked whether to stop.
  private static let atOnce = 16
  /// A field of so many is not cut before so many seeds: one alone may drop the best.
  private static let smallField = 16
  private static let seedsOfSmallField = 4

  /// The candidates by the risk of what they cost over the days of the seeds, best first. The field is halved after each
  /// day, down to a few that play all; who leaves it earlier comes later.
  ///
  /// - Parameter progress: called after each day with the share of them that are played and the mean total delay of
  ///   the leader, veh·s.
  func ranked(
    _ candidates: [PlanSetting], progress: (_ share: Double, _ leaderDelay: Double) -> Void
  ) async -> [PlanSetting] {
    var seen: Set<PlanSetting> = []
    var field = candidates.filter { seen.insert($0).inserted }
    var costs = [[Double]](repeating: [], count: field.count)
    var delays = costs
    var left: [PlanSetting] = []
    for (round, seeded) in days.days(seeds).enumerated() {
      let day = seeded.drawn()
      var played = 0
      while played < field.count, played == 0 || !shouldStop() {
        let part = played..<min(field.count, played + Self.atOnce)
        let comparison = await PlanComparison(of: field[part].map { problem.plan(of: $0) }, over: [day])
        for (index, entry) in zip(part, comparison.entries) {
          costs[index].append(cost.relative(entry.runs[0]))
          delays[index].append(entry.runs[0].totalDelay)
        }
        played = part.upperBound
      }
      if played < field.count, round == 0 {
        // Stopped within the first day: who has not played is out. On later days everybody has played once.
        (field, costs, delays) = (Array(field[..<played]), Array(costs[..<played]), Array(delays[..<played]))
      }
      let risks = costs.map(SearchCost.risk)
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
}
