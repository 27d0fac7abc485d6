internal import TrafficModel
internal import TrafficSimulation

/// The best of a few plans, refined on the simulator as long as the work allowed lasts.
struct PlanRefinement {
  let assembly: PlanAssembly
  let search: CandidateSearch

  private var problem: PlanningProblem { assembly.problem }

  /// The best after the refinement, with others that came close, best first.
  ///
  /// - Parameter progress: called as the work goes on.
  func best(of field: [PlanSetting], progress: (OptimizationProgress) -> Void) async -> [PlanSetting] {
    guard let start = field.first else { return [assembly.existing] }
    var refinement = Refinement(
      days: search.days, moves: MoveMaker(assembly), cost: search.cost,
      budget: problem.options.refinementWork ?? usualWork, overhead: Self.runStart + problem.demand.duration,
      shouldStop: search.shouldStop)
    progress(OptimizationProgress(.refinement, 0))
    let stations = assembly.proposable(
      await refinement.run(from: start) {
        progress(OptimizationProgress(.refinement, $0, bestDelay: $1))
      })
    // Stations far from the end are no longer in the race.
    let last = Array(stations.suffix(Self.lastStations))
    return Array(await search.ranked(last + field) { _, _ in }.prefix(CandidateSearch.finalists))
  }

  /// So many of the refinement's last stations are compared.
  private static let lastStations = 6

  /// Vehicle-seconds that the refinement simulates where nobody says otherwise: more for more signals and
  /// the pairs of them that have to be tuned to each other, up to what takes about `mostSeconds` on two present-day processors.
  private var usualWork: Double {
    let signals = Double(problem.network.controllers.count)
    return Self.workPerSecond * min(Self.mostSeconds, 2.5 + 0.6 * signals + 0.06 * signals * signals)
  }

  private static let workPerSecond = 8e6
  /// Starting a run takes as long as so many vehicle-seconds; then each second counts as one more.
  private static let runStart = 1000.0
  private static let mostSeconds = 25.0
}
